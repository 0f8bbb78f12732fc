"""File systems that spaces mount are encrypted."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.file_systems import EFS_PATHS, file_system_at
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part, UnresolvedProperty


def check(mounted: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a file system of users, profiles or spaces; Lustre is always encrypted, and so is S3."""
    for path in EFS_PATHS:
        if mounted.below(path).exists:
            file_system = file_system_at(studio.deployment, mounted)
            if file_system is None:
                raise UnresolvedProperty(mounted, path, f"{mounted.text(path)} of elsewhere")
            if file_system.get("Encrypted") not in (True, "true"):
                yield Finding(mounted, path, f"must be an encrypted file system, got {file_system.logical_id}")


FILE_SYSTEM_ENCRYPTED = Rule(
    name="FileSystemEncrypted",
    level=Level.ERROR,
    info="Spaces mount a file system that is not encrypted.",
    explanation="What users keep there is stored unencrypted, and encryption cannot be added to a file system.",
    fix="set Encrypted of the AWS::EFS::FileSystem to true, which makes a new one",
    controls=Controls(nist=("SC-28(1)",), hipaa=("164.312(a)(2)(iv)", "164.312(e)(2)(ii)"), pci_dss=("3.4", "8.2.1")),
    subjects=subjects.file_systems,
    check=check,
)
