"""Settings as the API has them: structures in structures, with texts and lists at the end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Settings = dict[str, Any]

_NEUTRAL = {"DISABLED": "DISABLED", "ENABLED": "DISABLED", "STATIC": "STATIC", "USER_IDENTITY": "STATIC"}
"""What members with these values go back to: what SageMaker does where nothing is said."""


def merged(base: Settings, over: Settings) -> Settings:
    """Return settings with others laid over them; a list takes the place of a list."""
    result = dict(base)
    for name, value in over.items():
        below = result.get(name)
        result[name] = merged(below if isinstance(below, dict) else {}, value) if isinstance(value, dict) else value
    return result


def taken_back(described: Settings, was_set: Settings) -> Settings:
    """Return settings without what stands in them as it was set; what somebody has changed since then stays.

    A list becomes empty, a switch is off. Whatever else has no value for nothing, and is left out.
    """
    result = dict(described)
    for name, value in was_set.items():
        if name not in described:
            continue
        if isinstance(value, dict):
            result[name] = taken_back(described[name], value)
        elif not is_same(described[name], value):
            continue
        elif isinstance(value, list):
            result[name] = []
        elif value in _NEUTRAL:
            result[name] = _NEUTRAL[value]
        else:
            del result[name]
    return result


def common(settings: Settings, others: Settings) -> Settings:
    """Return the members that others have too, whatever their values there."""
    return {
        name: common(value, others[name]) if isinstance(value, dict) else value
        for name, value in settings.items()
        if name in others
    }


def is_same(one: Any, other: Any) -> bool:
    """Whether two values say the same: no list of the API has an order."""
    return bool(_in_order(one) == _in_order(other))


def _in_order(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _in_order(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return sorted(value, key=lambda one: json.dumps(one, sort_keys=True))
    return value


def differences(wanted: Settings, described: Settings, path: str = "") -> Iterator[str]:
    """Say which members are not as they are wanted; others may be there."""
    for name, value in wanted.items():
        found = described.get(name)
        if isinstance(value, dict):
            yield from differences(value, found or {}, f"{path}{name}.")
        elif not is_same(found, value) and (found or value):  # no list is an empty one
            yield f"{path}{name} is {found!r} and not {value!r}"
