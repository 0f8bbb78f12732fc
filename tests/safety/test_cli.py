"""What the CDK CLI makes of the lock: findings fail the synth where their stacks are selected, some everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from constructs_lib.safety.lock import main
from tests.cli import cdk
from tests.conftest import ROOT

APP = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import aws_cdk as cdk
from constructs_lib import StudioLock
from constructs_lib.safety import studio_lock

app = cdk.App()
for stack in (cdk.Stack(app, "Top"), cdk.Stack(cdk.Stage(app, "Stage"), "Inner")):
    space = cdk.CfnResource(stack, "Lab", type="AWS::SageMaker::Space", properties={{"SpaceName": "lab"}})
    space.apply_removal_policy(cdk.RemovalPolicy.RETAIN)
cdk.Stack(app, "Other")
CHANGE
cdk.Validations.of(app).add_plugins(StudioLock(app, file="studio.lock.json"))
app.synth()
"""
OWNER = 'space.add_property_override("OwnershipSettings.OwnerUserProfileName", "bob")'
NEW = 'cdk.CfnResource(cdk.Stack.of(space), "New", type="AWS::SageMaker::Space", properties={"SpaceName": "new"})'
ACKNOWLEDGED = 'cdk.Validations.of(app).acknowledge(cdk.Acknowledgment(id="StudioLock::Replaced", reason="no"))'
CRASH = "studio_lock.compare = None"
GONE = "app.node.try_remove_child('Top')"

pytestmark = pytest.mark.e2e

Synth = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def synth(tmp_path_factory: pytest.TempPathFactory) -> Synth:
    """Synthesizes a change of a locked app once, and selects from it."""
    folder = tmp_path_factory.mktemp("lock")

    def write(change: str, output: str) -> Path:
        if not (folder / output).exists():
            (folder / "app.py").write_text(APP.replace("CHANGE", change))
            cdk(folder, "synth", "--app", "python3 app.py", "--output", output, "**")
        return folder / output

    assert main([str(folder / "studio.lock.json"), "--app", str(write("", "locked"))]) == 0

    def select(change: str, *arguments: str) -> tuple[int, str]:
        result = cdk(folder, "synth", *arguments, "--app", str(write(change, f"out{hash(change)}")))
        return result.returncode, result.stdout + result.stderr

    return select


@pytest.mark.parametrize(
    ("change", "arguments", "code"),
    [
        ("", ["--strict", "**"], 0),
        (OWNER, ["**"], 1),
        (OWNER, ["Stage/*"], 1),
        (OWNER, ["Top"], 0),  # findings gate the stacks that are selected
        (OWNER, [], 0),  # and a bare synth drops those of stages
        (NEW, ["**"], 0),
        (NEW, ["--strict", "**"], 1),
        (GONE, ["Other"], 1),
        (ACKNOWLEDGED, ["Other"], 1),
        (f"{OWNER};{ACKNOWLEDGED}", ["**"], 1),
        (CRASH, ["Other"], 1),
    ],
)
def test_the_cli_ends_with(change: str, arguments: list[str], code: int, synth: Synth) -> None:
    assert synth(change, *arguments)[0] == code


def test_the_cli_shows_what_would_be_lost_and_the_ways_out(synth: Synth) -> None:
    _, output = synth(OWNER, "**")

    assert "FATAL [Stage/Inner/Lab] OwnershipSettings must stay absent" in output
    assert "leaves behind, in no stack, the volume of space lab. (StudioLock)" in output
    assert "--accept Stage-Inner/Lab" in output
    assert "Acknowledge with" not in output
