"""The resources of an app that must not be lost, as its templates have them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from constructs_lib.safety.comparable_values import REFERENCE, ComparableValues
from constructs_lib.safety.deployed_stack import deployed_stacks
from constructs_lib.safety.locked_resource import LockedResource
from constructs_lib.safety.stateful import STATEFUL
from constructs_lib.templates.assembly import Assembly, Template
from constructs_lib.templates.deployment import MACRO, Deployment
from constructs_lib.templates.resource import Resource

_WHOLE = re.compile(r"\d+(\.0*)?")
_STRONG = "Fn::ImportValue"
_WEAK = ("Ref", "Fn::GetAtt", "Fn::GetStackOutput")  # by parameters from Parameter Store, by the CDK's own, by outputs
_HARMLESS_TRANSFORMS = ("AWS::LanguageExtensions", "AWS::SecretsManager-2020-07-23", "AWS::Serverless-2016-10-31")


class StatefulResources:
    """What an app that was synthesized has to lose.

    Attributes:
        resources: the resources by their keys.
        stacks: all stacks of the app, each with its construct path.
        unseen: what no template tells, each with the construct path of its stack.
    """

    def __init__(self, assembly: Assembly) -> None:
        """Read the templates.

        Raises:
            ValueError: two stacks cannot be told apart.
        """
        self._assembly = assembly
        self._deployment = Deployment(assembly.templates, assembly.nested)
        self._deployed = deployed_stacks(assembly.templates, assembly.nested)
        self._around = {one.template: one for one in assembly.nested}
        self._values = ComparableValues(self._deployment.references, self._deployed, self._around)
        self.stacks = {stack: template.construct_path for template, stack in self._deployed.items()}
        self.unseen = [*self._unseen()]
        found = {
            (resource.template, resource.logical_id): self._locked(resource)
            for resource in self._deployment.of_type(*STATEFUL)
        }
        self.resources = {one.key: one for one in _needed(found.values())}
        self._keys = {place: one.key for place, one in found.items()}

    def weak_references_to(self, key: str) -> list[str]:
        """Return the construct paths of the stacks that refer to a resource without holding on to it."""
        return sorted(
            {
                template.construct_path
                for template in self._assembly.templates
                for target in self._weakly_referred(template, template.body.get("Resources", {}))
                if self._keys.get(target) == key
            }
        )

    def _weakly_referred(self, template: Template, value: Any) -> Iterator[tuple[Template, str]]:
        """Yield what a value refers to in other stacks, but for what it imports: CloudFormation guards that."""
        if isinstance(value, str) or (isinstance(value, dict) and any(name in value for name in _WEAK)):
            for reference in REFERENCE.findall(str(self._deployment.references.text(template, value))):
                target = self._deployment.references.targets.get(reference)
                if target is not None and self._root(target[0]) is not self._root(template):
                    yield target
        elif isinstance(value, list):
            for one in value:
                yield from self._weakly_referred(template, one)
        elif isinstance(value, dict) and _STRONG not in value:
            for one in value.values():
                yield from self._weakly_referred(template, one)

    def _root(self, template: Template) -> Template:
        while template in self._around:
            template = self._around[template].parent
        return template

    def _locked(self, resource: Resource) -> LockedResource:
        kind = STATEFUL[resource.type]
        properties = {name: self._values.of(resource, name) for name in (*kind.create_only, *kind.conditional)}
        policies = {name: _text(resource.body.get(name)) for name in ("DeletionPolicy", "UpdateReplacePolicy")}
        return LockedResource(
            stack=str(self._deployed[resource.template]),
            logical_id=resource.logical_id,
            type=resource.type,
            construct=self._assembly.construct_path(resource.template, resource.logical_id),
            properties={name: value for name, value in sorted(properties.items()) if value is not None},
            policies={name: policy for name, policy in policies.items() if policy is not None},
            condition=self._values.conditions(resource),
            app_type=_text(self._values.of(resource, kind.app_type)) if kind.app_type else None,
            volume_gib=_gibibytes(self._values.of(resource, kind.size)) if kind.size else None,
        )

    def _unseen(self) -> Iterator[tuple[str, str]]:
        for template in self._assembly.templates:
            transforms = template.body.get("Transform", [])
            for one in [transforms] if isinstance(transforms, str | dict) else transforms:
                name = one if isinstance(one, str) else one.get("Name")
                if name not in _HARMLESS_TRANSFORMS:
                    yield template.construct_path, f"what the transform {name} makes of the template"
            for logical_id, body in template.resources.items():
                if str(body.get("Type")).endswith("::MODULE"):
                    yield template.construct_path, f"what is in the module {logical_id}"
        for resource in self._deployment.of_type(MACRO):
            yield resource.template.construct_path, f"what CloudFormation brings in for {resource.logical_id}"
        for resource in self._deployment.of_type("AWS::CloudFormation::Stack"):
            if not self._deployment.has_template_of(resource):
                yield resource.template.construct_path, f"the template of the nested stack {resource.logical_id}"


def _needed(resources: Iterable[LockedResource]) -> Iterator[LockedResource]:
    """Yield what holds data, and what that is replaced with."""
    waiting = {one.key: one for one in resources}
    needed = [one for one in waiting.values() if not one.kind.when_referred]
    while needed:
        for one in needed:
            del waiting[one.key]
        yield from needed
        needed = [one for one in waiting.values() if any(other.refers_to(one) for other in needed)]


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, sort_keys=True)


def _gibibytes(value: Any) -> int | str | None:
    return int(float(value)) if isinstance(value, str) and _WHOLE.fullmatch(value) else _text(value)
