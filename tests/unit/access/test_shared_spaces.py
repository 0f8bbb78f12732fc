from __future__ import annotations

import aws_cdk as cdk
import pytest

from constructs_lib import (
    Domain,
    JupyterLab,
    NetworkAccess,
    Space,
    SpaceSharing,
    TeamExecutionRole,
    UserProfile,
)
from tests.templates import resources, template_of
from tests.unit.access.policies import member_fences, policies, space_names, templates

LAB = JupyterLab()


@pytest.fixture
def alice(domain: Domain) -> UserProfile:
    return domain.add_user_profile("Alice")


def test_users_before_and_after_a_space_here_and_elsewhere_are_kept_to_what_others_let_them_start(
    app: cdk.App, domain: Domain, alice: UserProfile
) -> None:
    users = cdk.Stack(app, "Users")
    bob = UserProfile(users, "Bob", domain=domain)
    domain.add_user_profile("Carol")
    alice.add_shared_space("Before", app=LAB)
    churn = alice.add_shared_space("Churn", app=LAB, members=[bob])
    bob.add_shared_space("After", app=LAB)
    domain.add_user_profile("Dave")
    erin = UserProfile(users, "Erin", domain=domain)
    churn.grant_use(erin)
    domain.add_user_profile("Frank")

    assert member_fences(*templates(app).values()) == {
        "Alice": ["after"],
        "Bob": ["before", "churn"],
        "Carol": ["after", "before"],
        "Dave": ["after", "before"],
        "Erin": ["after", "before", "churn"],
        "Frank": ["after", "before"],
    }


def test_a_space_with_no_members_is_its_owners_alone(stack: cdk.Stack, domain: Domain, alice: UserProfile) -> None:
    domain.add_user_profile("Bob")
    alice.add_shared_space("Churn", app=LAB, members=[])

    template = template_of(stack)
    assert member_fences(template) == {"Alice": [], "Bob": []}
    fence = policies(template)["StudioAliceFence"]["OnlySharedSpacesOfMember"]
    condition = {"ArnNotEquals": {"sagemaker:OwnerUserProfileArn": stack.resolve(alice.user_profile_arn)}}
    assert fence["Condition"] == condition, "what she owns needs no name"


@pytest.mark.parametrize("remote_access", [False, True])
def test_members_change_the_text_of_policies_and_no_resource(
    remote_access: bool, app: cdk.App, network: NetworkAccess
) -> None:
    def studio(name: str, members: list[str] | None) -> cdk.Stack:
        stack = cdk.Stack(app, name)
        domain = Domain(stack, "Studio", network=network, remote_access=remote_access)
        alice, bob = (domain.add_user_profile(one) for one in ("Alice", "Bob"))
        TeamExecutionRole(stack, "Team", domain=domain)
        listed = None if members is None else [one for one in (alice, bob) if one.user_profile_name in members]
        alice.add_shared_space("Churn", app=LAB, members=listed)
        return stack

    stacks = [studio("Open", None), studio("Some", ["bob"]), studio("None", [])]

    open_to_all, some, none = map(template_of, stacks)
    kinds = [{id: one["Type"] for id, one in one["Resources"].items()} for one in (open_to_all, some, none)]
    assert kinds[0] == kinds[1] == kinds[2]
    assert [member_fences(one) for one in (open_to_all, some, none)] == [
        {},
        {"Alice": [], "Bob": ["churn"], "Team": []},
        {"Alice": [], "Bob": [], "Team": []},
    ]
    assert "OnlyOwnSpaces" in policies(some)["StudioBobFence"], "the one fence has the rest too"


def test_nobody_is_kept_from_shared_spaces_where_none_has_members(
    stack: cdk.Stack, domain: Domain, alice: UserProfile
) -> None:
    alice.add_private_space("Lab", app=LAB)
    alice.add_shared_space("Churn", app=LAB).grant_use(domain.add_user_profile("Bob"))

    assert member_fences(template_of(stack)) == {}


def test_a_team_is_kept_to_the_spaces_for_all(stack: cdk.Stack, domain: Domain, alice: UserProfile) -> None:
    team = TeamExecutionRole(stack, "Team", domain=domain)
    bob = domain.add_user_profile("Bob", execution_role=team)
    alice.add_shared_space("Open", app=LAB)
    alice.add_shared_space("Churn", app=LAB, members=[])
    bob.add_shared_space("OfTeam", app=LAB, members=[alice])

    fences = member_fences(template_of(stack))

    assert fences == {"Alice": ["ofteam"], "Team": ["open"]}


def test_each_domain_has_members_of_its_own(
    stack: cdk.Stack, network: NetworkAccess, domain: Domain, alice: UserProfile
) -> None:
    Domain(stack, "Other", network=network).add_user_profile("Bob")
    alice.add_shared_space("Churn", app=LAB, members=[])

    assert member_fences(template_of(stack)).keys() == {"Alice"}


def test_the_owner_and_the_members_open_sessions_and_nobody_else(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(stack, "Studio", network=network, remote_access=True)
    alice, bob = domain.add_user_profile("Alice"), domain.add_user_profile("Bob")
    alice.add_shared_space("Churn", app=LAB, members=[bob])
    alice.add_private_space("Lab", app=LAB)
    alice.add_shared_space("Open", app=LAB)
    domain.add_user_profile("Carol")

    found = policies(template_of(stack))

    for user, names in {
        "Alice": ["alice-lab", "churn", "open"],
        "Bob": ["churn", "open"],
        "Carol": ["open"],
    }.items():
        assert space_names(found[f"Studio{user}Use"]["Sessions"], "Resource") == names
        assert space_names(found[f"Studio{user}SessionFence"]["OnlyOwnSessions"]) == names


def test_a_space_that_is_refused_leaves_no_trace(stack: cdk.Stack, domain: Domain, alice: UserProfile) -> None:
    bob = domain.add_user_profile("Bob")
    with pytest.raises(ValueError, match="space_name must be"):
        alice.add_shared_space("Bad", app=LAB, space_name="my space", members=[bob])
    with pytest.raises(ValueError, match="for a policy of 6144 characters"):
        for number in range(60):
            name = f"{number:02}{'a' * 61}"
            alice.add_shared_space(f"S{number}", app=LAB, space_name=name, members=[bob])

    template = template_of(stack)
    rendered = [one["Properties"]["SpaceName"] for one in resources(template, "AWS::SageMaker::Space").values()]
    assert 30 < len(rendered) < 60
    assert member_fences(template) == {"Alice": [], "Bob": rendered}
    assert alice.add_private_space("Again", app=LAB, space_name=name).space_name == name


def test_a_first_space_with_members_that_is_refused_fences_nobody(
    stack: cdk.Stack, domain: Domain, alice: UserProfile
) -> None:
    domain.add_user_profile("Bob")
    for number in range(60):
        alice.add_shared_space(f"S{number}", app=LAB, space_name=f"{number:02}{'a' * 61}")

    with pytest.raises(ValueError, match="for a policy of 6144 characters"):
        alice.add_shared_space("Churn", app=LAB, members=[])

    assert member_fences(template_of(stack)) == {}


def test_a_member_who_is_refused_leaves_the_members_as_they_were(
    stack: cdk.Stack, domain: Domain, alice: UserProfile
) -> None:
    bob, carol = domain.add_user_profile("Bob"), domain.add_user_profile("Carol")
    spaces = [
        alice.add_shared_space(f"S{number}", app=LAB, space_name=f"{number:02}{'a' * 61}", members=[bob])
        for number in range(30)
    ]
    others = [
        bob.add_shared_space(f"T{number}", app=LAB, space_name=f"{number:02}{'b' * 61}", members=[])
        for number in range(30)
    ]
    names = []
    with pytest.raises(
        ValueError, match="spaces must be few enough for a policy of 6144 characters to name those of user 'carol'"
    ):
        for space in (*spaces, *others):
            space.grant_use(carol)
            names.append(space.space_name)

    fences = member_fences(template_of(stack))
    assert fences["Bob"] == sorted(one.space_name for one in spaces)
    assert fences["Carol"] == sorted(names)


def test_a_member_who_is_added_twice_is_one(stack: cdk.Stack, domain: Domain, alice: UserProfile) -> None:
    bob = domain.add_user_profile("Bob")
    churn = alice.add_shared_space("Churn", app=LAB, members=[bob, alice])
    churn.grant_use(bob)
    churn.grant_use(bob)

    assert member_fences(template_of(stack)) == {"Alice": [], "Bob": ["churn"]}


def test_a_list_of_members_that_changes_later_changes_nothing(
    stack: cdk.Stack, domain: Domain, alice: UserProfile
) -> None:
    members = [domain.add_user_profile("Bob")]
    alice.add_shared_space("Churn", app=LAB, members=members)

    members.clear()

    assert member_fences(template_of(stack))["Bob"] == ["churn"]


def test_use_of_an_imported_space_is_not_fenced_off(stack: cdk.Stack, domain: Domain, alice: UserProfile) -> None:
    bob = domain.add_user_profile("Bob")
    alice.add_shared_space("Churn", app=JupyterLab(), members=[])
    sharing = SpaceSharing.shared(alice)
    Space.from_space_attributes(stack, "Other", domain=domain, space_name="other", sharing=sharing).grant_use(bob)

    assert member_fences(template_of(stack)) == {"Alice": [], "Bob": ["other"]}


def test_an_imported_space_for_all_is_left_out_of_fences_once_another_has_members(
    stack: cdk.Stack, domain: Domain, alice: UserProfile
) -> None:
    domain.add_user_profile("Bob")
    sharing = SpaceSharing.shared(alice)
    Space.from_space_attributes(stack, "Other", domain=domain, space_name="other", sharing=sharing)
    Space.from_space_attributes(stack, "Unknown", domain=domain, space_name="unknown")
    alice.add_shared_space("Churn", app=LAB, members=[])

    assert member_fences(template_of(stack)) == {"Alice": [], "Bob": ["other"]}


def test_an_imported_space_with_members_fences_the_others_off(
    stack: cdk.Stack, domain: Domain, alice: UserProfile
) -> None:
    bob = domain.add_user_profile("Bob")
    domain.add_user_profile("Carol")
    sharing = SpaceSharing.shared(alice, members=[bob])
    Space.from_space_attributes(stack, "Other", domain=domain, space_name="other", sharing=sharing)

    assert member_fences(template_of(stack)) == {"Alice": [], "Bob": ["other"], "Carol": []}


def test_sessions_are_open_on_imported_spaces_of_the_user(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(stack, "Studio", network=network, remote_access=True)
    alice, bob = domain.add_user_profile("Alice"), domain.add_user_profile("Bob")
    for name, sharing in {
        "lab": SpaceSharing.private(alice),
        "churn": SpaceSharing.shared(alice, members=[]),
        "open": SpaceSharing.shared(bob),
    }.items():
        Space.from_space_attributes(stack, name, domain=domain, space_name=name, sharing=sharing)

    found = policies(template_of(stack))

    for user, names in {"Alice": ["lab", "churn", "open"], "Bob": ["open"]}.items():
        assert space_names(found[f"Studio{user}Use"]["Sessions"], "Resource") == names
        assert space_names(found[f"Studio{user}SessionFence"]["OnlyOwnSessions"]) == names


def test_imports_of_one_domain_share_their_users(stack: cdk.Stack) -> None:
    one, other = (Domain.from_domain_attributes(stack, name, domain_id="d-abc123") for name in ("One", "Other"))
    alice = one.add_user_profile("Alice")

    sharing = SpaceSharing.private(alice)
    assert Space.from_space_attributes(stack, "Lab", domain=other, space_name="lab", sharing=sharing).sharing is sharing


def test_a_user_for_whom_there_are_too_many_spaces_leaves_no_trace(stack: cdk.Stack, domain: Domain) -> None:
    owner = UserProfile.from_user_profile_attributes(stack, "Owner", domain=domain, user_profile_name="owner")
    for number in range(60):
        members = [] if number == 0 else None
        owner.add_shared_space(f"S{number}", app=JupyterLab(), space_name=f"{number:03d}{'s' * 60}", members=members)

    with pytest.raises(
        ValueError,
        match=r"^\[Research/Studio/Alice\] spaces must be few enough for a policy of 6144 characters to name those of user 'alice'",
    ):
        domain.add_user_profile("Alice")
    with pytest.raises(
        ValueError,
        match=r"^\[Research/Team\] spaces must be few enough for a policy of 6144 characters to name those of a team",
    ):
        TeamExecutionRole(stack, "Team", domain=domain)

    assert not any("Alice" in logical_id for logical_id in template_of(stack)["Resources"])
    domain._user_profile_names.take("alice")


@pytest.mark.parametrize("name", ["churn", "CHURN"])
def test_an_import_of_a_declared_space_changes_nothing_about_its_members(
    name: str, stack: cdk.Stack, domain: Domain, alice: UserProfile
) -> None:
    alice.add_shared_space("Churn", app=JupyterLab(), members=[])
    domain.add_user_profile("Bob")
    sharing = SpaceSharing.shared(alice)

    Space.from_space_attributes(stack, "Import", domain=domain, space_name=name, sharing=sharing)

    assert member_fences(template_of(stack)) == {"Alice": [], "Bob": []}


def test_what_is_declared_private_is_no_longer_what_an_import_called_shared(
    stack: cdk.Stack, network: NetworkAccess
) -> None:
    domain = Domain(stack, "Studio", network=network, remote_access=True)
    alice, _ = domain.add_user_profile("Alice"), domain.add_user_profile("Bob")
    sharing = SpaceSharing.shared(alice)
    Space.from_space_attributes(stack, "Import", domain=domain, space_name="alice-lab", sharing=sharing)

    alice.add_private_space("Lab", app=LAB)

    sessions = {
        path: space_names(statements["OnlyOwnSessions"])
        for path, statements in policies(template_of(stack)).items()
        if "OnlyOwnSessions" in statements
    }
    assert sessions == {"StudioAliceSessionFence": ["alice-lab"], "StudioBobSessionFence": []}
