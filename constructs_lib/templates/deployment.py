"""The resources of all templates of an app, found by type, by reference and by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from constructs_lib.templates.assembly import NestedTemplate, Template
from constructs_lib.templates.links import nearest
from constructs_lib.templates.references import References
from constructs_lib.templates.resource import Part, Resource

# The property that names a resource for the whole account, where templates name it rather than refer to it.
_NAMES = {
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::Role": "RoleName",
    "AWS::KMS::Alias": "AliasName",
    "AWS::S3::Bucket": "BucketName",
}
_OF_A_REGION = ("AWS::KMS::Alias",)

MACRO = "Fn::Transform"
"""The type of whatever CloudFormation brings into a template by a macro or a loop."""


class Deployment:
    """All resources of the templates.

    Attributes:
        references: what they refer to.
    """

    def __init__(self, templates: Sequence[Template], nested: Sequence[NestedTemplate] = ()) -> None:
        """Sort the resources of templates, of which some are nested in others."""
        self._nested = nested
        self.references = References(templates, nested)
        self._by_type: dict[str, list[Resource]] = defaultdict(list)
        self._by_place: dict[tuple[Template, str], Resource] = {}
        self._by_name: dict[str, dict[str, list[Resource]]] = {}
        for template in templates:
            macros = {key: {"Type": MACRO} for key in template.macros}
            for logical_id, body in {**template.resources, **macros}.items():
                resource = Resource(self.references, template, logical_id, body)
                self._by_type[resource.type].append(resource)
                self._by_place[template, logical_id] = resource

    def of_type(self, *resource_types: str) -> list[Resource]:
        """Return the resources of these types."""
        return [resource for one in resource_types for resource in self._by_type.get(one, ())]

    def referred(self, part: Part, text: object, resource_type: str) -> Resource | None:
        """Return the resource that a text of a template means, None if it is not in the templates.

        Args:
            part: where the text stands.
            text: a reference that is resolved, or a name; anything else means nothing.
            resource_type: the type of the resource.
        """
        if not isinstance(text, str):
            return None
        if text in self.references.targets:
            resource = self._by_place[self.references.targets[text]]
            return resource if resource.type == resource_type else None
        named = self._named(resource_type).get(text, [])
        found = nearest(
            part.resource.template, [(one.template, one) for one in named], same_region=resource_type in _OF_A_REGION
        )
        return None if found is None else found[1]

    def has_template_of(self, stack: Resource) -> bool:
        """Whether the template of a nested stack is among the templates."""
        return any(one.parent is stack.template and one.logical_id == stack.logical_id for one in self._nested)

    def _named(self, resource_type: str) -> dict[str, list[Resource]]:
        if resource_type not in self._by_name:
            by_name: dict[str, list[Resource]] = defaultdict(list)
            if resource_type in _NAMES:
                for resource in self.of_type(resource_type):
                    name = resource.text(_NAMES[resource_type])
                    if isinstance(name, str):
                        by_name[name].append(resource)
            self._by_name[resource_type] = by_name
        return self._by_name[resource_type]
