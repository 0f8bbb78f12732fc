"""cdk-nag on the reference app and on one of teams: nothing open, nothing acknowledged in vain, and proof that the check can fail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import jsii
import pytest
from aws_cdk import aws_s3 as s3
from cdk_nag import AwsSolutionsChecks, NagPack

from stacks.fail_closed import FailClosed
from tests.conftest import CONTEXT
from tests.studios import REFERENCE, TEAMS, studio_app, written

FIXED = "  account: '123456789012'\n  region: eu-west-1\n"


def checked(settings: Path, outdir: Path, flags: dict[str, Any] = CONTEXT) -> cdk.App:
    context = {**flags, "@aws-cdk/core:failSynthOnValidationErrors": False}
    app = studio_app(settings, outdir, context=context)
    cdk.Validations.of(app).add_plugins(FailClosed(AwsSolutionsChecks(app, verbose=True)))
    return app


def plugin_reports(app: cdk.App) -> list[dict[str, Any]]:
    app.synth()
    reports: list[dict[str, Any]] = json.loads((Path(app.outdir) / "validation-report.json").read_text())[
        "pluginReports"
    ]
    return reports


SETTINGS = {
    "reference": REFERENCE.read_text(),
    "teams": TEAMS,
    "remote access alone": "domain:\n  name: research\n  remote_access: true\nusers: [{name: alice}]",
    "users of a team alone": "domain:\n  name: research\nroles: [{name: team}]\nusers: [{name: alice, role: team}]",
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
        (one["acknowledgedAt"], one["acknowledgedId"]) for report in reports for one in report["suppressedViolations"]
    }
    declared = {
        (construct.node.path, id)
        for construct in app.node.find_all()
        for entry in construct.node.metadata
        if entry.type == cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY
        for id in entry.data
        if id.startswith("AwsSolutions::")
    }
    assert declared == {one for one in used if one[1].startswith("AwsSolutions::")}
    assert {path for path, _ in declared} == {"research-studio/Domain", "research-users-1"}


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

    assert found == {"AwsSolutions-IAM5[Action::sagemaker:*]", "AwsSolutions-IAM5[Resource::*]"}


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
    assert (report["pluginName"], crash["ruleName"], crash["severity"]) == ("Crashing", "Crash", "error")
    assert "a rule's bug" in crash["description"]
    assert [one["constructPath"] for one in crash["violatingConstructs"]] == [""]
