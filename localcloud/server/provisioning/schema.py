"""The schema of a type of resource, as CloudFormation publishes it and cfn-lint carries it."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

from cfnlint.jsonschema.validators import StandardValidator
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

_REGION = "us-east-1"  # where every type is offered
_STUDIO = "AWS::SageMaker::"
_STRUCTURE = ("additionalProperties", "required")
_TEXT = {"true": True, "false": False}

# CloudFormation documents idle shutdown in these settings; the schemas define it and leave it out.
_IDLE_SHUTDOWN = {
    "AWS::SageMaker::UserProfile": (("JupyterLabAppSettings", "CodeEditorAppSettings"), "AppLifecycleManagement"),
    "AWS::SageMaker::Space": (
        ("SpaceJupyterLabAppSettings", "SpaceCodeEditorAppSettings"),
        "SpaceAppLifecycleManagement",
    ),
}


class Schema:
    """What CloudFormation knows of a type.

    Attributes:
        type_name: the type as templates name it.
    """

    def __init__(self, type_name: str) -> None:
        """Use ``Schema.of`` instead: it reads each schema once."""
        self.type_name = type_name
        self._root = _read(type_name)

    @staticmethod
    @cache
    def of(type_name: str) -> Schema:
        """Return the schema of a type."""
        return Schema(type_name)

    @cached_property
    def identifier(self) -> tuple[str, ...]:
        """The properties that name a resource, in the order in which ``Ref`` joins them."""
        return tuple(path[0] for path in self._paths("primaryIdentifier"))

    @cached_property
    def read_only(self) -> tuple[str, ...]:
        """The properties that ``Fn::GetAtt`` returns and templates cannot set."""
        return tuple(path[0] for path in self._paths("readOnlyProperties") if len(path) == 1)

    @cached_property
    def create_only(self) -> tuple[str, ...]:
        """The properties whose change replaces the resource."""
        return tuple(path[0] for path in self._paths("createOnlyProperties") if len(path) == 1)

    @cached_property
    def conditionally_create_only(self) -> tuple[str, ...]:
        """The properties whose change replaces the resource if the service cannot make it in place."""
        return tuple(path[0] for path in self._paths("conditionalCreateOnlyProperties"))

    @cached_property
    def partly_create_only(self) -> tuple[str, ...]:
        """The properties with something in them whose change replaces the resource."""
        return tuple(path[0] for path in self._paths("createOnlyProperties") if len(path) > 1)

    @property
    def has_tags(self) -> bool:
        """Whether the resource takes the tags of the stack."""
        return bool(self._root["tagging"]["taggable"]) and "Tags" in self._root["properties"]

    def replaces(self, old: dict[str, Any], new: dict[str, Any]) -> bool:
        """Return whether the properties differ in what can only be said when the resource is created."""
        return any(_at(old, path) != _at(new, path) for path in self._paths("createOnlyProperties"))

    def prepared(self, properties: dict[str, Any]) -> dict[str, Any]:
        """Return properties as the service gets them: numbers that templates write as text, tags that it takes."""
        if not self.type_name.startswith(_STUDIO):
            return properties
        prepared: dict[str, Any] = self._typed(properties, self._root)
        if "Tags" in prepared and not self._root["tagging"]["cloudFormationSystemTags"]:
            tags = [tag for tag in prepared.pop("Tags") if not tag["Key"].startswith("aws:")]
            prepared |= {"Tags": tags} if tags else {}
        return prepared

    def check(self, properties: dict[str, Any]) -> None:
        """Refuse properties that the type does not have, or lacks, and all that is wrong with those of Studio.

        Raises:
            ValueError: it is named.
        """
        problems = list(self._problems(properties))
        if problems:
            raise ValueError(f"Model validation failed for {self.type_name} ({'; '.join(problems)})")

    def _problems(self, properties: dict[str, Any]) -> Iterator[str]:
        for name in self.read_only:
            if name in properties and name not in self.create_only:
                yield f"#/{name}: is read-only"
        for error in StandardValidator(self._root).iter_errors(properties):
            if error.validator in _STRUCTURE or self.type_name.startswith(_STUDIO):
                yield f"#/{'/'.join(map(str, error.path))}: {error.message}"

    def _typed(self, value: Any, schema: dict[str, Any]) -> Any:
        while "$ref" in schema:
            schema = self._root["definitions"][schema["$ref"].rpartition("/")[2]]
        match value, schema.get("type", "object"):
            case dict(), "object":
                known = schema.get("properties", {})
                return {name: self._typed(one, known.get(name, {})) for name, one in value.items()}
            case list(), "array":
                return [self._typed(one, schema["items"]) for one in value]
            case str(), "integer" if re.fullmatch(r"-?\d+", value):
                return int(value)
            case str(), "boolean":
                return _TEXT.get(value.lower(), value)
            case bool(), "string":
                return str(value).lower()
            case int(), "string":
                return str(value)
            case _:
                return value

    def _paths(self, keyword: str) -> list[tuple[str, ...]]:
        return [tuple(pointer.split("/")[2:]) for pointer in self._root.get(keyword, ())]


def _read(type_name: str) -> dict[str, Any]:
    root: dict[str, Any] = copy.deepcopy(PROVIDER_SCHEMA_MANAGER.get_resource_schema(_REGION, type_name).schema)
    names, management = _IDLE_SHUTDOWN.get(type_name, ((), ""))
    for name in names:
        settings = root["definitions"][name]["properties"]
        settings["AppLifecycleManagement"] = {"$ref": f"#/definitions/{management}"}
    if type_name == "AWS::SageMaker::Space":  # its list of instance types is years old: the API's holds
        del root["definitions"]["ResourceSpec"]["properties"]["InstanceType"]["enum"]
    return root


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
