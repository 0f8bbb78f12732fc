"""Writes what is refused at synth into ``docs/refusals.md``: ``make docs``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.conftest import ROOT
from tests.limits.refusals import Refusal, refusals
from tests.limits.rows import OPEN
from tests.unit.wrong_inputs import PARTS

PAGE = ROOT / "docs" / "refusals.md"
END = "<!-- end -->\n"


def rendered(page: str) -> str:
    """Return the page with the rules as they are now."""
    page = _replaced(page, "tests/limits/parts", _open())
    return _replaced(page, "tests/unit/wrong_inputs", "\n".join(_rules()))


def _replaced(page: str, source: str, text: str) -> str:
    mark = f"<!-- rendered from {source} -->\n"
    before, begin, rest = page.partition(mark)
    _, end, after = rest.partition(END)
    assert begin and end, f"{PAGE.name} must have the marks of {source}"
    return f"{before}{mark}\n{text.strip()}\n\n{END}{after}"


def _open() -> str:
    return "\n".join(
        ["| property | why it takes more |", "|---|---|", *(f"| `{key}` | {row.reason} |" for key, row in OPEN.items())]
    )


def _rules() -> Iterator[str]:
    for part in PARTS:
        yield from _section((part.__doc__ or "").removesuffix("."), refusals(part.WRONG.items()))
    types = (row for part in PARTS for row in part.WRONG_TYPES.items())
    yield from _section("Types, for those who run no type checker", refusals(types))


def _section(title: str, rules: Iterable[Refusal]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| what must be | what to do | what is refused, say |"
    yield "|---|---|---|"
    for one in rules:
        yield f"| {' | '.join(_plain(cell) for cell in (one.rule, one.fix, ', '.join(one.given)))} |"
    yield ""


def _plain(text: str) -> str:
    for character in "|*<":
        text = text.replace(character, f"\\{character}")
    return text


if __name__ == "__main__":
    PAGE.write_text(rendered(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
