"""What the CDK CLI makes of the pack; it ends with 0 and no word where a plugin raises."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import cdk
from tests.conftest import ROOT

APP = f"""
import dataclasses, sys
sys.path.insert(0, {str(ROOT)!r})
import aws_cdk as cdk
from constructs_lib import StudioChecks
from constructs_lib.checks.rules.vpc_only import VPC_ONLY

def crash(domain, studio):
    raise RuntimeError("a rule's bug")

class Crashing(StudioChecks):
    def __init__(self, scope):
        super().__init__(scope)
        self._rules = [dataclasses.replace(VPC_ONLY, check=crash)]

app = cdk.App()
for stack in (cdk.Stack(app, "Top"), cdk.Stack(cdk.Stage(app, "Stage"), "Inner")):
    cdk.CfnResource(stack, "Domain", type="AWS::SageMaker::Domain")
cdk.Stack(app, "Other")
cdk.Validations.of(app).add_plugins(PACK(app))
app.synth()
"""


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An app whose one rule crashes, synthesized."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "app.py").write_text(APP.replace("PACK", "Crashing"))
    cdk(folder, "synth", "--app", "python3 app.py", "--output", "crashed", "**")
    return folder / "crashed"


@pytest.mark.parametrize("selector", [[], ["**"], ["Top"], ["Other"], ["Stage/*"]], ids=str)
def test_a_crash_fails_under_every_selector(selector: list[str], assembly: Path) -> None:
    result = cdk(assembly.parent, "synth", *selector, "--app", str(assembly))

    assert result.returncode == 1
    assert "Studio crashed, so nothing was checked: RuntimeError: a rule's bug" in result.stdout + result.stderr


def test_a_finding_fails_and_says_how_to_acknowledge_it(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(APP.replace("PACK", "StudioChecks"))

    result = cdk(tmp_path, "synth", "--app", "python3 app.py", "Stage/*")

    assert result.returncode == 1
    assert "Stage/Inner/Domain (Domain)" in result.stderr
    assert "Acknowledge with 'Studio::Studio-VpcOnly'" in result.stderr
