"""The set-ups of others under AwsSolutions alone and under StudioChecks alone."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import ModuleType

from cdk_nag import AwsSolutionsChecks

from constructs_lib import StudioChecks
from tests.checks.foreign.findings import SETUPS, find

_HEAD = """\
| Set-up | AwsSolutions | of them on SageMaker resources | StudioChecks: errors | warnings |
|---|---:|---:|---:|---:|
"""


def table() -> str:
    """Return the findings of both packs as a table in Markdown, a rule at a construct counted once."""
    return _HEAD + "".join(_row(setup) for setup in SETUPS)


def _row(setup: ModuleType) -> str:
    with tempfile.TemporaryDirectory() as folder:
        general = find(setup, AwsSolutionsChecks, Path(folder) / "general")
        studio = find(setup, StudioChecks, Path(folder) / "studio")
    on_studio = [one for one in general if one.resource_type.startswith("AWS::SageMaker::")]
    errors = [one for one in studio if one.severity == "error"]
    return f"| {setup.__doc__} | {len(general)} | {len(on_studio)} | {len(errors)} | {len(studio) - len(errors)} |\n"
