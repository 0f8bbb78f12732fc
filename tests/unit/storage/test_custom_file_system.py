from __future__ import annotations

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_efs as efs
from aws_cdk import aws_fsx as fsx
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_ssm as ssm

from constructs_lib import (
    CustomFileSystem,
    Domain,
    JupyterLab,
    NetworkAccess,
    PosixUser,
    StudioFileSystem,
    UserSettings,
)
from constructs_lib.environment import Environment
from tests.templates import resources, template_of

ID = "fs-0123456789abcdef0"
ALICE = PosixUser(uid=10_001, gid=1_001)
BOB = PosixUser(uid=10_002, gid=1_001)


@pytest.fixture
def files(stack: cdk.Stack, vpc: ec2.IVpc) -> StudioFileSystem:
    return StudioFileSystem(stack, "Files", vpc=vpc)


@pytest.fixture
def fast(stack: cdk.Stack, vpc: ec2.IVpc) -> fsx.LustreFileSystem:
    return fsx.LustreFileSystem(
        stack,
        "Fast",
        vpc=vpc,
        vpc_subnet=vpc.isolated_subnets[0],
        storage_capacity_gib=1200,
        lustre_configuration=fsx.LustreConfiguration(deployment_type=fsx.LustreDeploymentType.SCRATCH_2),
    )


def test_settings_permit_a_path_and_a_space_mounts_the_file_system() -> None:
    file_system = CustomFileSystem.efs_from_id(ID, path="/alice")

    assert file_system._render() == {"efsFileSystemConfig": {"fileSystemId": ID, "fileSystemPath": "/alice"}}
    assert file_system._render_in_space() == {"efsFileSystem": {"fileSystemId": ID}}


def test_lustre_has_the_odd_spelling_of_the_l1() -> None:
    file_system = CustomFileSystem.fsx_lustre_from_id(ID)

    assert file_system._render() == {"fSxLustreFileSystemConfig": {"fileSystemId": ID, "fileSystemPath": None}}
    assert file_system._render_in_space() == {"fSxLustreFileSystem": {"fileSystemId": ID}}


def test_a_bucket_is_an_address(stack: cdk.Stack) -> None:
    bucket = s3.Bucket.from_bucket_name(stack, "Bucket", "churn")
    file_system = CustomFileSystem.s3(bucket, prefix="data/", mount_path="/mnt/data")

    assert file_system._render() == {"s3FileSystemConfig": {"s3Uri": "s3://churn/data/", "mountPath": "/mnt/data"}}
    assert file_system._render_in_space() == {"s3FileSystem": {"s3Uri": "s3://churn/data/"}}


@pytest.mark.parametrize("file_system_id", ["fs-01234567", "fs-0123456789abcdef01"])
def test_takes_ids_of_every_length(file_system_id: str) -> None:
    assert CustomFileSystem.efs_from_id(file_system_id)._identity == file_system_id


@pytest.mark.parametrize(
    "file_system",
    [CustomFileSystem.efs_from_id(ID), CustomFileSystem.fsx_lustre_from_id(ID, path="/data")],
)
def test_repr_can_be_pasted(file_system: CustomFileSystem) -> None:
    assert eval(repr(file_system)) == file_system


def test_repr_of_what_the_app_defines_is_its_path(files: StudioFileSystem, fast: fsx.LustreFileSystem) -> None:
    assert repr(CustomFileSystem.efs(files, path="/a")) == "CustomFileSystem.efs(Research/Files, path='/a')"
    assert repr(CustomFileSystem.fsx_lustre(fast)) == "CustomFileSystem.fsx_lustre(Research/Fast)"


def test_tells_the_two_kinds_apart(files: StudioFileSystem, fast: fsx.LustreFileSystem, stack: cdk.Stack) -> None:
    group = ec2.SecurityGroup.from_security_group_id(stack, "Group", "sg-0a1b2c3d")
    imported = efs.FileSystem.from_file_system_attributes(stack, "Old", file_system_id=ID, security_group=group)
    imported_fast = fsx.LustreFileSystem.from_lustre_file_system_attributes(
        stack, "OldFast", dns_name="fast", file_system_id=ID, security_group=group
    )

    for one in (files, imported):
        CustomFileSystem.efs(one)
        with pytest.raises(TypeError, match=r"pass an fsx\.LustreFileSystem"):
            CustomFileSystem.fsx_lustre(one)
    for other in (fast, imported_fast):
        CustomFileSystem.fsx_lustre(other)
        with pytest.raises(TypeError, match=r"pass an efs\.FileSystem"):
            CustomFileSystem.efs(other)


def test_takes_a_directory_in_place_of_a_path(files: StudioFileSystem) -> None:
    directory = files.add_directory("Alice", owner=ALICE)

    assert CustomFileSystem.efs(files, path=directory) == CustomFileSystem.efs(files, path="/alice")


def test_a_directory_of_a_user_wants_its_owner(files: StudioFileSystem) -> None:
    mine = CustomFileSystem.efs(files, path=files.add_directory("Alice", owner=ALICE))

    assert list(mine._problems_of_user(ALICE)) == []
    assert list(mine._problems_of_user(BOB)) == [
        f"posix_user must be {ALICE}, the owner of /alice, got {BOB}; pass the same to both"
    ]
    assert len(list(mine._problems_of_user(None))) == 1


def test_a_directory_of_a_group_wants_a_member(files: StudioFileSystem) -> None:
    ours = CustomFileSystem.efs(files, path=files.add_shared_directory("Team", gid=1_001))
    stranger = PosixUser(uid=10_003, gid=1_002)

    assert list(ours._problems_of_user(BOB)) == []
    assert list(ours._problems_of_user(stranger)) == [
        f"posix_user must have gid 1001 to enter /team, got {stranger}; pass PosixUser(uid=..., gid=1001)"
    ]
    assert len(list(ours._problems_of_user(None))) == 1


def test_does_not_judge_numbers_that_only_the_deployment_knows(files: StudioFileSystem, stack: cdk.Stack) -> None:
    number = cdk.CfnParameter(stack, "Number", type="Number").value_as_number
    unknown = PosixUser(uid=number, gid=number)
    hers = CustomFileSystem.efs(files, path=files.add_directory("Alice", owner=ALICE))
    theirs = CustomFileSystem.efs(files, path=files.add_directory("Unknown", owner=unknown))
    ours = CustomFileSystem.efs(files, path=files.add_shared_directory("Team", gid=number))

    assert [list(one._problems_of_user(unknown)) for one in (hers, theirs, ours)] == [[], [], []]
    assert [list(one._problems_of_user(BOB)) for one in (theirs, ours)] == [[], []]
    assert len(list(hers._problems_of_user(PosixUser(uid=number, gid=1_002)))) == 1


def test_permission_is_no_mount(files: StudioFileSystem, stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    team = CustomFileSystem.efs(files, path=files.add_shared_directory("Team", gid=1_001))
    permitted = UserSettings(custom_file_systems=[team])
    domain = Domain(stack, "Studio", network=NetworkAccess.vpc_only(vpc), default_user_settings=permitted)
    member = domain.add_user_profile("Alice", user_settings=UserSettings(posix_user=ALICE))
    stranger = domain.add_user_profile("Bob", user_settings=UserSettings(posix_user=PosixUser(uid=10_003, gid=1_002)))

    member.add_private_space("Lab", app=JupyterLab(), custom_file_system=team)
    stranger.add_private_space("Lab", app=JupyterLab())

    with pytest.raises(ValueError, match="posix_user must have gid 1001 to enter /team"):
        stranger.add_private_space("Team", app=JupyterLab(), custom_file_system=CustomFileSystem.efs(files))


def test_does_not_judge_users_whose_numbers_an_import_keeps_to_itself(
    files: StudioFileSystem, stack: cdk.Stack
) -> None:
    mine = CustomFileSystem.efs(files, path=files.add_directory("Alice", owner=ALICE))
    domain = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123")
    alice = domain.add_user_profile("Alice", user_settings=UserSettings(custom_file_systems=[mine]))

    alice.add_private_space("Lab", app=JupyterLab(), custom_file_system=mine)


def test_anybody_may_be_at_a_path_that_is_not_defined_here(files: StudioFileSystem) -> None:
    assert list(CustomFileSystem.efs(files, path="/data")._problems_of_user(None)) == []


def test_a_space_mounts_what_is_permitted_whatever_the_path() -> None:
    permitted = [CustomFileSystem.efs_from_id(ID, path="/alice")]

    assert list(CustomFileSystem.efs_from_id(ID)._problems_with_permission(permitted)) == []


@pytest.mark.parametrize("permitted", [(), (CustomFileSystem.fsx_lustre_from_id(ID),)])
def test_a_space_mounts_nothing_else(permitted: tuple[CustomFileSystem, ...]) -> None:
    (problem,) = CustomFileSystem.efs_from_id(ID)._problems_with_permission(permitted)

    known = "CustomFileSystem.fsx_lustre_from_id('fs-0123456789abcdef0')" if permitted else "none"
    assert problem == (
        f"custom_file_system must be one that the owner's or the domain's settings permit ({known}), "
        "got CustomFileSystem.efs_from_id('fs-0123456789abcdef0'); add it to their custom_file_systems"
    )


def test_only_one_that_the_app_defines_may_have_an_id_that_is_given(
    files: StudioFileSystem, stack: cdk.Stack, vpc: ec2.IVpc
) -> None:
    mine = CustomFileSystem.efs(files)
    others = CustomFileSystem.efs(StudioFileSystem(stack, "Others", vpc=vpc))

    assert list(mine._problems_with_permission([CustomFileSystem.efs_from_id(ID)])) == []
    assert len(list(mine._problems_with_permission([others]))) == 1


def test_two_paths_of_one_file_system_are_the_same_to_a_space() -> None:
    one, other = (CustomFileSystem.efs_from_id(ID, path=path) for path in ("/a", "/b"))

    assert one != other
    assert one._is_same_as(other)
    assert not one._is_same_as(CustomFileSystem.fsx_lustre_from_id(ID))


def test_spaces_mount_buckets_in_unified_studio_alone(stack: cdk.Stack) -> None:
    bucket = CustomFileSystem.s3(s3.Bucket.from_bucket_name(stack, "Bucket", "churn"), prefix="data/")

    assert list(bucket._problems_in_space(has_unified_studio=True)) == []
    assert list(bucket._problems_in_space(has_unified_studio=False)) == [
        "custom_file_system must be EFS or Lustre outside SageMaker Unified Studio, got "
        "CustomFileSystem.s3(Research/Bucket, prefix='data/'), which no space mounts there; leave it out, and read "
        "the bucket with the execution role"
    ]
    assert list(CustomFileSystem.efs_from_id(ID)._problems_in_space(has_unified_studio=False)) == []


def test_is_of_the_region_of_its_user(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Elsewhere", env=cdk.Environment(account="1" * 12, region="us-east-1"))
    file_system = CustomFileSystem.efs(StudioFileSystem(stack, "Files", vpc=ec2.Vpc(stack, "Vpc")))

    assert list(file_system._problems(Environment("1" * 12, "us-east-1"))) == []
    assert list(file_system._problems(Environment("1" * 12, "eu-west-1"))) == [
        "file_system must be in the domain's region eu-west-1, got one in us-east-1; pass a file_system of eu-west-1"
    ]


def test_is_in_the_vpc_of_its_user(files: StudioFileSystem, stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    other = ec2.Vpc(stack, "Other", restrict_default_security_group=False)

    file_system = CustomFileSystem.efs(files)

    assert list(file_system._problems_in_vpc(vpc.vpc_id)) == []
    assert list(file_system._problems_in_vpc(other.vpc_id)) == [
        "file_system must be in the VPC of the domain, got one in another; "
        "define it in the domain's VPC, where its apps reach it"
    ]


def test_compares_the_ids_of_vpcs(stack: cdk.Stack) -> None:
    there = ec2.Vpc.from_vpc_attributes(
        stack, "There", vpc_id="vpc-0a1b2c3d", availability_zones=["a"], isolated_subnet_ids=["subnet-0a1b2c3d"]
    )
    file_system = CustomFileSystem.efs(StudioFileSystem(stack, "Files", vpc=there))

    assert list(file_system._problems_in_vpc("vpc-0a1b2c3d")) == []
    assert len(list(file_system._problems_in_vpc("vpc-1a1b2c3d"))) == 1


def test_does_not_guess_what_a_vpc_is(files: StudioFileSystem, stack: cdk.Stack) -> None:
    parameter = cdk.CfnParameter(stack, "VpcId").value_as_string
    file_system = CustomFileSystem.efs(files)

    assert list(file_system._problems_in_vpc(parameter)) == []
    assert list(file_system._problems_in_vpc("vpc-0a1b2c3d")) == []
    assert list(CustomFileSystem.efs_from_id(ID)._problems_in_vpc("vpc-0a1b2c3d")) == []


def test_knows_a_vpc_by_all_of_its_attributes(files: StudioFileSystem, vpc: ec2.IVpc) -> None:
    made = vpc.node.default_child
    assert isinstance(made, ec2.CfnVPC)

    assert list(CustomFileSystem.efs(files)._problems_in_vpc(made.attr_vpc_id)) == []
    assert made.attr_vpc_id != vpc.vpc_id, "which this is about"


@pytest.mark.parametrize("looked_up", [True, False])
def test_waits_for_the_look_up_of_a_vpc(looked_up: bool, app: cdk.App) -> None:
    stack = cdk.Stack(app, "Known", env=cdk.Environment(account="1" * 12, region="eu-west-1"))
    there = ec2.Vpc.from_lookup(stack, "There", tags={"team": "churn"})
    here = ec2.Vpc(stack, "Here", restrict_default_security_group=False)
    file_system = CustomFileSystem.efs(StudioFileSystem(stack, "Files", vpc=there if looked_up else here))

    assert list(file_system._problems_in_vpc("vpc-0a1b2c3d" if looked_up else there.vpc_id)) == []


def test_waits_for_the_look_up_of_an_id(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Known", env=cdk.Environment(account="1" * 12, region="eu-west-1"))
    file_system = CustomFileSystem.efs_from_id(ssm.StringParameter.value_from_lookup(stack, "/files"))

    assert list(file_system._problems_with_permission([CustomFileSystem.efs_from_id(ID)])) == []
    assert eval(repr(file_system)) == file_system


def test_is_there_before_its_user(files: StudioFileSystem, stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    domain = Domain(stack, "Studio", network=NetworkAccess.vpc_only(vpc))
    settings = [
        UserSettings(custom_file_systems=[one])
        for one in (
            CustomFileSystem.efs(files),
            CustomFileSystem.efs(files, path=files.add_directory("Home", owner=ALICE)),
            CustomFileSystem.efs_from_id(ID),
        )
    ]

    for name, one in zip(("Alice", "Bob", "Carol"), settings, strict=True):
        domain.add_user_profile(name, user_settings=one)

    template = template_of(stack)
    (directory,) = resources(template, "Custom::StudioDirectory")
    targets = set(resources(template, "AWS::EFS::MountTarget"))
    needed = [set(one.get("DependsOn", [])) for one in resources(template, "AWS::SageMaker::UserProfile").values()]
    assert [one & {*targets, directory} for one in needed] == [targets, {*targets, directory}, set()]
