"""A stage of nested stacks: the domain in one, the people in another, the network from a template in a bucket."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sagemaker as sagemaker
from constructs import Construct

DOMAIN = "Dev/Studio/Domain/Domain"
PEOPLE = ["Dev/Studio/Erin", "Dev/Studio/Frank"]

EXPECTED = frozenset(
    [
        ("Studio-TemplatesInApp", "Dev/Studio/Network"),
        ("Studio-VpcOnly", DOMAIN),
        ("Studio-HomeEfs", DOMAIN),
        ("Studio-Retain", DOMAIN),
        ("Studio-RemoteAccess", "Dev/Studio/Erin/Space"),
        *(("Studio-Retain", f"{person}/Space") for person in PEOPLE),
        *(
            ("Studio-SessionOwner[sagemaker:StartSession]", f"{person}/Role/DefaultPolicy/Resource")
            for person in PEOPLE
        ),
    ]
)


class DomainStack(cdk.NestedStack):
    def __init__(self, scope: Construct, name: str, *, vpc_id: str, subnet_ids: list[str]) -> None:
        super().__init__(scope, name)
        key = kms.Key(self, "Key", enable_key_rotation=True)
        default = iam.Role(self, "DefaultRole", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))
        idle = sagemaker.CfnDomain.AppLifecycleManagementProperty(
            idle_settings=sagemaker.CfnDomain.IdleSettingsProperty(
                lifecycle_management="ENABLED", idle_timeout_in_minutes=60, max_idle_timeout_in_minutes=180
            )
        )
        self.domain = sagemaker.CfnDomain(
            self,
            "Domain",
            auth_mode="IAM",
            domain_name="dev",
            app_network_access_type="PublicInternetOnly",
            kms_key_id=key.key_arn,
            vpc_id=vpc_id,
            subnet_ids=subnet_ids,
            tag_propagation="ENABLED",
            default_user_settings=sagemaker.CfnDomain.UserSettingsProperty(
                execution_role=default.role_arn,
                default_landing_uri="studio::",
                studio_web_portal="ENABLED",
                studio_web_portal_settings=sagemaker.CfnDomain.StudioWebPortalSettingsProperty(
                    hidden_app_types=["JupyterServer"]
                ),
                jupyter_lab_app_settings=sagemaker.CfnDomain.JupyterLabAppSettingsProperty(
                    app_lifecycle_management=idle
                ),
                code_editor_app_settings=sagemaker.CfnDomain.CodeEditorAppSettingsProperty(
                    app_lifecycle_management=idle
                ),
                space_storage_settings=sagemaker.CfnDomain.DefaultSpaceStorageSettingsProperty(
                    default_ebs_storage_settings=sagemaker.CfnDomain.DefaultEbsStorageSettingsProperty(
                        default_ebs_volume_size_in_gb=10, maximum_ebs_volume_size_in_gb=100
                    )
                ),
            ),
        )


class PersonStack(cdk.NestedStack):
    def __init__(self, scope: Construct, name: str, *, domain_id: str, user: str, remote: bool) -> None:
        super().__init__(scope, name)
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))
        studio = f"arn:{cdk.Aws.PARTITION}:sagemaker:{cdk.Aws.REGION}:{cdk.Aws.ACCOUNT_ID}"
        role.add_to_policy(
            iam.PolicyStatement(
                actions=["sagemaker:CreateApp", "sagemaker:DeleteApp", "sagemaker:UpdateSpace"],
                resources=[f"{studio}:app/{domain_id}/*", f"{studio}:space/{domain_id}/*"],
                conditions={
                    "ArnEquals": {"sagemaker:OwnerUserProfileArn": f"{studio}:user-profile/{domain_id}/{user}"},
                    "StringEquals": {"sagemaker:SpaceSharingType": "Private"},
                },
            )
        )
        role.add_to_policy(iam.PolicyStatement(actions=["sagemaker:StartSession"], resources=["*"]))
        profile = sagemaker.CfnUserProfile(
            self,
            "Profile",
            domain_id=domain_id,
            user_profile_name=user,
            user_settings=sagemaker.CfnUserProfile.UserSettingsProperty(execution_role=role.role_arn),
        )
        profile.apply_removal_policy(cdk.RemovalPolicy.RETAIN)
        space = sagemaker.CfnSpace(
            self,
            "Space",
            domain_id=domain_id,
            space_name=f"{user}-editor",
            ownership_settings=sagemaker.CfnSpace.OwnershipSettingsProperty(
                owner_user_profile_name=profile.user_profile_name
            ),
            space_sharing_settings=sagemaker.CfnSpace.SpaceSharingSettingsProperty(sharing_type="Private"),
            space_settings=sagemaker.CfnSpace.SpaceSettingsProperty(
                app_type="CodeEditor", remote_access="ENABLED" if remote else None
            ),
        )
        space.node.add_dependency(profile)


def define(app: cdk.App) -> None:
    stage = cdk.Stage(app, "Dev")
    stack = cdk.Stack(stage, "Studio")
    network = cdk.CfnStack(
        stack, "Network", template_url="https://s3.amazonaws.com/templates-111122223333/network.template.yaml"
    )
    domain = DomainStack(
        stack,
        "Domain",
        vpc_id=network.get_att("Outputs.VpcId").to_string(),
        subnet_ids=[network.get_att("Outputs.SubnetA").to_string(), network.get_att("Outputs.SubnetB").to_string()],
    ).domain
    for user, remote in [("erin", True), ("frank", False)]:
        PersonStack(stack, user.title(), domain_id=domain.attr_domain_id, user=user, remote=remote)
