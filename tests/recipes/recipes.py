"""Runs the app of a recipe as the CDK CLI does, in a folder with nothing else in it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.templates import Template, resources

RECIPES = {path.stem: path for path in sorted((ROOT / "docs" / "recipes").glob("*.md"))}
_SYNTH = "\napp.synth()\n"
_AWS_SOLUTIONS = (
    "\nfrom cdk_nag import AwsSolutionsChecks\ncdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app))\n"
)


@dataclass(frozen=True)
class Recipe:
    """What the app of a recipe synthesizes, with AwsSolutions added where it does not add that itself."""

    assembly: Path

    @property
    def templates(self) -> dict[str, Template]:
        """The templates, by the names of the stacks."""
        return {
            path.name.removesuffix(".template.json"): json.loads(path.read_text())
            for path in self.assembly.glob("*.template.json")
        }

    @property
    def open_findings(self) -> list[tuple[str, str]]:
        """The ids of what is found and not acknowledged, each with the path of its construct."""
        report = json.loads((self.assembly / "validation-report.json").read_text())
        return [
            (f"{one['pluginName']}::{violation['ruleName']}", construct["constructPath"])
            for one in report["pluginReports"]
            for violation in one["violations"]
            for construct in violation["violatingConstructs"]
        ]

    def resources(self, resource_type: str) -> dict[str, dict[str, Any]]:
        """The resources of a type in all stacks, by logical id."""
        found: dict[str, dict[str, Any]] = {}
        for template in self.templates.values():
            found |= resources(template, resource_type)
        return found

    def properties(self, resource_type: str) -> list[dict[str, Any]]:
        """The properties of all resources of a type."""
        return [one["Properties"] for one in self.resources(resource_type).values()]


def code_of(recipe: str) -> str:
    """Return the one block of Python in a recipe."""
    (code,) = re.findall(r"```python\n(.*?)```", RECIPES[recipe].read_text(), re.DOTALL)
    assert isinstance(code, str)
    return code


def run(recipe: str, folder: Path, context: dict[str, Any]) -> Recipe:
    """Run the app of a recipe, whose findings stand in the report and do not end it."""
    code = code_of(recipe)
    assert code.endswith(_SYNTH)
    if "AwsSolutionsChecks" not in code:
        code = f"{code.removesuffix(_SYNTH)}{_AWS_SOLUTIONS}{_SYNTH}"
    (folder / "app.py").write_text(code)
    assembly = folder / "cdk.out"
    subprocess.run(
        [sys.executable, "app.py"],
        cwd=folder,
        env={
            **os.environ,
            "CDK_CONTEXT_JSON": json.dumps({**context, "@aws-cdk/core:failSynthOnValidationErrors": False}),
            "CDK_OUTDIR": str(assembly),
            "PYTHONPATH": str(ROOT),
        },
        check=True,
        capture_output=True,
    )
    return Recipe(assembly)
