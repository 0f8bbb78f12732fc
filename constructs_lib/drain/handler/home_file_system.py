"""The home file system that SageMaker made for a domain, and keeps."""

from __future__ import annotations

from typing import Any

from .domain_tag import domain_of
from .remains import Remains


class HomeFileSystem:
    """The file system of a domain, with mount targets that hold on to the subnets, and must go first.

    See https://docs.aws.amazon.com/efs/latest/ug/API_DeleteFileSystem.html
    """

    def __init__(self, efs: Any, domain_arn: str) -> None:
        """Ask EFS of what belongs to the domain with this ARN."""
        self._efs = efs
        self._domain_arn = domain_arn

    def delete(self, remains: Remains) -> None:
        """Ask for the deletion of what can be deleted now."""
        for file_system in self._all("describe_file_systems", "FileSystems"):
            if domain_of(file_system) == self._domain_arn:
                file_system_id = file_system["FileSystemId"]
                remains.request(
                    f"file system {file_system_id}",
                    self._delete_one,
                    is_under_way=_is_under_way(file_system),
                    file_system_id=file_system_id,
                    remains=remains,
                )

    def _delete_one(self, file_system_id: str, remains: Remains) -> None:
        mount_targets = self._all("describe_mount_targets", "MountTargets", FileSystemId=file_system_id)
        for mount_target in mount_targets:
            remains.request(
                f"mount target {mount_target['MountTargetId']} in {mount_target['SubnetId']}",
                self._efs.delete_mount_target,
                is_under_way=_is_under_way(mount_target),
                MountTargetId=mount_target["MountTargetId"],
            )
        if not mount_targets:
            self._efs.delete_file_system(FileSystemId=file_system_id)

    def _all(self, operation: str, key: str, **arguments: str) -> list[dict[str, Any]]:
        pages = self._efs.get_paginator(operation).paginate(**arguments)
        return [one for page in pages for one in page[key] if one["LifeCycleState"] != "deleted"]


def _is_under_way(thing: dict[str, Any]) -> bool:
    return bool(thing["LifeCycleState"] == "deleting")
