from __future__ import annotations

import aws_cdk as cdk
import pytest
from aws_cdk import Duration
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from syrupy.assertion import SnapshotAssertion

from constructs_lib import (
    AppSecurityGroups,
    AutoMountHomeEfs,
    CodeEditor,
    CustomFileSystem,
    DockerAccess,
    Domain,
    EmrSettings,
    IdleShutdown,
    InstanceType,
    IpAddressType,
    JupyterLab,
    LifecycleConfig,
    MlTool,
    NetworkAccess,
    NotebookSharing,
    PortalApp,
    PosixUser,
    RSession,
    RStudio,
    RStudioAccess,
    SpaceSettings,
    StudioImage,
    StudioPortal,
    UnifiedStudioSettings,
    UserProfile,
    UserSettings,
)
from tests.templates import template_of

ACCOUNT = "arn:aws:sagemaker:eu-west-1:123456789012"
PLAN = f"{ACCOUNT}:training-plan/vision"
RSTUDIO = StudioImage.from_image_arn(f"{ACCOUNT}:image/rstudio")
RSTUDIO_3 = StudioImage.from_image_version_arn(f"{ACCOUNT}:image-version/rstudio/3")
TEAM_IMAGE = StudioImage.from_image_attributes(image_name="team", app_image_config_name="team", version=3)
SETUP = LifecycleConfig.from_lifecycle_config_arn(f"{ACCOUNT}:studio-lifecycle-config/setup")
OTHER = LifecycleConfig.from_lifecycle_config_arn(f"{ACCOUNT}:studio-lifecycle-config/other")
ALWAYS = LifecycleConfig.from_lifecycle_config_arn(f"{ACCOUNT}:studio-lifecycle-config/always")
LUSTRE = CustomFileSystem.fsx_lustre_from_id("fs-0a1b2c3d4e5f6a7b8", path="/fsx")
EFS = CustomFileSystem.efs_from_id("fs-0a1b2c3d", path="/team")
REPOSITORY = "https://github.com/example/churn"


def every_setting_of(app: type[JupyterLab] | type[CodeEditor]) -> dict[str, object]:
    return {
        "instance_type": InstanceType.ML_M5_LARGE,
        "image": TEAM_IMAGE,
        "custom_images": [TEAM_IMAGE],
        "lifecycle_config": SETUP,
        "lifecycle_configs": [OTHER],
        "built_in_lifecycle_config": ALWAYS,
        "training_plan_arn": PLAN,
        "idle_shutdown": IdleShutdown.after(Duration.hours(3), minimum=Duration.hours(1), maximum=Duration.hours(8)),
        **({"code_repositories": [REPOSITORY]} if app is JupyterLab else {}),
    }


@pytest.fixture
def data(stack: cdk.Stack) -> CustomFileSystem:
    bucket = s3.Bucket.from_bucket_name(stack, "Data", "churn-data")
    return CustomFileSystem.s3(bucket, prefix="raw/", mount_path="/data")


def test_domain_with_every_setting(
    stack: cdk.Stack, network: NetworkAccess, template_snapshot: SnapshotAssertion
) -> None:
    sharing = NotebookSharing.with_output(
        s3.Bucket.from_bucket_name(stack, "Shared", "shared-notebooks"),
        prefix="output",
        encryption_key=kms.Key.from_key_arn(stack, "SharedKey", "arn:aws:kms:eu-west-1:123456789012:key/abc"),
    )
    Domain(
        stack,
        "Studio",
        network=network,
        home_efs=True,
        docker=DockerAccess.enabled(trusted_accounts=["123456789012"]),
        ip_address_type=IpAddressType.DUALSTACK,
        app_security_groups=AppSecurityGroups.managed_by_sagemaker(),
        r_studio=RStudio(
            domain_execution_role=iam.Role.from_role_arn(stack, "RStudio", "arn:aws:iam::123456789012:role/r-studio"),
            instance_type=InstanceType.ML_T3_MEDIUM,
            image=RSTUDIO,
            connect_url="https://connect.example.com",
            package_manager_url="https://packages.example.com",
        ),
        unified_studio=UnifiedStudioSettings(
            domain_id="dzd-4abc1def",
            project_id="project1",
            environment_id="environment1",
            domain_account="123456789012",
            domain_region="eu-west-1",
            project_s3_path="s3://projects/churn",
            portal_access=True,
        ),
        default_user_settings=UserSettings(
            jupyter_lab=JupyterLab(**every_setting_of(JupyterLab)),
            code_editor=CodeEditor(**every_setting_of(CodeEditor)),
            custom_file_systems=[EFS, LUSTRE],
            posix_user=PosixUser(uid=10001, gid=1001),
            auto_mount_home_efs=AutoMountHomeEfs.ENABLED,
            portal=StudioPortal(
                hidden_apps=[PortalApp.CANVAS, PortalApp.TENSOR_BOARD],
                hidden_ml_tools=[MlTool.JUMP_START],
                hidden_instance_types=[InstanceType.ML_P5_48XLARGE],
                hidden_image_version_aliases=["1.0", "2.1"],
            ),
            notebook_sharing=sharing,
            r_studio_access=RStudioAccess.user(),
            r_session=RSession(instance_type=InstanceType.ML_M5_LARGE, image=RSTUDIO, custom_images=[TEAM_IMAGE]),
        ),
        default_space_settings=SpaceSettings(
            jupyter_lab=JupyterLab(**every_setting_of(JupyterLab)),
            custom_file_systems=[EFS, LUSTRE],
            posix_user=PosixUser(uid=10002, gid=1002),
        ),
    )

    assert template_of(stack) == template_snapshot


def test_domain_with_settings_that_exclude_those(
    stack: cdk.Stack, network: NetworkAccess, data: CustomFileSystem, template_snapshot: SnapshotAssertion
) -> None:
    Domain(
        stack,
        "Studio",
        network=network,
        docker=DockerAccess.disabled(),
        ip_address_type=IpAddressType.IPV4,
        app_security_groups=AppSecurityGroups.customer_managed(
            [ec2.SecurityGroup.from_security_group_id(stack, "Apps", "sg-0a1b2c3d")]
        ),
        unified_studio=UnifiedStudioSettings(portal_access=False),
        default_user_settings=UserSettings(custom_file_systems=[data], portal=StudioPortal.disabled()),
        default_space_settings=SpaceSettings(custom_file_systems=[data]),
    )

    assert template_of(stack) == template_snapshot


def test_settings_that_name_images_alone(
    stack: cdk.Stack, network: NetworkAccess, template_snapshot: SnapshotAssertion
) -> None:
    lab = JupyterLab(image=StudioImage.from_image_arn(f"{ACCOUNT}:image/other"))
    code = CodeEditor(image=StudioImage.from_image_arn(f"{ACCOUNT}:image/other"))
    domain = Domain(stack, "Studio", network=network, default_space_settings=SpaceSettings(jupyter_lab=lab))
    domain.add_user_profile("Alice", user_settings=UserSettings(jupyter_lab=lab, code_editor=code))

    assert template_of(stack) == template_snapshot


def test_r_studio_with_a_pinned_image(
    stack: cdk.Stack, network: NetworkAccess, template_snapshot: SnapshotAssertion
) -> None:
    role = iam.Role.from_role_arn(stack, "RStudio", "arn:aws:iam::123456789012:role/r-studio")
    Domain(
        stack,
        "Studio",
        network=network,
        r_studio=RStudio(domain_execution_role=role, image=RSTUDIO_3),
        default_user_settings=UserSettings(
            code_editor=CodeEditor(
                image=StudioImage.from_image_version_arn(f"{ACCOUNT}:image-version/team/3"),
            ),
            r_session=RSession(image=RSTUDIO_3),
        ),
    )

    assert template_of(stack) == template_snapshot


def test_profile_and_spaces_with_every_setting(
    stack: cdk.Stack, data: CustomFileSystem, template_snapshot: SnapshotAssertion
) -> None:
    domain = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123")
    alice = UserProfile(
        stack,
        "Alice",
        domain=domain,
        user_settings=UserSettings(
            jupyter_lab=JupyterLab(
                **every_setting_of(JupyterLab),
                emr=EmrSettings(
                    assumable_roles=[iam.Role.from_role_arn(stack, "Emr", "arn:aws:iam::123456789012:role/emr")],
                    execution_roles=[iam.Role.from_role_arn(stack, "Spark", "arn:aws:iam::123456789012:role/spark")],
                ),
            ),
            code_editor=CodeEditor(**every_setting_of(CodeEditor)),
            custom_file_systems=[EFS, LUSTRE, data],
            posix_user=PosixUser(uid=10001, gid=1001),
            auto_mount_home_efs=AutoMountHomeEfs.AS_DOMAIN,
            portal=StudioPortal(
                hidden_apps=[PortalApp.CANVAS],
                hidden_ml_tools=[MlTool.JUMP_START],
                hidden_instance_types=[InstanceType.ML_P5_48XLARGE],
                hidden_image_version_aliases=["1.0"],
            ),
            notebook_sharing=NotebookSharing.with_output(
                s3.Bucket.from_bucket_name(stack, "Shares", "shared-notebooks"),
                encryption_key=kms.Key.from_key_arn(stack, "SharedKey", "arn:aws:kms:eu-west-1:123456789012:key/abc"),
            ),
            r_studio_access=RStudioAccess.administrator(),
        ),
    )
    alice.add_private_space(
        "Lab",
        app=JupyterLab(
            instance_type=InstanceType.ML_G5_XLARGE,
            image=TEAM_IMAGE,
            lifecycle_config=SETUP,
            training_plan_arn=PLAN,
            code_repositories=[REPOSITORY],
        ),
        custom_file_system=EFS,
    )
    alice.add_private_space(
        "Code",
        app=CodeEditor(
            instance_type=InstanceType.ML_G5_XLARGE,
            image=StudioImage.from_image_version_arn(f"{ACCOUNT}:image-version/other/3"),
            lifecycle_config=SETUP,
            training_plan_arn=PLAN,
        ),
        custom_file_system=LUSTRE,
    )
    bob = UserProfile.from_user_profile_attributes(stack, "Bob", domain=domain, user_profile_name="bob")
    bob.add_private_space("Lab", app=JupyterLab(), managed_resources=True)
    alice.add_private_space(
        "Pinned",
        app=JupyterLab(image=StudioImage.from_image_version_arn(f"{ACCOUNT}:image-version/other/3")),
        custom_file_system=data,
    )

    assert template_of(stack) == template_snapshot
