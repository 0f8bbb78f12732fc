"""What properties come to, in words that mean the same in every synth."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from constructs_lib.safety.deployed_stack import DeployedStack
from constructs_lib.safety.stateful import STATEFUL
from constructs_lib.templates.assembly import NestedTemplate, Template
from constructs_lib.templates.references import References
from constructs_lib.templates.resource import Resource
from constructs_lib.templates.unresolved import UNRESOLVED, without_marks

REFERENCE = re.compile(r"<[^<>]*>")
"""What stands for a reference in a value that is resolved."""


class ComparableValues:
    """The values of an app that was synthesized.

    A reference is ``<STACK/LOGICALID>``, by whichever way a template has it, with an attribute unless that is what
    ``Ref`` comes to. What only the deployment knows is its expression, with the mappings and conditions that it names.
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
        return self._readable(resource.template, resource.text(name))

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

    def _readable(self, template: Template, value: Any) -> Any:
        """Return a value as text: CloudFormation takes ``true`` and ``"true"`` for the same."""
        match value:
            case None:
                return None
            case list():
                return [self._readable(template, one) for one in value]
            case dict():
                return {key: self._readable(template, one) for key, one in value.items()}
            case bool() | int() | float():
                return json.dumps(value)
        text = UNRESOLVED.sub(lambda piece: self._explained(template, without_marks(piece[0])), value)
        return REFERENCE.sub(self._reference, text)

    def _reference(self, match: re.Match[str]) -> str:
        target = self._references.targets.get(match[0])
        if target is None:
            return match[0]
        template, logical_id = target
        kind = STATEFUL.get(template.resources[logical_id]["Type"])
        attribute = match[0][1:-1].partition(f"{template.name}.{logical_id}")[2]
        if kind is not None and attribute == f".{kind.same_as_ref}":
            attribute = ""
        return f"<{self._deployed[template]}/{logical_id}{attribute}>"

    def _explained(self, template: Template, expression: str) -> str:
        try:
            return json.dumps(self._expanded(template, json.loads(expression)), sort_keys=True, ensure_ascii=False)
        except ValueError:
            return expression

    def _expanded(self, template: Template, value: Any) -> Any:
        """Return an expression with what its mappings and conditions are, in place of what they are called."""
        match value:
            case list():
                return [self._expanded(template, one) for one in value]
            case {"Fn::FindInMap": [str(name), *keys]}:
                return {"Fn::FindInMap": [self._declared(template, "Mappings", name), *self._expanded(template, keys)]}
            case {"Fn::If": [str(name), *branches]}:
                return {"Fn::If": [self._condition(template, name), *self._expanded(template, branches)]}
            case {"Condition": str(name)}:
                return self._condition(template, name)
            case dict():
                return {key: self._expanded(template, one) for key, one in value.items()}
        return value

    def _condition(self, template: Template, name: str) -> Any:
        return self._expanded(template, self._declared(template, "Conditions", name))

    def _declared(self, template: Template, section: str, name: str) -> Any:
        """Return what a template, or one around it, declares under a name; the name if none does."""
        outer: Template | None = template
        while outer is not None:
            if name in outer.body.get(section, {}):
                return outer.body[section][name]
            outer = self._around[outer].parent if outer in self._around else None
        return name
