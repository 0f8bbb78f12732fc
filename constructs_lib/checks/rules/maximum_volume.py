"""Volumes have a size that they cannot pass."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part

_MAXIMUM = "SpaceStorageSettings.DefaultEbsStorageSettings.MaximumEbsVolumeSizeInGb"


def check(settings: Part, studio: Studio) -> Iterator[Finding]:
    """Judge what a domain gives to users or to shared spaces."""
    if settings.exists and settings.get(_MAXIMUM) is None:
        yield Finding(settings, _MAXIMUM, "must be set, got nothing")


MAXIMUM_VOLUME = Rule(
    name="MaximumVolume",
    level=Level.WARNING,
    info="Nobody has said how large volumes may grow.",
    explanation="A volume grows at its user's wish, is paid for while its space is stopped, and never shrinks.",
    fix="set DefaultEbsVolumeSizeInGb and MaximumEbsVolumeSizeInGb",
    controls=Controls(nist=("SC-6",)),
    subjects=subjects.default_settings,
    check=check,
)
