"""Apps that nobody uses are stopped."""

from collections.abc import Iterator
from functools import partial

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule, all_of
from constructs_lib.checks.studio import DOMAIN, SPACE, Studio
from constructs_lib.templates.resource import Part

_IDLE = "AppLifecycleManagement.IdleSettings"
_TIMES = ("IdleTimeoutInMinutes", "MaxIdleTimeoutInMinutes")


def check(app: Part, studio: Studio, *, limit: float) -> Iterator[Finding]:
    """Judge what a domain, a profile or a space says of one app; the latter two may leave it to the domain."""
    idle, is_default = app.below(_IDLE), app.resource.type == DOMAIN
    if not idle.exists and not is_default:
        return
    state = app.get(f"{_IDLE}.LifecycleManagement")
    if state != "ENABLED" and app.resource.type != SPACE:
        yield Finding(app, f"{_IDLE}.LifecycleManagement", f"must be ENABLED, got {state or 'nothing'}")
        return
    if is_default and not any(app.below(f"{_IDLE}.{name}").exists for name in _TIMES):
        yield Finding(app, f"{_IDLE}.{_TIMES[0]}", f"must be at most {limit}, got nothing")
    yield from all_of(*(_check(app, f"{_IDLE}.{name}", limit) for name in _TIMES))


def _check(app: Part, path: str, limit: float) -> Iterator[Finding]:
    value = app.number(path)
    if value is not None and value > limit:
        yield Finding(app, path, f"must be at most {limit}, got {value}")


def idle_shutdown(limit: float) -> Rule[Part]:
    """Return the rule for apps that may be idle for so many minutes."""
    return Rule(
        name="IdleShutdown",
        level=Level.WARNING,
        info="An app that nobody uses keeps running, or is stopped too late.",
        explanation="Idle instances are most of what Studio costs, and an open session is one that somebody else "
        "may find.",
        fix="set LifecycleManagement to ENABLED with a time of an hour or more; the limit is "
        "StudioChecks(maximum_idle_time=...)",
        controls=Controls(nist=("AC-12",), hipaa=("164.312(a)(2)(iii)",)),
        subjects=subjects.apps_with_idle_shutdown,
        check=partial(check, limit=limit),
    )


IDLE_SHUTDOWN = idle_shutdown(24 * 60)
