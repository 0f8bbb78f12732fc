"""What checks say of a patch: nothing that its user would have to answer for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from cdk_nag import AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks

from constructs_lib import CanvasSettings, Domain, DomainSettingsPatch, NetworkAccess, StudioChecks
from stacks.fail_closed import FailClosed
from tests.checks.reports import open_findings, unfailing_app
from tests.conftest import CONTEXT
from tests.policy.test_cfn_lint import REVIEWED, findings
from tests.policy.test_template_validation import report

NETWORK = NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"])
PACKS = (AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks)


def of_one_stack(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Research")
    domain = Domain(stack, "Studio", network=NETWORK)
    DomainSettingsPatch(stack, "Patch", domain=domain, canvas=CanvasSettings(kendra=True))


def of_two_stacks(app: cdk.App) -> None:
    domain = Domain(cdk.Stack(app, "Research"), "Studio", network=NETWORK)
    DomainSettingsPatch(cdk.Stack(app, "Settings"), "Patch", domain=domain, canvas=CanvasSettings(kendra=True))


def of_a_nested_stack(app: cdk.App) -> None:
    nested = cdk.NestedStack(cdk.Stack(app, "Research"), "Nested")
    domain = Domain(nested, "Studio", network=NETWORK)
    DomainSettingsPatch(nested, "Patch", domain=domain, canvas=CanvasSettings(kendra=True))


def of_an_import(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Research")
    shared = Domain.from_domain_attributes(stack, "Shared", domain_id=cdk.Fn.import_value("studio"))
    DomainSettingsPatch(stack, "Patch", domain=shared, rootless_docker=True)


@pytest.mark.parametrize("flags", [CONTEXT, {}], ids=["with feature flags", "without"])
@pytest.mark.parametrize("define", [of_one_stack, of_two_stacks, of_a_nested_stack, of_an_import])
def test_packs_find_nothing_open_in_a_patch_and_nothing_acknowledged_in_vain(
    define: Callable[[cdk.App], None], flags: dict[str, Any], tmp_path: Path
) -> None:
    context = {**flags, "@aws-cdk/core:failSynthOnValidationErrors": False}
    app = cdk.App(outdir=str(tmp_path), context=context, builtin_cloud_formation_validation=False)
    define(app)
    cdk.Validations.of(app).add_plugins(*(FailClosed(pack(app)) for pack in PACKS))
    app.synth()

    reports = json.loads((tmp_path / "validation-report.json").read_text())["pluginReports"]

    (patch,) = (one.node.path for one in app.node.find_all() if isinstance(one, DomainSettingsPatch))
    assert [
        (one["ruleName"], construct["constructPath"])
        for pack in reports
        for one in pack.get("violations", [])
        for construct in one["violatingConstructs"]
        if construct["constructPath"].startswith(patch)
    ] == []
    used = {
        (one["acknowledgedAt"], one["acknowledgedId"])
        for pack in reports
        for one in pack.get("suppressedViolations", [])
    }
    acknowledged = acknowledgements(app)
    assert set(acknowledged) == used
    assert len(used) == 10
    assert all(path.startswith(patch) for path, _ in used), "a patch speaks for itself alone"
    assert all(len(reason) > 60 for reason in acknowledged.values())


def acknowledgements(app: cdk.App) -> dict[tuple[str, str], str]:
    """The reasons, by the path of the construct and the id of the rule."""
    return {
        (construct.node.path, id): reason
        for construct in app.node.find_all()
        for entry in construct.node.metadata
        if entry.type == cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY
        for id, reason in entry.data.items()
        if not id.startswith("CloudFormation-Validate::")
    }


def test_studio_checks_find_nothing(tmp_path: Path) -> None:
    app = unfailing_app(tmp_path)
    of_one_stack(app)
    cdk.Validations.of(app).add_plugins(StudioChecks(app))

    assert open_findings(app) == set()


def test_cfn_lint_finds_nothing_but_what_the_cdk_says_twice(tmp_path: Path) -> None:
    app = cdk.App(outdir=str(tmp_path), context=CONTEXT, builtin_cloud_formation_validation=False)
    of_one_stack(app)

    found = set(findings(app.synth().get_stack_by_name("Research").template)) - REVIEWED

    assert {(rule, resource_type) for rule, resource_type, _ in found} <= {("W3005", "AWS::Lambda::Function")}


def test_template_validator_finds_nothing(tmp_path: Path) -> None:
    context = {**CONTEXT, "@aws-cdk/core:failSynthOnValidationErrors": False}
    app = cdk.App(outdir=str(tmp_path), context=context)
    of_one_stack(app)

    violations, acknowledged = report(app)

    assert violations == set()
    assert not [path for _, path in acknowledged if "Patch" in path]
