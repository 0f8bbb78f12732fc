from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam

from constructs_lib import (
    AuthMode,
    Domain,
    ExecutionRole,
    IExecutionRole,
    ISpace,
    IUserProfile,
    JupyterLab,
    NetworkAccess,
    Space,
    SpaceSharing,
    UserProfile,
)
from tests.templates import resources, template_of
from tests.unit.access.policies import POLICY, member_fences, policies, space_names

LAB = JupyterLab()
LAMBDA = iam.ServicePrincipal("lambda.amazonaws.com")


@pytest.fixture
def domain(stack: cdk.Stack, network: NetworkAccess) -> Domain:
    return Domain(stack, "Studio", network=network, remote_access=True)


@pytest.fixture
def alice(domain: Domain) -> UserProfile:
    return domain.add_user_profile("Alice")


@pytest.fixture
def scheduler(stack: cdk.Stack) -> iam.Role:
    return iam.Role(stack, "Scheduler", assumed_by=LAMBDA)


def granted(stack: cdk.Stack, kind: str = "AWS::IAM::Policy") -> list[dict[str, Any]]:
    """The statements that grants made, which alone have no Sid."""
    return [
        statement
        for policy in resources(template_of(stack), kind).values()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if "Sid" not in statement
    ]


def itself(user: UserProfile) -> iam.IGrantable:
    return user


def its_role(user: UserProfile) -> iam.IGrantable:
    role: IExecutionRole = user.execution_role
    assert isinstance(role, iam.Role)
    return role


@pytest.mark.parametrize("grantee", [itself, its_role])
def test_a_user_who_is_let_use_a_space_becomes_a_member(
    grantee: Callable[[UserProfile], iam.IGrantable], stack: cdk.Stack, domain: Domain, alice: UserProfile
) -> None:
    churn = alice.add_shared_space("Churn", app=LAB, members=[])

    assert churn.grant_use(grantee(domain.add_user_profile("Bob"))).success

    template = template_of(stack)
    assert member_fences(template) == {"Alice": [], "Bob": ["churn"]}
    assert space_names(policies(template)["StudioBobUse"]["Sessions"], "Resource") == ["churn"]


def test_a_user_with_a_given_role_becomes_a_member_too(stack: cdk.Stack, domain: Domain, alice: UserProfile) -> None:
    role = iam.Role(stack, "Role", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))
    bob = domain.add_user_profile("Bob", execution_role=role)

    alice.add_shared_space("Churn", app=LAB, members=[]).grant_use(bob)

    assert member_fences(template_of(stack))["Bob"] == ["churn"]
    assert not resources(template_of(stack), "AWS::IAM::Policy")


def test_a_role_of_somebody_elses_is_let_start_one_space_and_is_no_member(
    stack: cdk.Stack, alice: UserProfile, scheduler: iam.Role
) -> None:
    churn = alice.add_shared_space("Churn", app=LAB, members=[])

    churn.grant_use(scheduler)

    assert member_fences(template_of(stack)) == {"Alice": []}
    statements = {str(one["Action"]): one for one in granted(stack)}
    start = statements["['sagemaker:CreateApp', 'sagemaker:DeleteApp']"]
    assert start["Condition"] == {"StringEquals": {"sagemaker:SpaceSharingType": "Shared"}}
    assert statements["sagemaker:AddTags"]["Condition"] == {"Null": {"sagemaker:TaggingAction": "false"}}
    describe = statements["['sagemaker:DescribeApp', 'sagemaker:DescribeSpace']"]
    apps = stack.resolve(churn.space_arn.replace(":space/", ":app/") + "/*")
    assert (start["Resource"], describe["Resource"]) == (apps, [apps, stack.resolve(churn.space_arn)])
    assert "Deny" not in str(granted(stack))


def test_remote_sessions_are_granted_on_one_space(stack: cdk.Stack, alice: UserProfile, scheduler: iam.Role) -> None:
    lab = alice.add_private_space("Lab", app=LAB)

    lab.grant_remote(scheduler)

    (statement,) = granted(stack)
    assert statement["Action"] == "sagemaker:StartSession"
    assert statement["Resource"] == stack.resolve(lab.space_arn)


def test_remote_sessions_are_granted_to_users_who_may_start_the_space(domain: Domain, alice: UserProfile) -> None:
    bob = domain.add_user_profile("Bob")
    spaces = {
        "lab": (alice.add_private_space("Lab", app=LAB), {"alice"}),
        "open": (alice.add_shared_space("Open", app=LAB), {"alice", "bob"}),
        "churn": (alice.add_shared_space("Churn", app=LAB, members=[bob]), {"alice", "bob"}),
        "own": (alice.add_shared_space("Own", app=LAB, members=[]), {"alice"}),
    }

    def may(space: ISpace, user: UserProfile) -> bool:
        try:
            return space.grant_remote(user).success
        except ValueError as refusal:
            assert f"got user {user.user_profile_name!r}, whose role is fenced off from it" in str(refusal)
            return False

    for space, users in spaces.values():
        assert {one.user_profile_name for one in (alice, bob) if may(space, one)} == users


def test_a_broker_comes_through_its_endpoint_for_urls_alone(
    stack: cdk.Stack, domain: Domain, alice: UserProfile, scheduler: iam.Role
) -> None:
    imported = UserProfile.from_user_profile_attributes(stack, "Bob", domain=domain, user_profile_name="bob")
    domain.add_user_profile("Carol")

    assert domain.grant_launch(scheduler, [alice, imported], source_vpce="vpce-0a1b2c3d").success

    url, describe = granted(stack)
    arns = [stack.resolve(one.user_profile_arn) for one in (alice, imported)]
    assert (url["Action"], describe["Action"]) == (
        "sagemaker:CreatePresignedDomainUrl",
        "sagemaker:DescribeUserProfile",
    )
    assert url["Resource"] == describe["Resource"] == arns
    assert url["Condition"] == {"StringEquals": {"aws:SourceVpce": "vpce-0a1b2c3d"}}
    assert "Condition" not in describe, "not all calls come through the endpoint"


def test_the_endpoint_of_a_broker_may_be_a_token(
    stack: cdk.Stack, domain: Domain, alice: UserProfile, scheduler: iam.Role
) -> None:
    domain.grant_launch(scheduler, [alice], source_vpce=cdk.Fn.import_value("Endpoint"))

    url, _ = granted(stack)
    assert url["Condition"] == {"StringEquals": {"aws:SourceVpce": {"Fn::ImportValue": "Endpoint"}}}


def test_grantees_elsewhere_are_granted_what_a_domain_of_a_fixed_environment_has(
    app: cdk.App, network: NetworkAccess
) -> None:
    env = cdk.Environment(account="123456789012", region="eu-west-1")
    domain = Domain(cdk.Stack(app, "Fixed", env=env), "Studio", network=network)
    other = cdk.Stack(app, "Other", env=cdk.Environment(account="210987654321", region="us-east-1"))

    assert domain.grant_launch(
        iam.Role(other, "Broker", assumed_by=LAMBDA),
        [domain.add_user_profile("Alice")],
    ).success


def test_use_is_granted_with_the_key_of_the_volume(stack: cdk.Stack, alice: UserProfile, scheduler: iam.Role) -> None:
    alice.add_shared_space("Churn", app=LAB).grant_use(scheduler)

    by_action = {str(one["Action"]): one for one in granted(stack)}
    (key,) = resources(template_of(stack), "AWS::KMS::Key")
    for action in ("kms:CreateGrant", "kms:DescribeKey"):
        assert by_action[action]["Resource"] == {"Fn::GetAtt": [key, "Arn"]}
    assert "kms:ViaService" in str(by_action["kms:CreateGrant"]["Condition"])


def test_a_broker_of_any_network_has_no_condition(
    stack: cdk.Stack, domain: Domain, alice: UserProfile, scheduler: iam.Role
) -> None:
    domain.grant_launch(scheduler, (alice,))

    assert not any("Condition" in one for one in granted(stack))


def test_an_import_whose_sign_in_is_unknown_is_not_judged(stack: cdk.Stack, scheduler: iam.Role) -> None:
    for name, auth_mode in (("One", None), ("Other", AuthMode.IAM)):
        domain = Domain.from_domain_attributes(stack, name, domain_id="d-abc123", auth_mode=auth_mode)

        assert domain.grant_launch(scheduler, [domain.add_user_profile("Alice")]).success


def test_an_administrator_stops_and_deletes_but_starts_and_opens_nothing(
    stack: cdk.Stack, domain: Domain, scheduler: iam.Role
) -> None:
    assert domain.grant_administer(scheduler).success

    statements = granted(stack)
    actions = {action.partition(":")[2] for one in statements for action in one["Action"]}
    assert {one for one in actions if not one.startswith(("Describe", "List"))} == {"DeleteApp", "DeleteSpace"}
    assert [one["Action"][0] for one in statements if one["Resource"] == "*"] == ["sagemaker:ListApps"]


GRANTS: dict[str, Callable[[Domain, ISpace, iam.IGrantable], iam.Grant]] = {
    "use": lambda domain, space, grantee: space.grant_use(grantee),
    "remote": lambda domain, space, grantee: space.grant_remote(grantee),
    "launch": lambda domain, space, grantee: domain.grant_launch(grantee, [domain.add_user_profile("Dan")]),
    "administer": lambda domain, space, grantee: domain.grant_administer(grantee),
}


def user_with(stack: cdk.Stack, role: IExecutionRole) -> IUserProfile:
    domain = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123")
    return UserProfile.from_user_profile_attributes(
        stack, "Bob", domain=domain, user_profile_name="bob", execution_role=role
    )


IMPORTED: dict[str, Callable[[cdk.Stack], iam.IGrantable]] = {
    "role": lambda stack: iam.Role.from_role_arn(stack, "Bob", "arn:aws:iam::123456789012:role/bob"),
    "user": lambda stack: iam.User.from_user_name(stack, "Bob", "bob"),
    "group": lambda stack: iam.Group.from_group_name(stack, "Bob", "bob"),
    "execution role": lambda stack: (
        ExecutionRole.from_execution_role_arn(stack, "Bob", "arn:aws:iam::123456789012:role/studio/bob").grant_principal
    ),
    "profile": lambda stack: user_with(
        stack, ExecutionRole.from_execution_role_arn(stack, "Role", "arn:aws:iam::123456789012:role/studio/bob")
    ),
}


@pytest.mark.parametrize("what", GRANTS)
@pytest.mark.parametrize("who", IMPORTED)
def test_who_is_imported_is_granted_the_same(
    who: str, what: str, stack: cdk.Stack, domain: Domain, alice: UserProfile
) -> None:
    churn = alice.add_shared_space("Churn", app=LAB, members=[])

    assert GRANTS[what](domain, churn, IMPORTED[who](stack)).success

    kind = POLICY if who in ("execution role", "profile") else "AWS::IAM::Policy"
    assert granted(stack, kind)


def test_use_of_an_imported_space_that_is_shared_is_granted(stack: cdk.Stack, scheduler: iam.Role) -> None:
    domain = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123")
    alice = domain.add_user_profile("Alice")
    sharing = SpaceSharing.shared(alice)
    space = Space.from_space_attributes(stack, "Churn", domain=domain, space_name="churn", sharing=sharing)

    assert space.grant_use(scheduler).success
    assert "/churn/*" in str(granted(stack))
