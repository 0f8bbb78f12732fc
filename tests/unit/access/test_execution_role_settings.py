from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam

from constructs_lib import (
    AuthMode,
    Domain,
    ExecutionRole,
    ExecutionRoleSettings,
    NetworkAccess,
    SpaceSettings,
    TeamExecutionRole,
    UserProfile,
    UserSettings,
)
from tests.templates import Template, properties, resources, template_of

ROLE = "AWS::IAM::Role"
MADE = {"StudioDefaultExecutionRole", "StudioSpaceExecutionRole", "StudioAliceExecutionRole", "Team"}
GIVEN = {"Given", "GivenToDomain", "GivenInPart"}
SAGEMAKER = iam.ServicePrincipal("sagemaker.amazonaws.com")


def studio(
    stack: cdk.Stack,
    network: NetworkAccess,
    settings: ExecutionRoleSettings,
    sso_user: str | None = None,
) -> Template:
    """The template of domains with every kind of role."""
    shared: dict[str, Any] = {
        "network": network,
        "auth_mode": AuthMode.SSO if sso_user else AuthMode.IAM,
        "execution_role_settings": settings,
    }
    domain = Domain(stack, "Studio", **shared)
    domain.add_user_profile("Alice", sso_user=sso_user)
    domain.add_user_profile("Bob", sso_user=sso_user, execution_role=iam.Role(stack, "Given", assumed_by=SAGEMAKER))
    team = TeamExecutionRole(stack, "Team", domain=domain)
    for name in ("Carol", "Dave"):
        domain.add_user_profile(name, sso_user=sso_user, execution_role=team)
    for_both = iam.Role(stack, "GivenToDomain", assumed_by=SAGEMAKER)
    other = Domain(
        stack,
        "Other",
        **shared,
        default_user_settings=UserSettings(execution_role=for_both),
        default_space_settings=SpaceSettings(execution_role=for_both),
    )
    other.add_user_profile(
        "Erin",
        sso_user=sso_user,
        execution_role=ExecutionRole(
            stack, "GivenInPart", settings=ExecutionRoleSettings(source_identity=settings.source_identity)
        ),
    )
    return template_of(stack)


def roles(template: Template) -> dict[str, dict[str, Any]]:
    return {logical_id[:-8]: role["Properties"] for logical_id, role in resources(template, ROLE).items()}


def trust(role: dict[str, Any]) -> list[dict[str, Any]]:
    statements: list[dict[str, Any]] = role["AssumeRolePolicyDocument"]["Statement"]
    return statements


def trusted_actions(role: dict[str, Any]) -> list[str]:
    actions = [one["Action"] for one in trust(role)]
    return sorted(one for listed in actions for one in ([listed] if isinstance(listed, str) else listed))


def test_path_and_boundary_reach_every_role_that_is_made(stack: cdk.Stack, network: NetworkAccess) -> None:
    boundary = iam.ManagedPolicy.from_managed_policy_name(stack, "Boundary", "boundary")

    found = roles(studio(stack, network, ExecutionRoleSettings(path="/studio/", permissions_boundary=boundary)))

    arn = stack.resolve(boundary.managed_policy_arn)
    assert found.keys() == MADE | GIVEN
    assert {name for name, role in found.items() if role.get("Path") == "/studio/"} == MADE
    assert {name for name, role in found.items() if role.get("PermissionsBoundary") == arn} == MADE


def test_without_settings_sagemaker_takes_on_roles_and_no_more(stack: cdk.Stack, network: NetworkAccess) -> None:
    template = studio(stack, network, ExecutionRoleSettings())

    assert {str(trusted_actions(role)) for role in roles(template).values()} == {"['sts:AssumeRole']"}
    assert "Condition" not in str([trust(role) for role in roles(template).values()])
    assert all(
        "ExecutionRoleIdentityConfig" not in one["Properties"]["DomainSettings"]
        for one in resources(template, "AWS::SageMaker::Domain").values()
    )


def test_source_identity_is_on_the_domain_and_in_the_trust_of_all_roles_once(
    stack: cdk.Stack, network: NetworkAccess
) -> None:
    template = studio(stack, network, ExecutionRoleSettings(source_identity=True))

    for domain in resources(template, "AWS::SageMaker::Domain").values():
        assert domain["Properties"]["DomainSettings"]["ExecutionRoleIdentityConfig"] == "USER_PROFILE_NAME"
    found = roles(template)
    assert found.keys() == MADE | GIVEN
    for role in found.values():
        assert trusted_actions(role) == ["sts:AssumeRole", "sts:SetSourceIdentity"]
        assert {str(one["Principal"]) for one in trust(role)} == {"{'Service': 'sagemaker.amazonaws.com'}"}


def test_source_identity_of_an_import_reaches_given_and_made_roles(app: cdk.App, stack: cdk.Stack) -> None:
    settings = ExecutionRoleSettings(source_identity=True, path="/studio/")
    domain = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123", execution_role_settings=settings)
    domain.add_user_profile("Alice")
    domain.add_user_profile("Bob", execution_role=ExecutionRole(cdk.Stack(app, "Roles"), "Given"))
    imported = ExecutionRole.from_execution_role_arn(stack, "Role", "arn:aws:iam::123456789012:role/carol")
    domain.add_user_profile("Carol", execution_role=imported)

    found = {name: role for one in app.synth().stacks for name, role in roles(one.template).items()}

    assert {name: role.get("Path") for name, role in found.items()} == {
        "SharedAliceExecutionRole": "/studio/",
        "Given": None,
    }
    for role in found.values():
        assert trusted_actions(role) == ["sts:AssumeRole", "sts:SetSourceIdentity"]


def test_trusted_identity_propagation_is_in_the_trust_of_all_roles(stack: cdk.Stack, network: NetworkAccess) -> None:
    settings = ExecutionRoleSettings(trusted_identity_propagation=True, source_identity=True)

    found = roles(studio(stack, network, settings, sso_user="someone@example.com"))

    assert found.keys() == MADE | GIVEN
    for role in found.values():
        assert trusted_actions(role) == ["sts:AssumeRole", "sts:SetContext", "sts:SetSourceIdentity"]


def test_path_may_be_a_token() -> None:
    assert ExecutionRoleSettings(path=cdk.Fn.import_value("Path")).path


@pytest.mark.parametrize(
    ("environment", "account", "region"),
    [
        (None, {"Ref": "AWS::AccountId"}, {"Ref": "AWS::Region"}),
        (cdk.Environment(account="123456789012", region="eu-west-1"), "123456789012", "eu-west-1"),
    ],
)
def test_roles_for_the_own_account_name_it_in_every_statement_of_their_trust(
    environment: cdk.Environment | None, account: object, region: object, app: cdk.App, network: NetworkAccess
) -> None:
    stack = cdk.Stack(app, "Fixed", env=environment)
    settings = ExecutionRoleSettings(confused_deputy_prevention=True, source_identity=True)

    found = roles(studio(stack, network, settings))

    condition = {
        "ArnLike": {
            "aws:SourceArn": stack.resolve(f"arn:{cdk.Aws.PARTITION}:sagemaker:{stack.region}:{stack.account}:*")
        },
        "StringEquals": {"aws:SourceAccount": account},
    }
    assert stack.resolve(stack.region) == region
    for name in MADE:
        assert [one["Condition"] for one in trust(found[name])] == [condition] * len(trust(found[name]))


@pytest.mark.parametrize("confused_deputy_prevention", [True, False])
def test_given_roles_get_what_their_trust_lacks_under_their_own_conditions(
    confused_deputy_prevention: bool, stack: cdk.Stack, network: NetworkAccess
) -> None:
    domain = Domain(
        stack,
        "Studio",
        network=network,
        execution_role_settings=ExecutionRoleSettings(
            source_identity=True, confused_deputy_prevention=not confused_deputy_prevention
        ),
    )
    own = ExecutionRoleSettings(confused_deputy_prevention=confused_deputy_prevention)
    domain.add_user_profile("Alice", execution_role=ExecutionRole(stack, "Given", settings=own))

    given = roles(template_of(stack))["Given"]
    assert trusted_actions(given) == ["sts:AssumeRole", "sts:SetSourceIdentity"]
    assert ["Condition" in one for one in trust(given)] == [confused_deputy_prevention] * len(trust(given))
    assert len({str(one.get("Condition")) for one in trust(given)}) == 1


@pytest.mark.parametrize("path", [f"/{'a' * 510}/", "/"])
def test_path_may_have_512_characters(path: str) -> None:
    assert ExecutionRoleSettings(path=path).path == path


def test_a_profile_elsewhere_follows_the_domain(app: cdk.App, stack: cdk.Stack, network: NetworkAccess) -> None:
    settings = ExecutionRoleSettings(path="/studio/")
    domain = Domain(stack, "Studio", network=network, execution_role_settings=settings)
    users = cdk.Stack(app, "Users")
    UserProfile(users, "Alice", domain=domain)
    app.synth()

    assert properties(template_of(users), ROLE)["Path"] == "/studio/"
