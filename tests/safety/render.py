"""Writes where the diff of the CDK sees changes otherwise than the lock into ``docs/data-safety.md``: ``make docs``."""

from __future__ import annotations

from tests.conftest import ROOT
from tests.safety.mutations import MUTATIONS, Reason

PAGE = ROOT / "docs" / "data-safety.md"
BEGIN, END = "<!-- rendered from tests/safety/mutations.py -->\n", "<!-- end -->\n"


def rendered(page: str) -> str:
    """Return the page with the reasons as they are now."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin and end, f"{PAGE.name} must have the two marks of the reasons"
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def table() -> str:
    """Return the reasons, each with the number of mutations that show it."""
    rows = (
        f"| {reason.what} | {_ANSWERS[reason.reports]} | {reason.why} | {_mutations(reason)} |\n" for reason in Reason
    )
    return "| what changes | the diff | why | mutations |\n|---|---|---|---|\n" + "".join(rows)


_ANSWERS = {True: "reports it, the lock does not", False: "does not report it, the lock does", None: "may see either"}


def _mutations(reason: Reason) -> int:
    return sum(1 for one in MUTATIONS if reason in one.differs.values())


if __name__ == "__main__":
    PAGE.write_text(rendered(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
