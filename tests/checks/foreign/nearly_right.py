"""A careful stack, nearly right: a wildcard for an owner, an IfExists, two days of idleness, and a key of AWS."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sagemaker as sagemaker

WRITES = ["sagemaker:CreateApp", "sagemaker:CreateSpace", "sagemaker:DeleteApp", "sagemaker:DeleteSpace"]

# The sign-in is bound to the tag of the profile: no finding.
EXPECTED = frozenset(
    [
        ("Studio-CustomerManagedKey", "Careful/Domain"),
        ("Studio-IdleShutdown", "Careful/Domain"),
        *(
            (f"Studio-OwnerConditions[{action}]", f"Careful/{role}")
            for action in WRITES
            for role in ("GitaRole", "HugoRole")
        ),
    ]
)


def define(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Careful", env=cdk.Environment(account="111122223333", region="eu-west-1"))
    group = ec2.CfnSecurityGroup(stack, "Apps", group_description="Apps of Studio", vpc_id="vpc-0fedcba9876543210")
    idle = sagemaker.CfnDomain.AppLifecycleManagementProperty(
        idle_settings=sagemaker.CfnDomain.IdleSettingsProperty(
            lifecycle_management="ENABLED",
            idle_timeout_in_minutes=60,
            min_idle_timeout_in_minutes=60,
            max_idle_timeout_in_minutes=2880,
        )
    )
    storage = sagemaker.CfnDomain.DefaultSpaceStorageSettingsProperty(
        default_ebs_storage_settings=sagemaker.CfnDomain.DefaultEbsStorageSettingsProperty(
            default_ebs_volume_size_in_gb=20, maximum_ebs_volume_size_in_gb=100
        )
    )
    domain = sagemaker.CfnDomain(
        stack,
        "Domain",
        auth_mode="IAM",
        domain_name="careful",
        app_network_access_type="VpcOnly",
        home_efs_file_system_creation="Disabled",
        kms_key_id="alias/aws/elasticfilesystem",
        vpc_id="vpc-0fedcba9876543210",
        subnet_ids=["subnet-0a0b0c0d0e0f0a0b0", "subnet-0f0e0d0c0b0a0f0e0"],
        tag_propagation="ENABLED",
        default_user_settings=sagemaker.CfnDomain.UserSettingsProperty(
            execution_role=role(stack, "DefaultRole", []).attr_arn,
            security_groups=[group.attr_group_id],
            auto_mount_home_efs="Disabled",
            default_landing_uri="studio::",
            studio_web_portal="ENABLED",
            studio_web_portal_settings=sagemaker.CfnDomain.StudioWebPortalSettingsProperty(
                hidden_app_types=["JupyterServer"]
            ),
            jupyter_lab_app_settings=sagemaker.CfnDomain.JupyterLabAppSettingsProperty(app_lifecycle_management=idle),
            code_editor_app_settings=sagemaker.CfnDomain.CodeEditorAppSettingsProperty(app_lifecycle_management=idle),
            space_storage_settings=storage,
        ),
        default_space_settings=sagemaker.CfnDomain.DefaultSpaceSettingsProperty(
            execution_role=role(stack, "SharedSpaceRole", []).attr_arn,
            security_groups=[group.attr_group_id],
            jupyter_lab_app_settings=sagemaker.CfnDomain.JupyterLabAppSettingsProperty(app_lifecycle_management=idle),
            space_storage_settings=storage,
        ),
        domain_settings=sagemaker.CfnDomain.DomainSettingsProperty(
            docker_settings=sagemaker.CfnDomain.DockerSettingsProperty(
                enable_docker_access="ENABLED", vpc_only_trusted_accounts=["111122223333"]
            )
        ),
    )
    domain.apply_removal_policy(cdk.RemovalPolicy.RETAIN)

    def arn(resource: str) -> str:
        return f"arn:{cdk.Aws.PARTITION}:sagemaker:eu-west-1:111122223333:{resource}"

    owners: dict[str, dict[str, Any]] = {
        "Gita": {"ArnLike": {"sagemaker:OwnerUserProfileArn": arn(f"user-profile/{domain.attr_domain_id}/*")}},
        "Hugo": {
            "StringEqualsIfExists": {"sagemaker:OwnerUserProfileArn": arn(f"user-profile/{domain.attr_domain_id}/hugo")}
        },
        "Iris": {"ArnEquals": {"sagemaker:OwnerUserProfileArn": arn(f"user-profile/{domain.attr_domain_id}/iris")}},
    }
    for name, owner in owners.items():
        own = role(
            stack,
            f"{name}Role",
            [
                {
                    "Effect": "Allow",
                    "Action": WRITES,
                    "Resource": [arn(f"{kind}/{domain.attr_domain_id}/*") for kind in ("app", "space")],
                    "Condition": {"StringEquals": {"sagemaker:SpaceSharingType": "Private"}, **owner},
                },
                {
                    "Effect": "Allow",
                    "Action": "sagemaker:AddTags",
                    "Resource": [arn(f"{kind}/{domain.attr_domain_id}/*") for kind in ("app", "space")],
                    "Condition": {"StringEquals": {"sagemaker:TaggingAction": ["CreateApp", "CreateSpace"]}},
                },
            ],
        )
        profile = sagemaker.CfnUserProfile(
            stack,
            name,
            domain_id=domain.attr_domain_id,
            user_profile_name=name.lower(),
            tags=[cdk.CfnTag(key="person", value=f"{name.lower()}@careful.example.com")],
            user_settings=sagemaker.CfnUserProfile.UserSettingsProperty(execution_role=own.attr_arn),
        )
        profile.apply_removal_policy(cdk.RemovalPolicy.RETAIN)
        space = sagemaker.CfnSpace(
            stack,
            f"{name}Space",
            domain_id=domain.attr_domain_id,
            space_name=f"{name.lower()}-lab",
            ownership_settings=sagemaker.CfnSpace.OwnershipSettingsProperty(owner_user_profile_name=name.lower()),
            space_sharing_settings=sagemaker.CfnSpace.SpaceSharingSettingsProperty(sharing_type="Private"),
            space_settings=sagemaker.CfnSpace.SpaceSettingsProperty(app_type="JupyterLab", remote_access="DISABLED"),
        )
        space.apply_removal_policy(cdk.RemovalPolicy.RETAIN)
        space.node.add_dependency(profile)

    # For the roles that people come in with from the directory.
    iam.CfnManagedPolicy(
        stack,
        "SignIn",
        policy_document={
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": "sagemaker:CreatePresignedDomainUrl",
                    "Resource": arn(f"user-profile/{domain.attr_domain_id}/*"),
                    "Condition": {"StringEquals": {"sagemaker:ResourceTag/person": "${aws:PrincipalTag/person}"}},
                }
            ],
        },
    )


def role(stack: cdk.Stack, name: str, statements: list[dict[str, Any]]) -> iam.CfnRole:
    return iam.CfnRole(
        stack,
        name,
        assume_role_policy_document={
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "sagemaker.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                    "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}},
                }
            ],
        },
        policies=[
            iam.CfnRole.PolicyProperty(
                policy_name="studio", policy_document={"Version": "2012-10-17", "Statement": statements}
            )
        ]
        if statements
        else None,
    )
