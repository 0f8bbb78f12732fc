"""Resource schemas as they are documented, and every property in them by its path.

A path is ``DefaultUserSettings/SecurityGroups[]``: a slash before the member of an object, brackets for the items of
a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

Schema = dict[str, Any]

# CloudFormation documents these members of definitions, and the L1s have them; the schemas of cfn-lint leave them out.
LEFT_OUT: dict[str, dict[tuple[str, str], Schema]] = {
    "AWS::SageMaker::UserProfile": {
        ("JupyterLabAppSettings", "AppLifecycleManagement"): {"$ref": "#/definitions/AppLifecycleManagement"},
        ("CodeEditorAppSettings", "AppLifecycleManagement"): {"$ref": "#/definitions/AppLifecycleManagement"},
    },
    "AWS::SageMaker::Space": {
        ("SpaceJupyterLabAppSettings", "AppLifecycleManagement"): {"$ref": "#/definitions/SpaceAppLifecycleManagement"},
        ("SpaceCodeEditorAppSettings", "AppLifecycleManagement"): {"$ref": "#/definitions/SpaceAppLifecycleManagement"},
        ("ResourceSpec", "TrainingPlanArn"): {
            "maxLength": 2048,
            "pattern": r"^(arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]*:[0-9]{12}:training-plan/.*|None)$",
            "type": "string",
        },
    },
}


def bundled_schema(resource_type: str) -> Schema:
    """Return the schema of a type as cfn-lint has it."""
    return PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema


def schema_of(resource_type: str) -> Schema:
    """Return the schema of a type with what cfn-lint leaves out."""
    schema = deepcopy(bundled_schema(resource_type))
    for (definition, member), said in LEFT_OUT.get(resource_type, {}).items():
        schema["definitions"][definition]["properties"][member] = said
    return schema


def properties_of(schema: Schema) -> dict[str, Schema]:
    """Return every property that can be set by its path, objects and lists included, with what is said of it."""
    read_only = {path.removeprefix("/properties/") for path in schema.get("readOnlyProperties", ())}

    def below(path: str, said: Schema) -> Iterator[tuple[str, Schema]]:
        while "$ref" in said:
            said = schema["definitions"][said["$ref"].removeprefix("#/definitions/")]
        yield path, said
        for name, member in said.get("properties", {}).items():
            yield from below(f"{path}/{name}", member)
        if "items" in said:
            yield from below(f"{path}[]", said["items"])

    return {
        path: said
        for name, member in schema["properties"].items()
        if name not in read_only
        for path, said in below(name, member)
    }


def leaves_of(schema: Schema) -> set[str]:
    """Return the paths of what holds neither members nor items."""
    return {path for path, said in properties_of(schema).items() if not said.get("properties") and "items" not in said}
