"""Holds rendered properties to the resource schemas, since the L1s drop nothing but what they do not know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from tests.templates import Template

# CloudFormation documents idle shutdown at these paths, and the specification of the CDK has the training plan; the
# schemas that cfn-lint carries leave them out.
REVIEWED = {
    ("AWS::SageMaker::UserProfile", "UserSettings/JupyterLabAppSettings/AppLifecycleManagement"),
    ("AWS::SageMaker::UserProfile", "UserSettings/CodeEditorAppSettings/AppLifecycleManagement"),
    ("AWS::SageMaker::Space", "SpaceSettings/JupyterLabAppSettings/AppLifecycleManagement"),
    ("AWS::SageMaker::Space", "SpaceSettings/CodeEditorAppSettings/AppLifecycleManagement"),
    ("AWS::SageMaker::Space", "SpaceSettings/JupyterLabAppSettings/DefaultResourceSpec/TrainingPlanArn"),
    ("AWS::SageMaker::Space", "SpaceSettings/CodeEditorAppSettings/DefaultResourceSpec/TrainingPlanArn"),
}


def unknown_properties(template: Template) -> set[tuple[str, str]]:
    """The resource types and property paths that the schemas do not know, the reviewed ones included."""
    return {
        (resource["Type"], "/".join(path))
        for resource in template["Resources"].values()
        if resource["Type"].startswith("AWS::SageMaker::")
        for path in _unknown(resource["Type"], resource["Properties"])
    }


def _unknown(resource_type: str, properties: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    root = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema

    def walk(value: Any, schema: dict[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        while "$ref" in schema:
            schema = root["definitions"][schema["$ref"].rpartition("/")[2]]
        if isinstance(value, list):
            for item in value:
                yield from walk(item, schema.get("items", {}), path)
        elif isinstance(value, dict) and "properties" in schema:
            for key, inner in value.items():
                if key in schema["properties"]:
                    yield from walk(inner, schema["properties"][key], (*path, key))
                else:
                    yield (*path, key)

    yield from walk(properties, root, ())
