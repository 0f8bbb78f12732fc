"""The commands that the README names, as a person runs them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.stacks.project import run

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
