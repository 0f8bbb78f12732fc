"""What CloudFormation refuses of a template before it does anything, and the emulator lets pass.

The words follow those of CloudFormation.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ministack.services.cloudformation import changesets, engine, handlers

_SECTIONS = {
    "AWSTemplateFormatVersion",
    "Conditions",
    "Description",
    "Hooks",
    "Mappings",
    "Metadata",
    "Outputs",
    "Parameters",
    "Resources",
    "Rules",
    "Transform",
}
_ATTRIBUTES = {
    "Condition",
    "CreationPolicy",
    "DeletionPolicy",
    "DependsOn",
    "Metadata",
    "Properties",
    "Type",
    "UpdatePolicy",
    "UpdateReplacePolicy",
}
_POLICIES = {
    "DeletionPolicy": ("Delete", "Retain", "RetainExceptOnCreate", "Snapshot"),
    "UpdateReplacePolicy": ("Delete", "Retain", "Snapshot"),
}
_PSEUDO_PARAMETERS = {
    f"AWS::{name}"
    for name in (
        "AccountId",
        "NoValue",
        "NotificationARNs",
        "Partition",
        "Region",
        "StackId",
        "StackName",
        "URLSuffix",
    )
}
_FUNCTIONS = {
    f"Fn::{name}"
    for name in (
        "And",
        "Base64",
        "Cidr",
        "Equals",
        "FindInMap",
        "GetAZs",
        "GetAtt",
        "GetStackOutput",
        "If",
        "ImportValue",
        "Join",
        "Not",
        "Or",
        "Select",
        "Split",
        "Sub",
        "ToJsonString",
    )
}
_TRANSFORMS = {"AWS::Include", "AWS::LanguageExtensions", "AWS::Serverless-2016-10-31"}
_VARIABLE = re.compile(r"\$\{([^}!][^}]*)\}")

Template = dict[str, Any]


def hold_templates() -> None:
    """Refuse such templates wherever the emulator checks one, and IAM resources that nobody acknowledges."""
    built_in = engine.validate_template_support

    def validate(template: Template, conditions: dict[str, bool], params: dict[str, Any] | None = None) -> None:
        built_in(template, conditions, params)
        check(template, conditions)

    for module in (engine, handlers, changesets):
        module.validate_template_support = validate
    handlers._capabilities_enforced = lambda: True


def check(template: Template, conditions: dict[str, bool]) -> None:
    """Refuse a template that CloudFormation would refuse; what a transform has yet to write is not looked at.

    Args:
        template: the template.
        conditions: what each condition evaluates to, as far as that is known.

    Raises:
        ValueError: what is wrong, in CloudFormation's words.
    """
    if template.get("Transform"):
        unknown = sorted(set(engine.declared_transforms(template)) - _TRANSFORMS)
        if unknown:
            raise ValueError(f"No transform named {unknown[0]} found.")
        return
    if unknown := sorted(template.keys() - _SECTIONS):
        raise ValueError(f"Invalid template property or properties [{', '.join(unknown)}]")
    resources = template.get("Resources")
    if not resources:
        raise ValueError("Template format error: At least one Resources member must be defined.")
    for logical_id, resource in resources.items():
        _check_attributes(logical_id, resource)
    _check_conditions(template)
    there = {name for name, one in resources.items() if conditions.get(one.get("Condition"), True)}
    places = _Places(set(template.get("Parameters", ())), set(resources), there, conditions)
    _check_references("Resources", resources, places)
    _check_outputs(template.get("Outputs") or {})
    _check_references("Outputs", template.get("Outputs") or {}, places)


@dataclass(frozen=True)
class _Places:
    """What can be referred to.

    Attributes:
        parameters: the parameters.
        resources: all resources.
        there: those that are there, as far as conditions tell.
        conditions: what each condition evaluates to.
    """

    parameters: set[str]
    resources: set[str]
    there: set[str]
    conditions: dict[str, bool]


def _check_attributes(logical_id: str, resource: Any) -> None:
    if not isinstance(resource, dict):
        raise ValueError(f"Template format error: [/Resources/{logical_id}] resource definition is malformed")
    if unknown := sorted(resource.keys() - _ATTRIBUTES):
        raise ValueError(f"Invalid template resource property '{unknown[0]}'")
    if not isinstance(resource.get("Type"), str):
        raise ValueError(
            f"Template format error: [/Resources/{logical_id}] Every Resources object must contain a Type member."
        )
    for attribute, known in _POLICIES.items():
        value = resource.get(attribute, "Delete")
        if isinstance(value, str) and value not in known:
            raise ValueError(f"Template format error: Unrecognized {attribute} {value} for resource {logical_id}")


def _check_conditions(template: Template) -> None:
    """Refuse names of conditions that the template does not have."""
    known = template.get("Conditions") or {}
    for section in ("Resources", "Outputs"):
        members = template.get(section) or {}
        named = {one["Condition"] for one in members.values() if isinstance(one, dict) and "Condition" in one}
        for name in sorted(_unknown(named, known)):
            raise ValueError(
                f"Template format error: Unresolved condition dependency {name} in the {section} block of the template"
            )
        for arguments in _calls(members, "Fn::If"):
            if isinstance(arguments, list) and isinstance(arguments[0], str) and arguments[0] not in known:
                raise ValueError(f"Template error: unresolved condition dependency {arguments[0]} in Fn::If")
    names = set(_named_values(known)) - set(template.get("Parameters", ()))
    if unknown := sorted(_unknown(names, _PSEUDO_PARAMETERS)):
        raise ValueError(
            f"Template format error: Unresolved dependencies [{', '.join(unknown)}]. "
            "Cannot reference resources in the Conditions block of the template"
        )
    _check_functions(known)


def _check_outputs(outputs: dict[str, Any]) -> None:
    for output in outputs.values():
        if not isinstance(output, dict) or "Value" not in output:
            raise ValueError("Template format error: Every Outputs member must contain a Value object")


def _check_references(section: str, members: dict[str, Any], places: _Places) -> None:
    """Refuse what refers to nothing, in all of a section, and to what is not there, in what is."""
    _check_functions(members)
    missing: set[str] = set()
    for member in members.values():
        depends_on = member.get("DependsOn", ())
        missing.update(_unknown([depends_on] if isinstance(depends_on, str) else depends_on, places.resources))
        known = [(member, places.resources)]
        if places.conditions.get(member.get("Condition"), True):
            known.append((_chosen(member, places.conditions), places.there))
        for value, resources in known:
            for arguments in _calls(value, "Fn::GetAtt"):
                name = _resource_of(arguments)
                if name not in resources:
                    raise ValueError(f"Template error: instance of Fn::GetAtt references undefined resource {name}")
            missing.update(set(_named_values(value)) - places.parameters - _PSEUDO_PARAMETERS - resources)
    if missing:
        names = ", ".join(sorted(missing))
        raise ValueError(
            f"Template format error: Unresolved resource dependencies [{names}] in the {section} block of the template"
        )


def _check_functions(value: Any) -> None:
    if unknown := sorted({key for key, _ in _members(value) if key.startswith("Fn::")} - _FUNCTIONS):
        supported = ", ".join(["Ref", *sorted(_FUNCTIONS)])
        raise ValueError(f"Encountered unsupported function: {unknown[0]} Supported functions are: [{supported}]")


def _named_values(value: Any) -> Iterator[str]:
    """Yield what ``Ref`` and ``Fn::Sub`` name: parameters and resources."""
    for key, argument in _members(value):
        match key, argument:
            case "Ref", str():
                yield argument
            case "Fn::Sub", str():
                yield from _variables(argument)
            case "Fn::Sub", [str(text), dict(values)]:
                yield from _variables(text, values)


def _variables(text: str, values: Collection[str] = ()) -> Iterator[str]:
    return (name.partition(".")[0] for name in _VARIABLE.findall(text) if name not in values)


def _resource_of(arguments: Any) -> str:
    if isinstance(arguments, str):
        return arguments.partition(".")[0]
    return str(arguments[0]) if isinstance(arguments, list) and arguments else str(arguments)


def _calls(value: Any, function: str) -> Iterator[Any]:
    return (argument for key, argument in _members(value) if key == function)


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield all keys with their values, at whatever depth."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield str(key), one
            yield from _members(one)
    elif isinstance(value, list):
        for one in value:
            yield from _members(one)


def _chosen(value: Any, conditions: dict[str, bool]) -> Any:
    """Return a value without what ``Fn::If`` does not choose."""
    match value:
        case {"Fn::If": [str(name), then, otherwise]} if name in conditions:
            return _chosen(then if conditions[name] else otherwise, conditions)
        case dict():
            return {key: _chosen(one, conditions) for key, one in value.items()}
        case list():
            return [_chosen(one, conditions) for one in value]
        case _:
            return value


def _unknown(names: Iterable[Any], known: Collection[str]) -> set[str]:
    return {str(name) for name in names if name not in known}
