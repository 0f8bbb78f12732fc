"""Volumes, and file systems that are mounted besides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aws_cdk import Size
from aws_cdk import aws_s3 as s3

from constructs_lib import CustomFileSystem, JupyterLab, PosixUser, SpaceSettings, SpaceStorage, UserSettings
from tests.limits.user import user_with
from tests.limits.values import ONE, OURS, Held, Items, Number, Text
from tests.unit.wrong_inputs.studio import Studio


def config(number: int) -> dict[str, Any]:
    return {"EFSFileSystemConfig": {"FileSystemId": f"fs-{number:08x}"}}


def permitted(configs: Sequence[dict[str, Any]]) -> list[CustomFileSystem]:
    return [CustomFileSystem.efs_from_id(one["EFSFileSystemConfig"]["FileSystemId"]) for one in configs]


def in_bucket(studio: Studio, uri: str, **options: Any) -> CustomFileSystem:
    """Mount what an address names, which the API never takes whole."""
    scheme, _, rest = uri.partition("://")
    if scheme != "s3":
        raise TypeError("the library writes the scheme itself")
    name, _, prefix = rest.partition("/")
    return CustomFileSystem.s3(s3.Bucket.from_bucket_name(studio.stack, "Data", name), prefix=prefix, **options)


def mounting(studio: Studio, *file_systems: CustomFileSystem) -> object:
    return user_with(studio, custom_file_systems=file_systems)


HELD: dict[str, Held] = {
    # volumes
    "DefaultEbsVolumeSizeInGb": Number(lambda s, v: user_with(s, storage=SpaceStorage(default=Size.gibibytes(v), maximum=Size.gibibytes(16_384)))),
    "MaximumEbsVolumeSizeInGb": Number(lambda s, v: user_with(s, storage=SpaceStorage(default=Size.gibibytes(5), maximum=Size.gibibytes(v)))),
    "EbsVolumeSizeInGb": Number(lambda s, v: s.imported_user().add_private_space("Lab", app=JupyterLab(), storage=Size.gibibytes(v))),
    # file systems
    "DefaultUserSettings/CustomFileSystemConfigs": Items(lambda s, v: s.domain(default_user_settings=UserSettings(custom_file_systems=permitted(v))), config, most=2),
    "DefaultSpaceSettings/CustomFileSystemConfigs": Items(lambda s, v: s.domain(default_space_settings=SpaceSettings(custom_file_systems=permitted(v))), config, most=2),
    "UserSettings/CustomFileSystemConfigs": Items(lambda s, v: user_with(s, custom_file_systems=permitted(v)), config, most=10),
    "FileSystemId": Text(lambda s, v: mounting(s, CustomFileSystem.efs_from_id(v)), "fs-0a1b2c3d", "fs-0a1b2c3d4e5f60718"),
    "FileSystemPath": Text(lambda s, v: mounting(s, CustomFileSystem.fsx_lustre_from_id("fs-0a1b2c3d", path=v)), "/data/churn", "/", "/" + "a" * 255),
    "S3Uri": Text(lambda s, v: mounting(s, in_bucket(s, v)), "s3://data/churn", "s3://data/" + "a" * 1014),
    "S3FileSystemConfig/MountPath": Text(lambda s, v: mounting(s, in_bucket(s, "s3://data/", mount_path=v)), "/home/sagemaker-user/data", "/" + "a" * 1023),
    "CustomPosixUserConfig/Uid": Number(lambda s, v: user_with(s, posix_user=PosixUser(uid=v, gid=1001))),
    "CustomPosixUserConfig/Gid": Number(lambda s, v: user_with(s, posix_user=PosixUser(uid=10000, gid=v))),
}  # fmt: skip

CLOSED = {
    OURS: ("AutoMountHomeEFS",),
    ONE: ("SpaceSettings/CustomFileSystems",),
}
