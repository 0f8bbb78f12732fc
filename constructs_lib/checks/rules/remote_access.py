"""No session leads into a space from somebody's own machine."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part


def check(space: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a space."""
    if space.get("SpaceSettings.RemoteAccess") == "ENABLED":
        yield Finding(space, "SpaceSettings.RemoteAccess", "must be DISABLED, got ENABLED")


REMOTE_ACCESS = Rule(
    name="RemoteAccess",
    level=Level.ERROR,
    info="The space takes sessions from editors on people's own machines.",
    explanation="A session carries data past the network of the domain, and outlives its user's sign-out by hours.",
    fix="set RemoteAccess to DISABLED, or acknowledge that this space is meant to be reached from outside",
    controls=Controls(nist=("AC-17", "SC-7"), hipaa=("164.312(e)(1)",), pci_dss=("12.3.10",)),
    subjects=subjects.spaces,
    check=check,
)
