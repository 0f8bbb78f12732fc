"""Acknowledgements that acknowledge nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from aws_cdk import Stack
from constructs import IConstruct

from constructs_lib.checks.rule import PACK
from constructs_lib.checks.templates.assembly import ACKNOWLEDGED_RULES, Acknowledged
from constructs_lib.errors import closest

STALE = f"{PACK}-StaleAcknowledgement"
"""The id of what is found here."""


@dataclass(frozen=True)
class Stale:
    """An acknowledgement that acknowledges nothing, why, and what to do."""

    construct_path: str
    message: str
    fix: str


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


def stale(
    acknowledged: Iterable[Acknowledged], found: Collection[tuple[str, str | None]], known: Collection[str]
) -> Iterator[Stale]:
    """Yield the acknowledgements of this pack's findings that there is nothing to acknowledge for.

    Args:
        acknowledged: what is acknowledged.
        found: the ids of what was found, each with the path of its construct if the assembly tells it.
        known: the ids of the rules.
    """
    for one in acknowledged:
        namespace, _, id = one.id.partition("::")
        name = id.partition("[")[0]
        if namespace.lower() != PACK.lower() and name not in known:
            continue
        spelt = one.id.removeprefix("Annotation::")  # what the CDK puts before an id that has no prefix
        if namespace != PACK:
            yield Stale(one.construct_path, f"{spelt} acknowledges nothing", f"write {PACK}::{id}")
        elif name not in (*known, STALE):
            close = closest(id, known)
            fix = f"write {PACK}::{close}" if close else "remove it"
            yield Stale(one.construct_path, f"{one.id} is the id of no rule", fix)
        elif id != STALE and not any(id == other and _is_at(path, one.construct_path) for other, path in found):
            yield Stale(one.construct_path, f"{one.id} is found neither here nor beneath", "remove it")


def _is_at(path: str | None, scope: str) -> bool:
    return path is None or scope == "" or path == scope or path.startswith(f"{scope}/")
