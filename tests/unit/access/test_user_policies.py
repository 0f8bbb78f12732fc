from __future__ import annotations

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms

from constructs_lib import (
    Domain,
    DomainEncryption,
    ExecutionRole,
    InstanceType,
    JupyterLab,
    NetworkAccess,
    StudioImage,
    TeamExecutionRole,
    UserProfile,
)
from constructs_lib.access.policy_document import MAXIMUM_SIZE
from tests.templates import resources, template_of
from tests.unit.access.policies import POLICY, member_fences, policies, size, space_names

LAB = JupyterLab(instance_type=InstanceType.ML_M5_LARGE)


def long(name: str) -> str:
    return name + "a" * (63 - len(name))


def test_a_user_without_members_or_sessions_has_two_policies_of_its_own(stack: cdk.Stack, domain: Domain) -> None:
    domain.add_user_profile("Alice")

    assert {one for one in policies(template_of(stack)) if "Alice" in one} == {"StudioAliceUse", "StudioAliceFence"}


def test_sessions_have_a_fence_where_the_domain_has_remote_access(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(stack, "Studio", network=network, remote_access=True)
    domain.add_user_profile("Alice")

    found = policies(template_of(stack))

    assert {one for one in found if "Session" in one} == {"StudioAliceSessionFence"}
    assert found["StudioAliceSessionFence"]["OnlyOwnSessions"]["Resource"] == "*", "no space is declared"


def test_thirty_spaces_and_twenty_types_with_the_longest_names_fit(stack: cdk.Stack, network: NetworkAccess) -> None:
    key = kms.Key.from_key_arn(stack, "Key", f"arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/{'a' * 36}")
    types = [InstanceType.ML_M5_LARGE, *(one for one in InstanceType.known()[-20:] if one.runs_spaces)]
    domain = Domain(
        stack,
        "Studio",
        network=network,
        encryption=DomainEncryption.customer_managed(key),
        allowed_instance_types=types,
        allowed_images=[StudioImage.distribution_cpu(), StudioImage.distribution_gpu()],
        allowed_lifecycle_configs=[],
        remote_access=True,
    )
    alice = domain.add_user_profile("Alice", user_profile_name=long("alice"))
    bob = domain.add_user_profile("Bob", user_profile_name=long("bob"))
    names = [long(f"space{number}-") for number in range(30)]
    for name in names:
        alice.add_shared_space(name, app=LAB, space_name=name, members=[bob])

    template = template_of(stack)

    assert member_fences(template) == {"Alice": [], "Bob": sorted(names)}
    sizes = [size(one["Properties"]["PolicyDocument"]) for one in resources(template, POLICY).values()]
    assert len(sizes) == 5 + 2 * 3
    assert max(sizes) <= MAXIMUM_SIZE


@pytest.mark.parametrize("remote_access", [True, False])
def test_sixty_spaces_with_members_are_refused_before_a_deployment_is(
    remote_access: bool, stack: cdk.Stack, network: NetworkAccess
) -> None:
    domain = Domain(stack, "Studio", network=network, remote_access=remote_access)
    alice = domain.add_user_profile("Alice")
    bob = domain.add_user_profile("Bob", user_profile_name=long("bob"))

    with pytest.raises(ValueError) as refusal:
        for number in range(60):
            alice.add_shared_space(f"S{number}", app=LAB, space_name=long(f"space{number}-"), members=[bob])

    assert str(refusal.value).startswith("[Research/Studio/Alice/S")
    assert "for a policy of 6144 characters" in str(refusal.value)
    sizes = [size(one["Properties"]["PolicyDocument"]) for one in resources(template_of(stack), POLICY).values()]
    assert 5000 < max(sizes) <= MAXIMUM_SIZE, "what was not refused fits, with little to spare"


def test_private_spaces_that_sessions_cannot_name_are_refused(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(stack, "Studio", network=network, remote_access=True)
    alice = domain.add_user_profile("Alice")

    with pytest.raises(
        ValueError,
        match="spaces must be few enough for a policy of 6144 characters to name those of user 'alice'",
    ):
        for number in range(60):
            name = long(f"lab{number}-")
            alice.add_private_space(f"S{number}", app=LAB, space_name=name)

    template = template_of(stack)
    rendered = [one["Properties"]["SpaceName"] for one in resources(template, "AWS::SageMaker::Space").values()]
    assert space_names(policies(template)["StudioAliceUse"]["Sessions"], "Resource") == sorted(rendered)
    assert name not in rendered


def test_what_a_team_cannot_name_is_refused_in_its_name(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(stack, "Studio", network=network, remote_access=True)
    bob = domain.add_user_profile("Bob", execution_role=TeamExecutionRole(stack, "Team", domain=domain))

    with pytest.raises(
        ValueError, match="spaces must be few enough for a policy of 6144 characters to name those of a team"
    ):
        for number in range(60):
            bob.add_shared_space(f"S{number}", app=LAB, space_name=long(f"space{number}-"))


def test_a_user_or_team_who_comes_after_more_spaces_than_its_policies_name_is_refused(
    stack: cdk.Stack, network: NetworkAccess
) -> None:
    domain = Domain(stack, "Studio", network=network, remote_access=True)
    owner = UserProfile.from_user_profile_attributes(stack, "Owner", domain=domain, user_profile_name="owner")
    for number in range(60):
        owner.add_shared_space(f"S{number}", app=LAB, space_name=long(f"space{number}-"))

    with pytest.raises(
        ValueError,
        match=r"^\[Research/Studio/Alice\] spaces must be few enough for a policy of 6144 characters to name those of user 'alice'",
    ):
        domain.add_user_profile("Alice")
    with pytest.raises(ValueError, match="spaces must be few enough"):
        TeamExecutionRole(stack, "Team", domain=domain)


def test_private_spaces_without_sessions_are_as_many_as_there_are(stack: cdk.Stack, domain: Domain) -> None:
    alice = domain.add_user_profile("Alice")
    for number in range(60):
        alice.add_private_space(f"S{number}", app=LAB, space_name=long(f"lab{number}-"))

    assert len(resources(template_of(stack), "AWS::SageMaker::Space")) == 60


@pytest.mark.parametrize("length", [None, 63])
def test_names_that_are_tokens_count_as_the_longest(
    length: int | None, stack: cdk.Stack, network: NetworkAccess
) -> None:
    domain = Domain(stack, "Studio", network=network, remote_access=True)
    alice = domain.add_user_profile("Alice")

    declared = 0
    with pytest.raises(
        ValueError,
        match="spaces must be few enough for a policy of 6144 characters to name those of user 'alice'",
    ):
        for number in range(60):
            name = cdk.Fn.import_value(f"Name{number}") if length is None else f"{number:0{length}}"
            alice.add_private_space(f"S{number}", app=LAB, space_name=name)
            declared += 1

    assert declared == 33


def allowed_to_pass(stack: cdk.Stack) -> list[object]:
    """The roles that the fences of users let pass."""
    return [
        statement["NotResource"]
        for policy in resources(template_of(stack), POLICY).values()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if statement["Sid" if "Sid" in statement else "Effect"] == "OnlyPassableRoles"
        and isinstance(statement["NotResource"], list)
    ]


@pytest.mark.parametrize("members", [None, []])
@pytest.mark.parametrize("when", ["before", "after", "before and after"])
def test_roles_may_be_passed_whether_granted_before_or_after_the_role_is_given(
    when: str, members: list[UserProfile] | None, stack: cdk.Stack, domain: Domain
) -> None:
    role = ExecutionRole(stack, "Role")
    early, late = (iam.Role(stack, name, assumed_by=iam.AccountRootPrincipal()) for name in ("Early", "Late"))
    if "before" in when:
        early.grant_pass_role(role)
    domain.add_user_profile("Owner").add_shared_space("Churn", app=LAB, members=members)
    domain.add_user_profile("Alice", execution_role=role)
    if "after" in when:
        late.grant_pass_role(role)

    granted = [one for one, word in ((early, "before"), (late, "after")) if word in when]
    assert allowed_to_pass(stack) == [[stack.resolve(one.role_arn) for one in (role, *granted)]]


def test_what_is_denied_or_is_another_action_lets_no_role_pass(stack: cdk.Stack, domain: Domain) -> None:
    alice = domain.add_user_profile("Alice")
    arn = "arn:aws:iam::123456789012:role/jobs"
    for statement in (
        iam.PolicyStatement(actions=["iam:PassRole"], resources=[arn], effect=iam.Effect.DENY),
        iam.PolicyStatement(actions=["iam:GetRole"], resources=[arn]),
    ):
        alice.grant_principal.add_to_principal_policy(statement)

    assert allowed_to_pass(stack) == []


def test_more_roles_to_pass_than_a_policy_names_are_refused(stack: cdk.Stack, domain: Domain) -> None:
    role = ExecutionRole(stack, "Role")
    arns = [f"arn:aws:iam::123456789012:role/{'a' * 60}{number}" for number in range(100)]
    role.add_to_principal_policy(iam.PolicyStatement(actions=["iam:PassRole"], resources=arns))
    bob = domain.add_user_profile("Bob")

    with pytest.raises(
        ValueError,
        match=r"^\[Research/Studio/Alice\] spaces must be few enough for a policy of 6144 characters to name those of user 'alice'",
    ):
        domain.add_user_profile("Alice", execution_role=role)
    with pytest.raises(
        ValueError,
        match="spaces must be few enough for a policy of 6144 characters to name those of user 'bob'",
    ):
        bob.grant_principal.add_to_principal_policy(iam.PolicyStatement(actions=["iam:PassRole"], resources=arns))


@pytest.mark.parametrize("kind", ["made", "given", "plain", "team"])
def test_a_role_whose_passing_is_granted_is_left_out_of_the_fence(kind: str, stack: cdk.Stack, domain: Domain) -> None:
    given = {
        "made": None,
        "given": ExecutionRole(stack, "Given"),
        "plain": iam.Role(stack, "Plain", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com")),
        "team": TeamExecutionRole(stack, "Team", domain=domain),
    }
    alice = domain.add_user_profile("Alice", execution_role=given[kind])
    jobs = iam.Role(stack, "Jobs", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))

    jobs.grant_pass_role(alice)
    jobs.grant_pass_role(alice)
    anything = iam.PolicyStatement(actions=["iam:PassRole"], resources=["*", "arn:aws:iam::123456789012:role/x*"])
    alice.grant_principal.add_to_principal_policy(anything)

    assert alice.execution_role is not None
    (fence,) = (
        statement["NotResource"]
        for policy in resources(template_of(stack), "AWS::IAM::ManagedPolicy").values()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if statement.get("Sid") == "OnlyPassableRoles" and isinstance(statement["NotResource"], list)
    )
    assert fence == [stack.resolve(role.role_arn) for role in (alice.execution_role, jobs)]


def test_a_role_too_many_to_pass_is_refused_and_the_rest_stays(stack: cdk.Stack, domain: Domain) -> None:
    alice = domain.add_user_profile("Alice")
    assert isinstance(alice.execution_role, ExecutionRole)

    def statement(number: int) -> iam.PolicyStatement:
        arn = f"arn:aws:iam::123456789012:role/{number:02}{'x' * 62}"
        return iam.PolicyStatement(actions=["iam:PassRole"], resources=[arn])

    with pytest.raises(
        ValueError,
        match=r"^\[Research/Studio/Alice/ExecutionRole\] spaces must be few enough for a policy of 6144 characters to name those of user 'alice'",
    ):
        for number in range(80):
            alice.execution_role.add_to_principal_policy(statement(number))

    alice.add_shared_space("Churn", app=JupyterLab())
    assert alice.execution_role.add_to_principal_policy(statement(0)).statement_added


def test_a_user_whose_role_makes_the_policies_too_long_leaves_no_trace(stack: cdk.Stack, domain: Domain) -> None:
    role = ExecutionRole(stack, "Role")
    for number in range(80):
        arn = f"arn:aws:iam::123456789012:role/{number:02}{'x' * 62}"
        role.add_to_principal_policy(iam.PolicyStatement(actions=["iam:PassRole"], resources=[arn]))

    with pytest.raises(
        ValueError,
        match=r"^\[Research/Studio/Alice\] spaces must be few enough for a policy of 6144 characters to name those of user 'alice'",
    ):
        domain.add_user_profile("Alice", execution_role=role)

    domain._user_profile_names.take("alice")
