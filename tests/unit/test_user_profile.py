from __future__ import annotations

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from constructs_lib import (
    AuthMode,
    Domain,
    DomainEncryption,
    ExecutionRole,
    IdleShutdown,
    InstanceType,
    JupyterLab,
    NetworkAccess,
    UserProfile,
    UserSettings,
)
from tests.templates import properties, resources, template_of
from tests.unit.access.policies import POLICY, attached_to, policies, role_of, size

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


def test_role_carries_the_domains_policies_and_its_own(stack: cdk.Stack, domain: Domain) -> None:
    domain.add_user_profile("Alice")

    template = template_of(stack)
    role = role_of(template, "StudioAliceExecutionRole")
    named = template["Resources"][role]["Properties"]["ManagedPolicyArns"]
    assert [one["Ref"][:-8] for one in named] == ["StudioUserUse", "StudioUserFence"]
    assert attached_to(template, role) == {"StudioUserUse", "StudioUserFence", "StudioAliceUse", "StudioAliceFence"}
    fence = policies(template)["StudioAliceFence"]
    assert fence.keys() == {"OnlyOwnSpaces", "OnlyOwnPrivateApps", "OnlyOwnProfile", "OnlyPassableRoles", "NoSessions"}
    assert fence["OnlyPassableRoles"]["NotResource"] == {"Fn::GetAtt": [role, "Arn"]}


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
        if statement["Effect"] == "Allow":
            is_null = statement.get("Condition", {}).get("Null", {})
            assert is_null.get("sagemaker:OwnerUserProfileArn", "false") == "false"
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


@pytest.mark.parametrize("in_settings", [True, False])
def test_given_role_of_the_app_gets_policies_of_its_own(in_settings: bool, stack: cdk.Stack, domain: Domain) -> None:
    role = iam.Role(stack, "Given", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))

    if in_settings:
        domain.add_user_profile("Alice", user_settings=UserSettings(execution_role=role))
    else:
        domain.add_user_profile("Alice", execution_role=role)

    template = template_of(stack)
    given = role_of(template, "Given")
    assert len(resources(template, "AWS::IAM::Role")) == 3
    assert attached_to(template, given) == {f"StudioAlice{name}" for name in ("Use", "Fence", "UserUse", "UserFence")}
    assert "ManagedPolicyArns" not in template["Resources"][given]["Properties"], "the domain may need the role"
    found = policies(template)
    assert found["StudioAliceUserUse"] == found["StudioUserUse"]
    assert found["StudioAliceUserFence"] == found["StudioUserFence"]


@pytest.mark.parametrize("plain", [True, False])
def test_given_role_in_an_imported_domain_carries_the_policies_that_the_import_was_given(
    plain: bool, app: cdk.App, stack: cdk.Stack
) -> None:
    given = [iam.ManagedPolicy.from_managed_policy_name(stack, name, name) for name in ("use", "fence")]
    domain = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123", user_policies=given)
    role: iam.Role = (
        iam.Role(stack, "Given", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))
        if plain
        else ExecutionRole(stack, "Given")
    )
    domain.add_user_profile("Alice", execution_role=role)

    template = template_of(stack)
    rendered = template["Resources"][role_of(template, "Given")]["Properties"]
    assert rendered["ManagedPolicyArns"] == [stack.resolve(one.managed_policy_arn) for one in given]
    assert policies(template).keys() == {"SharedAliceUse", "SharedAliceFence"}, "no copies"


def test_given_role_in_an_imported_domain_without_policies_gets_its_own(stack: cdk.Stack) -> None:
    domain = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123")
    domain.add_user_profile("Alice", execution_role=ExecutionRole(stack, "Given"))

    template = template_of(stack)
    own = {f"SharedAlice{name}" for name in ("Use", "Fence", "UserUse", "UserFence")}
    assert attached_to(template, role_of(template, "Given")) == own


@pytest.mark.parametrize("via_sagemaker", [True, False])
def test_the_key_of_an_import_is_used_as_it_is_said_to_be_granted(via_sagemaker: bool, stack: cdk.Stack) -> None:
    domain = Domain.from_domain_attributes(
        stack,
        "Shared",
        domain_id="d-abc123",
        encryption_key=kms.Key.from_key_arn(stack, "Key", "arn:aws:kms:eu-west-1:123456789012:key/abc"),
        grants_via_sagemaker=via_sagemaker,
    )
    domain.add_user_profile("Alice")

    condition = policies(template_of(stack))["SharedAliceUserUse"]["GrantVolumeKey"]["Condition"]
    assert ("kms:ViaService" in str(condition), "kms:GrantIsForAWSResource" in str(condition)) == (
        via_sagemaker,
        not via_sagemaker,
    )


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
    assert not any("Alice" in path for path in policies(template))


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
    own = {f"StudioAlice{name}" for name in ("Use", "Fence", "UserUse", "UserFence")}
    assert own <= policies(template).keys()


def test_a_role_that_the_domain_needs_makes_no_cycle(stack: cdk.Stack, network: NetworkAccess) -> None:
    role, key = ExecutionRole(stack, "Role"), kms.Key(stack, "Key")
    key.add_to_resource_policy(iam.PolicyStatement(actions=["kms:Decrypt"], resources=["*"], principals=[role]))
    domain = Domain(stack, "Studio", network=network, encryption=DomainEncryption.customer_managed(key))
    domain.add_user_profile("Alice", execution_role=role)

    template = template_of(stack)  # refuses cycles

    assert properties(template, PROFILE)["UserSettings"]["ExecutionRole"]


def test_policies_of_a_profile_in_an_imported_domain_fit_what_iam_takes(stack: cdk.Stack) -> None:
    allowed = [one for one in InstanceType.known() if one.runs_spaces]
    key = kms.Key.from_key_arn(stack, "Key", f"arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/{'a' * 36}")
    domain = Domain.from_domain_attributes(
        stack, "Shared", domain_id="d-" + "a" * 61, encryption_key=key, allowed_instance_types=allowed
    )
    domain.add_user_profile("Alice", user_profile_name="a" * 63)

    sizes = [size(one["Properties"]["PolicyDocument"]) for one in resources(template_of(stack), POLICY).values()]

    assert len(sizes) == 4
    assert max(sizes) <= 6144


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
