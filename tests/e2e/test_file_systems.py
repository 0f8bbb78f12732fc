"""An EFS file system that a user mounts: made, permitted, reached, and gone without the files on it.

The emulator stores what a function mounts and mounts nothing: a folder stands in for the file system.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_lambda as lambda_

from constructs_lib import (
    CustomFileSystem,
    Domain,
    JupyterLab,
    NetworkAccess,
    PosixUser,
    StudioFileSystem,
    UserSettings,
)
from tests.conftest import CONTEXT
from tests.e2e.place import REGION, Place

pytestmark = pytest.mark.e2e

ALICE = PosixUser(uid=10_001, gid=1_001)
DESTROY = cdk.RemovalPolicy.DESTROY


def test_a_user_mounts_a_directory(place: Place, tmp_path: Path) -> None:
    root = tmp_path / "files"
    root.mkdir()
    assembly = synthesize(place, root, tmp_path / "cdk.out")

    place.deploy(assembly)

    made = place.resources("files")
    (file_system,) = place.client("efs").describe_file_systems()["FileSystems"]
    file_system_id = file_system["FileSystemId"]
    studio = place.studio("studio")
    assert file_system["Encrypted"] is True
    assert ids(made, "FilesKey") == {file_system["KmsKeyId"].rpartition("/")[2]}
    assert (root / "alice").stat().st_mode & 0o7777 == 0o700
    settings = studio.profiles["alice"]["UserSettings"]
    assert settings["CustomPosixUserConfig"] == {"Uid": ALICE.uid, "Gid": ALICE.gid}
    assert settings["CustomFileSystemConfigs"] == [
        {"EFSFileSystemConfig": {"FileSystemId": file_system_id, "FileSystemPath": "/alice"}}
    ]
    assert studio.spaces["alice-lab"]["SpaceSettings"]["CustomFileSystems"] == [
        {"EFSFileSystem": {"FileSystemId": file_system_id}}
    ]
    groups = mount_target_groups(place, file_system_id)
    assert groups == ids(made, "FilesEfsSecurityGroup")
    assert let_in(place, groups) == groups | ids(made, "StudioSecurityGroup")

    (root / "alice" / "notebook").write_text("x")
    place.destroy(assembly)

    assert place.statuses() == {}
    assert place.client("efs").describe_file_systems()["FileSystems"] == []
    assert (root / "alice" / "notebook").read_text() == "x", "a directory is never deleted"


def synthesize(place: Place, root: Path, outdir: Path) -> Path:
    app = cdk.App(outdir=str(outdir), context=CONTEXT, builtin_cloud_formation_validation=False)
    stack = cdk.Stack(app, "files", env=cdk.Environment(account=place.account, region=REGION))
    network = place.network()
    vpc = ec2.Vpc.from_vpc_attributes(
        stack,
        "Vpc",
        vpc_id=network["vpc_id"],
        availability_zones=[f"{REGION}a"],
        isolated_subnet_ids=network["subnet_ids"],
        isolated_subnet_route_table_ids=["rtb-0a1b2c3d"],
    )
    files = StudioFileSystem(stack, "Files", vpc=vpc, removal_policy=DESTROY)
    directory = files.add_directory("Alice", owner=ALICE)
    mount_folder(files, root)
    own_folder(directory.node.find_child("Resource"))
    domain = Domain(stack, "Studio", network=NetworkAccess.vpc_only(vpc), removal_policy=DESTROY)
    mine = CustomFileSystem.efs(files, path=directory)
    alice = domain.add_user_profile("Alice", user_settings=UserSettings(custom_file_systems=[mine], posix_user=ALICE))
    alice.add_private_space("Lab", app=JupyterLab(), custom_file_system=mine)
    return Path(app.synth().directory)


def mount_folder(files: StudioFileSystem, root: Path) -> None:
    handler = files.node.find_child("Directories").node.find_child("OnEvent")
    assert isinstance(handler, lambda_.Function)
    handler.add_environment("ROOT", str(root))


def own_folder(resource: Any) -> None:
    """Give the folder to whoever runs the tests: nobody but root gives anything to others."""
    for name, number in (("Uid", os.getuid()), ("Gid", os.getgid())):
        resource.add_property_override(name, number)


def ids(made: dict[str, str], prefix: str) -> set[str]:
    """The ids of the resources of a construct whose logical id is a prefix and a hash."""
    return {
        physical for logical, physical in made.items() if logical.startswith(prefix) and len(logical) - 8 == len(prefix)
    }


def mount_target_groups(place: Place, file_system_id: str) -> set[str]:
    efs = place.client("efs")
    (target,) = efs.describe_mount_targets(FileSystemId=file_system_id)["MountTargets"]
    found = efs.describe_mount_target_security_groups(MountTargetId=target["MountTargetId"])
    return set(found["SecurityGroups"])


def let_in(place: Place, groups: set[str]) -> set[str]:
    """The security groups that may use NFS on these."""
    found = place.client("ec2").describe_security_groups(GroupIds=sorted(groups))["SecurityGroups"]
    return {
        pair["GroupId"]
        for group in found
        for rule in group["IpPermissions"]
        if (rule["FromPort"], rule["ToPort"]) == (2049, 2049)
        for pair in rule["UserIdGroupPairs"]
    }
