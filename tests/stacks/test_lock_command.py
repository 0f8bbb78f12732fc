"""``make lock``, as a person runs it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.stacks.project import run

pytestmark = pytest.mark.e2e


def test_a_space_that_is_given_to_another_owner_needs_its_name(project: Path) -> None:
    settings = "domain: {name: nature}\nusers: [{name: zoe}, {name: yan}]\n"
    shared = "shared_spaces: [{name: lake, owner: %s, app: JupyterLab, storage_gb: 70}]"
    (project / "nature.yaml").write_text(settings + shared % "zoe")
    first = run(project, "make", "lock", "CONFIG=nature.yaml")
    assert (first.returncode, first.stdout) == (
        0,
        "nature.lock.json: 7 resources, 7 new, 0 changed, 0 gone, 0 accepted\n",
    )

    (project / "nature.yaml").write_text(settings + shared % "yan")
    synth = run(project, "make", "synth", "CONFIG=nature.yaml")
    assert synth.returncode != 0
    assert '{"OwnerUserProfileName": "yan"}' in synth.stderr
    assert "the 70 GiB volume of space lake" in synth.stderr
    (name,) = re.findall(r"ACCEPT=(\S+)", synth.stderr)

    assert run(project, "make", "lock", "CONFIG=nature.yaml", f"ACCEPT={name}").returncode == 0
    assert run(project, "make", "synth", "CONFIG=nature.yaml", "STRICT=1").stderr == ""


def test_settings_that_are_wrong_are_not_locked(project: Path) -> None:
    (project / "wrong.yaml").write_text("domain: {name: research, auth: IAM}")

    result = run(project, "make", "lock", "CONFIG=wrong.yaml")

    assert result.returncode != 0
    assert "wrong.yaml:1: domain.auth: is not a key here" in result.stderr
    assert not (project / "wrong.lock.json").exists()
