"""An enterprise platform: SSO, KMS, VpcOnly, RStudio, Docker, a file system of its own, and wide inline policies."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_efs as efs
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sagemaker as sagemaker

SUBNETS = ["subnet-0aa11bb22cc33dd44", "subnet-0ee55ff66aa77bb88"]

DOMAIN = "MlPlatform/Domain"
SCIENTIST = "MlPlatform/ScientistPolicy"
ENGINEER = "MlPlatform/EngineerPolicy"

EXPECTED = frozenset(
    [
        ("Studio-DockerAccess", DOMAIN),
        ("Studio-HomeEfs", DOMAIN),
        ("Studio-IdleShutdown", DOMAIN),
        ("Studio-InstanceTypesByPolicy", DOMAIN),
        ("Studio-RStudioHttps", DOMAIN),
        ("Studio-KeyPolicy", "MlPlatform/PlatformKey"),
        ("Studio-Retain", "MlPlatform/PlatformKey"),
        ("Studio-Retain", "MlPlatform/Files"),
        ("Studio-NfsClosed", "MlPlatform/NfsIngress"),
        ("Studio-SsoUser", "MlPlatform/Ben"),
        ("Studio-TrustedBySageMaker[AWS:arn:aws:iam::111122223333:root]", "MlPlatform/EngineerRole"),
        ("Studio-NoWildcardAction[athena:*]", SCIENTIST),
        ("Studio-NoWildcardAction[ecr:*]", ENGINEER),
        *(("Studio-PassRole[iam:PassRole]", policy) for policy in (SCIENTIST, ENGINEER)),
        *(
            (f"Studio-{rule}[sagemaker:*]", SCIENTIST)
            for rule in (
                "NoWildcardAction",
                "NoAdministration",
                "OwnerConditions",
                "SessionOwner",
                "SignInAsSelf",
                "TagsOnCreation",
            )
        ),
    ]
)


def define(app: cdk.App) -> None:
    stack = cdk.Stack(app, "MlPlatform", env=cdk.Environment(account="111122223333", region="eu-central-1"))
    key = kms.CfnKey(
        stack,
        "PlatformKey",
        enable_key_rotation=True,
        key_policy={
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:*", "Resource": "*"}],
        },
    )
    apps = ec2.CfnSecurityGroup(stack, "AppsGroup", group_description="Apps of Studio", vpc_id="vpc-0123456789abcdef0")
    files = ec2.CfnSecurityGroup(
        stack, "FilesGroup", group_description="Files of the platform", vpc_id="vpc-0123456789abcdef0"
    )
    ec2.CfnSecurityGroupIngress(
        stack,
        "NfsIngress",
        group_id=files.attr_group_id,
        ip_protocol="tcp",
        from_port=2049,
        to_port=2049,
        cidr_ip="0.0.0.0/0",
    )
    file_system = efs.CfnFileSystem(stack, "Files", encrypted=True, kms_key_id=key.attr_arn)
    for number, subnet in enumerate(SUBNETS):
        efs.CfnMountTarget(
            stack,
            f"MountTarget{number}",
            file_system_id=file_system.ref,
            subnet_id=subnet,
            security_groups=[files.attr_group_id],
        )

    scientist = role(stack, "ScientistRole")
    # Operations debug jobs with the role of the engineers.
    engineer = role(stack, "EngineerRole", {"AWS": "arn:aws:iam::111122223333:root"})
    rstudio = role(stack, "RStudioRole")
    for name, holder, actions in [
        ("ScientistPolicy", scientist, ["sagemaker:*", "athena:*", "glue:Get*"]),
        ("EngineerPolicy", engineer, ["sagemaker:CreateTrainingJob", "ecr:*", "codebuild:StartBuild"]),
    ]:
        iam.CfnPolicy(
            stack,
            name,
            policy_name=name,
            roles=[holder.ref],
            policy_document={
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Action": actions, "Resource": "*"},
                    {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"},
                ],
            },
        )

    idle = sagemaker.CfnDomain.AppLifecycleManagementProperty(
        idle_settings=sagemaker.CfnDomain.IdleSettingsProperty(
            lifecycle_management="ENABLED", idle_timeout_in_minutes=120, max_idle_timeout_in_minutes=480
        )
    )
    domain = sagemaker.CfnDomain(
        stack,
        "Domain",
        auth_mode="SSO",
        domain_name="ml-platform",
        app_network_access_type="VpcOnly",
        app_security_group_management="Customer",
        kms_key_id=key.ref,
        vpc_id="vpc-0123456789abcdef0",
        subnet_ids=SUBNETS,
        tag_propagation="ENABLED",
        default_user_settings=sagemaker.CfnDomain.UserSettingsProperty(
            execution_role=scientist.attr_arn,
            security_groups=[apps.attr_group_id],
            default_landing_uri="studio::",
            studio_web_portal="ENABLED",
            studio_web_portal_settings=sagemaker.CfnDomain.StudioWebPortalSettingsProperty(
                hidden_app_types=["JupyterServer"],
                hidden_instance_types=["ml.p4d.24xlarge", "ml.p5.48xlarge"],
            ),
            jupyter_lab_app_settings=sagemaker.CfnDomain.JupyterLabAppSettingsProperty(app_lifecycle_management=idle),
            space_storage_settings=sagemaker.CfnDomain.DefaultSpaceStorageSettingsProperty(
                default_ebs_storage_settings=sagemaker.CfnDomain.DefaultEbsStorageSettingsProperty(
                    default_ebs_volume_size_in_gb=20, maximum_ebs_volume_size_in_gb=200
                )
            ),
            custom_file_system_configs=[
                sagemaker.CfnDomain.CustomFileSystemConfigProperty(
                    efs_file_system_config=sagemaker.CfnDomain.EFSFileSystemConfigProperty(
                        file_system_id=file_system.ref, file_system_path="/projects"
                    )
                )
            ],
            r_studio_server_pro_app_settings=sagemaker.CfnDomain.RStudioServerProAppSettingsProperty(
                access_status="ENABLED", user_group="R_STUDIO_USER"
            ),
        ),
        domain_settings=sagemaker.CfnDomain.DomainSettingsProperty(
            security_group_ids=[apps.attr_group_id],
            docker_settings=sagemaker.CfnDomain.DockerSettingsProperty(enable_docker_access="ENABLED"),
            r_studio_server_pro_domain_settings=sagemaker.CfnDomain.RStudioServerProDomainSettingsProperty(
                domain_execution_role_arn=rstudio.attr_arn,
                r_studio_connect_url="http://connect.platform.example.com",
                r_studio_package_manager_url="http://packages.platform.example.com",
            ),
        ),
    )
    domain.apply_removal_policy(cdk.RemovalPolicy.RETAIN)
    sagemaker.CfnUserProfile(
        stack,
        "Ana",
        domain_id=domain.attr_domain_id,
        user_profile_name="ana",
        single_sign_on_user_identifier="UserName",
        single_sign_on_user_value="ana@platform.example.com",
        user_settings=sagemaker.CfnUserProfile.UserSettingsProperty(execution_role=scientist.attr_arn),
    ).apply_removal_policy(cdk.RemovalPolicy.RETAIN)
    sagemaker.CfnUserProfile(
        stack,
        "Ben",
        domain_id=domain.attr_domain_id,
        user_profile_name="ben",
        user_settings=sagemaker.CfnUserProfile.UserSettingsProperty(execution_role=engineer.attr_arn),
    ).apply_removal_policy(cdk.RemovalPolicy.RETAIN)


def role(stack: cdk.Stack, name: str, others: dict[str, str] | None = None) -> iam.CfnRole:
    principals = [{"Service": "sagemaker.amazonaws.com"}] + ([others] if others else [])
    return iam.CfnRole(
        stack,
        name,
        assume_role_policy_document={
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"} for principal in principals
            ],
        },
    )
