"""The pack among those of cdk-nag: its ids, its report, its acknowledgements, and what becomes of a crash."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_sagemaker as sagemaker

from constructs_lib import Domain, StudioChecks
from constructs_lib.checks import rules
from constructs_lib.checks.rule import Finding, Rule
from constructs_lib.checks.rules import RULES
from constructs_lib.checks.rules.tag_propagation import TAG_PROPAGATION
from constructs_lib.checks.rules.vpc_only import VPC_ONLY
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part
from tests.checks.reports import acknowledged_findings, open_findings, report, unfailing_app

ROLE = "arn:aws:iam::111122223333:role/studio"
IDLE = {"appLifecycleManagement": {"idleSettings": {"lifecycleManagement": "ENABLED", "idleTimeoutInMinutes": 480}}}


@pytest.fixture
def app(tmp_path: Path) -> cdk.App:
    app = unfailing_app(tmp_path)
    cdk.Validations.of(app).add_plugins(StudioChecks(app))
    return app


def public_domain(scope: cdk.Stack, **properties: Any) -> sagemaker.CfnDomain:
    """A domain in which nothing is wrong but its network, and that its role is made elsewhere."""
    domain = sagemaker.CfnDomain(
        scope,
        "Domain",
        auth_mode="IAM",
        domain_name="studio",
        kms_key_id="arn:aws:kms:eu-west-1:111122223333:key/0123",
        tag_propagation="ENABLED",
        home_efs_file_system_creation="Disabled",
        default_user_settings={
            "executionRole": ROLE,
            "jupyterLabAppSettings": IDLE,
            "codeEditorAppSettings": IDLE,
            "spaceStorageSettings": {
                "defaultEbsStorageSettings": {"defaultEbsVolumeSizeInGb": 5, "maximumEbsVolumeSizeInGb": 50}
            },
            "studioWebPortal": "ENABLED",
            "defaultLandingUri": "studio::",
            "studioWebPortalSettings": {"hiddenAppTypes": ["JupyterServer"]},
        },
        **properties,
    )
    domain.apply_removal_policy(cdk.RemovalPolicy.RETAIN)
    return domain


def acknowledge(scope: cdk.IConstruct | Any, *ids: str) -> None:
    cdk.Validations.of(scope).acknowledge(*(cdk.Acknowledgment(id=one, reason=f"tried with {one}") for one in ids))


def test_a_finding_says_where_what_and_how(app: cdk.App) -> None:
    public_domain(cdk.Stack(app, "Research"))

    violations = {one["ruleName"]: one for one in report(app)["violations"]}

    assert set(violations) == {"Studio-VpcOnly", "Studio-ExecutionRoleInApp"}
    found = violations["Studio-VpcOnly"]
    (construct,) = found["violatingConstructs"]
    assert found["severity"] == "error"
    assert found["suggestedFix"] == VPC_ONLY.fix
    assert found["description"] == (
        "Apps of the Studio domain reach the internet past its VPC. "
        "AppNetworkAccessType must be VpcOnly, got nothing, which means PublicInternetOnly."
    )
    assert construct["constructPath"] == "Research/Domain"
    assert construct["cloudFormationResource"] == {
        "templatePath": "Research.template.json",
        "logicalId": "Domain",
        "propertyPaths": ["Properties.AppNetworkAccessType"],
    }


def test_verbose_says_why_and_for_which_controls(tmp_path: Path) -> None:
    app = unfailing_app(tmp_path)
    cdk.Validations.of(app).add_plugins(StudioChecks(app, verbose=True))
    public_domain(cdk.Stack(app, "Research"))

    description = next(one["description"] for one in report(app)["violations"] if one["ruleName"] == VPC_ONLY.id)

    assert VPC_ONLY.explanation in description
    assert "NIST 800-53 R5: AC-4(21), SC-7; HIPAA: 164.312(e)(1); PCI DSS 3.2.1: 1.2.1, 1.3.4" in description


def test_an_error_fails_the_synth_and_a_warning_does_not(tmp_path: Path) -> None:
    app = cdk.App(outdir=str(tmp_path), builtin_cloud_formation_validation=False)
    cdk.Validations.of(app).add_plugins(StudioChecks(app))
    stack = cdk.Stack(app, "Research")
    domain = public_domain(stack, app_network_access_type="VpcOnly")
    app.synth()

    domain.app_network_access_type = "PublicInternetOnly"

    with pytest.raises(RuntimeError, match="Studio::Studio-VpcOnly"):
        app.synth(force=True)


def test_acknowledgements_leave_an_audit_trail(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Research")
    public_domain(stack)
    acknowledge(stack, "Studio::Studio-VpcOnly")
    acknowledge(app, "Studio::Studio-ExecutionRoleInApp")

    found = report(app)

    assert found["violations"] == []
    assert found["conclusion"] == "success"
    assert {
        (one["acknowledgedId"], one.get("acknowledgedAt", ""), one["reason"]) for one in found["suppressedViolations"]
    } == {
        ("Studio::Studio-VpcOnly", "Research", "tried with Studio::Studio-VpcOnly"),
        ("Studio::Studio-ExecutionRoleInApp", "", "tried with Studio::Studio-ExecutionRoleInApp"),
    }


@pytest.mark.parametrize(
    ("id", "message", "fix"),
    [
        ("Studio::Studio-DockerAccess", "Studio::Studio-DockerAccess is found neither here nor beneath", "remove it"),
        (
            "Studio::Studio-VpcOnly[Unresolved]",
            "Studio::Studio-VpcOnly[Unresolved] is found neither here nor beneath",
            "remove it",
        ),
        ("Studio::Studio-VpcOny", "Studio::Studio-VpcOny is the id of no rule", "write Studio::Studio-VpcOnly"),
        ("Studio::VpcOnly", "Studio::VpcOnly is the id of no rule", "write Studio::Studio-VpcOnly"),
        ("Studio::Nothing at all", "Studio::Nothing-at-all is the id of no rule", "remove it"),
        ("studio::Studio-VpcOnly", "studio::Studio-VpcOnly acknowledges nothing", "write Studio::Studio-VpcOnly"),
        ("Studio-VpcOnly", "Studio-VpcOnly acknowledges nothing", "write Studio::Studio-VpcOnly"),
        ("Acme::Studio-VpcOnly[x]", "Acme::Studio-VpcOnly[x] acknowledges nothing", "write Studio::Studio-VpcOnly[x]"),
        (
            "Studio::Studio-TrustedBySageMaker[AWS:arn:aws:iam::111122223333:root]",
            "Studio::Studio-TrustedBySageMaker[AWS:arn:aws:iam::111122223333:root] is found neither here nor beneath",
            "remove it",
        ),
    ],
)
@pytest.mark.parametrize("place", ["", "Research", "Research/Domain"])
def test_an_acknowledgement_of_nothing_is_a_warning(place: str, id: str, message: str, fix: str, app: cdk.App) -> None:
    stack = cdk.Stack(app, "Research")
    domain = public_domain(stack)
    acknowledge({"": app, "Research": stack, "Research/Domain": domain}[place], id)

    found = next(one for one in report(app)["violations"] if one["ruleName"] == "Studio-StaleAcknowledgement")

    assert found["description"] == f"An acknowledgement acknowledges nothing. {message}."
    assert found["suggestedFix"] == fix
    assert found["severity"] == "warning"
    assert [one["constructPath"] for one in found["violatingConstructs"]] == [place]


def test_acknowledgements_of_others_are_none_of_ours(app: cdk.App) -> None:
    stack = cdk.Stack(app, "StudioStack")
    ids = ("AwsSolutions::AwsSolutions-S1", "my-warning", "Studio-Plans", "Acme::Studio-Naming")
    acknowledge(public_domain(stack), *ids)

    assert not any(id == "Studio-StaleAcknowledgement" for id, _ in open_findings(app))


def test_an_acknowledgement_beside_the_finding_is_stale(app: cdk.App) -> None:
    public_domain(cdk.Stack(app, "Research"))
    acknowledge(cdk.Stack(app, "Res"), "Studio::Studio-VpcOnly")

    assert {("Studio-VpcOnly", "Research/Domain"), ("Studio-StaleAcknowledgement", "Res")} <= open_findings(app)


def test_a_stale_acknowledgement_can_be_acknowledged(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Research")
    public_domain(stack)
    acknowledge(stack, "Studio::Studio-DockerAccess", "Studio::Studio-StaleAcknowledgement")

    assert ("Studio-StaleAcknowledgement", "Research") in acknowledged_findings(app)


def test_on_a_stage_it_judges_the_stage_alone(tmp_path: Path) -> None:
    app = unfailing_app(tmp_path)
    stage = cdk.Stage(app, "Dev")
    cdk.Validations.of(stage).add_plugins(StudioChecks(stage))
    for scope in (app, stage):
        public_domain(cdk.Stack(scope, "Research"))
    acknowledge(app, "Studio::Studio-DockerAccess")
    acknowledge(stage, "Studio::Studio-DockerAccess")

    assert open_findings(app) == {
        ("Studio-VpcOnly", "Dev/Research/Domain"),
        ("Studio-ExecutionRoleInApp", "Dev/Research/Domain"),
        ("Studio-StaleAcknowledgement", "Dev"),
    }


@pytest.mark.parametrize(("minutes", "findings"), [(479, 2), (480, 0)])
def test_the_idle_time_has_a_limit_of_ones_own(minutes: int, findings: int, tmp_path: Path) -> None:
    app = unfailing_app(tmp_path)
    limit = cdk.Duration.minutes(minutes)
    cdk.Validations.of(app).add_plugins(StudioChecks(app, maximum_idle_time=limit))
    public_domain(cdk.Stack(app, "Research"))

    found = [one for one in report(app)["violations"] if one["ruleName"] == "Studio-IdleShutdown"]

    assert len(found) == findings


def test_it_can_be_told_nothing(tmp_path: Path) -> None:
    app = unfailing_app(tmp_path)
    cdk.Validations.of(app).add_plugins(StudioChecks())
    stack = cdk.Stack(app, "Research")
    public_domain(stack)
    acknowledge(app, "Studio::Studio-DockerAccess")

    assert ("Studio-StaleAcknowledgement", "") in open_findings(app)


def crashing(app: cdk.App, error: Exception) -> StudioChecks:
    def crash(domain: Part, studio: Studio) -> Iterator[Finding]:
        yield Finding(domain, "", "must not be")
        raise error

    checks = StudioChecks(app)
    checks._rules = [TAG_PROPAGATION, dataclasses.replace(VPC_ONLY, check=crash)]
    return checks


@pytest.mark.parametrize(
    "error", [RuntimeError("a rule's bug"), KeyError("a rule's bug"), RecursionError("a rule's bug")]
)
def test_a_rule_that_crashes_is_a_finding_at_no_construct_that_nobody_can_acknowledge(
    error: Exception, tmp_path: Path
) -> None:
    app = unfailing_app(tmp_path)
    cdk.Validations.of(app).add_plugins(crashing(app, error))
    public_domain(cdk.Stack(app, "Research"))
    acknowledge(app, "Studio::Crash")

    found = report(app)

    (crash,) = found["violations"]
    assert found["conclusion"] == "failure"
    assert (crash["ruleName"], crash["severity"]) == ("Crash", "fatal")
    assert [one["constructPath"] for one in crash["violatingConstructs"]] == [""]
    assert "a rule's bug" in crash["description"]


def test_an_app_without_a_studio_has_no_findings(app: cdk.App) -> None:
    cdk.CfnResource(cdk.Stack(app, "Other"), "Topic", type="AWS::SNS::Topic")

    assert open_findings(app) == set()


def test_our_own_domain_has_no_findings(app: cdk.App, network: Any) -> None:
    domain = Domain(cdk.Stack(app, "Research"), "Studio", network=network)
    domain.add_user_profile("Alice")

    assert open_findings(app) == set()


def test_each_rule_is_in_the_pack_once() -> None:
    files = [path.stem for path in Path(rules.__path__[0]).glob("*.py") if path.stem != "__init__"]
    modules = [importlib.import_module(f"{rules.__name__}.{name}") for name in files]
    defined = [one for module in modules for one in vars(module).values() if isinstance(one, Rule)]

    assert set(RULES) == set(defined)
    assert len(RULES) == len(files)
    assert StudioChecks().rule_ids == sorted({rule.id for rule in RULES})
