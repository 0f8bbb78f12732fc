"""A directory on a file system, which must be there before somebody mounts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from aws_cdk import CfnResource
from constructs import Construct

from constructs_lib.errors import located_at, refuse_all
from constructs_lib.storage.file_system_path import check_directory_path
from constructs_lib.storage.posix_user import PosixUser, differ

if TYPE_CHECKING:
    from constructs_lib.storage.studio_file_system import StudioFileSystem

_ROOT = 0
_OF_ONE_USER = "0700"
_OF_A_GROUP = "2770"  # what is made in it belongs to the group, too


class FileSystemDirectory(Construct):
    """A directory of one user or of a group: ``file_system.add_directory`` and ``.add_shared_directory`` define it.

    It is made when the stack is deployed, its parents with it, which everybody may pass. Nothing is ever deleted or
    taken from its owner: one that is there with somebody else's files fails the deployment, and one that the stack no
    longer wants stays where it is.

    Attributes:
        file_system: the file system that it is on.
        path: where it is there.
    """

    def __init__(
        self,
        file_system: StudioFileSystem,
        id: str,
        *,
        path: str | None,
        owner: PosixUser | None,
        gid: float,
        others: Sequence[FileSystemDirectory],
        service_token: str,
    ) -> None:
        super().__init__(file_system, id)
        self.file_system = file_system
        self.path = f"/{id.lower()}" if path is None else path
        self._owner = owner
        self._gid = gid
        with located_at(self):
            check_directory_path(self.path)
            refuse_all(problem for other in others for problem in self._problems_beside(other))
        self._resource = CfnResource(
            self,
            "Resource",
            type="Custom::StudioDirectory",
            properties={
                "ServiceToken": service_token,
                "Path": self.path,
                "Uid": _ROOT if owner is None else owner.uid,
                "Gid": gid,
                "Mode": _OF_A_GROUP if owner is None else _OF_ONE_USER,
            },
        )
        for other in others:
            if self._is_in(other):
                self._resource.add_resource_dependency(other._resource)
            elif other._is_in(self):
                other._resource.add_resource_dependency(self._resource)

    def _problems_of_user(self, posix_user: PosixUser | None) -> Iterator[str]:
        """Say why a user with these numbers could not enter it."""
        if self._owner is not None and self._owner._is_known_to_differ(posix_user):
            yield (
                f"posix_user must be {self._owner!r}, the owner of {self.path}, got {posix_user!r}; "
                "pass the same to both"
            )
        elif posix_user is None or differ(posix_user.gid, self._gid):
            yield (
                f"posix_user must have gid {self._gid} to enter {self.path}, got {posix_user!r}; "
                f"pass PosixUser(uid=..., gid={self._gid})"
            )

    def _problems_beside(self, other: FileSystemDirectory) -> Iterator[str]:
        """Say why both cannot be on one file system."""
        if self.path == other.path:
            yield f"path must be that of one directory, got {self.path!r} twice; pass another one, or mount the first"
        elif self._is_in(other) and not other._admits(self):
            yield (
                f"path must not be in {other.path}, which nobody enters but {other._whose()}, got {self.path!r}; "
                "pass another one"
            )
        elif other._is_in(self) and not self._admits(other):
            yield (
                f"path must not be above {other.path}, which is {other._whose()}'s, got {self.path!r}; pass another one"
            )

    def _is_in(self, other: FileSystemDirectory) -> bool:
        return self.path.startswith(f"{other.path}/")

    def _admits(self, inner: FileSystemDirectory) -> bool:
        """Tell whether those whose directory is in this one may pass it."""
        if self._owner is not None:
            return not self._owner._is_known_to_differ(inner._owner)
        return not differ(self._gid, inner._gid)

    def _whose(self) -> str:
        return f"group {self._gid}" if self._owner is None else repr(self._owner)
