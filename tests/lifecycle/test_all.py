"""What holds for every ready-made script."""

from __future__ import annotations

import inspect
import subprocess

import pytest
from aws_cdk import Duration

from constructs_lib.checks.credentials import credentials_in
from constructs_lib.lifecycle.lifecycle_config import LifecycleConfig
from constructs_lib.lifecycle.lifecycle_scripts import LifecycleScripts
from tests.lifecycle.shell import Shell

READY_MADE = {
    "mount_home_efs": LifecycleScripts.mount_home_efs(),
    "install_jupyter_extensions": LifecycleScripts.install_jupyter_extensions(["jupyterlab-git==0.50.2"]),
    "install_code_editor_extensions": LifecycleScripts.install_code_editor_extensions(["a.b@1", "s3://team/c.vsix"]),
    "git_identity": LifecycleScripts.git_identity(email_domain="example.com"),
    "git_identity_of": LifecycleScripts.git_identity_of("Alice", email="alice@example.com"),
    "idle_shutdown": LifecycleScripts.idle_shutdown(Duration.hours(2)),
}


def test_these_are_all() -> None:
    assert READY_MADE.keys() == {name for name in vars(LifecycleScripts) if not name.startswith("_")}


@pytest.mark.parametrize("config", READY_MADE.values(), ids=READY_MADE)
def test_bash_can_read_it(config: LifecycleConfig) -> None:
    result = subprocess.run(["bash", "-n"], input=config._script, capture_output=True, text=True, check=False)

    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("config", READY_MADE.values(), ids=READY_MADE)
def test_carries_what_looks_like_no_credential(config: LifecycleConfig) -> None:
    assert list(credentials_in(config._script or "")) == []


@pytest.mark.parametrize("name", READY_MADE)
def test_takes_a_name(name: str) -> None:
    default = inspect.signature(getattr(LifecycleScripts, name)).parameters["name"].default

    assert READY_MADE[name].name == default


def test_several_can_be_composed_with_scripts_of_ones_own(shell: Shell) -> None:
    shell.aws(("describe-space", "printf 'Private\\talice\\n'"))
    own = LifecycleConfig.from_script("#!/usr/bin/env python3\nprint('done')\n", name="own")

    result = shell.run(LifecycleConfig.composed([READY_MADE["git_identity"], own], name="all"))

    assert (result.returncode, result.stdout) == (0, "done\n"), result.stderr
    assert "alice@example.com" in (shell.home / ".gitconfig").read_text()
