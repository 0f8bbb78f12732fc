"""Runs the CDK CLI."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.conftest import ROOT


def cdk(folder: Path, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``cdk synth`` and the like in a folder, without the validation of the CDK itself."""
    path = f"{ROOT}/.venv/bin:{ROOT}/node_modules/.bin:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "CDK_DISABLE_CLI_TELEMETRY": "true"}
    for name in [name for name in environment if name.startswith("PYTEST")]:
        del environment[name]
    line = ["cdk", command, "--quiet", "--no-validation", "--no-notices", *arguments]
    return subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, check=False)
