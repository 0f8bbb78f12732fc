"""The commands that the README names, as a person runs them."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

PROJECT = ("app.py", "cdk.json", "constructs_lib", "stacks", "studio.lock.json", "studio.yaml", "Makefile", "scripts")
SET_UP = (".venv", "node_modules")

CRASHING_APP = """
import aws_cdk as cdk, jsii
from cdk_nag import NagPack
from stacks.fail_closed import FailClosed

class Crashing(NagPack):
    @property
    def name(self): return "Crashing"
    def _check_resource(self, node): raise RuntimeError("a rule's bug")

app = cdk.App()
cdk.CfnResource(cdk.Stack(cdk.Stage(app, "Stage"), "Some"), "Bucket", type="AWS::S3::Bucket")
cdk.Validations.of(app).add_plugins({plugin})
app.synth()
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the environment that is set up here."""
    folder = tmp_path_factory.mktemp("project")
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
    return folder


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    path = f"{ROOT}/.venv/bin:{ROOT}/node_modules/.bin:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "CDK_DISABLE_CLI_TELEMETRY": "true"}
    for name in [name for name in environment if name.startswith(("PYTEST", "AWS_", "CDK_DEFAULT", "MAKE"))]:
        del environment[name]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def digest(folder: Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_make_synth_says_one_line_and_leaves_the_old_output_when_the_settings_are_wrong(project: Path) -> None:
    good = run(project, "make", "synth", "STRICT=1")

    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout == "synthesized research-network, research-studio, research-users-1 into cdk.out\n"

    before = digest(project / "cdk.out")
    assert run(project, "make", "synth", "STRICT=1").returncode == 0
    assert digest(project / "cdk.out") == before, "two syntheses differ"
    (project / "wrong.yaml").write_text("domain: {name: research, auth: IAM}\nusers: [{name: 1}]")
    bad = run(project, "make", "synth", "CONFIG=wrong.yaml")

    assert bad.returncode != 0
    assert bad.stdout == ""
    assert [line for line in bad.stderr.splitlines() if not line.startswith("make: ")] == [
        "wrong.yaml:1: domain.auth: is not a key here; did you mean 'auth_mode'?",
        "wrong.yaml:2: users[0].name: must be text, got 1; put it in quotes",
    ]
    assert digest(project / "cdk.out") == before


def test_a_finding_is_shown_and_fails(project: Path) -> None:
    text = (project / "stacks" / "studio.py").read_text()
    (project / "stacks" / "studio.py").write_text(text.replace("acknowledge_domain_policies(self.domain)", "pass"))
    try:
        result = run(project, "make", "synth")
    finally:
        (project / "stacks" / "studio.py").write_text(text)

    assert result.returncode != 0
    assert "Acknowledge with 'AwsSolutions::AwsSolutions-IAM5[Resource::*]'" in result.stderr


@pytest.mark.e2e
def test_settings_that_a_rule_speaks_against_need_a_word(project: Path) -> None:
    settings = "domain: {name: vision, network_access: PublicInternetOnly}\nusers: [{name: zoe}]\n"
    word = "acknowledgements: [{finding: Studio-VpcOnly, reason: a trial without data}]"
    (project / "public.yaml").write_text(settings)
    without = run(project, "make", "synth", "CONFIG=public.yaml")
    (project / "public.yaml").write_text(settings + word)
    run(project, "make", "lock", "CONFIG=public.yaml")
    with_it = run(project, "make", "synth", "CONFIG=public.yaml", "STRICT=1")

    assert without.returncode != 0
    assert "Acknowledge with 'Studio::Studio-VpcOnly'" in without.stderr
    assert (with_it.returncode, with_it.stderr) == (0, "")
    assert '"reason": "a trial without data"' in (project / "cdk.out" / "validation-report.json").read_text()


@pytest.mark.e2e
def test_a_space_that_is_given_to_another_owner_needs_its_name(project: Path) -> None:
    settings = "domain: {name: nature}\nusers: [{name: zoe}, {name: yan}]\n"
    shared = "shared_spaces: [{name: lake, owner: %s, app: JupyterLab, storage_gb: 70}]"
    (project / "nature.yaml").write_text(settings + shared % "zoe")
    first = run(project, "make", "lock", "CONFIG=nature.yaml")
    assert (first.returncode, first.stdout) == (
        0,
        "nature.lock.json: 7 resources, 7 new, 0 changed, 0 gone, 0 accepted\n",
    )
    assert run(project, "make", "synth", "CONFIG=nature.yaml", "STRICT=1").stderr == ""

    (project / "nature.yaml").write_text(settings + shared % "yan")
    synth = run(project, "make", "synth", "CONFIG=nature.yaml")
    assert synth.returncode != 0
    assert '{"OwnerUserProfileName": "yan"}' in synth.stderr
    assert "the 70 GiB volume of space lake" in synth.stderr
    (name,) = re.findall(r"ACCEPT=(\S+)", synth.stderr)

    assert run(project, "make", "lock", "CONFIG=nature.yaml").returncode != 0
    assert run(project, "make", "lock", "CONFIG=nature.yaml", f"ACCEPT={name}").returncode == 0
    assert run(project, "make", "synth", "CONFIG=nature.yaml", "STRICT=1").stderr == ""


@pytest.mark.e2e
def test_settings_that_are_wrong_are_not_locked(project: Path) -> None:
    (project / "wrong.yaml").write_text("domain: {name: research, auth: IAM}")

    result = run(project, "make", "lock", "CONFIG=wrong.yaml")

    assert result.returncode != 0
    assert "wrong.yaml:1: domain.auth: is not a key here" in result.stderr
    assert not (project / "wrong.lock.json").exists()


@pytest.mark.e2e
def test_cdk_takes_another_file_by_context(project: Path) -> None:
    (project / "other.yaml").write_text("domain: {name: vision}\nusers: [{name: zoe}]")

    result = run(project, "cdk", "synth", "**", "--context", "config=other.yaml", "--quiet", "--output", "other.out")

    assert result.returncode == 0, result.stderr
    assert (project / "other.out" / "vision-users-1.template.json").exists()


@pytest.mark.e2e
@pytest.mark.parametrize(("plugin", "code"), [("FailClosed(Crashing(app))", 1), ("Crashing(app)", 0)])
def test_a_crashing_pack_fails_closed_in_the_cli_under_a_selector(plugin: str, code: int, project: Path) -> None:
    """Without the wrapper it passes: when that changes, the wrapper can go."""
    (project / "crashing.py").write_text(CRASHING_APP.format(plugin=plugin))

    result = run(
        project, "cdk", "synth", "Stage/*", "--app", "python3 crashing.py", "--quiet", "--output", "crashing.out"
    )

    assert result.returncode == code, result.stderr
    assert ("a rule's bug" in result.stdout + result.stderr) == bool(code)
