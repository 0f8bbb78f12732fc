"""The schema of a type of resource, as CloudFormation publishes it and cfn-lint carries it."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Any

from cfnlint.jsonschema.exceptions import ValidationError
from cfnlint.jsonschema.validators import StandardValidator
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

_REGION = "us-east-1"  # where every type is offered
_STUDIO = "AWS::SageMaker::"
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
        """Refuse properties that are not as the schema has them; what functions have yet to say is not looked at.

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
        for error in _real(StandardValidator(self._root).iter_errors(properties)):
            yield f"#/{'/'.join(map(str, error.absolute_path))}: {error.message}"

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


def _real(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """Yield what is wrong indeed: not text for a number, and of alternatives, what the one that was meant says."""
    for error in errors:
        if error.validator == "type" and _is_text_for(error.instance, error.validator_value):
            continue
        if error.unknown or _is_of_function(error):
            continue
        if not error.context:
            yield error
            continue
        alternatives: dict[Any, list[ValidationError]] = {}
        for one in error.context:
            alternatives.setdefault(one.relative_schema_path[0], []).append(one)
        problems = [list(_real(found)) for found in alternatives.values()]
        if all(problems):
            yield from min(problems, key=_distance)


def _distance(problems: list[ValidationError]) -> tuple[bool, int]:
    """Return how far an alternative is from what was meant: one of another type is farthest."""
    return any(one.validator == "type" for one in problems), len(problems)


def _is_text_for(value: Any, types: Any) -> bool:
    """Return whether a value is what templates write for one of another type: ``"50"`` or ``true`` as text."""
    wanted = {types} if isinstance(types, str) else set(types)
    match value:
        case str():
            return ("boolean" in wanted and value.lower() in _TEXT) or (
                bool(wanted & {"integer", "number"}) and re.fullmatch(r"-?\d+(\.\d+)?", value) is not None
            )
        case bool() | int() | float():
            return "string" in wanted
        case _:
            return False


def _is_of_function(error: ValidationError) -> bool:
    """Return whether an error is about a function that is not evaluated, or within one."""
    names = [*error.absolute_path, *(error.instance if isinstance(error.instance, dict) else ())]
    return any(str(name).startswith("Fn::") or name == "Ref" for name in names)


def _read(type_name: str) -> dict[str, Any]:
    root: dict[str, Any] = copy.deepcopy(PROVIDER_SCHEMA_MANAGER.get_resource_schema(_REGION, type_name).schema)
    names, management = _IDLE_SHUTDOWN.get(type_name, ((), ""))
    for name in names:
        settings = root["definitions"][name]["properties"]
        settings["AppLifecycleManagement"] = {"$ref": f"#/definitions/{management}"}
    if type_name == "AWS::SageMaker::Space":  # its list of instance types is years old: the API's holds
        del root["definitions"]["ResourceSpec"]["properties"]["InstanceType"]["enum"]
    _hold_first_items(root)
    return root


def _hold_first_items(schema: Any) -> None:
    """Hold the first items of lists to what the others are held to: cfn-lint says of them only what is theirs."""
    if isinstance(schema, dict) and {"prefixItems", "items"} <= schema.keys():
        schema["prefixItems"] = [{"allOf": [one, schema["items"]]} for one in schema["prefixItems"]]
    for one in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        _hold_first_items(one)


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
