"""What templates give to one another: outputs, exports, values in Parameter Store, and what nested stacks are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, TypeVar

from constructs_lib.templates.assembly import Json, NestedTemplate, Template

T = TypeVar("T")
Place = tuple[Template, Any]
"""A value, and the template that it stands in."""

_PSEUDO_PARAMETERS = {"AWS::AccountId": "account", "AWS::Region": "region", "AWS::StackName": "stack_name"}
_WRITER = "Custom::CrossRegionExportWriter"  # how the CDK takes a reference to another region


class Links:
    """Where the values are that templates take from one another."""

    def __init__(
        self, templates: Sequence[Template], nested: Sequence[NestedTemplate], text: Callable[[Template, Any], Any]
    ) -> None:
        """Link templates, of which some are nested in others; ``text`` resolves the names that they use."""
        self._templates = templates
        self._text = text
        self._parents = {one.template: (one.parent, one.logical_id) for one in nested}
        self._nested = {(one.parent, one.logical_id): one.template for one in nested}

    def export(self, template: Template, name: str) -> Place | None:
        """Return what a template imports by name."""
        return nearest(template, self._exports[_as_others_say(template, name)], same_region=True)

    def output(self, template: Template, argument: Json) -> Place | None:
        """Return what a template reads of another stack by ``Fn::GetStackOutput``."""
        name = self._name(template, argument.get("StackName"))
        region = self._name(template, argument.get("Region", {"Ref": "AWS::Region"}))
        is_here = region == "${AWS::Region}"
        named = [(one, one) for one in self._templates if one.stack_name == name]
        found = nearest(
            template, [one for one in named if is_here or one[0].region in (region, None)], same_region=is_here
        )
        return None if found is None else self._output(found[0], argument.get("OutputName"))

    def stored(self, template: Template, name: str) -> Place | None:
        """Return what a template reads from Parameter Store."""
        return nearest(template, self._parameters[_as_others_say(template, name)], same_region=True)

    def from_another_region(self, template: Template, name: str) -> Place | None:
        """Return what a template reads from another region, by the custom resources of the CDK."""
        exported = (
            (one, property_of(resource, "WriterProps") or {})
            for one in self._templates
            for resource in one.resources.values()
            if resource.get("Type") == _WRITER
        )
        found = [(one, writer["exports"][name]) for one, writer in exported if name in writer.get("exports", {})]
        return nearest(template, found, same_region=False)

    def given(self, template: Template, parameter: str) -> Place | None:
        """Return what a nested stack is given as a parameter."""
        if template not in self._parents:
            return None
        parent, logical_id = self._parents[template]
        parameters = property_of(parent.resources[logical_id], "Parameters") or {}
        return (parent, parameters[parameter]) if parameter in parameters else None

    def told(self, template: Template, logical_id: str, attribute: str) -> Place | None:
        """Return an output of a stack nested in a template."""
        nested = self._nested.get((template, logical_id))
        return None if nested is None else self._output(nested, attribute.removeprefix("Outputs."))

    @cached_property
    def _exports(self) -> dict[str, list[Place]]:
        exports = self.__dict__["_exports"] = defaultdict[str, list[Place]](list)  # a name may import another
        for template in self._templates:
            for output in template.outputs.values():
                if "Export" in output:
                    exports[self._name(template, output["Export"]["Name"])].append((template, output["Value"]))
        return exports

    @cached_property
    def _parameters(self) -> dict[str, list[Place]]:
        parameters = self.__dict__["_parameters"] = defaultdict[str, list[Place]](list)  # a name may read another
        for template in self._templates:
            for logical_id, resource in template.resources.items():
                if resource.get("Type") == "AWS::SSM::Parameter":
                    place = (template, property_of(resource, "Value"))
                    parameters[self._name(template, {"Ref": logical_id})].append(place)
                    parameters[self._name(template, property_of(resource, "Name"))].append(place)
        return parameters

    def _output(self, template: Template, name: Any) -> Place | None:
        output = template.outputs.get(name) if isinstance(name, str) else None
        return None if output is None else (template, output["Value"])

    def _name(self, template: Template, value: Any) -> str:
        return _as_others_say(template, str(self._text(template, value)))


def nearest(
    template: Template, candidates: Iterable[tuple[Template, T]], *, same_region: bool
) -> tuple[Template, T] | None:
    """Return the candidate that a template means by a name: of its stage, and of where it is deployed to.

    Two stages of an app commonly have the same names in two accounts.
    """
    possible = [
        one
        for one in candidates
        if _may_be_equal(one[0].account, template.account)
        and (not same_region or _may_be_equal(one[0].region, template.region))
    ]
    return min(possible, key=lambda one: _distance(template, one[0]), default=None)


def property_of(resource: Json, name: str) -> Any:
    """Return a property as it stands in a template, None where there is none."""
    properties = resource.get("Properties")
    return properties.get(name) if isinstance(properties, dict) else None


def _distance(template: Template, other: Template) -> tuple[bool, ...]:
    return (
        other is not template,
        other.stage != template.stage,
        other.account != template.account,
        other.region != template.region,
    )


def _may_be_equal(one: str | None, other: str | None) -> bool:
    return None in (one, other) or one == other


def _as_others_say(template: Template, name: str) -> str:
    """Return a name with what is known of where its template is deployed to."""
    for pseudo_parameter, attribute in _PSEUDO_PARAMETERS.items():
        name = name.replace(f"${{{pseudo_parameter}}}", getattr(template, attribute) or f"${{{pseudo_parameter}}}")
    return name
