"""What properties come to, in words that mean the same in every synth."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from constructs_lib.safety.deployed_stack import DeployedStack
from constructs_lib.safety.stateful import STATEFUL
from constructs_lib.templates.assembly import NestedTemplate, Template
from constructs_lib.templates.references import NO_VALUE, References, is_intrinsic
from constructs_lib.templates.resource import Resource
from constructs_lib.templates.unresolved import Unresolved, is_known

REFERENCE = re.compile(r"<[^<>]*>")
"""What stands for a reference in a value that is resolved."""

_VARIABLE = re.compile(r"\$\{([^!}]*)\}")


class ComparableValues:
    """The values of an app that was synthesized: two are equal if they come to the same in the account.

    A reference is ``<STACK/LOGICALID>``, by whichever way a template has it, with an attribute unless that is what
    ``Ref`` comes to. Behind a resource of which nobody knows what it is replaced for stands a digest of its properties.
    What only the deployment knows is its expression, with the mappings and conditions in it, and what nested stacks are
    given.
    """

    def __init__(
        self,
        references: References,
        deployed: Mapping[Template, DeployedStack],
        around: Mapping[Template, NestedTemplate],
    ) -> None:
        """Take what the templates refer to, which stacks they are of, and what the nested ones stand in."""
        self._references = references
        self._deployed = deployed
        self._around = around

    def of(self, resource: Resource, name: str) -> Any:
        """Return what a property comes to, as text in lists and maps, None where there is none."""
        raw = self._at(resource.template, resource.body.get("Properties"), name.split("."))
        return self._comparable(resource.template, raw)

    def conditions(self, resource: Resource) -> str | None:
        """Return what must hold for a resource to be there, and for the stacks that it is nested in."""
        template, body = resource.template, resource.body
        found = []
        while True:
            if "Condition" in body:
                found.append(self._condition(template, body["Condition"]))
            if template not in self._around:
                return json.dumps(found, sort_keys=True) if found else None
            nested = self._around[template]
            template, body = nested.parent, nested.parent.resources[nested.logical_id]

    def _at(self, template: Template, value: Any, names: list[str]) -> Any:
        """Return what is at these names below a value, in both branches of a condition on the way."""
        if not names or value is None:
            return value
        if is_intrinsic(value):
            if "Fn::If" not in value:
                return value
            name, *branches = value["Fn::If"]
            yes, no = (self._at(template, branch, names) for branch in branches)
            return yes if yes == no else {"Fn::If": [name, *(NO_VALUE if one is None else one for one in (yes, no))]}
        return self._at(template, value.get(names[0]), names[1:]) if isinstance(value, dict) else None

    def _comparable(self, template: Template, value: Any) -> Any:
        if value is None or value == NO_VALUE:
            return None
        try:
            found = self._references.resolve(template, value)
            if is_known(found):
                return self._readable(found)
        except Unresolved:
            pass
        if isinstance(value, list):
            return [self._comparable(template, one) for one in value if one != NO_VALUE]
        if not isinstance(value, dict):
            return value
        if is_intrinsic(value):
            return self._expression(template, value)
        return {key: self._comparable(template, one) for key, one in value.items() if one != NO_VALUE}

    def _expression(self, template: Template, value: dict[str, Any]) -> Any:
        """Return an intrinsic function that only the deployment knows the value of."""
        try:
            place = self._references.origin(template, value)
        except Unresolved:
            place = None
        if place is not None:
            return self._comparable(*place)
        match value:
            case {"Ref": str(name)}:
                return self._parameter(template, name)
            case {"Fn::GetAtt": [str(logical_id), str(attribute)]} if logical_id in template.resources:
                return self._reference(template, logical_id, f".{attribute}")
            case {"Fn::If": [str(name), *branches]}:
                return {"Fn::If": [self._condition(template, name), *self._all(template, branches)]}
            case {"Fn::FindInMap": [str(name), *keys]}:
                mapping = template.body.get("Mappings", {}).get(name, name)
                return {"Fn::FindInMap": [mapping, *self._all(template, keys)]}
            case {"Fn::Sub": str(text)}:
                return {"Fn::Sub": [text, self._variables(template, text, {})]}
            case {"Fn::Sub": [str(text), dict(given)]}:
                return {"Fn::Sub": [text, self._variables(template, text, given)]}
            case {"Condition": str(name)}:
                return self._condition(template, name)
        ((name, argument),) = value.items()
        return {name: self._comparable(template, argument)}

    def _all(self, template: Template, values: list[Any]) -> list[Any]:
        return [self._comparable(template, one) for one in values]

    def _variables(self, template: Template, text: str, given: dict[str, Any]) -> dict[str, Any]:
        """Return what the variables in a text come to."""
        references = {
            name: {"Fn::GetAtt": name.split(".", 1)} if "." in name else {"Ref": name}
            for name in _VARIABLE.findall(text)
        }
        return {name: self._comparable(template, one) for name, one in {**references, **given}.items()}

    def _condition(self, template: Template, name: str) -> Any:
        return self._function(template, template.body.get("Conditions", {}).get(name, name))

    def _function(self, template: Template, value: Any) -> Any:
        """Return a condition with what the conditions in it are, in place of what they are called."""
        match value:
            case {"Condition": str(name)}:
                return self._condition(template, name)
            case {"Fn::And": list(parts)} | {"Fn::Or": list(parts)} | {"Fn::Not": list(parts)}:
                return {next(iter(value)): [self._function(template, one) for one in parts]}
        return self._comparable(template, value)

    def _parameter(self, template: Template, name: str) -> Any:
        """Return a parameter that the app gives no value; a nested stack that is given none takes the default."""
        declared = template.body.get("Parameters", {}).get(name, {})
        default = declared.get("Default")
        if default is not None and template in self._around:
            return self._readable(default)
        is_stored = str(declared.get("Type", "")).startswith("AWS::SSM::")
        return {"Ref": f"<{self._deployed[template]}/{name}>", **({"Default": default} if is_stored else {})}

    def _readable(self, value: Any) -> Any:
        """Return a value as text: CloudFormation takes ``true`` and ``"true"`` for the same."""
        match value:
            case list():
                return [self._readable(one) for one in value]
            case dict():
                return {key: self._readable(one) for key, one in value.items()}
            case str():
                return REFERENCE.sub(self._referred, value)
        return json.dumps(value)

    def _referred(self, match: re.Match[str]) -> str:
        target = self._references.targets.get(match[0])
        if target is None:
            return match[0]
        template, logical_id = target
        return self._reference(template, logical_id, match[0][1:-1].partition(f"{template.name}.{logical_id}")[2])

    def _reference(self, template: Template, logical_id: str, attribute: str) -> str:
        resource = template.resources[logical_id]
        kind = STATEFUL.get(resource["Type"])
        if kind is None:
            attribute += f"#{_digest(resource)}"
        elif attribute == f".{kind.same_as_ref}":
            attribute = ""
        return f"<{self._deployed[template]}/{logical_id}{attribute}>"


def _digest(resource: dict[str, Any]) -> str:
    text = json.dumps([resource["Type"], resource.get("Properties")], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
