"""When an app that nobody uses is stopped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aws_cdk import Duration

from constructs_lib.errors import check_type
from constructs_lib.quantity import check_whole, is_above

MINIMUM_MINUTES = 60
MAXIMUM_MINUTES = 525_600


@dataclass(frozen=True, kw_only=True)
class IdleShutdown:
    """Whether, and after how long, an idle app is stopped; the instance stops with it, the volume stays.

    An app is idle when no kernel, terminal or editor session of it is in use. Idle shutdown needs
    SageMaker Distribution 2.0 or newer.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-idle-shutdown.html
    """

    _minutes: float | None = None
    _minimum: float | None = None
    _maximum: float | None = None

    @staticmethod
    def after(duration: Duration, *, minimum: Duration | None = None, maximum: Duration | None = None) -> IdleShutdown:
        """Stop an app after it was idle for this long.

        Args:
            duration: whole minutes, 60 minutes to 365 days.
            minimum: the shortest time that a user or a space may choose. Default: 60 minutes.
            maximum: the longest time that a user or a space may choose. Default: 365 days.

        Raises:
            TypeError: a time is no ``Duration``.
            ValueError: a time is out of range, or the three are not in order.
        """
        for argument, given in (("duration", duration), ("minimum", minimum), ("maximum", maximum)):
            check_type(argument, given, Duration, "Duration.minutes(120) say")
        minutes = idle_minutes("idle shutdown", duration)
        low = None if minimum is None else idle_minutes("minimum of idle shutdown", minimum)
        high = None if maximum is None else idle_minutes("maximum of idle shutdown", maximum)
        if low is not None and high is not None and is_above(low, high):
            raise ValueError(
                f"minimum of idle shutdown must be at most its maximum of {high} minutes, got {low}; "
                f"pass maximum=Duration.minutes({low}) or more"
            )
        shutdown = IdleShutdown(_minutes=minutes, _minimum=low, _maximum=high)
        if not shutdown._allows(minutes):
            raise ValueError(
                f"idle shutdown must be {shutdown._range}, its own minimum and maximum, got {minutes} minutes; "
                "pass IdleShutdown.after a duration between them"
            )
        return shutdown

    @staticmethod
    def disabled() -> IdleShutdown:
        """Never stop an idle app; for a domain or a profile, not for a single space."""
        return IdleShutdown()

    def __repr__(self) -> str:
        if self._minutes is None:
            return "IdleShutdown.disabled()"
        bounds = (("minimum", self._minimum), ("maximum", self._maximum))
        given = "".join(f", {name}=Duration.minutes({value})" for name, value in bounds if value is not None)
        return f"IdleShutdown.after(Duration.minutes({self._minutes}){given})"

    def _problems_in_space(self, inherited: IdleShutdown | None) -> Iterator[str]:
        """Say why a single space cannot have this, given what its owner or domain says."""
        if self._minutes is None:
            yield (
                "idle shutdown must be a time, got IdleShutdown.disabled(): CloudFormation has only the time of a "
                "space; leave it out, disable it in the user_settings of the owner, or pass IdleShutdown.after(...)"
            )
            return
        if self._minimum is not None or self._maximum is not None:
            yield (
                f"idle shutdown must be a time alone, got {self!r}: CloudFormation has no bounds for one space; "
                "give minimum and maximum on the domain or the owner"
            )
        if inherited is None:
            return
        if inherited._minutes is None:
            yield (
                f"idle shutdown must be left out, got {self._minutes} minutes: it is disabled for the owner or the "
                "domain, and a space has only a time of its own; enable it there"
            )
            return
        if not inherited._allows(self._minutes):
            yield (
                f"idle shutdown must be {inherited._range}, as the owner or the domain allows, "
                f"got {self._minutes} minutes; leave it out, or pass IdleShutdown.after a duration between them"
            )

    def _allows(self, minutes: float) -> bool:
        return not is_above(self._bounds[0], minutes) and not is_above(minutes, self._bounds[1])

    @property
    def _bounds(self) -> tuple[float, float]:
        return (
            MINIMUM_MINUTES if self._minimum is None else self._minimum,
            MAXIMUM_MINUTES if self._maximum is None else self._maximum,
        )

    @property
    def _range(self) -> str:
        return f"{self._bounds[0]}..{self._bounds[1]} minutes"

    def _render(self) -> dict[str, Any]:
        if self._minutes is None:
            return {"idleSettings": {"lifecycleManagement": "DISABLED"}}
        return {
            "idleSettings": {
                "lifecycleManagement": "ENABLED",
                "idleTimeoutInMinutes": self._minutes,
                "minIdleTimeoutInMinutes": self._minimum,
                "maxIdleTimeoutInMinutes": self._maximum,
            }
        }

    def _render_in_space(self) -> dict[str, Any]:
        return {"idleSettings": {"idleTimeoutInMinutes": self._minutes}}


def idle_minutes(what: str, duration: Duration) -> float:
    """Return the minutes of a duration that an app may be idle.

    Raises:
        ValueError: they are no whole number, or out of Studio's range.
    """
    return check_whole(
        what,
        duration.to_minutes(integral=False),
        minimum=MINIMUM_MINUTES,
        maximum=MAXIMUM_MINUTES,
        unit="minutes",
        make="Duration.minutes",
    )
