"""Everything that is not left out on purpose can be set by the typed API, and the tool that says so sees what is not."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import aws_sagemaker

from tests.coverage import coverage
from tests.coverage.coverage import TYPES, Coverage, left_out, stale
from tests.coverage.reviewed import NOT_OFFERED
from tests.coverage.schemas import LEFT_OUT, bundled_schema, leaves_of, properties_of, schema_of
from tests.coverage.snapshots import escape_hatches, modules, values_in, values_set
from tests.resource_schemas import REVIEWED

SPACE = "AWS::SageMaker::Space"


@pytest.mark.parametrize("resource_type", TYPES)
def test_typed_api_sets_every_property(resource_type: str) -> None:
    measured = Coverage.measured(resource_type)

    assert measured.is_complete, f"\n{measured}"


@pytest.mark.parametrize("module", list(modules()), ids=lambda module: module.stem)
def test_snapshots_come_out_of_the_typed_api_alone(module: Path) -> None:
    assert escape_hatches(module.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        "from aws_cdk.aws_sagemaker import CfnSpace",
        "sagemaker.CfnSpace(stack, 'Space')",
        "space._resource.space_name = 'lab'",
        "space.node.default_child",
        "resource.add_property_override('SpaceName', 'lab')",
        "cdk.Aspects.of(stack)",
    ],
)
def test_an_escape_hatch_is_seen(code: str) -> None:
    assert escape_hatches(code)


def test_an_output_is_none() -> None:
    assert escape_hatches("cdk.CfnOutput(stack, 'Arn', value=space.space_arn)") == []


def schemas_with(monkeypatch: pytest.MonkeyPatch, **properties: Any) -> None:
    def schema_with(resource_type: str) -> dict[str, Any]:
        schema = deepcopy(schema_of(resource_type))
        schema["properties"] |= properties
        return schema

    monkeypatch.setattr(coverage, "schema_of", schema_with)


def test_a_property_that_no_snapshot_has_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Coverage.measured(SPACE)
    added = {"type": "array", "items": {"type": "object", "properties": {"Member": {"type": "string"}}}}
    schemas_with(monkeypatch, New=added)

    measured = Coverage.measured(SPACE)

    assert measured.missing == before.missing | {"New[]/Member"}
    assert not measured.is_complete
    assert "  not set by a snapshot: New[]/Member" in str(measured).splitlines()
    covered, offered = len(before.offered) - len(before.missing), len(before.offered) + 1
    assert str(measured).startswith(f"{SPACE} {covered} of {offered} property paths\n")


def test_a_property_that_the_schema_does_not_know_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "values_set", lambda _: {"SpaceSettings/AppTypo": ["JupyterLab"]})

    measured = Coverage.measured(SPACE)

    assert measured.unknown == {"SpaceSettings/AppTypo"}
    assert not measured.is_complete


def test_what_is_computed_stands_for_itself_alone() -> None:
    vpc = {"Fn::If": ["Private", {"Member": 1}, {"Ref": "AWS::NoValue"}]}
    template = {"Resources": {"Lab": {"Type": SPACE, "Properties": {"SpaceSettings": vpc, "Tags": [{"Key": "team"}]}}}}

    assert values_in([template], SPACE) == {
        "SpaceSettings": [vpc],
        "Tags": [[{"Key": "team"}]],
        "Tags[]": [{"Key": "team"}],
        "Tags[]/Key": ["team"],
    }


def test_attributes_of_resources_are_not_offered() -> None:
    assert "SpaceArn" in bundled_schema(SPACE)["properties"]
    assert "SpaceArn" not in properties_of(schema_of(SPACE))


def test_what_is_left_out_on_purpose_exists_and_is_in_no_snapshot() -> None:
    assert stale(path for resource_type in TYPES for path in leaves_of(schema_of(resource_type))) == set()
    assert [path for resource_type in TYPES for path in values_set(resource_type) if left_out(path)] == []
    assert all(NOT_OFFERED.values())


def test_what_is_left_out_on_purpose_is_a_whole_member() -> None:
    assert left_out("UserSettings/KernelGatewayAppSettings/CustomImages[]/ImageName") == "KernelGatewayAppSettings"
    assert left_out("UserSettings/KernelGatewayAppSettingsOfMine") is None
    assert stale(["UserSettings/JupyterServerAppSettings/LifecycleConfigArns[]"]) == set(NOT_OFFERED) - {
        "JupyterServerAppSettings"
    }


@pytest.mark.parametrize("resource_type", list(LEFT_OUT))
def test_what_cfn_lint_leaves_out_is_in_the_l1s_and_still_left_out(resource_type: str) -> None:
    l1 = getattr(aws_sagemaker, f"Cfn{resource_type.rpartition('::')[2]}")
    for definition, member in LEFT_OUT[resource_type]:
        assert member not in bundled_schema(resource_type)["definitions"][definition]["properties"]
        snake = re.sub(r"(?<!^)(?=[A-Z])", "_", member).lower()
        assert hasattr(getattr(l1, f"{definition}Property"), snake)


def test_what_the_property_tests_review_is_known_here() -> None:
    for resource_type, path in REVIEWED:
        assert path in properties_of(schema_of(resource_type))


def test_what_is_taken_out_of_a_template_is_not_set() -> None:
    template = {"Resources": {"Studio": {"Type": "T", "Properties": {"A": {"Ref": "AWS::NoValue"}, "B": {"Ref": "C"}}}}}

    assert values_in([template], "T") == {"B": [{"Ref": "C"}]}
