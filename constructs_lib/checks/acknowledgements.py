"""Acknowledgements that acknowledge nothing."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from aws_cdk import Stack, Validations
from constructs import IConstruct

from constructs_lib.checks.rule import PACK
from constructs_lib.checks.templates.assembly import Acknowledged

STALE = f"{PACK}-StaleAcknowledgement"
"""The id of what is found here."""


@dataclass(frozen=True)
class Stale:
    """An acknowledgement that acknowledges nothing, and why."""

    construct_path: str
    message: str


def acknowledged_outside_stacks(scope: IConstruct) -> Iterator[Acknowledged]:
    """Yield what the app, its stages and whatever is around stacks acknowledge; no assembly tells that."""
    for entry in scope.node.metadata:
        if entry.type == Validations.ACKNOWLEDGED_RULES_METADATA_KEY:
            yield from (Acknowledged(scope.node.path, id) for id in entry.data)
    for child in scope.node.children:
        if not isinstance(child, Stack):
            yield from acknowledged_outside_stacks(child)


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
        namespace, _, id = one.id.rpartition("::")
        if namespace.lower() != PACK.lower() and not id.startswith(f"{PACK}-"):
            continue
        if namespace != PACK:
            yield Stale(one.construct_path, f"{_spelt(one.id)} acknowledges nothing; write {PACK}::{id}")
        elif id.partition("[")[0] not in (*known, STALE):
            close = difflib.get_close_matches(id, known, n=1)
            fix = f"did you mean {PACK}::{close[0]}?" if close else "remove it"
            yield Stale(one.construct_path, f"{one.id} is the id of no rule; {fix}")
        elif id != STALE and not any(id == other and _is_at(path, one.construct_path) for other, path in found):
            yield Stale(one.construct_path, f"{one.id} is found neither here nor beneath; remove it")


def _spelt(id: str) -> str:
    return id.removeprefix("Annotation::")  # what the CDK puts before an id that has no prefix


def _is_at(path: str | None, scope: str) -> bool:
    return path is None or scope == "" or path == scope or path.startswith(f"{scope}/")
