"""A raw CDK stack for a team: VpcOnly without a key, one role for a list of users, a private JupyterLab space each."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sagemaker as sagemaker

USERS = ["alice", "bob", "carol"]

DOMAIN = "TeamStudio/Domain"
ROLE = "TeamStudio/StudioRole/Resource"

# Describe* and List* are read-only: no finding.
EXPECTED = frozenset(
    [
        ("Studio-CustomerManagedKey", DOMAIN),
        ("Studio-ClassicHidden", DOMAIN),
        ("Studio-IdleShutdown", DOMAIN),
        ("Studio-MaximumVolume", DOMAIN),
        ("Studio-HomeEfs", DOMAIN),
        ("Studio-TagPropagation", DOMAIN),
        ("Studio-Retain", DOMAIN),
        ("Studio-PassRole[iam:PassRole]", ROLE),
        ("Studio-SignInAsSelf[sagemaker:CreatePresignedDomainUrl]", ROLE),
        ("Studio-NoAdministration[sagemaker:UpdateUserProfile]", ROLE),
        *(
            (f"Studio-OwnerConditions[sagemaker:{action}]", ROLE)
            for action in ("CreateApp", "DeleteApp", "CreateSpace", "UpdateSpace", "DeleteSpace")
        ),
        *((f"Studio-TagsOnCreation[sagemaker:{action}]", ROLE) for action in ("AddTags", "DeleteTags")),
        *(("Studio-RolePerProfile", f"TeamStudio/{user}-profile") for user in USERS),
        *(("Studio-Retain", f"TeamStudio/{user}-{kind}") for user in USERS for kind in ("profile", "space")),
    ]
)


def define(app: cdk.App) -> None:
    stack = cdk.Stack(app, "TeamStudio")
    vpc = ec2.Vpc(stack, "Vpc", max_azs=2, nat_gateways=1)
    group = ec2.SecurityGroup(stack, "StudioSecurityGroup", vpc=vpc)
    role = iam.Role(
        stack,
        "StudioRole",
        assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"),
        inline_policies={
            "studio": iam.PolicyDocument(
                statements=[
                    iam.PolicyStatement(
                        actions=[
                            "sagemaker:CreateApp",
                            "sagemaker:DeleteApp",
                            "sagemaker:CreateSpace",
                            "sagemaker:UpdateSpace",
                            "sagemaker:DeleteSpace",
                            "sagemaker:Describe*",
                            "sagemaker:List*",
                        ],
                        resources=["*"],
                    ),
                    iam.PolicyStatement(
                        actions=["sagemaker:CreatePresignedDomainUrl", "sagemaker:UpdateUserProfile"],
                        resources=["*"],
                    ),
                    iam.PolicyStatement(actions=["sagemaker:AddTags", "sagemaker:DeleteTags"], resources=["*"]),
                    iam.PolicyStatement(
                        actions=["sagemaker:CreateTrainingJob", "sagemaker:StopTrainingJob"],
                        resources=[f"arn:{cdk.Aws.PARTITION}:sagemaker:*:{cdk.Aws.ACCOUNT_ID}:training-job/*"],
                    ),
                    iam.PolicyStatement(
                        actions=["iam:PassRole"],
                        resources=[f"arn:{cdk.Aws.PARTITION}:iam::{cdk.Aws.ACCOUNT_ID}:role/*"],
                        conditions={"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}},
                    ),
                ]
            )
        },
    )
    domain = sagemaker.CfnDomain(
        stack,
        "Domain",
        auth_mode="IAM",
        domain_name="team-studio",
        app_network_access_type="VpcOnly",
        vpc_id=vpc.vpc_id,
        subnet_ids=[subnet.subnet_id for subnet in vpc.private_subnets],
        default_user_settings=sagemaker.CfnDomain.UserSettingsProperty(
            execution_role=role.role_arn,
            security_groups=[group.security_group_id],
            default_landing_uri="studio::",
            studio_web_portal="ENABLED",
        ),
    )
    for user in USERS:
        profile = sagemaker.CfnUserProfile(
            stack,
            f"{user}-profile",
            domain_id=domain.attr_domain_id,
            user_profile_name=user,
            user_settings=sagemaker.CfnUserProfile.UserSettingsProperty(execution_role=role.role_arn),
        )
        space = sagemaker.CfnSpace(
            stack,
            f"{user}-space",
            domain_id=domain.attr_domain_id,
            space_name=f"{user}-lab",
            ownership_settings=sagemaker.CfnSpace.OwnershipSettingsProperty(owner_user_profile_name=user),
            space_sharing_settings=sagemaker.CfnSpace.SpaceSharingSettingsProperty(sharing_type="Private"),
            space_settings=sagemaker.CfnSpace.SpaceSettingsProperty(
                app_type="JupyterLab",
                jupyter_lab_app_settings=sagemaker.CfnSpace.SpaceJupyterLabAppSettingsProperty(
                    default_resource_spec=sagemaker.CfnSpace.ResourceSpecProperty(instance_type="ml.t3.medium")
                ),
            ),
        )
        space.node.add_dependency(profile)
