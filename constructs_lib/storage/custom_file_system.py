"""File systems that spaces mount besides their volume."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from aws_cdk import Annotations, Resource
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_efs as efs
from aws_cdk import aws_s3 as s3
from constructs import Construct, IDependable

from constructs_lib.environment import Environment
from constructs_lib.errors import check_no_text, check_type
from constructs_lib.lookup import is_unresolved
from constructs_lib.storage.directory import FileSystemDirectory
from constructs_lib.storage.file_system_path import check_path
from constructs_lib.storage.mount_rules import (
    EFS_PORTS,
    LUSTRE_PORTS,
    open_both_ways,
    open_one_way,
    place_of_rules,
)
from constructs_lib.storage.posix_user import PosixUser
from constructs_lib.storage.reference import element_of

if TYPE_CHECKING:
    from aws_cdk import aws_fsx as fsx  # most apps do without, and it takes long to import

    from constructs_lib.domain import IDomain

_FILE_SYSTEM_ID = re.compile(r"fs-[0-9a-f]{8,18}", re.ASCII)
_MAXIMUM_LENGTH_OF_S3 = 1024
_NOT_OPENED = "sagemaker-studio-constructs:fileSystemNotOpened"


class CustomFileSystem(ABC):
    """A file system of yours: a domain or a profile permits it, and a space mounts it.

    The security group of an EFS or Lustre file system is opened to the apps, as far as it is known: that of a file
    system that is given by its id alone is not.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/domain-custom-efs.html
    """

    @staticmethod
    def efs(file_system: efs.IFileSystem, *, path: str | FileSystemDirectory | None = None) -> CustomFileSystem:
        """Mount an EFS file system, or a directory of it.

        It needs a mount target in each subnet of the domain. One that the CDK makes under the flag
        ``@aws-cdk/aws-efs:denyAnonymousAccess`` turns away clients that do not sign in by IAM, and it is not
        documented that Studio does: give it ``allow_anonymous_access=True``, or take a ``StudioFileSystem``.

        Args:
            file_system: the file system. Do not let the domain in by ``allow_default_port_from`` as well: EC2 takes a
                rule once.
            path: the directory that users see in place of the root: it must exist, or the mount fails. Either a
                directory that is defined with the file system, or a path of 1 to 256 characters. Default: the root.

        Raises:
            TypeError: an argument is of another type.
            ValueError: the path has another form, or the directory is one of another file system.
        """
        _check_kind(file_system, "an efs.FileSystem, or the id to efs_from_id", is_efs=True)
        directory = path if isinstance(path, FileSystemDirectory) else None
        if directory is not None and directory.file_system is not file_system:
            raise ValueError(
                f"path must be a directory of the file system, got {directory.path!r} of another one; "
                "pass the file system that it was added to"
            )
        text = path.path if isinstance(path, FileSystemDirectory) else path
        return _Efs(file_system.file_system_id, text, file_system, directory)

    @staticmethod
    def efs_from_id(file_system_id: str, *, path: str | None = None) -> CustomFileSystem:
        """Mount an EFS file system that is known by its id; letting the apps in is up to you.

        Args:
            file_system_id: the id, such as ``fs-0123456789abcdef0``.
            path: as for ``efs``.

        Raises:
            TypeError: an argument is no text.
            ValueError: the id or the path has another form.
        """
        return _Efs(file_system_id, path)

    @staticmethod
    def fsx_lustre(file_system: fsx.IFileSystem, *, path: str | None = None) -> CustomFileSystem:
        """Mount a file system of FSx for Lustre, or a directory of it: for data that keeps GPUs busy.

        Args:
            file_system: the file system, in the VPC of the domain. Do not let the domain in by
                ``allow_default_port_from`` as well: EC2 takes a rule once.
            path: as for ``efs``. Default: the root.

        Raises:
            TypeError: an argument is of another type.
            ValueError: the path has another form.
        """
        _check_kind(file_system, "an fsx.LustreFileSystem, or the id to fsx_lustre_from_id", is_efs=False)
        return _Lustre(file_system.file_system_id, path, file_system)

    @staticmethod
    def fsx_lustre_from_id(file_system_id: str, *, path: str | None = None) -> CustomFileSystem:
        """Mount a file system of FSx for Lustre that is known by its id; letting the apps in is up to you.

        Args:
            file_system_id: the id, such as ``fs-0123456789abcdef0``.
            path: as for ``efs``.

        Raises:
            TypeError: an argument is no text.
            ValueError: the id or the path has another form.
        """
        return _Lustre(file_system_id, path)

    @staticmethod
    def s3(bucket: s3.IBucket, *, prefix: str = "", mount_path: str | None = None) -> CustomFileSystem:
        """Mount a bucket, or what has a prefix in it. Spaces do so in SageMaker Unified Studio alone.

        Nothing is granted by this: ``bucket.grant_read(profile)`` does that.

        Args:
            bucket: the bucket.
            prefix: what the keys start with, ``data/`` say. Default: all of the bucket.
            mount_path: where the files appear in a space, 1 to 1024 characters. Default: where Studio puts them.

        Raises:
            TypeError: an argument is of another type.
            ValueError: the prefix starts with a slash, or prefix or path are too long.
        """
        check_no_text("bucket", bucket, "s3.Bucket.from_bucket_name(...) say")
        return _S3(f"s3://{bucket.bucket_name}/{prefix}", bucket, prefix, mount_path)

    @property
    @abstractmethod
    def _identity(self) -> str:
        """What a space names it by."""

    @abstractmethod
    def _render(self) -> dict[str, Any]: ...

    @abstractmethod
    def _render_in_space(self) -> dict[str, Any]: ...

    @property
    def _needed(self) -> list[IDependable]:
        """What must be there before somebody mounts it."""
        return []

    @property
    def _security_groups(self) -> list[ec2.ISecurityGroup]:
        """Who decides what reaches it, as far as that is known."""
        return []

    def _is_same_as(self, other: CustomFileSystem) -> bool:
        """Whether a space could not tell the two apart: it names no path."""
        return type(self) is type(other) and self._identity == other._identity

    def _problems(self, environment: Environment) -> Iterator[str]:
        """Say why apps of this environment cannot mount it."""
        yield from ()

    def _problems_in_vpc(self, vpc_id: str) -> Iterator[str]:
        """Say why apps of a domain in this VPC cannot reach it."""
        if any(_are_known_to_differ(vpc_id, one) for one in map(_vpc_id_of, self._security_groups) if one is not None):
            yield (
                "file_system must be in the VPC of the domain, got one in another; "
                "define it in the domain's VPC, where its apps reach it"
            )

    def _problems_of_user(self, posix_user: PosixUser | None) -> Iterator[str]:
        """Say why a user with these numbers could not enter it."""
        yield from ()

    def _problems_in_space(self, *, has_unified_studio: bool) -> Iterator[str]:
        """Say why no space of a domain mounts it."""
        yield from ()

    def _problems_with_permission(self, permitted: Sequence[CustomFileSystem]) -> Iterator[str]:
        """Say that settings do not permit it, as far as that is known."""
        if not any(type(self) is type(one) and _may_be_same(self._identity, one._identity) for one in permitted):
            known = ", ".join(map(repr, permitted)) or "none"
            yield (
                f"custom_file_system must be one that the owner's or the domain's settings permit ({known}), "
                f"got {self!r}; add it to their custom_file_systems"
            )

    @abstractmethod
    def _open_to(self, user: Construct, domain: IDomain, security_groups: Sequence[ec2.ISecurityGroup]) -> None:
        """Let apps with these security groups reach it: those of one user of a domain, or of the domain itself."""


@dataclass(frozen=True)
class _Mounted(CustomFileSystem):
    """A file system that is reached in a VPC."""

    _key: ClassVar[str]
    _factory: ClassVar[str]

    file_system_id: str
    path: str | None = None
    resource: efs.IFileSystem | fsx.IFileSystem | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        check_type("file_system_id", self.file_system_id, str, "'fs-0123456789abcdef0' say")
        if not _FILE_SYSTEM_ID.fullmatch(self.file_system_id) and not is_unresolved(self.file_system_id):
            raise ValueError(
                f"file_system_id must look like fs-0123456789abcdef0, got {self.file_system_id!r}; "
                "pass the id, not name or ARN"
            )
        if self.path is not None:
            check_path(self.path)

    def __repr__(self) -> str:
        path = "" if self.path is None else f", path={self.path!r}"
        if isinstance(self.resource, Resource) and is_unresolved(self.file_system_id):
            return f"CustomFileSystem.{self._factory}({self.resource.node.path}{path})"
        return f"CustomFileSystem.{self._factory}_from_id({self.file_system_id!r}{path})"

    @property
    def _identity(self) -> str:
        return self.file_system_id

    @property
    def _security_groups(self) -> list[ec2.ISecurityGroup]:
        return [] if self.resource is None else self.resource.connections.security_groups

    def _render(self) -> dict[str, Any]:
        return {f"{self._key}Config": {"fileSystemId": self.file_system_id, "fileSystemPath": self.path}}

    def _render_in_space(self) -> dict[str, Any]:
        return {self._key: {"fileSystemId": self.file_system_id}}

    def _problems(self, environment: Environment) -> Iterator[str]:
        if isinstance(self.resource, Resource):
            try:
                environment.check_holds(self.resource, "file_system")
            except ValueError as error:
                yield str(error)

    def _open_to(self, user: Construct, domain: IDomain, security_groups: Sequence[ec2.ISecurityGroup]) -> None:
        if self._security_groups and not security_groups:
            Annotations.of(domain).add_warning_v2(
                _NOT_OPENED,
                f"security_groups must be known to open {self!r} to the apps, got none; pass those of the apps to the "
                "network of the domain, or to the settings that are given to an imported one",
            )
        for group in self._security_groups:
            for apps in security_groups:
                self._open(place_of_rules(user, domain, apps, group), apps, group)

    @staticmethod
    @abstractmethod
    def _open(scope: Construct, apps: ec2.ISecurityGroup, file_system: ec2.ISecurityGroup) -> None: ...


@dataclass(frozen=True, repr=False)
class _Efs(_Mounted):
    _key: ClassVar[str] = "efsFileSystem"
    _factory: ClassVar[str] = "efs"

    resource: efs.IFileSystem | None = field(default=None, compare=False)
    directory: FileSystemDirectory | None = field(default=None, compare=False)

    @property
    def _needed(self) -> list[IDependable]:
        mount_targets = [] if self.resource is None else [self.resource.mount_targets_available]
        return mount_targets if self.directory is None else [*mount_targets, self.directory]

    def _problems_of_user(self, posix_user: PosixUser | None) -> Iterator[str]:
        if self.directory is not None:
            yield from self.directory._problems_of_user(posix_user)

    @staticmethod
    def _open(scope: Construct, apps: ec2.ISecurityGroup, file_system: ec2.ISecurityGroup) -> None:
        open_one_way(scope, apps, file_system, EFS_PORTS)


@dataclass(frozen=True, repr=False)
class _Lustre(_Mounted):
    _key: ClassVar[str] = "fSxLustreFileSystem"
    _factory: ClassVar[str] = "fsx_lustre"

    @staticmethod
    def _open(scope: Construct, apps: ec2.ISecurityGroup, file_system: ec2.ISecurityGroup) -> None:
        open_both_ways(scope, apps, file_system, LUSTRE_PORTS)


@dataclass(frozen=True)
class _S3(CustomFileSystem):
    uri: str
    bucket: s3.IBucket = field(compare=False)
    prefix: str
    mount_path: str | None

    def __post_init__(self) -> None:
        check_type("prefix", self.prefix, str, "'data/' say")
        check_type("mount_path", self.mount_path, str, "'/home/sagemaker-user/data' say")
        if self.prefix.startswith("/"):
            raise ValueError(
                f"prefix must not start with a slash, got {self.prefix!r}; pass prefix={self.prefix.lstrip('/')!r}"
            )
        for argument, given in (("the URI of bucket and prefix", self.uri), ("mount_path", self.mount_path)):
            if given is None or is_unresolved(given):
                continue
            if not 1 <= len(given) <= _MAXIMUM_LENGTH_OF_S3:
                raise ValueError(
                    f"{argument} must be 1..{_MAXIMUM_LENGTH_OF_S3} characters, got {len(given)}; pass another one"
                )

    def __repr__(self) -> str:
        prefix = f", prefix={self.prefix!r}" if self.prefix else ""
        mount_path = "" if self.mount_path is None else f", mount_path={self.mount_path!r}"
        return f"CustomFileSystem.s3({self.bucket.node.path}{prefix}{mount_path})"

    @property
    def _identity(self) -> str:
        return self.uri

    def _render(self) -> dict[str, Any]:
        return {"s3FileSystemConfig": {"s3Uri": self.uri, "mountPath": self.mount_path}}

    def _render_in_space(self) -> dict[str, Any]:
        return {"s3FileSystem": {"s3Uri": self.uri}}

    def _problems_in_space(self, *, has_unified_studio: bool) -> Iterator[str]:
        if not has_unified_studio:
            yield (
                f"custom_file_system must be EFS or Lustre outside SageMaker Unified Studio, got {self!r}, which no "
                "space mounts there; leave it out, and read the bucket with the execution role"
            )

    def _open_to(self, user: Construct, domain: IDomain, security_groups: Sequence[ec2.ISecurityGroup]) -> None:
        """Do nothing: no security group stands before a bucket."""


def _check_kind(given: object, make: str, *, is_efs: bool) -> None:
    """Refuse a file system of the other kind: imports are of no class, so that what they have must tell."""
    check_no_text("file_system", given, make)
    if not hasattr(given, "connections") or hasattr(given, "mount_targets_available") is not is_efs:
        raise TypeError(f"file_system must be of another kind, got {given!r}; pass {make}")


def _vpc_id_of(security_group: ec2.ISecurityGroup) -> str | None:
    made = security_group.node.default_child
    return made.vpc_id if isinstance(made, ec2.CfnSecurityGroup) else None


def _may_be_same(one: str, other: str) -> bool:
    return one == other or is_unresolved(one) is not is_unresolved(other)


def _are_known_to_differ(one: str, other: str) -> bool:
    """Whether two VPCs differ, as far as both are given by their ids or both are defined in this app."""
    if not is_unresolved(one) and not is_unresolved(other):
        return one != other
    made = [element.node.addr for element in map(element_of, (one, other)) if isinstance(element, ec2.CfnVPC)]
    return len(set(made)) == 2
