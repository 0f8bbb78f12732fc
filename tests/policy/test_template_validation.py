"""The CDK's own template validator, strict: what it says of our resources, and what it must still say."""

from __future__ import annotations

import json
from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk import Duration

from constructs_lib import (
    App,
    CodeEditor,
    Domain,
    IdleShutdown,
    InstanceType,
    JupyterLab,
    NetworkAccess,
    SpaceSettings,
    UserSettings,
)
from tests.conftest import CONTEXT

IDLE = IdleShutdown.after(Duration.hours(1))


@pytest.fixture
def validated(tmp_path: Path) -> cdk.App:
    context = {**CONTEXT, "@aws-cdk/core:failSynthOnValidationErrors": False}
    return cdk.App(outdir=str(tmp_path), context=context)


def report(app: cdk.App) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Synthesize, and return what the validator says and what was acknowledged, with construct paths."""
    app.synth()
    found: dict[str, set[tuple[str, str]]] = {"violations": set(), "suppressedViolations": set()}
    for plugin in json.loads((Path(app.outdir) / "validation-report.json").read_text())["pluginReports"]:
        assert "error" not in plugin.get("metadata", {}), plugin
        for kind, findings in found.items():
            findings.update(
                (one["ruleName"], construct["constructPath"])
                for one in plugin.get(kind, [])
                for construct in one["violatingConstructs"]
            )
    return found["violations"], found["suppressedViolations"]


def define(app: cdk.App, runs: App | None = None) -> cdk.Stack:
    """A domain, a profile and a space that all say the same of one app."""
    stack = cdk.Stack(app, "Research")
    network = NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"])
    lab = runs if isinstance(runs, JupyterLab) else None
    settings = UserSettings(jupyter_lab=lab, code_editor=runs if isinstance(runs, CodeEditor) else None)
    domain = Domain(
        stack,
        "Studio",
        network=network,
        default_user_settings=settings,
        default_space_settings=SpaceSettings(jupyter_lab=lab),
    )
    domain.add_user_profile("Alice", user_settings=settings).add_private_space("Lab", app=runs or JupyterLab())
    return stack


@pytest.mark.parametrize("app_of_all", [JupyterLab, CodeEditor])
def test_idle_shutdown_is_acknowledged_only_where_it_is_rendered(app_of_all: type[App], validated: cdk.App) -> None:
    define(validated, app_of_all(idle_shutdown=IDLE))

    violations, acknowledged = report(validated)

    assert violations == set()
    assert acknowledged == {
        ("F3002", "Research/Studio/Alice/Resource"),
        ("F3002", "Research/Studio/Alice/Lab/Resource"),
    }


def test_nothing_is_acknowledged_where_nothing_needs_it(validated: cdk.App) -> None:
    define(validated)

    assert report(validated) == (set(), set())


@pytest.mark.parametrize(
    ("instance_type", "unknown_to"),
    [
        ("ml.m5.large", []),
        ("ml.g6.xlarge", ["Alice/Lab"]),
        ("ml.g7.2xlarge", ["", "Alice/Lab"]),
        ("ml.g9.xlarge", ["", "Alice", "Alice/Lab"]),
    ],
)
def test_types_that_the_validator_does_not_know_are_acknowledged(
    instance_type: str, unknown_to: list[str], validated: cdk.App
) -> None:
    define(validated, JupyterLab(instance_type=InstanceType.of(instance_type)))

    violations, acknowledged = report(validated)

    assert violations == set()
    assert {path for rule, path in acknowledged if rule == "W3030"} == {
        "/".join(filter(None, ["Research/Studio", where, "Resource"])) for where in unknown_to
    }


def test_allowed_types_need_no_acknowledgement(validated: cdk.App) -> None:
    network = NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"])
    Domain(
        cdk.Stack(validated, "Research"),
        "Studio",
        network=network,
        allowed_instance_types=[InstanceType.ML_T3_MEDIUM, InstanceType.of("ml.g9.xlarge")],
    )

    assert report(validated) == (set(), set())


def test_an_acknowledgement_reaches_nothing_but_its_resource(validated: cdk.App) -> None:
    stack = define(validated, JupyterLab(idle_shutdown=IDLE))
    role = stack.node.find_child("Studio").node.find_child("Alice").node.find_child("ExecutionRole")
    resource = role.node.default_child
    assert isinstance(resource, cdk.CfnResource)
    resource.add_property_override("Typo", "x")

    violations, _ = report(validated)

    assert ("F3002", "Research/Studio/Alice/ExecutionRole/Resource") in violations


def test_a_mistake_in_the_template_is_still_found(validated: cdk.App) -> None:
    stack = define(validated)
    domain = stack.node.find_child("Studio").node.default_child
    assert isinstance(domain, cdk.CfnResource)
    domain.add_property_override("DefaultUserSettings.Typo", "x")

    violations, _ = report(validated)

    assert ("F3002", "Research/Studio/Resource") in violations
