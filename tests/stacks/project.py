"""A copy of the project, in which its commands are run as a person runs them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

PROJECT = ("app.py", "cdk.json", "constructs_lib", "stacks", "studio.lock.json", "studio.yaml", "Makefile", "scripts")
SET_UP = (".venv", "node_modules")


def copy_project(folder: Path) -> None:
    """Copy the project, with the environment that is set up here."""
    for name in PROJECT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, folder / name)
    for name in SET_UP:
        if not (ROOT / name).exists():
            pytest.fail(f"{name} is missing: run make test, which sets it up")
        (folder / name).symlink_to(ROOT / name)
    for name in ("requirements.txt", "package.json", "package-lock.json"):
        shutil.copy2(ROOT / name, folder / name)
        os.utime(folder / name, (0, 0))
    os.utime(folder / "scripts" / "setup", (0, 0))


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    path = f"{ROOT}/.venv/bin:{ROOT}/node_modules/.bin:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "CDK_DISABLE_CLI_TELEMETRY": "true"}
    for name in [name for name in environment if name.startswith(("PYTEST", "AWS_", "CDK_DEFAULT", "MAKE"))]:
        del environment[name]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
