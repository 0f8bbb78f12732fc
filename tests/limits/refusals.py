"""The rules behind the wrong inputs of ``tests/unit/wrong_inputs``, each once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_PLACE = re.compile(r"(\[[^\]]*\] )?(\w+: )*")


@dataclass(frozen=True)
class Refusal:
    """A rule, what to do where it is broken, and by what the tests break it."""

    rule: str
    fix: str
    given: tuple[str, ...]


def refusals(rows: Iterable[tuple[str, tuple[Callable[[Any], object], str]]]) -> list[Refusal]:
    """Return the rules that messages state, in their order; what breaks the same rule stands together."""
    found: dict[str, Refusal] = {}
    for given, (_, message) in rows:
        for rule, fix in _rules_in(message):
            before = found.get(rule, Refusal(rule, fix, ()))
            found[rule] = Refusal(rule, before.fix, (*before.given, given))
    return list(found.values())


def _rules_in(message: str) -> Iterator[tuple[str, str]]:
    """Yield what must be, and the fix, out of each line ``[PATH] WHAT must be ALLOWED, got GIVEN; FIX``."""
    for line in message.splitlines():
        said = _PLACE.sub("", line, count=1)
        before, _, fix = said.rpartition("; ")
        yield (before or said).partition(", got ")[0], fix
