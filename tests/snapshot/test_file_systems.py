from __future__ import annotations

import json
import re

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_fsx as fsx
from aws_cdk import aws_s3 as s3
from syrupy.assertion import SnapshotAssertion

from constructs_lib import (
    CustomFileSystem,
    Domain,
    JupyterLab,
    NetworkAccess,
    PosixUser,
    SpaceSettings,
    StudioFileSystem,
    UserSettings,
)
from tests.templates import Template, template_of

OURS = ("AWS::EC2::SecurityGroupIngress", "AWS::SageMaker::")


def without_code(template: Template) -> Template:
    """The template without the hashes of code: ours has tests of its own, that of the CDK changes with it."""
    masked: Template = json.loads(re.sub(r"\b[0-9a-f]{64}\b", "CODE", json.dumps(template)))
    return masked


def test_file_system_with_directories(stack: cdk.Stack, vpc: ec2.IVpc, template_snapshot: SnapshotAssertion) -> None:
    files = StudioFileSystem(stack, "Files", vpc=vpc)
    files.add_directory("Alice", owner=PosixUser(uid=10_001, gid=1_001))
    files.add_shared_directory("Team", gid=1_001, path="/teams/churn")

    template = without_code(template_of(stack))

    assert {
        logical_id: one for logical_id, one in template["Resources"].items() if logical_id.startswith("Files")
    } == template_snapshot


def test_domain_profile_and_spaces_with_file_systems(
    stack: cdk.Stack, vpc: ec2.IVpc, template_snapshot: SnapshotAssertion
) -> None:
    files = StudioFileSystem(stack, "Files", vpc=vpc)
    lustre = fsx.LustreFileSystem(
        stack,
        "Fast",
        vpc=vpc,
        vpc_subnet=vpc.isolated_subnets[0],
        storage_capacity_gib=1200,
        lustre_configuration=fsx.LustreConfiguration(deployment_type=fsx.LustreDeploymentType.SCRATCH_2),
    )
    bucket = s3.Bucket.from_bucket_name(stack, "Bucket", "churn")
    user = PosixUser(uid=10_001, gid=1_001)
    fast = CustomFileSystem.fsx_lustre(lustre, path="/data")
    team = CustomFileSystem.efs(files, path=files.add_shared_directory("Team", gid=1_001))
    mine = CustomFileSystem.efs(files, path=files.add_directory("Alice", owner=user))
    domain = Domain(
        stack,
        "Studio",
        network=NetworkAccess.vpc_only(vpc),
        default_user_settings=UserSettings(
            custom_file_systems=[fast, CustomFileSystem.s3(bucket, prefix="data/", mount_path="/mnt/data")]
        ),
        default_space_settings=SpaceSettings(custom_file_systems=[team], posix_user=PosixUser(uid=20_000, gid=1_001)),
    )
    bob = domain.add_user_profile("Bob")
    alice = domain.add_user_profile(
        "Alice", user_settings=UserSettings(custom_file_systems=[mine, fast], posix_user=user)
    )
    bob.add_private_space("Train", app=JupyterLab(), custom_file_system=fast)
    alice.add_private_space("Lab", app=JupyterLab(), custom_file_system=mine)
    alice.add_shared_space("Churn", app=JupyterLab(), custom_file_system=team)

    found = template_of(stack)["Resources"]

    assert {
        logical_id: one
        for logical_id, one in found.items()
        if one["Type"].startswith(OURS) and logical_id.startswith(("Mount", "Studio"))
    } == template_snapshot
