"""File systems that spaces mount, and the users they know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_efs as efs
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from constructs_lib import (
    CustomFileSystem,
    JupyterLab,
    NetworkAccess,
    PosixUser,
    SpaceSettings,
    StudioFileSystem,
    UserSettings,
)
from tests.unit.wrong_inputs.studio import EU, Studio

ALICE = PosixUser(uid=10_001, gid=1_001)
BOB = PosixUser(uid=10_002, gid=1_001)
ID = "fs-0123456789abcdef0"


def vpc(stack: cdk.Stack) -> ec2.IVpc:
    return ec2.Vpc.from_vpc_attributes(
        stack,
        "Vpc",
        vpc_id="vpc-0a1b2c3d",
        availability_zones=["a"],
        isolated_subnet_ids=["subnet-0a1b2c3d"],
        isolated_subnet_route_table_ids=["rtb-0a1b2c3d"],
    )


def files(studio: Studio, **arguments: Any) -> StudioFileSystem:
    return StudioFileSystem(studio.stack, "Files", **{"vpc": vpc(studio.stack), **arguments})


def bucket(studio: Studio) -> s3.IBucket:
    return s3.Bucket.from_bucket_name(studio.stack, "Bucket", "churn")


def directory_of_another(studio: Studio) -> None:
    directory = files(studio).add_directory("Alice", owner=ALICE)
    other = efs.FileSystem.from_file_system_attributes(
        studio.stack,
        "Other",
        file_system_id=ID,
        security_group=ec2.SecurityGroup.from_security_group_id(studio.stack, "Group", "sg-0a1b2c3d"),
    )
    CustomFileSystem.efs(other, path=directory)


def key_elsewhere(studio: Studio) -> None:
    stack = cdk.Stack(studio.app, "Elsewhere", env=EU)
    key = kms.Key.from_key_arn(stack, "Key", f"arn:aws:kms:us-east-1:{'1' * 12}:key/abc")
    StudioFileSystem(stack, "Files", vpc=vpc(stack), encryption_key=key)


def mounts(studio: Studio, file_system: CustomFileSystem, **user: Any) -> None:
    """A user who may mount a file system and does."""
    settings = UserSettings(custom_file_systems=[file_system], **user)
    studio.lab(user_settings=settings, custom_file_system=file_system)


def directory_of_alice(studio: Studio, posix_user: PosixUser | None) -> None:
    team = files(studio)
    mounts(studio, CustomFileSystem.efs(team, path=team.add_directory("Home", owner=ALICE)), posix_user=posix_user)


def directory_of_a_team(studio: Studio) -> None:
    team = files(studio)
    shared = CustomFileSystem.efs(team, path=team.add_shared_directory("Team", gid=2_000))
    settings = SpaceSettings(custom_file_systems=[shared], posix_user=ALICE)
    studio.churn(default_space_settings=settings, custom_file_system=shared)


def second_directory(studio: Studio, path: str, owner: PosixUser = BOB, *, first: str = "/alice") -> None:
    """A directory of somebody beside one of Alice's."""
    file_system = files(studio)
    file_system.add_directory("Alice", owner=ALICE, path=first)
    file_system.add_directory("Bob", owner=owner, path=path)


def directory_of_a_group(studio: Studio, path: str, *, first: str) -> None:
    """A directory of a group beside one of Alice's, who is not in it."""
    file_system = files(studio)
    file_system.add_directory("Alice", owner=ALICE, path=first)
    file_system.add_shared_directory("Team", gid=2_000, path=path)


def another_vpc(studio: Studio) -> None:
    network = NetworkAccess.vpc_only_from_ids(vpc_id="vpc-1a1b2c3d", subnet_ids=["subnet-1a1b2c3d"])
    permitted = UserSettings(custom_file_systems=[CustomFileSystem.efs(files(studio))])
    studio.domain(network=network, default_user_settings=permitted)


def lustre_that_is_not_permitted(studio: Studio) -> None:
    permitted = UserSettings(custom_file_systems=[CustomFileSystem.efs_from_id(ID)])
    studio.lab(user_settings=permitted, custom_file_system=CustomFileSystem.fsx_lustre_from_id(ID))


def shared_space_with_the_file_system_of_its_owner(studio: Studio) -> None:
    mine = CustomFileSystem.efs_from_id(ID)
    alice = studio.domain().add_user_profile("Alice", user_settings=UserSettings(custom_file_systems=[mine]))
    alice.add_shared_space("Churn", app=JupyterLab(), custom_file_system=mine)


FORM = "path must be 1..256 characters without spaces that start with '/', got "
SUCH = "; pass one such as '/alice'"

WRONG: dict[str, tuple[Callable[[Studio], object], str]] = {
    "user too small": (lambda s: PosixUser(uid=1000, gid=1001), "uid must be 10000..4000000, got 1000; pass a number in that range"),
    "user too large": (lambda s: PosixUser(uid=4_000_001, gid=1001), "uid must be 10000..4000000, got 4000001; pass a number in that range"),
    "group too small": (lambda s: PosixUser(uid=10_000, gid=100), "gid must be 1001..4000000, got 100; pass a number in that range"),
    "group too large": (lambda s: PosixUser(uid=10_000, gid=4_000_001), "gid must be 1001..4000000, got 4000001; pass a number in that range"),
    "EFS by its name": (lambda s: CustomFileSystem.efs_from_id("team"), "file_system_id must look like fs-0123456789abcdef0, got 'team'; pass the id, not name or ARN"),
    "EFS by its ARN": (lambda s: CustomFileSystem.efs_from_id(f"arn:aws:elasticfilesystem:eu-west-1:{'1' * 12}:file-system/{ID}"), f"file_system_id must look like fs-0123456789abcdef0, got 'arn:aws:elasticfilesystem:eu-west-1:111111111111:file-system/{ID}'; pass the id, not name or ARN"),
    "Lustre by a long id": (lambda s: CustomFileSystem.fsx_lustre_from_id(f"{ID}00"), f"file_system_id must look like fs-0123456789abcdef0, got '{ID}00'; pass the id, not name or ARN"),
    "relative path": (lambda s: CustomFileSystem.efs_from_id(ID, path="alice"), f"{FORM}'alice'{SUCH}"),
    "empty path": (lambda s: CustomFileSystem.fsx_lustre_from_id(ID, path=""), f"{FORM}''{SUCH}"),
    "path with a space": (lambda s: CustomFileSystem.efs_from_id(ID, path="/our data"), f"{FORM}'/our data'{SUCH}"),
    "path that is too long": (lambda s: CustomFileSystem.efs_from_id(ID, path="/" + "a" * 256), f"{FORM}'/{'a' * 256}'{SUCH}"),
    "path that leads out": (lambda s: CustomFileSystem.efs_from_id(ID, path="/alice/../bob"), "path must have no '.' and no '..' in it, got '/alice/../bob'; write it out"),
    "directory of another file system": (directory_of_another, "path must be a directory of the file system, got '/alice' of another one; pass the file system that it was added to"),
    "prefix with a slash": (lambda s: CustomFileSystem.s3(bucket(s), prefix="/data/"), "prefix must not start with a slash, got '/data/'; pass prefix='data/'"),
    "prefix that is too long": (lambda s: CustomFileSystem.s3(bucket(s), prefix="a" * 1024), "the URI of bucket and prefix must be 1..1024 characters, got 1035; pass another one"),
    "empty mount path": (lambda s: CustomFileSystem.s3(bucket(s), mount_path=""), "mount_path must be 1..1024 characters, got 0; pass another one"),
    "mount path that is too long": (lambda s: CustomFileSystem.s3(bucket(s), mount_path="/" * 1025), "mount_path must be 1..1024 characters, got 1025; pass another one"),
    "directory at the root": (lambda s: files(s).add_directory("Alice", owner=ALICE, path="/"), f"[Research/Files/Alice] path must name a directory below the root, got '/'{SUCH}"),
    "directory with an empty step": (lambda s: files(s).add_directory("Alice", owner=ALICE, path="/users//alice"), f"[Research/Files/Alice] path must name a directory below the root, got '/users//alice'{SUCH}"),
    "directory out of the file system": (lambda s: files(s).add_directory("Alice", owner=ALICE, path="/../etc"), "[Research/Files/Alice] path must have no '.' and no '..' in it, got '/../etc'; write it out"),
    "directory of an odd id": (lambda s: files(s).add_directory("Alice B", owner=ALICE), f"[Research/Files/Alice B] {FORM}'/alice b'{SUCH}"),
    "directory under an id of the function": (lambda s: files(s).add_directory("Directories", owner=ALICE), "[Research/Files] id must not be 'Directories', which is an id of the construct's own; pass another id"),
    "shared directory under an id of the key": (lambda s: files(s).add_shared_directory("Key", gid=1_001), "[Research/Files] id must not be 'Key', which is an id of the construct's own; pass another id"),
    "directory that is there": (lambda s: second_directory(s, "/alice"), "[Research/Files/Bob] path must be that of one directory, got '/alice' twice; pass another one, or mount the first"),
    "directory that its owner has": (lambda s: second_directory(s, "/alice", ALICE), "[Research/Files/Bob] path must be that of one directory, got '/alice' twice; pass another one, or mount the first"),
    "directory in somebody else's": (lambda s: second_directory(s, "/alice/data/bob"), "[Research/Files/Bob] path must not be in /alice, which nobody enters but PosixUser(uid=10001, gid=1001), got '/alice/data/bob'; pass another one"),
    "directory around somebody else's": (lambda s: second_directory(s, "/users", first="/users/alice"), "[Research/Files/Bob] path must not be above /users/alice, which is PosixUser(uid=10001, gid=1001)'s, got '/users'; pass another one"),
    "shared directory in that of a user": (lambda s: directory_of_a_group(s, "/alice/team", first="/alice"), "[Research/Files/Team] path must not be in /alice, which nobody enters but PosixUser(uid=10001, gid=1001), got '/alice/team'; pass another one"),
    "shared directory around that of a stranger": (lambda s: directory_of_a_group(s, "/team", first="/team/alice"), "[Research/Files/Team] path must not be above /team/alice, which is PosixUser(uid=10001, gid=1001)'s, got '/team'; pass another one"),
    "shared directory of root": (lambda s: files(s).add_shared_directory("Team", gid=0), "[Research/Files] gid must be 1001..4000000, got 0; pass a number in that range"),
    "file system with a snapshot": (lambda s: files(s, removal_policy=cdk.RemovalPolicy.SNAPSHOT), "[Research/Files] removal_policy must be RemovalPolicy.RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, got 'SNAPSHOT'; CloudFormation takes no snapshots of a Studio, pass RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE"),
    "key of a file system elsewhere": (key_elsewhere, "[Elsewhere/Files] encryption_key must be in the domain's region eu-west-1, got one in us-east-1; pass a encryption_key of eu-west-1"),
    "directory of somebody else": (lambda s: directory_of_alice(s, BOB), "[Research/Studio/Alice/Lab] posix_user must be PosixUser(uid=10001, gid=1001), the owner of /home, got PosixUser(uid=10002, gid=1001); pass the same to both"),
    "directory of somebody without a number": (lambda s: directory_of_alice(s, None), "[Research/Studio/Alice/Lab] posix_user must be PosixUser(uid=10001, gid=1001), the owner of /home, got None; pass the same to both"),
    "directory of another group": (directory_of_a_team, "[Research/Studio/Alice/Churn] posix_user must have gid 2000 to enter /team, got PosixUser(uid=10001, gid=1001); pass PosixUser(uid=..., gid=2000)"),
    "file system in another VPC": (another_vpc, "[Research/Studio] file_system must be in the VPC of the domain, got one in another; define it in the domain's VPC, where its apps reach it"),
    "file system that nobody permits": (lambda s: s.lab(custom_file_system=CustomFileSystem.efs_from_id(ID)), f"[Research/Studio/Alice/Lab] custom_file_system must be one that the owner's or the domain's settings permit (none), got CustomFileSystem.efs_from_id('{ID}'); add it to their custom_file_systems"),
    "file system of another kind": (lustre_that_is_not_permitted, f"[Research/Studio/Alice/Lab] custom_file_system must be one that the owner's or the domain's settings permit (CustomFileSystem.efs_from_id('{ID}')), got CustomFileSystem.fsx_lustre_from_id('{ID}'); add it to their custom_file_systems"),
    "shared space with the owner's file system": (shared_space_with_the_file_system_of_its_owner, f"[Research/Studio/Alice/Churn] custom_file_system must be one that the owner's or the domain's settings permit (none), got CustomFileSystem.efs_from_id('{ID}'); add it to their custom_file_systems"),
    "bucket in a space": (lambda s: mounts(s, CustomFileSystem.s3(bucket(s), prefix="data/")), "[Research/Studio/Alice/Lab] custom_file_system must be EFS or Lustre outside SageMaker Unified Studio, got CustomFileSystem.s3(Research/Bucket, prefix='data/'), which no space mounts there; leave it out, and read the bucket with the execution role"),
}  # fmt: skip

WRONG_TYPES: dict[str, tuple[Callable[[Studio], object], str]] = {
    "user in words": (lambda s: PosixUser(uid="10000", gid=1001), "uid must be of type int, got '10000'; pass uid=10000 say"),
    "group in truth": (lambda s: PosixUser(uid=10_000, gid=True), "gid must be of type int, got 'True'; pass gid=1001 say"),
    "EFS by its id": (lambda s: CustomFileSystem.efs(ID), f"file_system must not be text, got '{ID}'; pass an efs.FileSystem, or the id to efs_from_id"),
    "Lustre by its id": (lambda s: CustomFileSystem.fsx_lustre(ID), f"file_system must not be text, got '{ID}'; pass an fsx.LustreFileSystem, or the id to fsx_lustre_from_id"),
    "bucket by its name": (lambda s: CustomFileSystem.s3("churn"), "bucket must not be text, got 'churn'; pass s3.Bucket.from_bucket_name(...) say"),
    "EFS by no id": (lambda s: CustomFileSystem.efs_from_id(7), "file_system_id must be of type str, got 7; pass 'fs-0123456789abcdef0' say"),
    "path by number": (lambda s: CustomFileSystem.efs_from_id(ID, path=7), "path must be of type str, got 7; pass '/alice' say"),
    "prefix by number": (lambda s: CustomFileSystem.s3(bucket(s), prefix=7), "prefix must be of type str, got 7; pass 'data/' say"),
    "mount path by number": (lambda s: CustomFileSystem.s3(bucket(s), mount_path=7), "mount_path must be of type str, got 7; pass '/home/sagemaker-user/data' say"),
    "directory of somebody by name": (lambda s: files(s).add_directory("Alice", owner="alice"), "owner must be of type PosixUser, got 'alice'; pass PosixUser(uid=..., gid=...)"),
    "group of a directory by name": (lambda s: files(s).add_shared_directory("Team", gid="churn"), "gid must be of type int, got 'churn'; pass gid=1001 say"),
    "file system in a VPC by its id": (lambda s: files(s, vpc="vpc-0a1b2c3d"), "vpc must not be text, got 'vpc-0a1b2c3d'; pass an ec2.IVpc, ec2.Vpc.from_vpc_attributes(...) say"),
    "key of a file system by its ARN": (lambda s: files(s, encryption_key=f"arn:aws:kms:eu-west-1:{'1' * 12}:key/abc"), "encryption_key must not be text, got 'arn:aws:kms:eu-west-1:111111111111:key/abc'; pass kms.Key.from_key_arn(...) say"),
    "time of a file system in days": (lambda s: files(s, lifecycle_policy=30), "lifecycle_policy must be of type LifecyclePolicy, got 30; pass efs.LifecyclePolicy.AFTER_30_DAYS say"),
}  # fmt: skip
