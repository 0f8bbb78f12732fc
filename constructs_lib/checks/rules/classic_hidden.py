"""The portal does not offer Studio Classic."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Finding, Level, Rule
from constructs_lib.checks.studio import DOMAIN, Studio
from constructs_lib.templates.resource import Part

_HIDDEN = "StudioWebPortalSettings.HiddenAppTypes"


def check(settings: Part, studio: Studio) -> Iterator[Finding]:
    """Judge the settings of a domain or a profile; the list of a profile stands in place of its domain's."""
    if settings.resource.type == DOMAIN or settings.below("StudioWebPortalSettings").exists:
        hidden = settings.get(_HIDDEN)
        if "JupyterServer" not in (hidden or ()):
            yield Finding(settings, _HIDDEN, f"must have JupyterServer among them, got {hidden or 'none'}")


CLASSIC_HIDDEN = Rule(
    name="ClassicHidden",
    level=Level.WARNING,
    info="The portal offers Studio Classic.",
    explanation="Studio Classic is being retired, and keeps everybody's files on one file system in place of volumes.",
    fix="add JupyterServer to StudioWebPortalSettings.HiddenAppTypes",
    subjects=subjects.user_settings,
    check=check,
)
