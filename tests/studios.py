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
