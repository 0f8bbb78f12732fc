"""What checks say of a drain: nothing that its user would have to answer for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from cdk_nag import AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks

from constructs_lib import Domain, DomainDrain, JupyterLab, NetworkAccess, StudioChecks, UserProfile
from stacks.fail_closed import FailClosed
from tests.checks.reports import open_findings, unfailing_app
from tests.conftest import CONTEXT
from tests.policy.test_cfn_lint import REVIEWED, findings
from tests.policy.test_template_validation import report
from tests.studios import synthesized, written

NETWORK = NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"])
DESTROY = cdk.RemovalPolicy.DESTROY
PACKS = (AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks)
SETTINGS = """
domain: {name: research, removal_policy: Delete, home_efs: true, drain: {delete_user_spaces: true}}
users: [{name: alice, spaces: [{name: lab, app: JupyterLab}]}]
shared_spaces: [{name: churn, owner: alice, app: JupyterLab}]
"""


def of_one_stack(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Research")
    domain = Domain(stack, "Studio", network=NETWORK, removal_policy=DESTROY)
    DomainDrain(stack, "Drain", domain=domain, delete_user_spaces=True)
    domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab())


def of_two_stacks(app: cdk.App) -> None:
    domain = Domain(cdk.Stack(app, "Research"), "Studio", network=NETWORK, removal_policy=DESTROY)
    users = cdk.Stack(app, "Users")
    UserProfile(users, "Alice", domain=domain)
    DomainDrain(users, "Drain", domain=domain, delete_user_spaces=True)


def of_a_nested_stack(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Research")
    domain = Domain(stack, "Studio", network=NETWORK, removal_policy=DESTROY)
    DomainDrain(stack, "Drain", domain=domain)
    nested = cdk.NestedStack(stack, "Nested")
    UserProfile(nested, "Alice", domain=domain)
    DomainDrain(nested, "Drain", domain=domain)


def of_a_stage(app: cdk.App) -> None:
    stage = cdk.Stage(app, "Prod")
    domain = Domain(cdk.Stack(stage, "Research"), "Studio", network=NETWORK, removal_policy=DESTROY)
    DomainDrain(cdk.Stack(stage, "Users"), "Drain", domain=domain)


def of_an_import(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Research")
    for id, domain_id in {
        "Known": "d-abc123",
        "Parameter": cdk.CfnParameter(stack, "Id").value_as_string,
        "Export": cdk.Fn.import_value("studio"),
        "Sub": cdk.Fn.sub("d-${AWS::AccountId}"),
        "Split": cdk.Fn.select(1, cdk.Fn.split("/", cdk.Fn.import_value("studio-arn"))),
    }.items():
        shared = Domain.from_domain_attributes(stack, id, domain_id=domain_id, removal_policy=DESTROY)
        DomainDrain(stack, f"{id}Drain", domain=shared, delete_user_spaces=True)


def drains(app: cdk.App) -> list[str]:
    return [one.node.path for one in app.node.find_all() if isinstance(one, DomainDrain)]


@pytest.mark.parametrize("flags", [CONTEXT, {}], ids=["with feature flags", "without"])
@pytest.mark.parametrize("define", [of_one_stack, of_two_stacks, of_a_nested_stack, of_a_stage, of_an_import])
def test_packs_find_nothing_open_in_a_drain_and_nothing_acknowledged_in_vain(
    define: Callable[[cdk.App], None], flags: dict[str, Any], tmp_path: Path
) -> None:
    context = {**flags, "@aws-cdk/core:failSynthOnValidationErrors": False}
    app = cdk.App(outdir=str(tmp_path), context=context, builtin_cloud_formation_validation=False)
    define(app)
    cdk.Validations.of(app).add_plugins(*(FailClosed(pack(app)) for pack in PACKS))
    app.synth()

    reports = json.loads((tmp_path / "validation-report.json").read_text())["pluginReports"]

    found = drains(app)
    assert found
    violations = [
        (one["ruleName"], construct["constructPath"])
        for pack in reports
        for one in pack.get("violations", [])
        for construct in one["violatingConstructs"]
        if construct["constructPath"].startswith(tuple(found))
    ]
    assert violations == []
    used = {
        (one["acknowledgedAt"], one["acknowledgedId"])
        for pack in reports
        for one in pack.get("suppressedViolations", [])
    }
    declared = {
        (construct.node.path, id)
        for construct in app.node.find_all()
        for entry in construct.node.metadata
        if entry.type == cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY
        for id in entry.data
        if not id.startswith("CloudFormation-Validate::")
    }
    assert declared == used
    assert all(path.startswith(tuple(found)) for path, _ in declared), "a drain speaks for itself alone"


def test_every_acknowledgement_says_why(tmp_path: Path) -> None:
    app = cdk.App(outdir=str(tmp_path), context=CONTEXT, builtin_cloud_formation_validation=False)
    of_one_stack(app)
    app.synth()

    reasons = {
        (id, reason)
        for construct in app.node.find_all()
        for entry in construct.node.metadata
        if entry.type == cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY
        for id, reason in entry.data.items()
        if not id.startswith("CloudFormation-Validate::")
    }

    assert len(reasons) == 20
    assert all(len(reason) > 60 for _, reason in reasons)


def test_acknowledges_once_however_often_it_is_synthesized(app: cdk.App, stack: cdk.Stack, domain: Domain) -> None:
    drain = DomainDrain(stack, "Drain", domain=domain)
    counts = []
    for _ in range(2):
        app.synth(force=True)
        counts.append(sum(len(construct.node.metadata) for construct in drain.node.find_all()))

    assert counts[0] == counts[1]


def test_studio_checks_have_nothing_to_say_of_packs_that_are_not_there(tmp_path: Path) -> None:
    app = unfailing_app(tmp_path)
    of_one_stack(app)
    cdk.Validations.of(app).add_plugins(StudioChecks(app))

    assert {rule for rule, _ in open_findings(app)} == {"Studio-Retain"}, "which the domain was told not to be"


def test_cfn_lint_finds_no_error(tmp_path: Path) -> None:
    templates = synthesized(written(tmp_path, SETTINGS), tmp_path / "out")

    found = {finding for template in templates.values() for finding in findings(template)} - REVIEWED

    assert {rule for rule, _, _ in found} == {"W3005"}
    assert {resource_type for _, resource_type, _ in found} == {
        "AWS::Lambda::Function",
        "AWS::StepFunctions::StateMachine",
    }, "the CDK says of its functions twice what they depend on"


@pytest.mark.parametrize("define", [of_one_stack, of_two_stacks])
def test_template_validator_finds_nothing(define: Callable[[cdk.App], None], tmp_path: Path) -> None:
    context = {**CONTEXT, "@aws-cdk/core:failSynthOnValidationErrors": False}
    app = cdk.App(outdir=str(tmp_path), context=context)
    define(app)

    violations, acknowledged = report(app)

    assert violations == set()
    assert not [path for _, path in acknowledged if "Drain" in path]
