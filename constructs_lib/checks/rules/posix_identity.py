"""Users are told apart on the file systems that they share."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import DOMAIN, Studio
from constructs_lib.templates.resource import Part

_UID = "CustomPosixUserConfig.Uid"


def check(settings: Part, studio: Studio) -> Iterator[Finding]:
    """Judge the settings of a domain, which are everybody's, or of a profile."""
    uid = settings.get(_UID)
    if uid is None:
        return
    if settings.resource.type == DOMAIN:
        yield Finding(settings, _UID, f"must be given by each profile, got {uid} for all users")
        return
    same = studio.names_with_the_uid_of(settings.resource)
    if len(same) > 1:
        yield Finding(settings, _UID, f"must be the profile's alone, got {uid}, as {', '.join(same)}")


POSIX_IDENTITY = Rule(
    name="PosixIdentity",
    level=Level.WARNING,
    info="Users share one POSIX identity on a file system.",
    explanation="Access to EFS and Lustre goes by the number of the user alone: with one number, everybody reads and "
    "deletes everybody's files.",
    fix="give each user profile a CustomPosixUserConfig with a Uid of its own",
    controls=Controls(nist=("AC-3", "IA-2"), hipaa=("164.312(a)(2)(i)",), pci_dss=("8.1.1", "8.5")),
    subjects=subjects.user_settings,
    check=check,
)
