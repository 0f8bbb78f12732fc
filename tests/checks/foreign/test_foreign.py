"""The pack finds in the set-ups of others what a reviewer would, and nothing else."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from constructs_lib import StudioChecks
from tests.checks.foreign.findings import SETUPS, find


@pytest.mark.parametrize("setup", SETUPS, ids=lambda setup: setup.__name__.rpartition(".")[2])
def test_pack_finds_what_a_reviewer_would(setup: ModuleType, tmp_path: Path) -> None:
    found = find(setup, StudioChecks, tmp_path)

    assert {(one.rule, one.path) for one in found} == setup.EXPECTED
