"""In which order CloudFormation deletes the resources of a template: what refers to another goes before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import Any

from tests.templates import Template


class Deletion:
    """The deletion of a stack."""

    def __init__(self, template: Template) -> None:
        """Read the dependencies of a template.

        Raises:
            graphlib.CycleError: they have a cycle, and CloudFormation refuses the template.
        """
        self.resources: dict[str, dict[str, Any]] = template["Resources"]
        direct = {one: {*named(resource)} & self.resources.keys() for one, resource in self.resources.items()}
        self._later: dict[str, set[str]] = {}
        for one in TopologicalSorter(direct).static_order():
            self._later[one] = direct[one].union(*(self._later[other] for other in direct[one]))

    def after(self, logical_id: str) -> set[str]:
        """The resources that are still there when this one is deleted, whatever CloudFormation does at once."""
        return self._later[logical_id]

    def of_type(self, *resource_types: str) -> set[str]:
        return {one for one, resource in self.resources.items() if resource["Type"] in resource_types}

    def only(self, resource_type: str) -> str:
        (one,) = self.of_type(resource_type)
        return one


def named(value: Any) -> Iterator[str]:
    """What a part of a template refers to or depends on."""
    if isinstance(value, list):
        for item in value:
            yield from named(item)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "Ref":
                yield inner
            elif key == "Fn::GetAtt":
                yield inner[0]
            elif key == "DependsOn":
                yield from [inner] if isinstance(inner, str) else inner
            elif key == "Fn::Sub":
                yield from re.findall(r"\$\{([^}.!]+)", inner if isinstance(inner, str) else inner[0])
                yield from named(inner)
            else:
                yield from named(inner)
