"""What is acknowledged around the stacks of an app: by itself, its stages, and whatever else stacks stand in."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from aws_cdk import Stack
from constructs import IConstruct

from constructs_lib.templates.assembly import ACKNOWLEDGED_RULES, Acknowledged


def acknowledged_around(stacks: Collection[str], app: IConstruct) -> Iterator[Acknowledged]:
    """Yield what the app, its stages and whatever is around stacks acknowledge; no assembly tells that.

    Args:
        stacks: the construct paths of the stacks that are judged; what others are in is left alone.
        app: the app.
    """
    _, acknowledged = _around(stacks, app)
    yield from acknowledged


def _around(stacks: Collection[str], scope: IConstruct) -> tuple[bool, list[Acknowledged]]:
    """Return whether all stacks in a scope are judged, and what is acknowledged around those that are."""
    is_judged, acknowledged = True, []
    for child in scope.node.children:
        if isinstance(child, Stack):
            is_judged = is_judged and child.node.path in stacks
        else:
            is_child_judged, beneath = _around(stacks, child)
            is_judged = is_judged and is_child_judged
            acknowledged.extend(beneath)
    if is_judged:
        for entry in scope.node.metadata:
            if entry.type == ACKNOWLEDGED_RULES:
                acknowledged.extend(Acknowledged(scope.node.path, id) for id in entry.data)
    return is_judged, acknowledged
