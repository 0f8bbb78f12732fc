"""What checks say of a file system of ours, with its directories: nothing that its user would have to answer for."""

from __future__ import annotations

import json
from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from cdk_nag import AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks

from constructs_lib import (
    CustomFileSystem,
    Domain,
    JupyterLab,
    NetworkAccess,
    PosixUser,
    StudioChecks,
    StudioFileSystem,
    UserSettings,
)
from stacks.fail_closed import FailClosed
from tests.checks.reports import open_findings, unfailing_app
from tests.conftest import CONTEXT
from tests.policy.test_cfn_lint import findings
from tests.policy.test_template_validation import report
from tests.templates import template_of

PACKS = (AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks)
ALICE = PosixUser(uid=10_001, gid=1_001)


def files_of(app: cdk.App) -> cdk.Stack:
    stack = cdk.Stack(app, "Research")
    vpc = ec2.Vpc(stack, "Vpc", nat_gateways=0, restrict_default_security_group=False)
    files = StudioFileSystem(stack, "Files", vpc=vpc)
    mounted = CustomFileSystem.efs(files, path=files.add_directory("Alice", owner=ALICE))
    files.add_shared_directory("Team", gid=1_001)
    domain = Domain(stack, "Studio", network=NetworkAccess.vpc_only(vpc))
    settings = UserSettings(custom_file_systems=[mounted], posix_user=ALICE)
    alice = domain.add_user_profile("Alice", user_settings=settings)
    alice.add_private_space("Lab", app=JupyterLab(), custom_file_system=mounted)
    return stack


def test_packs_find_nothing_open_and_nothing_acknowledged_in_vain(tmp_path: Path) -> None:
    app = unfailing_app(tmp_path)
    files_of(app)
    cdk.Validations.of(app).add_plugins(*(FailClosed(pack(app)) for pack in PACKS))
    app.synth()
    reports = json.loads((tmp_path / "validation-report.json").read_text())["pluginReports"]

    violations = [
        (one["ruleName"], construct["constructPath"])
        for pack in reports
        for one in pack.get("violations", [])
        for construct in one["violatingConstructs"]
        if construct["constructPath"].startswith("Research/Files")
    ]
    used = {
        (one["acknowledgedAt"], one["acknowledgedId"])
        for pack in reports
        for one in pack.get("suppressedViolations", [])
        if one["acknowledgedAt"].startswith("Research/Files")
    }
    declared = {
        (construct.node.path, id)
        for construct in app.node.find_all()
        for entry in construct.node.metadata
        if entry.type == cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY
        for id in entry.data
        if construct.node.path.startswith("Research/Files")
    }
    assert violations == []
    assert declared == used


def test_studio_checks_find_nothing_in_it(tmp_path: Path) -> None:
    app = unfailing_app(tmp_path)
    files_of(app)
    cdk.Validations.of(app).add_plugins(StudioChecks(app))

    assert open_findings(app) == set()


@pytest.mark.parametrize("flags", [CONTEXT, {}], ids=["with feature flags", "without"])
def test_cfn_lint_finds_no_error(flags: dict[str, object], tmp_path: Path) -> None:
    app = cdk.App(outdir=str(tmp_path), context=flags, builtin_cloud_formation_validation=False)

    found = {
        (rule, resource_type)
        for rule, resource_type, _ in findings(template_of(files_of(app)))
        if not resource_type.startswith("AWS::SageMaker")
    }

    assert found <= {("W3005", "AWS::Lambda::Function")}, "the CDK says of its functions twice what they depend on"


def test_template_validator_finds_nothing(tmp_path: Path) -> None:
    context = {**CONTEXT, "@aws-cdk/core:failSynthOnValidationErrors": False}
    app = cdk.App(outdir=str(tmp_path), context=context)
    files_of(app)

    violations, _ = report(app)

    assert {one for one in violations if "/Files" in one[1]} == set()
