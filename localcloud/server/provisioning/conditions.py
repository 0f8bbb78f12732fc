"""The conditions of templates, in which the emulator evaluates few functions and takes the others for true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.services.cloudformation import changesets, engine, handlers, stacks

_VALUES = ("Fn::FindInMap", "Fn::Join", "Fn::Select", "Fn::Split", "Fn::Sub")
_PSEUDO_PARAMETERS = ("AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::URLSuffix")

Template = dict[str, Any]
Evaluate = Callable[[Template, dict[str, Any]], dict[str, bool]]


def evaluate_functions() -> None:
    """Evaluate these functions, and name the condition where one refers to another that the template does not have."""
    built_in: Evaluate = engine._evaluate_conditions

    def evaluate(template: Template, params: dict[str, Any]) -> dict[str, bool]:
        mappings = template.get("Mappings") or {}
        conditions = _resolved(template.get("Conditions") or {}, params, mappings)
        try:
            return built_in({**template, "Conditions": conditions}, params)
        except KeyError as error:
            raise ValueError(
                f"Template format error: Unresolved condition dependency {error.args[0]} "
                "in the Conditions block of the template"
            ) from error

    for module in (engine, changesets, handlers, stacks):
        module._evaluate_conditions = evaluate


def _resolved(value: Any, params: dict[str, Any], mappings: dict[str, Any]) -> Any:
    match value:
        case dict() if value.keys() & set(_VALUES) or value.get("Ref") in _PSEUDO_PARAMETERS:
            return engine._resolve_refs(value, {}, params, {}, mappings, "", "")
        case dict():
            return {key: _resolved(one, params, mappings) for key, one in value.items()}
        case list():
            return [_resolved(one, params, mappings) for one in value]
        case _:
            return value
