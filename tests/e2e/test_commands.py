"""``make deploy-local`` and ``make destroy-local``, as a person runs them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PROJECT = ("app.py", "cdk.json", "constructs_lib", "localcloud", "Makefile", "scripts", "stacks")
SET_UP = (".venv", "node_modules")
SOURCES = ("requirements.txt", "package.json", "package-lock.json", "scripts/setup", "scripts/setup-localcloud")
SETTINGS = """
domain: {name: vision, account: '111122223333', region: eu-west-1}
users:
  - name: zoe
    spaces: [{name: zoe-lab, app: CodeEditor, instance_type: ml.m5.large, image: cpu, storage_gb: 70}]
"""
SPACE = "zoe-lab InService CodeEditor ml.m5.large 70 GiB zoe Private"

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the project with the environments that are set up here, and an emulator of its own."""
    folder = tmp_path_factory.mktemp("project")
    for name in PROJECT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, folder / name)
    for name in SET_UP:
        (folder / name).symlink_to(ROOT / name)
    (folder / ".localcloud").mkdir()
    (folder / ".localcloud" / "venv").symlink_to(ROOT / ".localcloud" / "venv")
    (folder / ".localcloud" / "ready").touch()
    for name in SOURCES:
        shutil.copy2(ROOT / name, folder / name)
        os.utime(folder / name, (0, 0))
    os.utime(folder / "localcloud" / "requirements.txt", (0, 0))
    yield folder
    run(folder, "python", "-m", "localcloud", "stop")


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    path = f"{ROOT}/.venv/bin:{ROOT}/node_modules/.bin:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "AWS_PROFILE": "somebody", "AWS_REGION": "us-west-2"}
    environment |= {"HTTP_PROXY": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9", "PERSIST_STATE": "1"}
    for name in [name for name in environment if name.startswith(("PYTEST", "MAKE"))]:
        del environment[name]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_wrong_settings_start_nothing(project: Path) -> None:
    (project / "wrong.yaml").write_text("domain: {name: vision, auth: IAM}")

    result = run(project, "make", "deploy-local", "CONFIG=wrong.yaml")

    assert result.returncode != 0
    assert "wrong.yaml:1: domain.auth: is not a key here; did you mean 'auth_mode'?" in result.stderr
    assert not (project / ".localcloud" / "state.json").exists()


def test_what_cannot_be_deployed_is_said_and_leaves_nothing_running(project: Path) -> None:
    missing = "vpc: {vpc_id: vpc-0a1b2c3d4e5f67890, subnet_ids: [subnet-0a1b2c3d4e5f67890]}"
    (project / "wrong.yaml").write_text(f"domain: {{name: vision, {missing}}}")

    result = run(project, "make", "deploy-local", "CONFIG=wrong.yaml")

    assert result.returncode != 0
    assert "vpc-0a1b2c3d4e5f67890" in result.stderr
    assert "cdk deploy has failed" in result.stderr
    assert run(project, "python", "-m", "localcloud", "stop").stdout == "the emulator does not run\n"


def test_deploys_shows_and_destroys(project: Path) -> None:
    (project / "vision.yaml").write_text(SETTINGS)

    deployed = run(project, "make", "deploy-local", "CONFIG=vision.yaml")

    assert deployed.returncode == 0, deployed.stdout + deployed.stderr
    (url,) = set(re.findall(r"http://127\.0\.0\.1:\d+", deployed.stdout))
    assert f"deploying vision-network, vision-studio, vision-users-1 to {url}\n" in deployed.stdout
    lines = [re.sub(" +", " ", line) for line in deployed.stdout.splitlines()]
    assert any(line.startswith("vision InService VpcOnly d-") for line in lines)
    assert any(line.startswith("zoe InService vision-users-1-zoeExecutionRole") for line in lines)
    assert SPACE in lines
    assert "AWS_REGION=eu-west-1 AWS_ACCESS_KEY_ID=111122223333" in lines[-1]

    destroyed = run(project, "make", "destroy-local")

    assert destroyed.returncode == 0, destroyed.stdout + destroyed.stderr
    assert destroyed.stdout.splitlines() == [
        f"destroying vision-network, vision-studio, vision-users-1 at {url}",
        "destroyed vision-network, vision-studio, vision-users-1",
        "ended the emulator",
    ]
