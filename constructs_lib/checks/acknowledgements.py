"""Acknowledgements that acknowledge nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from constructs_lib.checks.rule import PACK
from constructs_lib.errors import closest
from constructs_lib.templates.assembly import Acknowledged

STALE = f"{PACK}-StaleAcknowledgement"
"""The id of what is found here."""


@dataclass(frozen=True)
class Stale:
    """An acknowledgement that acknowledges nothing, why, and what to do."""

    construct_path: str
    message: str
    fix: str


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
