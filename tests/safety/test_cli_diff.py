"""What ``cdk diff`` makes of some of the mutations: the judge is what the CLI asks, and so it ends with 1 as often."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import cdk
from tests.safety.mutations import MUTATIONS, Reason
from tests.safety.proof import mutated, synthesize, write

pytestmark = pytest.mark.e2e

# What is lost by a mutation, whether the CLI says so, and why not.
CASES = {
    "a space has another name": ("research-users-1", True, None),
    "a space has another logical id": ("research-users-1", True, None),
    "a volume is bigger": ("research-users-1", False, None),
    "a space has another app": ("research-users-1", False, Reason.MISSES_APP_TYPE),
    "a domain is tagged": ("research-studio", True, Reason.OVER_REPORTS_SUBNETS_AND_TAGS),
    "a domain has no update-replace policy": ("research-studio", False, Reason.MISSES_RETENTION),
}


@pytest.fixture(scope="module")
def apps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return synthesize(tmp_path_factory.mktemp("before"))


@pytest.mark.parametrize(("name", "stack", "fails", "reason"), [(name, *case) for name, case in CASES.items()])
def test_the_cli_fails_where_the_lock_does_or_there_is_a_reason(
    name: str, stack: str, fails: bool, reason: Reason | None, apps: dict[str, Path], tmp_path: Path
) -> None:
    mutation = next(one for one in MUTATIONS if one.name == name)
    after = write(mutated(mutation, apps).contents(), tmp_path / "after")
    old = apps[mutation.app] / f"{stack}.template.json"

    result = cdk(
        tmp_path,
        "diff",
        stack,
        "--exclusively",
        "--app",
        str(after),
        "--template",
        str(old),
        "--method=template",
        "--fail-on=destructive",
    )

    assert result.returncode == int(fails), result.stderr
    assert ("destructive change(s)" in result.stderr) == fails
    assert set(mutation.differs.values()) == ({reason} if reason else set())
    assert fails == (bool(mutation.loses) != bool(reason))
