"""The file systems that users and spaces mount."""

from __future__ import annotations

from constructs_lib.templates.deployment import Deployment
from constructs_lib.templates.resource import Part, Resource

EFS_PATHS = ("EFSFileSystemConfig.FileSystemId", "EFSFileSystem.FileSystemId")
"""Where the id of an EFS file system is, in what a domain or profile permits and in what a space mounts."""


def file_system_at(deployment: Deployment, mounted: Part) -> Resource | None:
    """Return the EFS file system that a place mounts, None if it mounts another or one of elsewhere."""
    found = (deployment.referred(mounted, mounted.text(path), "AWS::EFS::FileSystem") for path in EFS_PATHS)
    return next((one for one in found if one is not None), None)
