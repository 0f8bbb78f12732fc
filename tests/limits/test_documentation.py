"""The table of what is refused, in the documentation, is the one that the tests run."""

from __future__ import annotations

from tests.limits.refusals import Refusal, refusals
from tests.limits.render import PAGE, rendered
from tests.unit.wrong_inputs import PARTS


def test_page_is_rendered_from_the_wrong_inputs() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert page == rendered(page), "the wrong inputs changed: run make docs"


def test_every_row_is_in_the_page() -> None:
    for part in PARTS:
        for table in (part.WRONG, part.WRONG_TYPES):
            assert {given for one in refusals(table.items()) for given in one.given} == set(table)


def test_a_rule_stands_once_with_all_that_breaks_it() -> None:
    size = "[Research/Lab] storage must be 5..16384 GiB, got {}; pass Size.gibibytes(5) or more"
    shared = "[Research] settings: JupyterLab: app must be shared, got 'a; b': it is not; leave it out"
    rows = {
        "small": (print, size.format(2)),
        "two": (print, f"{size.format(4)}\n{shared}"),
        "nothing": (print, "id must not be 'Use', which is taken; pass another id"),
    }

    assert refusals(rows.items()) == [
        Refusal("storage must be 5..16384 GiB", "pass Size.gibibytes(5) or more", ("small", "two")),
        Refusal("app must be shared", "leave it out", ("two",)),
        Refusal("id must not be 'Use', which is taken", "pass another id", ("nothing",)),
    ]
