"""Reads the security contract, ``contract.txt``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

YES, NO, NEVER = "yes", "no", "never"

_TITLE = re.compile(r"== (?P<title>.+) \[(?P<studio>[a-z-]+)\]")
_COLUMNS = re.compile(r" {2,}")


@dataclass(frozen=True)
class Row:
    """One request, in words and in IAM's terms, with the answer that each actor gets."""

    words: str
    action: str
    resource: str
    context: str
    answers: dict[str, str]

    @property
    def paths(self) -> list[int]:
        """The escalation paths that the row is about."""
        return [int(number) for number in re.findall(r"path (\d+)", self.words)]


@dataclass(frozen=True)
class Section:
    """The rows about one thing, in one Studio."""

    title: str
    studio: str
    text: str
    actors: tuple[str, ...]
    rows: tuple[Row, ...]


@cache
def contract() -> tuple[Section, ...]:
    """All sections, in order."""
    text = Path(__file__).with_name("contract.txt").read_text(encoding="utf-8")
    _, *blocks = re.split(r"^(?=== )", text, flags=re.MULTILINE)
    return tuple(_section(block) for block in blocks)


def _section(block: str) -> Section:
    first, text, header, *lines = (line.strip() for line in block.splitlines() if line.strip())
    title = _TITLE.fullmatch(first)
    assert title, first
    actors = tuple(_COLUMNS.split(header)[3:])
    return Section(title["title"], title["studio"], text, actors, tuple(_rows(lines, actors)))


def _rows(lines: list[str], actors: tuple[str, ...]) -> Iterator[Row]:
    for line in lines:
        words, action, resource, context, *answers = _COLUMNS.split(line)
        assert set(answers) <= {YES, NO, NEVER}, line
        assert len(answers) == len(actors), line
        prefixed = action if ":" in action else f"sagemaker:{action}"
        yield Row(words, prefixed, resource, context, dict(zip(actors, answers, strict=True)))
