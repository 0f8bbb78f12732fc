from __future__ import annotations

import pytest
from aws_cdk import Duration

from constructs_lib import IdleShutdown


def test_is_equal_whatever_the_unit() -> None:
    assert IdleShutdown.after(Duration.hours(2)) == IdleShutdown.after(Duration.minutes(120))
    assert IdleShutdown.after(Duration.hours(2)) != IdleShutdown.disabled()


@pytest.mark.parametrize(
    "value",
    [
        IdleShutdown.disabled(),
        IdleShutdown.after(Duration.hours(2)),
        IdleShutdown.after(Duration.hours(2), minimum=Duration.hours(1), maximum=Duration.days(1)),
    ],
)
def test_repr_can_be_pasted(value: IdleShutdown) -> None:
    assert eval(repr(value)) == value


@pytest.mark.parametrize("minutes", [60, 525_600])
def test_takes_both_ends_of_the_range(minutes: int) -> None:
    assert IdleShutdown.after(Duration.minutes(minutes))._render() == {
        "idleSettings": {
            "lifecycleManagement": "ENABLED",
            "idleTimeoutInMinutes": minutes,
            "minIdleTimeoutInMinutes": None,
            "maxIdleTimeoutInMinutes": None,
        }
    }


def test_equal_bounds_enforce_a_time() -> None:
    hour = Duration.hours(1)

    assert IdleShutdown.after(hour, minimum=hour, maximum=hour)._render()["idleSettings"] == {
        "lifecycleManagement": "ENABLED",
        "idleTimeoutInMinutes": 60,
        "minIdleTimeoutInMinutes": 60,
        "maxIdleTimeoutInMinutes": 60,
    }


def test_disabled_says_so() -> None:
    assert IdleShutdown.disabled()._render() == {"idleSettings": {"lifecycleManagement": "DISABLED"}}
