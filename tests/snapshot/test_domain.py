from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import Duration, Size
from aws_cdk import aws_ec2 as ec2
from syrupy.assertion import SnapshotAssertion

from constructs_lib import (
    AuthMode,
    CodeEditor,
    Domain,
    DomainEncryption,
    ExecutionRole,
    ExecutionRoleSettings,
    IdleShutdown,
    InstanceType,
    JupyterLab,
    LifecycleConfig,
    NetworkAccess,
    SpaceSettings,
    SpaceStorage,
    StudioImage,
    UserSettings,
)
from tests.templates import template_of


def test_minimal_domain_is_vpc_only(
    stack: cdk.Stack, network: NetworkAccess, template_snapshot: SnapshotAssertion
) -> None:
    Domain(stack, "Studio", network=network)

    assert template_of(stack) == template_snapshot


def test_domain_with_everything(stack: cdk.Stack, template_snapshot: SnapshotAssertion) -> None:
    group = ec2.SecurityGroup.from_security_group_id(stack, "Group", "sg-0a1b2c3d")
    allowed = [one for one in InstanceType.known() if one.runs_spaces and one.name != "ml.t3.micro"]
    hour = Duration.hours(1)
    Domain(
        stack,
        "Studio",
        network=NetworkAccess.public_internet_from_ids(
            vpc_id="vpc-0a1b2c3d",
            subnet_ids=["subnet-0a1b2c3d", "subnet-1a1b2c3d"],
            security_group_ids=["sg-1a1b2c3d"],
        ),
        domain_name="Research",
        auth_mode=AuthMode.SSO,
        encryption=DomainEncryption.aws_managed(),
        home_efs=True,
        default_user_settings=UserSettings(
            execution_role=ExecutionRole(stack, "UserRole", settings=ExecutionRoleSettings(path="/studio/")),
            security_groups=[group],
            jupyter_lab=JupyterLab(
                instance_type=InstanceType.ML_G5_XLARGE,
                image=StudioImage.distribution_gpu(),
                idle_shutdown=IdleShutdown.after(hour, minimum=hour, maximum=Duration.hours(8)),
                code_repositories=["https://github.com/example/churn"],
            ),
            code_editor=CodeEditor(
                instance_type=InstanceType.ML_M5_LARGE,
                image=StudioImage.from_image_arn("arn:aws:sagemaker:eu-west-1:123456789012:image/team"),
                idle_shutdown=IdleShutdown.disabled(),
            ),
            storage=SpaceStorage(default=Size.gibibytes(5), maximum=Size.tebibytes(1)),
        ),
        default_space_settings=SpaceSettings(
            execution_role=ExecutionRole(stack, "SpaceRole"),
            security_groups=[group],
            jupyter_lab=JupyterLab(
                instance_type=InstanceType.ML_T3_MEDIUM,
                image=StudioImage.from_image_version_arn(
                    "arn:aws:sagemaker:eu-west-1:123456789012:image-version/team/3"
                ),
                idle_shutdown=IdleShutdown.after(hour),
            ),
            storage=SpaceStorage(maximum=Size.gibibytes(50)),
        ),
        allowed_instance_types=allowed,
        allowed_images=[
            StudioImage.distribution_cpu(),
            StudioImage.distribution_gpu(),
            StudioImage.from_image_arn("arn:aws:sagemaker:eu-west-1:123456789012:image/team"),
            StudioImage.from_image_version_arn("arn:aws:sagemaker:eu-west-1:123456789012:image-version/pinned/3"),
        ],
        allowed_lifecycle_configs=[
            LifecycleConfig.from_lifecycle_config_arn(
                "arn:aws:sagemaker:eu-west-1:123456789012:studio-lifecycle-config/setup"
            )
        ],
        remote_access=True,
        execution_role_settings=ExecutionRoleSettings(
            path="/studio/",
            source_identity=True,
            trusted_identity_propagation=True,
            confused_deputy_prevention=True,
        ),
        tag_propagation=False,
        tags={"team": "churn"},
        removal_policy=cdk.RemovalPolicy.DESTROY,
    )

    assert template_of(stack) == template_snapshot


def test_imported_domain_with_a_user(stack: cdk.Stack, template_snapshot: SnapshotAssertion) -> None:
    domain = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123")
    domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab())

    assert template_of(stack) == template_snapshot
