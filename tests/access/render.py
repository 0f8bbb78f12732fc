"""Writes the security contract into ``docs/access.md``: ``make docs``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.access.contract import Section, contract

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "access.md"
BEGIN, END = "<!-- rendered from tests/access/contract.txt -->\n", "<!-- end -->\n"


def rendered(page: str) -> str:
    """Return the page with the contract as it is now."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    assert after, f"{PAGE.name} must have the two marks of the contract"
    return before + BEGIN + "".join(_section(section) for section in contract()) + "\n" + END + after


def _section(section: Section) -> str:
    return "\n" + "\n".join([f"### {section.title}", "", section.text, "", *_table(section)]) + "\n"


def _table(section: Section) -> Iterator[str]:
    yield f"| | action | resource | {' | '.join(section.actors)} |"
    yield "|" + "---|" * (3 + len(section.actors))
    for row in section.rows:
        action = row.action.removeprefix("sagemaker:")
        yield f"| {row.words} | `{action}` | `{row.resource}` | {' | '.join(row.answers.values())} |"


if __name__ == "__main__":
    PAGE.write_text(rendered(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
