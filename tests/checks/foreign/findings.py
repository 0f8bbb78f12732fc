"""What a policy pack finds in the set-ups of others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import aws_cdk as cdk
from constructs import IConstruct

from tests.checks.foreign import (
    classic_era,
    enterprise,
    hub_and_spokes,
    mlops,
    nearly_right,
    quick_start,
    staged,
    team_of_three,
)
from tests.checks.reports import report, unfailing_app

SETUPS: tuple[ModuleType, ...] = (
    quick_start,
    team_of_three,
    classic_era,
    enterprise,
    hub_and_spokes,
    mlops,
    staged,
    nearly_right,
)


@dataclass(frozen=True)
class Found:
    """A rule and where it found something, once however much it is; ``resource_type`` is empty for no resource."""

    rule: str
    path: str
    severity: str
    resource_type: str


def find(setup: ModuleType, pack: Callable[[cdk.App], cdk.IPolicyValidationPlugin], outdir: Path) -> set[Found]:
    """Synthesize a set-up with one pack."""
    app = unfailing_app(outdir)
    setup.define(app)
    checks = pack(app)
    cdk.Validations.of(app).add_plugins(checks)
    return {
        Found(violation["ruleName"], path, violation["severity"], _type_at(app, path))
        for violation in report(app, checks.name)["violations"]
        for path in (construct["constructPath"] for construct in violation["violatingConstructs"])
    }


def _type_at(app: cdk.App, path: str) -> str:
    construct: IConstruct = app
    for name in path.split("/"):
        construct = construct.node.find_child(name)
    return construct.cfn_resource_type if isinstance(construct, cdk.CfnResource) else ""
