"""Policy packs on the reference app and others: nothing open, nothing acknowledged in vain, and proof that the check can fail."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import jsii
import pytest
from aws_cdk import aws_s3 as s3
from cdk_nag import AwsSolutionsChecks, HIPAASecurityChecks, NagPack, NIST80053R5Checks, PCIDSS321Checks

from constructs_lib import StudioChecks
from stacks.fail_closed import FailClosed
from tests.conftest import CONTEXT, ROOT
from tests.studios import REFERENCE, TEAMS, studio_app, written

MAXIMUM_ACKNOWLEDGED = {"AwsSolutions": 12, "HIPAA.Security": 20, "NIST.800.53.R5": 20, "PCI.DSS.321": 20, "Studio": 0}
FIXED = "  account: '123456789012'\n  region: eu-west-1\n"


def checked(settings: Path, outdir: Path, flags: dict[str, Any] = CONTEXT) -> cdk.App:
    context = {**flags, "@aws-cdk/core:failSynthOnValidationErrors": False}
    app = studio_app(settings, outdir, context=context)
    packs = (AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks)
    cdk.Validations.of(app).add_plugins(StudioChecks(app), *(FailClosed(pack(app, verbose=True)) for pack in packs))
    return app


def plugin_reports(app: cdk.App) -> list[dict[str, Any]]:
    app.synth()
    reports: list[dict[str, Any]] = json.loads((Path(app.outdir) / "validation-report.json").read_text())[
        "pluginReports"
    ]
    return reports


def acknowledged(reports: list[dict[str, Any]]) -> dict[str, list[str]]:
    """What is acknowledged, by pack: each finding as often as there are constructs that have it."""
    return {
        one["pluginName"]: [
            finding["ruleName"] for finding in one["suppressedViolations"] for _ in finding["violatingConstructs"]
        ]
        for one in reports
    }


SETTINGS = {
    "reference": REFERENCE.read_text(),
    "teams": TEAMS.replace("remote_access: true\n", "remote_access: true\n  source_identity: true\n")
    + "acknowledgements: [{finding: Studio-RemoteAccess, reason: the team works from its own editors}]",
    "remote access alone": "domain:\n  name: research\n  remote_access: true\nusers: [{name: alice}]",
    "users of a team alone": "domain:\n  name: research\nroles: [{name: team}]\nusers: [{name: alice, role: team}]",
    "a drain": "domain:\n  name: research\n  removal_policy: Delete\n  drain: {delete_user_spaces: true}\n"
    "users: [{name: alice, spaces: [{name: lab, app: JupyterLab}]}]\n"
    "acknowledgements: [{finding: Studio-Retain, reason: this Studio is meant to be destroyed}]",
    "images, scripts and features": "domain:\n  name: research\n"
    "  network: {features: [ECR, MLFLOW]}\n  hidden: {apps: [Canvas]}\n  docker: {trusted_accounts: ['123456789012']}\n"
    "  images: [{name: team, repository: ml/team, tag: '2.1'}, {name: vision, repository: ml/vision, tag: '1'}]\n"
    f"  scripts: [{{name: setup, file: {ROOT}/scripts/setup, run: Always}}]\n"
    "users: [{name: alice, spaces: [{name: lab, app: JupyterLab, image: team}]}]",
    "roles alone": "domain:\n  name: research\nroles: [{name: team}]",
}


@pytest.mark.parametrize("flags", [CONTEXT, {}], ids=["with feature flags", "without"])
@pytest.mark.parametrize("environment", ["", FIXED], ids=["anywhere", "in one account and region"])
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS.keys())
def test_app_has_no_open_finding_and_no_stale_acknowledgement(
    settings: str, environment: str, flags: dict[str, Any], tmp_path: Path
) -> None:
    text = settings.replace("  name: research\n", f"  name: research\n{environment}", 1)
    assert environment in text
    app = checked(written(tmp_path, text), tmp_path / "out", flags)

    reports = plugin_reports(app)

    assert [one["violations"] for one in reports if one["violations"]] == []
    used = {
        (one.get("acknowledgedAt", ""), one["acknowledgedId"])
        for report in reports
        for one in report["suppressedViolations"]
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


def test_readme_counts_what_is_acknowledged_on_the_reference_app(tmp_path: Path) -> None:
    counted = acknowledged(plugin_reports(checked(REFERENCE, tmp_path)))
    readme = (ROOT / "README.md").read_text()

    stated = re.findall(r"^\| `([\w.]+)` \| (\d+) \| (\d+) ", readme, re.MULTILINE)

    assert {pack: (int(findings), int(places)) for pack, findings, places in stated} == {
        pack: (len(set(counted.get(pack, []))), len(counted.get(pack, []))) for pack in MAXIMUM_ACKNOWLEDGED
    }
    assert all(len(set(counted.get(pack, []))) <= maximum for pack, maximum in MAXIMUM_ACKNOWLEDGED.items())


def test_a_bad_stack_fails(tmp_path: Path) -> None:
    app = checked(REFERENCE, tmp_path)
    s3.Bucket(cdk.Stack(app, "Bad"), "Open")

    found = {one["ruleName"] for report in plugin_reports(app) for one in report["violations"]}

    assert {"AwsSolutions-S1", "AwsSolutions-S10"} <= found


def test_a_bad_policy_on_a_profile_fails(tmp_path: Path) -> None:
    app = checked(REFERENCE, tmp_path)
    users = app.node.find_child("research-users-1")
    policy = cdk.aws_iam.PolicyDocument.from_json(
        {"Statement": [{"Effect": "Allow", "Action": "sagemaker:*", "Resource": "*"}]}
    )
    cdk.aws_iam.ManagedPolicy(users, "Wide", document=policy)

    found = {one["ruleName"] for report in plugin_reports(app) for one in report["violations"]}

    assert {"AwsSolutions-IAM5[Action::sagemaker:*]", "AwsSolutions-IAM5[Resource::*]"} <= found


@jsii.implements(cdk.IPolicyValidationPlugin)
class _Crashing(NagPack):
    @property
    def name(self) -> str:
        return "Crashing"

    def _check_resource(self, node: cdk.CfnResource) -> None:
        raise RuntimeError("a rule's bug")


def test_a_pack_that_crashes_is_a_finding_at_no_construct(tmp_path: Path) -> None:
    context = {**CONTEXT, "@aws-cdk/core:failSynthOnValidationErrors": False}
    app = cdk.App(outdir=str(tmp_path), context=context, builtin_cloud_formation_validation=False)
    s3.Bucket(cdk.Stack(app, "Some"), "Bucket")
    cdk.Validations.of(app).add_plugins(FailClosed(_Crashing(app)))

    (report,) = plugin_reports(app)

    (crash,) = report["violations"]
    assert (report["pluginName"], crash["ruleName"], crash["severity"]) == ("Crashing", "Crash", "fatal")
    assert "a rule's bug" in crash["description"]
    assert [one["constructPath"] for one in crash["violatingConstructs"]] == [""]
