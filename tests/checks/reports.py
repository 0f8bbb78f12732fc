"""Synthesizes apps with StudioChecks added, and reads the report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import aws_cdk as cdk

from tests.conftest import CONTEXT


def unfailing_app(outdir: Path, **context: Any) -> cdk.App:
    """An app whose findings stand in the report, and do not raise."""
    return cdk.App(
        outdir=str(outdir),
        context={**CONTEXT, "@aws-cdk/core:failSynthOnValidationErrors": False, **context},
        builtin_cloud_formation_validation=False,
    )


def report(app: cdk.App, pack: str = "Studio") -> dict[str, Any]:
    """Synthesize, and return what a pack reported; one that found nothing is not in the report."""
    app.synth()
    path = Path(app.outdir) / "validation-report.json"
    reports = json.loads(path.read_text())["pluginReports"] if path.exists() else []
    return next((one for one in reports if one["pluginName"] == pack), {"violations": [], "conclusion": "success"})


def open_findings(app: cdk.App) -> set[tuple[str, str]]:
    """Synthesize, and return the ids of what is found, with construct paths."""
    return _pairs(report(app)["violations"])


def acknowledged_findings(app: cdk.App, pack: str = "Studio") -> set[tuple[str, str]]:
    """Synthesize, and return the ids of what is acknowledged, with construct paths."""
    return _pairs(report(app, pack).get("suppressedViolations") or [])


def _pairs(violations: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(one["ruleName"], place["constructPath"]) for one in violations for place in one["violatingConstructs"]}
