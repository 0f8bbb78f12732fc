"""Imports that are no larger than CloudFormation takes them, each of which can do without those that follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from graphlib import TopologicalSorter
from typing import Any

MAXIMUM = 200
"""How many resources CloudFormation imports at once.

See https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
"""

_VARIABLE = re.compile(r"\$\{([^!}.]+)[^}]*\}")


def in_parts(resources: dict[str, Any], logical_ids: Sequence[str]) -> list[list[str]]:
    """Cut the import of resources into parts.

    Args:
        resources: all resources of the template.
        logical_ids: those to import.
    """
    wanted = set(logical_ids)
    needs = {one: sorted(wanted.intersection(_needs(resources[one])) - {one}) for one in logical_ids}
    ordered = list(TopologicalSorter(needs).static_order())
    return [ordered[start : start + MAXIMUM] for start in range(0, len(ordered), MAXIMUM)]


def _needs(resource: dict[str, Any]) -> Iterator[str]:
    depends_on = resource.get("DependsOn", [])
    yield from [depends_on] if isinstance(depends_on, str) else depends_on
    yield from _referred(resource.get("Properties", {}))


def _referred(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _referred(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key == "Ref":
                yield one
            elif key == "Fn::GetAtt":
                yield one[0] if isinstance(one, list) else one.partition(".")[0]
            elif key == "Fn::Sub":
                yield from _VARIABLE.findall(one if isinstance(one, str) else one[0])
            yield from _referred(one)
