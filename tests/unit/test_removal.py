from __future__ import annotations

import re

import aws_cdk as cdk
import pytest
from aws_cdk import RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from constructs import Construct

from constructs_lib import (
    Domain,
    ExecutionRole,
    JupyterLab,
    NetworkAccess,
    Space,
    SpaceSharing,
    TeamExecutionRole,
    UserProfile,
    UserSettings,
)
from tests.templates import Template, template_of

RETAIN, DESTROY = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, RemovalPolicy.DESTROY
KEPT, DELETED = "RetainExceptOnCreate", "Delete"


def policies(template: Template) -> dict[str, tuple[str, str]]:
    """The deletion and the update-replace policy of each resource."""
    return {
        logical_id: (resource.get("DeletionPolicy"), resource.get("UpdateReplacePolicy"))
        for logical_id, resource in template["Resources"].items()
    }


def test_everything_is_kept_by_default_with_all_that_it_needs(stack: cdk.Stack, domain: Domain) -> None:
    alice = domain.add_user_profile("Alice")
    alice.add_private_space("Lab", app=JupyterLab())
    bucket = s3.Bucket(stack, "Data", removal_policy=DESTROY)
    bucket.grant_read(alice)

    found = policies(template_of(stack))

    data = next(logical_id for logical_id in found if logical_id.startswith("Data"))
    assert found.pop(data) == (DELETED, DELETED)
    assert set(found.values()) == {(KEPT, "Retain")}


def test_one_word_on_the_domain_reaches_everything_below_it(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(stack, "Studio", network=network, removal_policy=DESTROY)
    domain.add_user_profile("Alice").add_shared_space("Churn", app=JupyterLab())

    assert set(policies(template_of(stack)).values()) == {(DELETED, DELETED)}


def test_a_profile_in_another_stack_follows_the_domain(app: cdk.App, stack: cdk.Stack, network: NetworkAccess) -> None:
    users = cdk.Stack(app, "Users")
    domain = Domain(stack, "Studio", network=network, removal_policy=DESTROY)
    UserProfile(users, "Alice", domain=domain).add_private_space("Lab", app=JupyterLab())

    assert set(policies(template_of(users)).values()) == {(DELETED, DELETED)}


@pytest.mark.parametrize("policy", [RETAIN, DESTROY])
def test_policies_that_follow_what_is_declared_later_share_the_fate_of_their_user(
    policy: RemovalPolicy, app: cdk.App, stack: cdk.Stack, network: NetworkAccess
) -> None:
    users = cdk.Stack(app, "Users")
    domain = Domain(stack, "Studio", network=network, remote_access=True, removal_policy=policy)
    TeamExecutionRole(users, "Team", domain=domain, removal_policy=policy)
    given = UserProfile(
        users, "Given", domain=domain, execution_role=ExecutionRole(stack, "Role", removal_policy=policy)
    )
    for alice in (UserProfile(users, "Alice", domain=domain), given):
        alice.add_shared_space("Churn", app=JupyterLab(), space_name=f"churn-{alice.node.id}", members=[])

    found = policies(template_of(stack)) | policies(template_of(users))

    late = [one for one in found if re.match(r"(Team|Given|Alice)(Use|Fence|SessionFence)[0-9A-F]{8}$", one)]
    assert len(late) == 9
    assert set(found.values()) == {(KEPT, "Retain") if policy == RETAIN else (DELETED, DELETED)}


@pytest.mark.parametrize(
    ("of_domain", "of_profile", "of_space"),
    [(a, b, c) for a in (RETAIN, DESTROY) for b in (RETAIN, DESTROY) for c in (RETAIN, DESTROY)],
)
@pytest.mark.parametrize("together", [True, False])
def test_the_innermost_word_holds(
    of_domain: RemovalPolicy,
    of_profile: RemovalPolicy,
    of_space: RemovalPolicy,
    together: bool,
    app: cdk.App,
    stack: cdk.Stack,
    network: NetworkAccess,
) -> None:
    domain = Domain(stack, "Studio", network=network, removal_policy=of_domain)
    users = stack if together else cdk.Stack(app, "Users")
    alice = (
        domain.add_user_profile("Alice", removal_policy=of_profile)
        if together
        else UserProfile(users, "Alice", domain=domain, removal_policy=of_profile)
    )
    alice.add_private_space("Lab", app=JupyterLab(), removal_policy=of_space)
    alice.add_private_space("Code", app=JupyterLab())

    words = {RETAIN: KEPT, DESTROY: DELETED}
    by_type = {
        (one["Type"], one["Properties"].get("SpaceName")): one["DeletionPolicy"]
        for one in template_of(users)["Resources"].values()
    }
    assert by_type["AWS::SageMaker::UserProfile", None] == words[of_profile]
    assert by_type["AWS::SageMaker::Space", "alice-lab"] == words[of_space]
    assert by_type["AWS::SageMaker::Space", "alice-code"] == words[of_profile]
    if together:
        assert by_type["AWS::SageMaker::Domain", None] == words[of_domain]


def test_a_space_away_from_its_owner_follows_the_owner(app: cdk.App, domain: Domain) -> None:
    alice = domain.add_user_profile("Alice", removal_policy=DESTROY)
    spaces = cdk.Stack(app, "Spaces")
    Space(spaces, "Lab", domain=domain, sharing=SpaceSharing.private(alice), app=JupyterLab())

    assert set(policies(template_of(spaces)).values()) == {(DELETED, DELETED)}


def test_an_app_that_destroys_what_has_no_policy_leaves_a_studio_alone(
    app: cdk.App, stack: cdk.Stack, domain: Domain
) -> None:
    cdk.MissingRemovalPolicies.of(app).destroy()
    alice = UserProfile(cdk.Stack(app, "Users"), "Alice", domain=domain)
    alice.add_private_space("Lab", app=JupyterLab())

    for one in (stack, alice.stack):
        assert set(policies(template_of(one)).values()) == {(KEPT, "Retain")}


@pytest.mark.parametrize(("of_domain", "of_profile"), [(RETAIN, DESTROY), (DESTROY, RETAIN)])
def test_a_construct_in_between_changes_nothing(
    of_domain: RemovalPolicy, of_profile: RemovalPolicy, stack: cdk.Stack, network: NetworkAccess
) -> None:
    domain = Domain(stack, "Studio", network=network, removal_policy=of_domain)
    alice = UserProfile(Construct(domain, "Team"), "Alice", domain=domain, removal_policy=of_profile)
    alice.add_private_space("Lab", app=JupyterLab())

    found = {one for logical_id, one in policies(template_of(stack)).items() if "Alice" in logical_id}

    assert found == {(KEPT, "Retain") if of_profile == RETAIN else (DELETED, DELETED)}


def test_the_method_of_every_construct_says_it_too(stack: cdk.Stack, domain: Domain) -> None:
    alice = domain.add_user_profile("Alice")
    lab = alice.add_private_space("Lab", app=JupyterLab())
    code = alice.add_private_space("Code", app=JupyterLab())
    domain.apply_removal_policy(DESTROY)
    alice.apply_removal_policy(RETAIN)
    lab.apply_removal_policy(DESTROY)
    assert isinstance(alice.execution_role, cdk.Resource)
    alice.execution_role.apply_removal_policy(DESTROY)

    found = policies(template_of(stack))

    def of(path: str) -> str:
        return found[next(logical_id for logical_id in found if logical_id.startswith(path))][0]

    assert code.space_name == "alice-code"
    assert (of("StudioKey"), of("StudioAliceExecutionRole"), of("StudioAliceLab")) == (DELETED, DELETED, DELETED)
    assert (of("StudioAliceUse"), of("StudioAliceCode")) == (KEPT, KEPT)


def test_a_space_can_be_kept_where_the_rest_is_destroyed(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(stack, "Studio", network=network, removal_policy=DESTROY)
    domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab()).apply_removal_policy(RETAIN)

    found = policies(template_of(stack))

    assert {one for logical_id, one in found.items() if "Lab" in logical_id} == {(KEPT, "Retain")}


@pytest.mark.parametrize(("first", "then"), [(RETAIN, DESTROY), (DESTROY, RETAIN)])
def test_what_is_said_later_of_a_domain_reaches_what_follows_it(
    first: RemovalPolicy, then: RemovalPolicy, stack: cdk.Stack, network: NetworkAccess
) -> None:
    domain = Domain(stack, "Studio", network=network, removal_policy=first)
    alice = domain.add_user_profile("Alice")
    domain.apply_removal_policy(then)
    alice.add_private_space("Lab", app=JupyterLab())
    alice.add_private_space("Other", app=JupyterLab(), removal_policy=first)

    words = {RETAIN: KEPT, DESTROY: DELETED}
    found = policies(template_of(stack))
    assert alice.removal_policy == domain.removal_policy == then
    assert {found.pop(one)[0] for one in list(found) if "Other" in one} == {words[first]}
    assert {one[0] for one in found.values()} == {words[then]}


def test_a_space_of_one_owner_can_stand_in_a_domain_that_is_kept(stack: cdk.Stack, domain: Domain) -> None:
    alice = domain.add_user_profile("Alice", removal_policy=DESTROY)
    Space(domain, "Lab", domain=domain, sharing=SpaceSharing.shared(alice), app=JupyterLab())

    found = policies(template_of(stack))

    assert {one for logical_id, one in found.items() if "Lab" in logical_id} == {(DELETED, DELETED)}


@pytest.mark.parametrize("policy", [RETAIN, DESTROY])
def test_the_key_shares_the_fate_of_its_domain(
    policy: RemovalPolicy, app: cdk.App, stack: cdk.Stack, network: NetworkAccess
) -> None:
    cdk.MissingRemovalPolicies.of(app).apply(DESTROY if policy == RETAIN else RETAIN)
    Domain(stack, "Studio", network=network, removal_policy=policy)

    assert len(set(policies(template_of(stack)).values())) == 1


def test_attributes_of_a_users_own_stack_mean_nothing(app: cdk.App, network: NetworkAccess) -> None:
    class Team(cdk.Stack):
        def __init__(self) -> None:
            super().__init__(app, "Team")
            self.removal_policy = RETAIN
            self._environment = "production"

    team = Team()
    domain = Domain(team, "Studio", network=network, removal_policy=team.removal_policy)
    domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab())

    assert set(policies(template_of(team)).values()) == {(KEPT, "Retain")}


def test_a_bucket_in_a_domain_keeps_the_policy_of_buckets(stack: cdk.Stack, domain: Domain) -> None:
    s3.Bucket(domain, "Data", removal_policy=DESTROY)

    found = policies(template_of(stack))

    assert next(one for logical_id, one in found.items() if "Data" in logical_id) == (DELETED, DELETED)


def test_grants_to_a_plain_role_go_with_their_profile(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(stack, "Studio", network=network, removal_policy=DESTROY)
    role = iam.Role(stack, "Team", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))
    s3.Bucket(stack, "Data").grant_read(domain.add_user_profile("Alice", execution_role=role))

    found = policies(template_of(stack))

    assert {one for logical_id, one in found.items() if "Grants" in logical_id} == {(DELETED, DELETED)}


def test_grants_to_an_imported_role_can_be_destroyed(stack: cdk.Stack) -> None:
    role = ExecutionRole.from_execution_role_arn(
        stack, "Role", "arn:aws:iam::123456789012:role/alice", removal_policy=DESTROY
    )
    s3.Bucket(stack, "Data").grant_read(role.grant_principal)

    found = policies(template_of(stack))

    assert {one for logical_id, one in found.items() if "Grants" in logical_id} == {(DELETED, DELETED)}


def plain_role(scope: cdk.Stack, id: str) -> iam.Role:
    return iam.Role(scope, id, assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))


def policies_of_roles(stack: cdk.Stack) -> dict[str, tuple[str, str]]:
    """The policies of what the team's role is and may do by inline policies."""
    found = policies(template_of(stack))
    return {logical_id: policy for logical_id, policy in found.items() if logical_id.startswith("Team")}


@pytest.mark.parametrize("policy", [RETAIN, DESTROY])
def test_a_plain_role_shares_the_fate_of_its_profile_with_what_is_granted_to_it(
    policy: RemovalPolicy, stack: cdk.Stack, domain: Domain
) -> None:
    role = plain_role(stack, "Team")
    domain.add_user_profile("Alice", execution_role=role, removal_policy=policy)
    s3.Bucket(stack, "Data").grant_read(role)

    found = policies_of_roles(stack)

    assert len(found) == 2
    assert set(found.values()) == {(KEPT, "Retain") if policy == RETAIN else (DELETED, DELETED)}


@pytest.mark.parametrize(("first", "then"), [(RETAIN, DESTROY), (DESTROY, RETAIN)])
def test_a_plain_role_follows_what_is_said_later(
    first: RemovalPolicy, then: RemovalPolicy, stack: cdk.Stack, network: NetworkAccess
) -> None:
    settings = UserSettings(execution_role=plain_role(stack, "TeamOfAll"))
    domain = Domain(stack, "Studio", network=network, default_user_settings=settings, removal_policy=first)
    alice = domain.add_user_profile("Alice", execution_role=plain_role(stack, "TeamOfAlice"))
    domain.apply_removal_policy(then)
    alice.apply_removal_policy(then)

    assert set(policies_of_roles(stack).values()) == {(KEPT, "Retain") if then == RETAIN else (DELETED, DELETED)}


@pytest.mark.parametrize("before", [True, False])
def test_what_is_said_of_a_plain_role_itself_holds(before: bool, stack: cdk.Stack, domain: Domain) -> None:
    role = plain_role(stack, "Team")
    if before:
        role.apply_removal_policy(RemovalPolicy.RETAIN)
    domain.add_user_profile("Alice", execution_role=role, removal_policy=DESTROY)
    if not before:
        role.apply_removal_policy(RemovalPolicy.RETAIN)

    assert set(policies_of_roles(stack).values()) == {("Retain", "Retain")}


def test_an_app_that_destroys_what_has_no_policy_leaves_a_plain_role_alone(
    app: cdk.App, stack: cdk.Stack, domain: Domain
) -> None:
    cdk.MissingRemovalPolicies.of(app).destroy()
    role = plain_role(stack, "Team")
    domain.add_user_profile("Alice", execution_role=role)
    s3.Bucket(stack, "Data").grant_read(role)

    assert set(policies_of_roles(stack).values()) == {(KEPT, "Retain")}
