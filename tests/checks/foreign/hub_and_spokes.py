"""A hub with the domain, two spokes with people: joined by an export and by a parameter of Systems Manager."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sagemaker as sagemaker
from aws_cdk import aws_ssm as ssm

EXPECTED = frozenset(
    [
        ("Studio-MaximumVolume", "Hub/Domain"),
        ("Studio-SpaceExecutionRole", "Hub/Domain"),
        ("Studio-ExecutionRoleInApp", "Research/Bob"),
        ("Studio-RolePerProfile[Unresolved]", "Research/Bob"),  # it may be the role of another
        ("Studio-SpaceOwner", "Research/CarolLab"),
        ("Studio-Retain", "Hub/Domain"),
        *(("Studio-Retain", f"Research/{name}") for name in ("Alice", "Bob", "AliceLab", "CarolLab", "TeamLab")),
        ("Studio-Retain", "Labs/Dora"),
    ]
)


def define(app: cdk.App) -> None:
    hub(app)
    research(app)
    labs(app)


def hub(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Hub")
    idle = sagemaker.CfnDomain.AppLifecycleManagementProperty(
        idle_settings=sagemaker.CfnDomain.IdleSettingsProperty(
            lifecycle_management="ENABLED", idle_timeout_in_minutes=60, max_idle_timeout_in_minutes=240
        )
    )
    domain = sagemaker.CfnDomain(
        stack,
        "Domain",
        auth_mode="IAM",
        domain_name="hub",
        app_network_access_type="VpcOnly",
        kms_key_id=kms.Key(stack, "Key", enable_key_rotation=True).key_id,
        vpc_id=cdk.Fn.import_value("network-vpc"),
        subnet_ids=cdk.Fn.split(",", cdk.Fn.import_value("network-private-subnets")),
        home_efs_file_system_creation="Disabled",
        tag_propagation="ENABLED",
        default_user_settings=sagemaker.CfnDomain.UserSettingsProperty(
            execution_role=execution_role(stack, "DefaultRole").role_arn,
            auto_mount_home_efs="Disabled",
            default_landing_uri="studio::",
            studio_web_portal="ENABLED",
            studio_web_portal_settings=sagemaker.CfnDomain.StudioWebPortalSettingsProperty(
                hidden_app_types=["JupyterServer"]
            ),
            jupyter_lab_app_settings=sagemaker.CfnDomain.JupyterLabAppSettingsProperty(app_lifecycle_management=idle),
            code_editor_app_settings=sagemaker.CfnDomain.CodeEditorAppSettingsProperty(app_lifecycle_management=idle),
        ),
    )
    cdk.CfnOutput(stack, "DomainId", value=domain.attr_domain_id, export_name="hub-studio-domain-id")
    ssm.StringParameter(
        stack, "DomainIdParameter", parameter_name="/hub/studio/domain-id", string_value=domain.attr_domain_id
    )


def research(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Research")
    domain_id = cdk.Fn.import_value("hub-studio-domain-id")
    roles = {
        "alice": execution_role(stack, "AliceRole"),
        "bob": iam.Role.from_role_arn(
            stack, "BobRole", ssm.StringParameter.value_for_string_parameter(stack, "/identity/roles/bob")
        ),
    }
    for user, role in roles.items():
        sagemaker.CfnUserProfile(
            stack,
            user.title(),
            domain_id=domain_id,
            user_profile_name=user,
            user_settings=sagemaker.CfnUserProfile.UserSettingsProperty(execution_role=role.role_arn),
        )
    # Carol has left, and her profile with her.
    for name, owner, sharing in [
        ("AliceLab", "alice", "Private"),
        ("CarolLab", "carol", "Private"),
        ("TeamLab", "alice", "Shared"),
    ]:
        sagemaker.CfnSpace(
            stack,
            name,
            domain_id=domain_id,
            space_name=name.lower(),
            ownership_settings=sagemaker.CfnSpace.OwnershipSettingsProperty(owner_user_profile_name=owner),
            space_sharing_settings=sagemaker.CfnSpace.SpaceSharingSettingsProperty(sharing_type=sharing),
            space_settings=sagemaker.CfnSpace.SpaceSettingsProperty(app_type="JupyterLab"),
        )


def labs(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Labs")
    domain_id = ssm.StringParameter.value_for_string_parameter(stack, "/hub/studio/domain-id")
    sagemaker.CfnUserProfile(
        stack,
        "Dora",
        domain_id=domain_id,
        user_profile_name="dora",
        user_settings=sagemaker.CfnUserProfile.UserSettingsProperty(
            execution_role=execution_role(stack, "DoraRole").role_arn
        ),
    )


def execution_role(stack: cdk.Stack, name: str) -> iam.Role:
    role = iam.Role(stack, name, assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))
    role.add_to_policy(
        iam.PolicyStatement(actions=["s3:GetObject"], resources=["arn:aws:s3:::hub-training-data-111122223333/*"])
    )
    return role
