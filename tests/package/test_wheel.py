"""The wheel, in an empty environment outside the repository, under a stack of somebody else's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT

THIRD_PARTY = """
import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from constructs_lib import Domain, InstanceType, JupyterLab, NetworkAccess, StudioImage

class Analytics(cdk.Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        domain = Domain(self, "Studio", network=NetworkAccess.vpc_only(ec2.Vpc(self, "Vpc", max_azs=1)))
        domain.add_user_profile("Alice").add_shared_space(
            "Churn", app=JupyterLab(instance_type=InstanceType.ML_M5_LARGE, image=StudioImage.distribution_cpu())
        )

app = cdk.App(outdir="cdk.out")
Analytics(app, "Analytics")
app.synth()
"""


def run(*command: str | Path, cwd: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PYTEST"))}
    result = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.e2e
def test_wheel_synthesizes_a_third_party_stack(tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, cwd=ROOT)
    (wheel,) = tmp_path.glob("sagemaker_studio_constructs-*.whl")
    venv.create(tmp_path / "venv")
    python = tmp_path / "venv" / "bin" / "python"
    # Not compiled: of the CDK's modules the stack needs a few.
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-compile")
    # The versions that the suite runs with, so that a release of tomorrow does not decide today's result.
    run(*pip, "--constraint", ROOT / "requirements.txt", wheel, cwd=tmp_path)
    (tmp_path / "app.py").write_text(THIRD_PARTY)

    run(python, "app.py", cwd=tmp_path)

    template = json.loads((tmp_path / "cdk.out" / "Analytics.template.json").read_text())
    types = {resource["Type"] for resource in template["Resources"].values()}
    assert {"AWS::SageMaker::Domain", "AWS::SageMaker::UserProfile", "AWS::SageMaker::Space"} <= types
    site = tmp_path / "venv" / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    assert (site / "constructs_lib" / "py.typed").exists()
    assert not (site / "stacks").exists()
