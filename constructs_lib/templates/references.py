"""Follows what templates refer to, in themselves and from stack to stack."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from constructs_lib.templates.assembly import NestedTemplate, Template
from constructs_lib.templates.links import Links, Place, property_of
from constructs_lib.templates.unresolved import Unresolved, is_known

NO_VALUE = {"Ref": "AWS::NoValue"}
"""What a template says to leave a property out."""

_DYNAMIC = re.compile(r"\{\{resolve:(?P<service>[a-z-]+):(?P<name>(?:[^{}]|\$\{[^{}]*\})*?)(?::\d+)?\}\}")
_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_ATOM = re.compile(r"<[^<>]*>|\$\{[^}]*\}")  # what stands for a reference in a text, whatever is in it
_STORED = "AWS::SSM::Parameter::Value<"
_READER = "Custom::CrossRegionExportReader"
_OPAQUE = ("Custom::", "AWS::CloudFormation::CustomResource", "AWS::CloudFormation::Stack")

# What a reference to a resource with two identifiers comes to, with a | between them.
_IDENTIFIERS = {
    "AWS::SageMaker::Space": ("DomainId", "SpaceName"),
    "AWS::SageMaker::UserProfile": ("UserProfileName", "DomainId"),
}


class References:
    """What the templates of one assembly refer to.

    A reference to a resource resolves to ``<STACK.LOGICAL_ID>`` or ``<STACK.LOGICAL_ID.ATTRIBUTE>``, the same text
    from whichever stack and by whichever way; a pseudo parameter to ``${AWS::Region}`` and the like. What has a piece
    that only the deployment knows, a parameter say, keeps the rest of the text around that piece.
    """

    def __init__(self, templates: Sequence[Template], nested: Sequence[NestedTemplate]) -> None:
        """Follow references among these templates, of which some are nested in others."""
        self.targets: dict[str, tuple[Template, str]] = {}
        self._links = Links(templates, nested, self.text)
        self._followed: dict[tuple[Template, str], Any] = {}
        self._intrinsics: dict[str, Callable[[Template, Any], Any]] = {
            "Ref": self._ref,
            "Fn::Base64": self._base64,
            "Fn::FindInMap": self._find_in_map,
            "Fn::GetAtt": self._get_att,
            "Fn::GetStackOutput": self._get_stack_output,
            "Fn::If": self._if,
            "Fn::ImportValue": self._import_value,
            "Fn::Join": self._join,
            "Fn::Select": self._select,
            "Fn::Split": self._split,
            "Fn::Sub": self._sub,
            "Fn::ToJsonString": self._to_json_string,
        }

    def resolve(self, template: Template, value: Any) -> Any:
        """Return what a value in a template comes to.

        Raises:
            Unresolved: only the deployment knows.
        """
        if isinstance(value, str):
            return self._dynamic(template, value)
        if isinstance(value, list):
            return [self.resolve(template, one) for one in value if one != NO_VALUE]
        if not isinstance(value, dict):
            return value
        if is_intrinsic(value):
            ((name, argument),) = value.items()
            if name not in self._intrinsics:
                raise Unresolved(value)
            try:
                return self._intrinsics[name](template, argument)
            except (AttributeError, IndexError, KeyError, TypeError, ValueError):
                raise Unresolved(value) from None
        return {key: self.resolve(template, one) for key, one in value.items() if one != NO_VALUE}

    def text(self, template: Template, value: Any) -> Any:
        """Return what a value comes to, and a text even if a piece of it, or all of it, is unresolved."""
        if isinstance(value, list):
            return [self.text(template, one) for one in value if one != NO_VALUE]
        if isinstance(value, dict) and not is_intrinsic(value):
            return {key: self.text(template, one) for key, one in value.items() if one != NO_VALUE}
        try:
            return self.resolve(template, value)
        except Unresolved as error:
            return error.as_text()

    def _follow(self, place: Place | None, expression: Any) -> Any:
        """Return what a value elsewhere comes to, unless it leads back to itself."""
        template, value = place or (None, None)
        if template is None or value is None:
            raise Unresolved(expression)
        step = (template, repr(value))
        if step not in self._followed:
            self._followed[step] = Unresolved(expression)
            try:
                self._followed[step] = self.resolve(template, value)
            except Unresolved:
                del self._followed[step]
                raise
        if isinstance(self._followed[step], Unresolved):
            raise Unresolved(expression)
        return self._followed[step]

    def _ref(self, template: Template, name: str) -> Any:
        if name.startswith("AWS::"):
            return f"${{{name}}}"
        if name in template.body.get("Parameters", {}):
            return self._parameter(template, name)
        return self._reference(template, name, None)

    def origin(self, template: Template, value: Any) -> Place | None:
        """Return the value elsewhere that an intrinsic function takes, None if it takes none that the templates have.

        Raises:
            Unresolved: only the deployment knows which.
        """
        match value:
            case {"Ref": str(name)} if name in template.body.get("Parameters", {}):
                return self._given(template, name)
            case {"Fn::GetAtt": [str(logical_id), str(attribute)]} if logical_id in template.resources:
                return self._told(template, logical_id, attribute)
            case {"Fn::ImportValue": name}:
                return self._links.export(template, self.resolve(template, name))
            case {"Fn::GetStackOutput": argument}:
                return self._links.output(template, argument)
        return None

    def _given(self, template: Template, name: str) -> Place | None:
        """Return what a parameter is given: by the stack around, or from Parameter Store."""
        declared = template.body["Parameters"][name]
        place = self._links.given(template, name)
        if place is None and declared["Type"].startswith(_STORED) and "Default" in declared:
            return self._links.stored(template, declared["Default"])
        return place

    def _told(self, template: Template, logical_id: str, attribute: str) -> Place | None:
        """Return what an attribute of a resource is told by the templates."""
        resource = template.resources[logical_id]
        told = self._links.told(template, logical_id, attribute)
        if told is None and resource["Type"] == "AWS::SSM::Parameter" and attribute == "Value":
            return template, property_of(resource, "Value")
        if told is None and resource["Type"] == _READER:
            return self._links.from_another_region(template, attribute)
        return told

    def _parameter(self, template: Template, name: str) -> Any:
        kind = template.body["Parameters"][name]["Type"]
        value = self._follow(self._given(template, name), {"Ref": name})
        is_list = kind.removeprefix(_STORED).startswith(("CommaDelimitedList", "List<"))
        return [one.strip() for one in value.split(",")] if is_list and isinstance(value, str) else value

    def _reference(self, template: Template, logical_id: str, attribute: str | None) -> str:
        if logical_id not in template.resources:
            raise Unresolved({"Ref": logical_id})
        text = ".".join(filter(None, (template.name, logical_id, attribute)))
        self.targets[f"<{text}>"] = (template, logical_id)
        return f"<{text}>"

    def _get_att(self, template: Template, argument: list[str] | str) -> Any:
        logical_id, attribute = argument.split(".", 1) if isinstance(argument, str) else argument
        kind = template.resources[logical_id]["Type"]
        told = self._told(template, logical_id, attribute)
        if told is not None or kind == _READER:
            return self._follow(told, {"Fn::GetAtt": argument})
        if kind.startswith(_OPAQUE):
            raise Unresolved({"Fn::GetAtt": argument})
        return self._reference(template, logical_id, attribute)

    def _import_value(self, template: Template, argument: Any) -> Any:
        name = self.resolve(template, argument)
        return self._follow(self._links.export(template, name), {"Fn::ImportValue": name})

    def _get_stack_output(self, template: Template, argument: Any) -> Any:
        return self._follow(self._links.output(template, argument), {"Fn::GetStackOutput": argument})

    def _dynamic(self, template: Template, text: str) -> Any:
        if "{{resolve:" not in text:
            return text
        whole = _DYNAMIC.fullmatch(text)
        if whole:
            return self._dynamic_value(template, whole)

        def piece(match: re.Match[str]) -> str:
            try:
                return str(self._dynamic_value(template, match))
            except Unresolved as error:
                return error.as_text()

        return _DYNAMIC.sub(piece, text)

    def _dynamic_value(self, template: Template, match: re.Match[str]) -> Any:
        is_stored = match["service"] == "ssm"
        return self._follow(self._links.stored(template, match["name"]) if is_stored else None, match[0])

    def _join(self, template: Template, argument: Any) -> Any:
        separator, parts = argument
        if not isinstance(parts, list):
            parts = self.resolve(template, parts)
        texts = (str(self.text(template, part)) for part in parts if part != NO_VALUE)
        return self._dynamic(template, str(separator).join(texts))

    def _sub(self, template: Template, argument: Any) -> Any:
        text, variables = (argument, {}) if isinstance(argument, str) else argument

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name.startswith("!"):
                return f"${{{name[1:]}}}"
            if name in variables:
                return str(self.text(template, variables[name]))
            return str(self.text(template, {"Fn::GetAtt": name} if "." in name else {"Ref": name}))

        return self._dynamic(template, _VARIABLE.sub(value, text))

    def _select(self, template: Template, argument: Any) -> Any:
        index, values = argument
        if not isinstance(values, list):
            values = self.resolve(template, values)
        if not isinstance(values, list):
            raise Unresolved({"Fn::Select": argument})
        return self.resolve(template, values[int(self.resolve(template, index))])

    def _split(self, template: Template, argument: Any) -> list[str]:
        separator, text = argument
        text = str(self.resolve(template, text))
        if not is_known(text):
            raise Unresolved({"Fn::Split": argument})
        if separator == "|" and text in self.targets:
            owner, logical_id = self.targets[text]
            resource = owner.resources[logical_id]
            names = _IDENTIFIERS.get(resource["Type"], ())
            return [str(self.text(owner, resource["Properties"][name])) for name in names] or [text]
        atoms = iter(_ATOM.findall(text))
        pieces = _ATOM.sub("\0", text).split(separator)
        return [re.sub("\0", lambda _: next(atoms), piece) for piece in pieces]

    def _find_in_map(self, template: Template, argument: list[Any]) -> Any:
        name, first, second = (self.resolve(template, one) for one in argument[:3])
        return self.resolve(template, template.body["Mappings"][name][first][second])

    def _if(self, template: Template, argument: list[Any]) -> Any:
        _, yes, no = argument
        if NO_VALUE not in (yes, no) and (either := self.resolve(template, yes)) == self.resolve(template, no):
            return either
        raise Unresolved({"Fn::If": argument})

    def _base64(self, template: Template, argument: Any) -> str:
        return base64.b64encode(str(self.resolve(template, argument)).encode()).decode()

    def _to_json_string(self, template: Template, argument: Any) -> str:
        return json.dumps(self.text(template, argument), ensure_ascii=False)


def is_intrinsic(value: Any) -> bool:
    """Whether a value of a template stands for another."""
    if not isinstance(value, dict) or len(value) != 1:
        return False
    (name,) = value
    return isinstance(name, str) and (name == "Ref" or name.startswith("Fn::"))
