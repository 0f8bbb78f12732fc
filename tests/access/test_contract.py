"""The security contract, held by the simulator on the policies of synthesized templates."""

from __future__ import annotations

import pytest

from tests.access.cells import cells, cells_that_never
from tests.access.simulator import ALLOWED, decide


def test_every_cell_is_as_the_contract_says() -> None:
    asked = cells()
    decisions = decide([cell.case(cell.actor.policies.values()) for cell in asked])

    wrong = [
        f"{cell}: {decision}" for cell, decision in zip(asked, decisions, strict=True) if not cell.is_right(decision)
    ]

    assert wrong == []
    assert len(asked) >= 250


@pytest.mark.parametrize("wide", [0, 1], ids=["FullAccess and StartSession", "everything"])
def test_what_never_may_be_stays_denied_whatever_is_attached(wide: int) -> None:
    asked = cells_that_never()
    decisions = decide([cell.case([*cell.actor.policies.values(), *cell.wide_policies()[wide]]) for cell in asked])

    opened = [str(cell) for cell, decision in zip(asked, decisions, strict=True) if decision == ALLOWED]

    assert opened == []
