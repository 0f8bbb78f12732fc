"""Users arrive in the modern Studio."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Finding, Level, Rule, all_of
from constructs_lib.checks.studio import DOMAIN, Studio
from constructs_lib.templates.resource import Part


def check(settings: Part, studio: Studio) -> Iterator[Finding]:
    """Judge the settings of a domain or a profile; a profile may leave them to its domain."""
    yield from all_of(
        _check(settings, "StudioWebPortal", "ENABLED"),
        _check(settings, "DefaultLandingUri", "studio::"),
    )


def _check(settings: Part, path: str, wanted: str) -> Iterator[Finding]:
    got = settings.get(path)
    if not str(got).startswith(wanted) and (settings.resource.type == DOMAIN or got is not None):
        yield Finding(settings, path, f"must be {wanted}, got {got or 'nothing'}")


STUDIO_PORTAL = Rule(
    name="StudioPortal",
    level=Level.WARNING,
    info="Users do not arrive in the modern Studio.",
    explanation="Studio Classic is being retired, and keeps everybody's files on one file system; what a domain leaves "
    "open, the service decides.",
    fix="set StudioWebPortal to ENABLED and DefaultLandingUri to studio::",
    subjects=subjects.user_settings,
    check=check,
)
