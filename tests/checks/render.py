"""Writes the catalogue of the rules, and what they find on stacks of others, into ``docs/checks.md``: ``make docs``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from constructs_lib.checks.rule import Level, Rule
from constructs_lib.checks.rules import RULES
from tests.checks.foreign.compare import table

PAGE = Path(__file__).parent.parent.parent / "docs" / "checks.md"
END = "<!-- end -->\n"
_TITLES = {Level.ERROR: "Errors", Level.WARNING: "Warnings"}


def rendered(page: str) -> str:
    """Return the page with the rules as they are now."""
    page = _replaced(page, "constructs_lib/checks/rules", "\n".join(_catalogue()))
    return _replaced(page, "tests/checks/foreign", table())


def _replaced(page: str, source: str, text: str) -> str:
    mark = f"<!-- rendered from {source} -->\n"
    before, begin, rest = page.partition(mark)
    _, end, after = rest.partition(END)
    assert begin and end, f"{PAGE.name} must have the marks of {source}"
    return f"{before}{mark}\n{text.strip()}\n\n{END}{after}"


def _catalogue() -> Iterator[str]:
    for level, title in _TITLES.items():
        yield f"### {title}\n"
        yield "| id | what is wrong | why it matters | what to do | controls |"
        yield "|---|---|---|---|---|"
        yield from (_row(rule) for rule in RULES if rule.level is level)
        yield ""


def _row(rule: Rule[Any]) -> str:
    cells = (f"`{rule.id}`", rule.info, rule.explanation, rule.fix, str(rule.controls).replace("; ", "<br>"))
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(rendered(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
