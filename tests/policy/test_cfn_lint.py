"""cfn-lint finds nothing in our templates but what was reviewed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from cfnlint.api import ManualArgs, lint

from constructs_lib import CodeEditor, Domain, InstanceType, JupyterLab, NetworkAccess, SpaceSettings, UserSettings
from tests.conftest import ROOT
from tests.resource_schemas import REVIEWED as REVIEWED_PROPERTIES
from tests.studios import REFERENCE, synthesized, written
from tests.templates import Template, template_of

M5 = InstanceType.ML_M5_LARGE
SPEC = "AppSettings/DefaultResourceSpec/InstanceType"

# What is rendered in knowledge of the finding: the rule, the resource type and the property.
REVIEWED = {("E3002", resource_type, path) for resource_type, path in REVIEWED_PROPERTIES} | {
    # The API takes more instance types than the schemas list.
    ("E3030", "AWS::SageMaker::Space", f"SpaceSettings/JupyterLab{SPEC}"),
    ("E3030", "AWS::SageMaker::Space", f"SpaceSettings/CodeEditor{SPEC}"),
}


def findings(template: Template) -> Iterator[tuple[str, str, str]]:
    for match in lint(json.dumps(template), config=ManualArgs(regions=["us-east-1", "eu-west-1"])):
        section, logical_id, *path = map(str, match.path)
        resource_type = template[section].get(logical_id, {}).get("Type", section)
        steps = [step for step in path if not step.isdigit()]
        yield match.rule.id, resource_type, "/".join(steps).removeprefix("Properties/")


@pytest.mark.parametrize(
    "keys",
    [
        "",
        "account: '123456789012', region: eu-west-1, encryption: AwsManaged",
        "network_access: PublicInternetOnly, home_efs: true, remote_access: true",
        "vpc: {vpc_id: vpc-0a1b2c3d, subnet_ids: [subnet-0a1b2c3d]}, removal_policy: Delete",
    ],
)
def test_finds_nothing_but_what_was_reviewed(keys: str, tmp_path: Path) -> None:
    users = REFERENCE.read_text().partition("\nusers:")[2]
    domain = f"{{name: research, storage: {{maximum_gb: 200}}, {keys}}}"
    templates = synthesized(written(tmp_path, f"domain: {domain}\nusers:{users}"), tmp_path / "out")

    found = {finding for template in templates.values() for finding in findings(template)}

    assert found <= REVIEWED
    assert {rule for rule, _, _ in found} == {"E3002", "E3030"}, "else the list above is out of date"


def test_finds_nothing_else_in_constructs_with_many_settings(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    large = JupyterLab(instance_type=M5)
    domain = Domain(
        stack,
        "Studio",
        network=NetworkAccess.vpc_only(vpc),
        allowed_instance_types=[M5, InstanceType.ML_G7_2XLARGE],
        default_user_settings=UserSettings(jupyter_lab=large, code_editor=CodeEditor(instance_type=M5)),
        default_space_settings=SpaceSettings(jupyter_lab=large),
        tags={"team": "churn"},
    )
    lab = JupyterLab(instance_type=M5, code_repositories=["https://github.com/example/churn"])
    domain.add_user_profile("Alice", user_settings=UserSettings(jupyter_lab=lab)).add_shared_space("Churn", app=lab)

    assert set(findings(template_of(stack))) <= REVIEWED


SNAPSHOTS = ROOT / "tests" / "snapshot" / "__snapshots__"


@pytest.mark.parametrize("name", ["settings", "images", "network"])
def test_finds_nothing_else_in_the_snapshots(name: str) -> None:
    templates = [json.loads(path.read_text()) for path in (SNAPSHOTS / f"test_{name}").glob("*.json")]

    assert templates
    assert {finding for template in templates for finding in findings(template)} <= REVIEWED
