"""Takes the generated policies apart: whichever piece is missing, a cell of the contract must notice."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import pytest

from constructs_lib.access.studio_arns import WHOEVER_CALLS
from tests.access.cells import Cell, cells
from tests.access.contract import NEVER, YES
from tests.access.documents import Document
from tests.access.mutations import Mutant, mutants
from tests.access.simulator import ALLOWED, Case, decide
from tests.access.wide_policies import everything

pytestmark = pytest.mark.e2e

ROUNDS = (4, 16, 64)  # most mutants are noticed by the first few requests, whichever they are


@dataclass(frozen=True)
class Probe:
    """A request that a mutant may decide otherwise."""

    before: Case
    after: Case


def test_whichever_piece_of_a_policy_is_missing_a_cell_notices() -> None:
    probes: dict[str, list[Probe]] = defaultdict(list)
    for cell in cells():
        for words, probe in _probes(cell):
            probes[words].append(probe)
    assert probes.keys() == _all_mutants()

    unnoticed = list(probes)
    for some in probes.values():
        Random(0).shuffle(some)
    for start, end in zip((0, *ROUNDS), (*ROUNDS, None), strict=True):
        unnoticed = _unnoticed({words: probes[words][start:end] for words in unnoticed})

    assert unnoticed == []


def _unnoticed(probes: dict[str, list[Probe]]) -> list[str]:
    """Return the mutants that change the answer to none of their probes."""
    asked = [probe for some in probes.values() for probe in some]
    before, after = (iter(decide([getattr(probe, when) for probe in asked])) for when in ("before", "after"))
    noticed = {
        words: [(next(before) == ALLOWED) != (next(after) == ALLOWED) for _ in some] for words, some in probes.items()
    }
    return [words for words, changed in noticed.items() if not any(changed)]


def _probes(cell: Cell) -> Iterator[tuple[str, Probe]]:
    """Yield the mutants of the cell's policies that could change its answer, and what to ask."""
    for kind, document in cell.actor.policies.items():
        for mutant in mutants(document, name=_name(kind, document)):
            if cell.row.action in mutant.actions and mutant.opens != (cell.expected == YES):
                surroundings = _surroundings(cell, kind, mutant)
                if surroundings is not None:
                    before, after = (cell.case([*surroundings, one]) for one in (document, mutant.document))
                    yield _words(mutant), Probe(before, after)


def _surroundings(cell: Cell, kind: str, mutant: Mutant) -> list[Document] | None:
    """Return the policies beside the mutant: what a use opens, fences hide; what a fence opens, only others show."""
    others = [one for name, one in cell.actor.policies.items() if name != kind]
    if not mutant.opens:
        return others
    if not _is_fence(cell.actor.policies[kind]):
        return [one for one in others if not _is_fence(one)]
    return [*others, everything()] if cell.expected == NEVER else None


def _is_fence(document: Document) -> bool:
    return any(statement["Effect"] == "Deny" for statement in document["Statement"])


def _name(kind: str, document: Document) -> str:
    """Tell the policies of a team from those of one user."""
    return f"{kind} of a team" if WHOEVER_CALLS in json.dumps(document) else kind


def _words(mutant: Mutant) -> str:
    """Name mutants alike that differ in the domain and the user alone."""
    return re.sub(r"d-[a-z0-9]{12}", "DOMAIN", mutant.words)


def _all_mutants() -> set[str]:
    return {
        _words(mutant)
        for cell in cells()
        for kind, document in cell.actor.policies.items()
        for mutant in mutants(document, name=_name(kind, document))
    }
