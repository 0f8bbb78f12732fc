"""Studios that several tests look at: settings files, and the apps they make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aws_cdk as cdk

from stacks.composition import define_studio
from stacks.settings_file import SettingsFile
from tests.conftest import CONTEXT, ROOT
from tests.templates import Template

REFERENCE = ROOT / "studio.yaml"

# What the reference leaves out: roles that users share, members everywhere, and remote sessions.
TEAMS = """
domain:
  name: research
  remote_access: true
roles:
  - {name: analysts}
  - {name: nobody-yet}
users:
  - name: alice
    spaces:
      - {name: train, app: CodeEditor, instance_type: ml.g5.xlarge, image: gpu}
      - {name: lab, app: JupyterLab, instance_type: ml.m5.large, image: cpu}
  - name: bob
  - name: carol
    role: analysts
    spaces:
      - {name: carol-lab, app: JupyterLab, instance_type: ml.t3.medium, image: cpu}
  - name: dan
    role: analysts
shared_spaces:
  - {name: retro, owner: carol, app: JupyterLab}
  - {name: churn, owner: alice, members: [bob], app: JupyterLab, instance_type: ml.m5.large}
  - {name: attic, owner: alice, members: [], app: JupyterLab}
"""


def studio_app(settings: Path, outdir: Path, *, context: dict[str, Any] | None = None) -> cdk.App:
    """Define the stacks of a settings file, in the context of ``cdk.json`` unless another is given."""
    app = cdk.App(
        outdir=str(outdir),
        context=CONTEXT if context is None else context,
        builtin_cloud_formation_validation=False,
    )
    define_studio(app, SettingsFile.read(settings))
    return app


def synthesized(settings: Path, outdir: Path, *, context: dict[str, Any] | None = None) -> dict[str, Template]:
    """Return the templates of a settings file by the names of the stacks."""
    assembly = studio_app(settings, outdir, context=context).synth()
    return {stack.stack_name: stack.template for stack in assembly.stacks}


def written(folder: Path, text: str) -> Path:
    """Write a settings file."""
    path = folder / "other.yaml"
    path.write_text(text, encoding="utf-8")
    return path
