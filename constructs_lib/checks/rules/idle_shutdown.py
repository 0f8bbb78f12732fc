"""Apps that nobody uses are stopped."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule, all_of
from constructs_lib.checks.studio import DOMAIN, SPACE, Studio
from constructs_lib.checks.templates.resource import Part

_IDLE = "AppLifecycleManagement.IdleSettings"
_TIMES = ("IdleTimeoutInMinutes", "MaxIdleTimeoutInMinutes")


def check(app: Part, studio: Studio) -> Iterator[Finding]:
    """Judge what a domain, a profile or a space says of one app; the latter two may leave it to the domain."""
    idle, is_default = app.below(_IDLE), app.resource.type == DOMAIN
    if not idle.exists and not is_default:
        return
    state = app.get(f"{_IDLE}.LifecycleManagement")
    if state != "ENABLED" and app.resource.type != SPACE:
        yield Finding(app, f"{_IDLE}.LifecycleManagement", f"must be ENABLED, got {state or 'nothing'}")
        return
    limit = studio.maximum_idle_minutes
    if is_default and not any(app.below(f"{_IDLE}.{name}").exists for name in _TIMES):
        yield Finding(app, f"{_IDLE}.{_TIMES[0]}", f"must be at most {limit}, got nothing")
    yield from all_of(*(_check(app, f"{_IDLE}.{name}", limit) for name in _TIMES))


def _check(app: Part, path: str, limit: int) -> Iterator[Finding]:
    value = app.number(path)
    if value is not None and value > limit:
        yield Finding(app, path, f"must be at most {limit}, got {value}")


IDLE_SHUTDOWN = Rule(
    name="IdleShutdown",
    level=Level.WARNING,
    info="An app that nobody uses goes on running, or for too long.",
    explanation="Idle instances are most of what Studio costs, and an open session is one that somebody else may find.",
    fix="set LifecycleManagement to ENABLED with a time of an hour or more; StudioChecks(maximum_idle_time=...) is the "
    "limit",
    controls=Controls(nist=("AC-12", "SC-10"), hipaa=("164.312(a)(2)(iii)",), pci_dss=("8.1.8",)),
    subjects=subjects.apps_with_idle_shutdown,
    check=check,
)
