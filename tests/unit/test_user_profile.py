from __future__ import annotations

import json
import re

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3

from constructs_lib import (
    AuthMode,
    Domain,
    ExecutionRole,
    IdleShutdown,
    InstanceType,
    JupyterLab,
    NetworkAccess,
    UserProfile,
    UserSettings,
)
from tests.templates import properties, resources, template_of

PROFILE = "AWS::SageMaker::UserProfile"


def test_has_a_role_of_its_own_with_nobody_elses_rights(stack: cdk.Stack, domain: Domain) -> None:
    domain.add_user_profile("Alice")
    domain.add_user_profile("Bob")

    template = template_of(stack)
    profiles = resources(template, PROFILE).values()
    assert len({str(one["Properties"]["UserSettings"]["ExecutionRole"]) for one in profiles}) == 2
    for policy in resources(template, "AWS::IAM::ManagedPolicy").values():
        text = str(policy)
        assert not ("/alice" in text and "/bob" in text)


def test_writes_only_what_it_owns(stack: cdk.Stack, domain: Domain) -> None:
    alice = domain.add_user_profile("Alice")

    (use,) = (
        one["Properties"]["PolicyDocument"]["Statement"]
        for logical_id, one in resources(template_of(stack), "AWS::IAM::ManagedPolicy").items()
        if "AliceUse" in logical_id
    )
    own = next(statement for statement in use if statement["Sid"] == "OwnSpaces")
    assert own["Condition"] == {"ArnEquals": {"sagemaker:OwnerUserProfileArn": stack.resolve(alice.user_profile_arn)}}
    itself = next(statement for statement in use if statement["Sid"] == "Self")
    assert itself["Resource"] == stack.resolve(alice.user_profile_arn)


def test_role_carries_what_all_users_of_the_domain_may_do(stack: cdk.Stack, domain: Domain) -> None:
    domain.add_user_profile("Alice")

    template = template_of(stack)
    (role,) = (one for logical_id, one in resources(template, "AWS::IAM::Role").items() if "Alice" in logical_id)
    (shared,) = (one for one in resources(template, "AWS::IAM::ManagedPolicy") if "UserPolicy" in one)
    assert role["Properties"]["ManagedPolicyArns"] == [{"Ref": shared}]


def test_statements_have_sorted_actions_and_never_allow_a_missing_owner(stack: cdk.Stack, domain: Domain) -> None:
    domain.add_user_profile("Alice")

    statements = [
        statement
        for policy in resources(template_of(stack), "AWS::IAM::ManagedPolicy").values()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
    ]
    for statement in statements:
        actions = statement["Action"]
        assert isinstance(actions, str) or actions == sorted(actions)
        assert "sagemaker:OwnerUserProfileArn" not in statement.get("Condition", {}).get("Null", {})
        assert not any(action.endswith("*") for action in ([actions] if isinstance(actions, str) else actions))


def test_as_a_grantee_it_stands_for_its_role_without_an_inline_policy(stack: cdk.Stack, domain: Domain) -> None:
    alice = domain.add_user_profile("Alice")
    bucket = s3.Bucket(stack, "Data")

    grant = bucket.grant_read(alice)
    bucket.grant_put(alice.execution_role)

    template = template_of(stack)
    assert grant.success
    assert not resources(template, "AWS::IAM::Policy")
    (grants,) = (
        one for logical_id, one in resources(template, "AWS::IAM::ManagedPolicy").items() if "Grants" in logical_id
    )
    assert len(grants["Properties"]["PolicyDocument"]["Statement"]) == 2
    assert grants["DeletionPolicy"] == "RetainExceptOnCreate"


def test_given_role_of_the_app_gets_what_studio_needs(stack: cdk.Stack, domain: Domain) -> None:
    role = iam.Role(stack, "Team", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))

    domain.add_user_profile("Alice", execution_role=role)
    domain.add_user_profile("Bob", user_settings=UserSettings(execution_role=role))

    template = template_of(stack)
    assert len(resources(template, "AWS::IAM::Role")) == 3
    (team_id,) = (logical_id for logical_id in resources(template, "AWS::IAM::Role") if "Team" in logical_id)
    attached = [
        [statement["Sid"] for statement in one["Properties"]["PolicyDocument"]["Statement"]]
        for one in resources(template, "AWS::IAM::ManagedPolicy").values()
        if {"Ref": team_id} in one["Properties"].get("Roles", [])
    ]
    assert attached.count(["Self", "OwnSpaces"]) == 2
    assert len(attached) == 3, "what all users may do stands once on a role that several have"
    assert "ManagedPolicyArns" not in template["Resources"][team_id]["Properties"]


def test_grants_to_a_profile_with_a_plain_role_are_no_inline_policy(stack: cdk.Stack, domain: Domain) -> None:
    role = iam.Role(stack, "Team", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))
    alice = domain.add_user_profile("Alice", execution_role=role)
    bucket = s3.Bucket(stack, "Data")

    bucket.grant_read(alice)
    bucket.grant_put(alice)

    template = template_of(stack)
    assert not resources(template, "AWS::IAM::Policy")
    (grants,) = (one for name, one in resources(template, "AWS::IAM::ManagedPolicy").items() if "Grants" in name)
    assert len(grants["Properties"]["PolicyDocument"]["Statement"]) == 2
    assert len(grants["Properties"]["Roles"]) == 1
    assert not resources(template, "AWS::S3::BucketPolicy"), "the role is of this account"
    assert grants["DeletionPolicy"] == "RetainExceptOnCreate"


def test_imported_role_is_left_as_it_is(stack: cdk.Stack, domain: Domain) -> None:
    arn = "arn:aws:iam::123456789012:role/studio/alice"
    role = ExecutionRole.from_execution_role_arn(stack, "Role", arn)

    domain.add_user_profile("Alice", execution_role=role)

    template = template_of(stack)
    assert properties(template, PROFILE)["UserSettings"] == {"ExecutionRole": arn}
    assert not any("Alice" in logical_id for logical_id in resources(template, "AWS::IAM::ManagedPolicy"))


def test_name_is_the_id_in_lower_case_or_the_one_given(stack: cdk.Stack, domain: Domain) -> None:
    assert domain.add_user_profile("Alice").user_profile_name == "alice"
    assert domain.add_user_profile("B", user_profile_name="Bob").user_profile_name == "Bob"


def test_names_its_user_in_identity_center(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(stack, "Studio", network=network, auth_mode=AuthMode.SSO)
    domain.add_user_profile("Alice", sso_user="alice@example.com")

    rendered = properties(template_of(stack), PROFILE)
    assert rendered["SingleSignOnUserIdentifier"] == "UserName"
    assert rendered["SingleSignOnUserValue"] == "alice@example.com"


def test_settings_render_only_what_differs_from_the_domain(stack: cdk.Stack, domain: Domain) -> None:
    lab = JupyterLab(instance_type=InstanceType.ML_M5_LARGE, idle_shutdown=IdleShutdown.after(cdk.Duration.hours(1)))
    domain.add_user_profile("Alice", user_settings=UserSettings(jupyter_lab=lab))

    settings = properties(template_of(stack), PROFILE)["UserSettings"]
    assert settings.keys() == {"ExecutionRole", "JupyterLabAppSettings"}
    assert settings["JupyterLabAppSettings"] == {
        "AppLifecycleManagement": {"IdleSettings": {"IdleTimeoutInMinutes": 60, "LifecycleManagement": "ENABLED"}},
        "DefaultResourceSpec": {"InstanceType": "ml.m5.large"},
    }


@pytest.mark.parametrize("known", [True, False])
def test_imported_profile_takes_spaces_and_grants(known: bool, stack: cdk.Stack, domain: Domain) -> None:
    arn = "arn:aws:iam::123456789012:role/studio/alice"
    role = ExecutionRole.from_execution_role_arn(stack, "Role", arn) if known else None
    alice = UserProfile.from_user_profile_attributes(
        stack, "Alice", domain=domain, user_profile_name="alice", execution_role=role
    )

    alice.add_private_space("Lab", app=JupyterLab())
    if known:
        s3.Bucket(stack, "Data").grant_read(alice)

    template = template_of(stack)
    assert properties(template, "AWS::SageMaker::Space")["OwnershipSettings"] == {"OwnerUserProfileName": "alice"}
    assert not resources(template, PROFILE)
    assert not resources(template, "AWS::IAM::Policy")
    grants = [one for one in resources(template, "AWS::IAM::ManagedPolicy").values() if "s3:" in str(one)]
    assert [one["Properties"]["Roles"] for one in grants] == ([["alice"]] if known else [])


def test_role_of_another_stack_is_not_made_to_need_the_domain(app: cdk.App, stack: cdk.Stack, domain: Domain) -> None:
    roles = cdk.Stack(app, "Roles")
    domain.add_user_profile("Alice", execution_role=ExecutionRole(roles, "Alice"))

    app.synth()

    template = template_of(stack)
    assert roles in stack.dependencies
    sids = {
        statement["Sid"]
        for logical_id, policy in resources(template, "AWS::IAM::ManagedPolicy").items()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if "Alice" in logical_id
    }
    assert {"Self", "OwnSpaces", "List", "SharedApps"} <= sids


def test_policies_of_a_profile_in_an_imported_domain_fit_what_iam_takes(stack: cdk.Stack) -> None:
    allowed = [one for one in InstanceType.known() if one.runs_spaces]
    key = cdk.aws_kms.Key.from_key_arn(stack, "Key", f"arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/{'a' * 36}")
    domain = Domain.from_domain_attributes(
        stack, "Shared", domain_id="d-" + "a" * 61, encryption_key=key, allowed_instance_types=allowed
    )
    domain.add_user_profile("Alice", user_profile_name="a" * 63)

    policies = resources(template_of(stack), "AWS::IAM::ManagedPolicy").values()
    written = {"AWS::Partition": "aws-us-gov", "AWS::Region": "ap-southeast-4", "AWS::AccountId": "1" * 12}
    for policy in policies:
        text = json.dumps(policy["Properties"]["PolicyDocument"], separators=(",", ":"))
        text = re.sub(r'\{"Fn::Join":\["",\[(.*?)\]\]\}', lambda m: '"' + re.sub(r'^"|"$|","', "", m[1]) + '"', text)
        for name, value in written.items():
            text = text.replace(f'",{{"Ref":"{name}"}},"', value)
        assert "Ref" not in text
        assert len(text) < 6144
    assert len(policies) == 2


@pytest.mark.parametrize("where", ["default_execution_role", "space_execution_role"])
def test_a_role_of_the_domain_makes_no_cycle(where: str, stack: cdk.Stack, domain: Domain) -> None:
    domain.add_user_profile("Alice", execution_role=getattr(domain, where))

    template = template_of(stack)  # refuses cycles

    assert properties(template, PROFILE)["UserSettings"]["ExecutionRole"]


def test_a_role_for_all_profiles_and_the_domain_makes_no_cycle(stack: cdk.Stack, network: NetworkAccess) -> None:
    role = ExecutionRole(stack, "Team")
    domain = Domain(stack, "Studio", network=network, default_user_settings=UserSettings(execution_role=role))
    domain.add_user_profile("Alice", execution_role=role)

    assert template_of(stack)


def test_region_and_account_of_an_import_may_be_tokens(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Fixed", env=cdk.Environment(account="123456789012", region="eu-west-1"))
    domain = Domain.from_domain_attributes(
        stack, "Shared", domain_id="d-abc123", account=cdk.Aws.ACCOUNT_ID, region=cdk.Aws.REGION
    )

    assert domain.add_user_profile("Alice").user_profile_name == "alice"


def test_account_and_region_of_an_import_stand_in_arns(stack: cdk.Stack) -> None:
    domain = Domain.from_domain_attributes(
        stack, "Shared", domain_id="d-abc123", account="123456789012", region="eu-west-1"
    )
    alice = domain.add_user_profile("Alice")
    lab = alice.add_private_space("Lab", app=JupyterLab())

    for arn in (domain.domain_arn, alice.user_profile_arn, lab.space_arn):
        assert ":sagemaker:eu-west-1:123456789012:" in arn
    assert "AWS::Region" not in str(template_of(stack)["Resources"])


def test_a_name_that_was_refused_is_free(domain: Domain) -> None:
    with pytest.raises(ValueError, match="sso_user"):
        domain.add_user_profile("First", user_profile_name="alice", sso_user="alice")

    assert domain.add_user_profile("Alice").user_profile_name == "alice"
