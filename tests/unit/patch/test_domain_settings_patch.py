from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sagemaker as sagemaker

from constructs_lib import (
    AmazonQ,
    AuthMode,
    CanvasFeature,
    CanvasSettings,
    DockerAccess,
    Domain,
    DomainDrain,
    DomainSettingsPatch,
    EmrSettings,
    ExecutionRole,
    ExecutionRoleSessionNameMode,
    ExecutionRoleSettings,
    IdleShutdown,
    IDomain,
    JupyterLab,
    NetworkAccess,
    RStudio,
    SpaceSettings,
    StudioImage,
    UserProfile,
    UserSettings,
)
from constructs_lib.patch.handler.patience import TIMEOUT
from tests.conftest import CONTEXT
from tests.drain.deletion import Deletion
from tests.templates import Template, properties, template_of
from tests.unit.patch.handler.aws import ROLE as AWS_ROLE
from tests.unit.patch.handler.aws import Aws

PATCH = "Custom::StudioDomainSettings"
MEMBERS = ("AWS::SageMaker::UserProfile", "AWS::SageMaker::Space")
NETWORK = NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"])
BY_USER: dict[str, Any] = {"execution_role_session_name_mode": ExecutionRoleSessionNameMode.USER_IDENTITY}
ROLES = [f"arn:aws:iam::123456789012:role/{name}" for name in ("studio", "space", "canvas")]


def role(stack: cdk.Stack, arn: str) -> iam.IRole:
    return iam.Role.from_role_arn(stack, f"Role-{arn.rpartition('/')[2]}", arn)


def populate(domain: IDomain, name: str) -> None:
    domain.add_user_profile(name).add_private_space("Lab", app=JupyterLab())


def told(template: Template) -> dict[str, Any]:
    """What the function is told, but for what serves it."""
    given = properties(template, PATCH)
    return {name: value for name, value in given.items() if not name.startswith("Service")}


def statements(template: Template, sid: str) -> list[dict[str, Any]]:
    (policy,) = (
        one["Properties"]
        for logical_id, one in template["Resources"].items()
        if one["Type"] == "AWS::IAM::ManagedPolicy" and logical_id.startswith("Patch")
    )
    return [one for one in policy["PolicyDocument"]["Statement"] if one["Sid"] == sid]


def digest(**domain: Any) -> str:
    """The digest of a domain with a patch."""
    app = cdk.App(context=CONTEXT, builtin_cloud_formation_validation=False)
    stack = cdk.Stack(app, "Research")
    tags = domain.pop("late_tags", {})
    DomainSettingsPatch(stack, "Patch", domain=Domain(stack, "Studio", network=NETWORK, **domain), **BY_USER)
    for key, value in tags.items():
        cdk.Tags.of(app).add(key, value)
    found: str = told(template_of(stack))["DomainProperties"]
    return found


def test_settings_stand_in_the_template_as_the_api_has_them(stack: cdk.Stack) -> None:
    lab = JupyterLab(image=StudioImage.distribution_cpu())
    domain = Domain(
        stack,
        "Studio",
        network=NETWORK,
        auth_mode=AuthMode.SSO,
        execution_role_settings=ExecutionRoleSettings(trusted_identity_propagation=True),
        default_user_settings=UserSettings(jupyter_lab=lab),
        default_space_settings=SpaceSettings(jupyter_lab=lab),
    )
    emr = EmrSettings(execution_roles=[role(stack, ROLES[0])])
    profile = "arn:aws:codewhisperer:us-east-1:123456789012:profile/ABC"

    DomainSettingsPatch(
        stack,
        "Patch",
        domain=domain,
        canvas=CanvasSettings(kendra=True),
        trusted_identity_propagation=True,
        amazon_q=AmazonQ.enabled(profile),
        rootless_docker=False,
        emr=emr,
        shared_space_emr=emr,
        jupyter_lab_image_version_alias="3.2",
        shared_space_image_version_alias="3",
        **BY_USER,
    )

    given = told(template_of(stack))
    assert given["DomainId"] == {"Fn::GetAtt": ["Studio43727D10", "DomainId"]}
    assert given["Settings"] == {
        "DefaultUserSettings": {
            "CanvasAppSettings": {"KendraSettings": {"Status": "ENABLED"}},
            "JupyterLabAppSettings": {
                "DefaultResourceSpec": {"SageMakerImageVersionAlias": "3.2"},
                "EmrSettings": {"ExecutionRoleArns": [ROLES[0]]},
            },
            "StudioWebPortalSettings": {"ExecutionRoleSessionNameMode": "USER_IDENTITY"},
        },
        "DefaultSpaceSettings": {
            "JupyterLabAppSettings": {
                "DefaultResourceSpec": {"SageMakerImageVersionAlias": "3"},
                "EmrSettings": {"ExecutionRoleArns": [ROLES[0]]},
            }
        },
        "DomainSettings": {
            "AmazonQSettings": {"Status": "ENABLED", "QProfileArn": profile},
            "DockerSettings": {"RootlessDocker": "DISABLED"},
            "TrustedIdentityPropagationSettings": {"Status": "ENABLED"},
        },
    }


def test_alias_of_code_editor(stack: cdk.Stack) -> None:
    shared = Domain.from_domain_attributes(
        stack,
        "Shared",
        domain_id="d-abc123",
        default_user_settings=UserSettings(execution_role=role(stack, ROLES[0])),
    )

    DomainSettingsPatch(stack, "Patch", domain=shared, code_editor_image_version_alias="3.2.1")

    assert told(template_of(stack)) == {
        "DomainId": "d-abc123",
        "Settings": {
            "DefaultUserSettings": {
                "CodeEditorAppSettings": {"DefaultResourceSpec": {"SageMakerImageVersionAlias": "3.2.1"}}
            }
        },
    }


@pytest.mark.parametrize(
    ("argument", "given", "name"),
    [
        ("trusted_identity_propagation", False, "TrustedIdentityPropagationSettings"),
        ("amazon_q", AmazonQ.disabled(), "AmazonQSettings"),
    ],
)
def test_what_is_off_is_said(stack: cdk.Stack, argument: str, given: Any, name: str) -> None:
    domain = Domain(stack, "Studio", network=NETWORK, auth_mode=AuthMode.SSO)

    DomainSettingsPatch(stack, "Patch", domain=domain, **{argument: given})

    assert told(template_of(stack))["Settings"] == {"DomainSettings": {name: {"Status": "DISABLED"}}}


def test_rootless_docker_of_a_domain_with_docker(stack: cdk.Stack) -> None:
    domain = Domain(stack, "Studio", network=NETWORK, docker=DockerAccess.enabled())

    DomainSettingsPatch(stack, "Patch", domain=domain, rootless_docker=True)

    assert told(template_of(stack))["Settings"] == {"DomainSettings": {"DockerSettings": {"RootlessDocker": "ENABLED"}}}


def test_the_patch_follows_the_domain() -> None:
    first = digest()

    assert digest() == first
    for changed in (
        {"default_user_settings": UserSettings(jupyter_lab=JupyterLab(idle_shutdown=IdleShutdown.disabled()))},
        {"tags": {"team": "churn"}},
        {"late_tags": {"team": "churn"}},
        {"execution_role_settings": ExecutionRoleSettings(source_identity=True)},
    ):
        assert digest(**changed) != first, changed


def test_the_patch_follows_what_is_changed_in_the_l1(stack: cdk.Stack, domain: Domain) -> None:
    DomainSettingsPatch(stack, "Patch", domain=domain, **BY_USER)
    resource = domain.node.default_child
    assert isinstance(resource, sagemaker.CfnDomain)
    resource.tag_propagation = "DISABLED"

    assert told(template_of(stack))["DomainProperties"] not in (digest(), None)


def test_a_patch_in_another_stack_follows_too(app: cdk.App, domain: Domain) -> None:
    other = cdk.Stack(app, "Other")

    DomainSettingsPatch(other, "Patch", domain=domain, **BY_USER)

    assert told(template_of(other))["DomainProperties"] == digest()


def test_the_function_may_read_and_write_one_domain_and_look_at_its_stack(stack: cdk.Stack, domain: Domain) -> None:
    DomainSettingsPatch(stack, "Patch", domain=domain, **BY_USER)

    template = template_of(stack)

    (use,) = statements(template, "Domain")
    assert use["Action"] == ["sagemaker:DescribeDomain", "sagemaker:UpdateDomain"]
    assert use["Resource"]["Fn::Join"][1][-2:] == [":domain/", {"Fn::GetAtt": ["Studio43727D10", "DomainId"]}]
    assert [one["Resource"] for one in statements(template, "Stack")] == [{"Ref": "AWS::StackId"}]
    assert statements(template, "RootStack") == []
    (passing,) = statements(template, "Roles")
    assert passing == {
        "Sid": "Roles",
        "Effect": "Allow",
        "Action": ["iam:PassRole"],
        "Resource": [
            {"Fn::GetAtt": ["StudioDefaultExecutionRole7A8FE99A", "Arn"]},
            {"Fn::GetAtt": ["StudioSpaceExecutionRoleCE110730", "Arn"]},
        ],
        "Condition": {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}},
    }


def test_the_role_of_r_studio_goes_back_too(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(stack, "Studio", network=network, r_studio=RStudio(domain_execution_role=role(stack, ROLES[2])))
    DomainSettingsPatch(stack, "Patch", domain=domain, **BY_USER)

    (passing,) = statements(template_of(stack), "Roles")
    assert ROLES[2] in passing["Resource"]


def test_a_nested_stack_looks_at_the_outermost_one(stack: cdk.Stack) -> None:
    nested = cdk.NestedStack(stack, "Nested")
    domain = Domain(nested, "Studio", network=NETWORK)

    DomainSettingsPatch(nested, "Patch", domain=domain, **BY_USER)

    assert len(statements(template_of(nested), "RootStack")) == 1


@pytest.mark.parametrize(
    ("patch", "passed"),
    [
        (BY_USER, ROLES[:2]),
        ({"shared_space_emr": "emr"}, ROLES[:2]),
        ({"canvas": "canvas"}, ROLES),
        ({"rootless_docker": True}, ROLES[:2]),
        ({"rootless_docker": True, "passed_roles": "roles"}, ROLES),
    ],
)
def test_the_function_may_pass_all_roles_that_settings_carry(
    stack: cdk.Stack, patch: dict[str, Any], passed: list[str]
) -> None:
    user, space, canvas = (role(stack, arn) for arn in ROLES)
    shared = Domain.from_domain_attributes(
        stack,
        "Shared",
        domain_id="d-abc123",
        default_user_settings=UserSettings(execution_role=user),
        default_space_settings=SpaceSettings(execution_role=space),
    )
    values = {
        "emr": EmrSettings(assumable_roles=[canvas]),
        "canvas": CanvasSettings(emr_serverless=CanvasFeature.enabled(role=canvas), amazon_bedrock_role=canvas),
        "roles": [user, canvas],
    }
    given = {name: values.get(value, value) if isinstance(value, str) else value for name, value in patch.items()}

    DomainSettingsPatch(stack, "Patch", domain=shared, **given)

    (passing,) = statements(template_of(stack), "Roles")
    assert passing["Resource"] == sorted(passed)


def test_no_role_is_passed_where_none_is_known(stack: cdk.Stack) -> None:
    shared = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123")

    DomainSettingsPatch(stack, "Patch", domain=shared, rootless_docker=True)

    assert statements(template_of(stack), "Roles") == []


@pytest.mark.parametrize("keeps", [True, False])
@pytest.mark.parametrize(
    ("first", "second"), [(BY_USER, {"rootless_docker": True}), ({"rootless_docker": True}, BY_USER)]
)
def test_what_goes_is_taken_back_with_the_rights_of_what_stays(
    first: dict[str, Any], second: dict[str, Any], keeps: bool
) -> None:
    """CloudFormation updates the policy before the custom resource."""
    aws = Aws(keeps=keeps)
    before: dict[str, Any] = {}
    for patch in (first, second):
        stack = cdk.Stack(cdk.App(context=CONTEXT, builtin_cloud_formation_validation=False), "Research")
        of_domain = role(stack, AWS_ROLE)
        shared = Domain.from_domain_attributes(
            stack,
            "Shared",
            domain_id="d-abc123",
            default_user_settings=UserSettings(execution_role=of_domain),
            default_space_settings=SpaceSettings(execution_role=of_domain),
        )
        DomainSettingsPatch(stack, "Patch", domain=shared, **patch)
        template = template_of(stack)
        aws.sagemaker.passable = {arn for one in statements(template, "Roles") for arn in one["Resource"]}
        settings = told(template)["Settings"]

        assert aws.update(settings, before)["Status"] == "SUCCESS"

        before = settings


def test_a_domain_with_roles_of_its_own(stack: cdk.Stack) -> None:
    settings = UserSettings(execution_role=ExecutionRole(stack, "Role"))
    domain = Domain(stack, "Studio", network=NETWORK, default_user_settings=settings)

    DomainSettingsPatch(stack, "Patch", domain=domain, **BY_USER)

    (passing,) = statements(template_of(stack), "Roles")
    assert {"Fn::GetAtt": ["Role1ABCC5F0", "Arn"]} in passing["Resource"]


def test_the_custom_resource_goes_before_what_it_needs_and_before_the_domain(stack: cdk.Stack, domain: Domain) -> None:
    DomainSettingsPatch(stack, "Patch", domain=domain, **BY_USER)

    deletion = Deletion(template_of(stack))

    later = deletion.after(deletion.only(PATCH))
    assert deletion.of_type("AWS::SageMaker::Domain", "AWS::Lambda::Function", "AWS::Logs::LogGroup") <= later
    assert {one for one in deletion.resources if one.startswith("PatchFunction")} <= later


def test_profiles_and_spaces_of_its_stack_come_after_it(app: cdk.App, stack: cdk.Stack, domain: Domain) -> None:
    users = cdk.Stack(app, "Users")
    populate(domain, "Alice")
    DomainSettingsPatch(stack, "Patch", domain=domain, **BY_USER)
    populate(domain, "Bob")
    UserProfile(users, "Carol", domain=domain)

    deletion = Deletion(template_of(stack))

    members = deletion.of_type(*MEMBERS)
    assert len(members) == 4
    assert all(deletion.only(PATCH) in deletion.after(one) for one in members)
    assert users.dependencies == [stack]


def test_nested_stacks_with_profiles_come_after_it(stack: cdk.Stack, domain: Domain) -> None:
    UserProfile(cdk.NestedStack(stack, "Before"), "Alice", domain=domain)
    DomainSettingsPatch(stack, "Patch", domain=domain, **BY_USER)
    UserProfile(cdk.NestedStack(stack, "After"), "Bob", domain=domain)

    deletion = Deletion(template_of(stack))

    nested = deletion.of_type("AWS::CloudFormation::Stack")
    assert len(nested) == 2
    assert all(deletion.only(PATCH) in deletion.after(one) for one in nested)


@pytest.mark.parametrize("of", ["own", "import"])
def test_stacks_that_do_not_wait_for_the_domain_do_not_wait_for_the_patch(
    app: cdk.App, stack: cdk.Stack, domain: Domain, of: str
) -> None:
    imported = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123")
    settings = cdk.Stack(app, "Settings") if of == "own" else stack
    users = cdk.Stack(app, "Users")
    patched = domain if of == "own" else imported
    UserProfile(users, "Alice", domain=patched)
    DomainSettingsPatch(settings, "Patch", domain=patched, rootless_docker=False)

    app.synth()

    assert settings not in users.dependencies


def test_an_imported_domain_is_patched_before_profiles_of_its_stack(stack: cdk.Stack) -> None:
    shared = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123")
    populate(shared, "Alice")
    DomainSettingsPatch(stack, "Patch", domain=shared, rootless_docker=True)

    deletion = Deletion(template_of(stack))

    assert all(deletion.only(PATCH) in deletion.after(one) for one in deletion.of_type(*MEMBERS))


def test_a_drain_goes_before_profiles_and_these_before_the_patch(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(stack, "Studio", network=network, removal_policy=cdk.RemovalPolicy.DESTROY)
    DomainSettingsPatch(stack, "Patch", domain=domain, **BY_USER)
    populate(domain, "Alice")
    DomainDrain(stack, "Drain", domain=domain)

    deletion = Deletion(template_of(stack))

    assert deletion.only(PATCH) in deletion.after(deletion.only("Custom::StudioDrain"))


def test_nothing_of_it_is_kept(stack: cdk.Stack, domain: Domain) -> None:
    DomainSettingsPatch(stack, "Patch", domain=domain, **BY_USER)

    policies = {
        one.get("DeletionPolicy")
        for logical_id, one in template_of(stack)["Resources"].items()
        if logical_id.startswith("Patch")
    }
    assert policies == {"Delete"}


def test_the_function_has_the_time_that_cloudformation_has(stack: cdk.Stack, domain: Domain) -> None:
    DomainSettingsPatch(stack, "Patch", domain=domain, **BY_USER)

    template = template_of(stack)
    assert properties(template, PATCH)["ServiceTimeout"] == TIMEOUT
    function = properties(template, "AWS::Lambda::Function")
    assert (function["Timeout"], function["Handler"]) == (TIMEOUT, "handler.index.on_event")
    assert "inline" not in str(template).lower()


def test_two_apps_may_patch_a_domain_of_one_id() -> None:
    for _ in range(2):
        stack = cdk.Stack(cdk.App(context=CONTEXT), "Research")
        shared = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123")
        DomainSettingsPatch(stack, "Patch", domain=shared, rootless_docker=True)


def test_a_refused_patch_leaves_the_domain_to_another(stack: cdk.Stack, domain: Domain) -> None:
    with pytest.raises(ValueError, match="must set something"):
        DomainSettingsPatch(stack, "Empty", domain=domain)

    DomainSettingsPatch(stack, "Patch", domain=domain, **BY_USER)


def test_nothing_of_it_is_kept_within_a_domain_that_is(stack: cdk.Stack, domain: Domain) -> None:
    DomainSettingsPatch(domain, "Patch", domain=domain, **BY_USER)

    resources = template_of(stack)["Resources"]
    policies = {one.get("DeletionPolicy") for name, one in resources.items() if name.startswith("StudioPatch")}
    assert policies == {"Delete"}
    assert resources["Studio43727D10"]["DeletionPolicy"] == "RetainExceptOnCreate"
