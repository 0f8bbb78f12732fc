"""What an account would hold, as far as IAM is concerned, once templates are deployed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from tests.access.documents import Document
from tests.access.references import ACCOUNT, PARTITION, References
from tests.templates import Template, resources

T = TypeVar("T")


@dataclass(frozen=True)
class Role:
    """A role with all that is attached to it; one that the templates only name has no known trust policy."""

    arn: str
    name: str
    trust_policy: Document | None
    policies: Mapping[str, Document]


@dataclass(frozen=True)
class Key:
    """A KMS key with its policy."""

    arn: str
    policy: Document


class Deployment:
    """The roles, policies, keys and domains of templates, all in one account and region, with references resolved.

    Resources go by ``STACK/LOGICAL_ID``. The methods that find one thing take the beginning of its logical id.
    """

    def __init__(self, templates: Mapping[str, Template]) -> None:
        self._templates = templates
        self._references = References(templates)

    def resolve(self, stack: str, value: Any) -> Any:
        """Return what a value in the template of a stack comes to."""
        return self._references.resolve(stack, value)

    def managed_policies(self) -> dict[str, Document]:
        """The documents of all customer managed policies."""
        return {
            f"{stack}/{logical_id}": self.resolve(stack, properties["PolicyDocument"])
            for stack, logical_id, properties in self._all("AWS::IAM::ManagedPolicy")
        }

    def roles(self) -> dict[str, Role]:
        """All roles; one that the templates only name goes by its name."""
        attached = self._attached_by_policies()
        found: dict[str, Role] = {}
        for stack, logical_id, properties in self._all("AWS::IAM::Role"):
            arn = self.resolve(stack, {"Fn::GetAtt": [logical_id, "Arn"]})
            name = self.resolve(stack, {"Ref": logical_id})
            found[f"{stack}/{logical_id}"] = Role(
                arn=arn,
                name=name,
                trust_policy=self.resolve(stack, properties["AssumeRolePolicyDocument"]),
                policies=_united(attached.pop(name, []) + self._attached_by_role(stack, properties)),
            )
        _united([(role.name, key) for key, role in found.items()])
        named = {
            name: Role(f"arn:{PARTITION}:iam::{ACCOUNT}:role/{name}", name, None, _united(policies))
            for name, policies in attached.items()
        }
        return found | named

    def role(self, logical_id_prefix: str) -> Role:
        """The one role of that logical id, or of that name if the templates only name it."""
        return _only(self.roles(), logical_id_prefix)

    def domain_id(self, logical_id_prefix: str = "") -> str:
        """The id of the one domain."""
        ids: dict[str, str] = {
            f"{stack}/{logical_id}": self.resolve(stack, {"Fn::GetAtt": [logical_id, "DomainId"]})
            for stack, logical_id, _ in self._all("AWS::SageMaker::Domain")
        }
        return _only(ids, logical_id_prefix)

    def key_policy(self, logical_id_prefix: str = "") -> Key:
        """The one key."""
        keys = {
            f"{stack}/{logical_id}": Key(
                arn=self.resolve(stack, {"Fn::GetAtt": [logical_id, "Arn"]}),
                policy=self.resolve(stack, properties["KeyPolicy"]),
            )
            for stack, logical_id, properties in self._all("AWS::KMS::Key")
        }
        return _only(keys, logical_id_prefix)

    def _all(self, resource_type: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for stack, template in self._templates.items():
            for logical_id, resource in resources(template, resource_type).items():
                yield stack, logical_id, resource.get("Properties", {})

    def _attached_by_policies(self) -> dict[str, list[tuple[str, Document]]]:
        """What policies say of the roles that they are attached to, by the names of the roles."""
        attached = defaultdict(list)
        for resource_type in ("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy"):
            for stack, logical_id, properties in self._all(resource_type):
                for name in self.resolve(stack, properties.get("Roles", [])):
                    attached[name].append((logical_id, self.resolve(stack, properties["PolicyDocument"])))
        return attached

    def _attached_by_role(self, stack: str, properties: dict[str, Any]) -> list[tuple[str, Document]]:
        """What a role says of the policies that are attached to it."""
        by_arn = self._managed_policies_by_arn()
        arns = self.resolve(stack, properties.get("ManagedPolicyArns", []))
        unknown = [arn for arn in arns if arn not in by_arn]
        if unknown:
            raise LookupError(f"{stack}: the templates do not hold {unknown}")
        inline = self.resolve(stack, properties.get("Policies", []))
        return [by_arn[arn] for arn in arns] + [(one["PolicyName"], one["PolicyDocument"]) for one in inline]

    def _managed_policies_by_arn(self) -> dict[str, tuple[str, Document]]:
        return _united(
            [
                (
                    self.resolve(stack, {"Ref": logical_id}),
                    (logical_id, self.resolve(stack, properties["PolicyDocument"])),
                )
                for stack, logical_id, properties in self._all("AWS::IAM::ManagedPolicy")
            ]
        )


def _united(pairs: list[tuple[str, T]]) -> dict[str, T]:
    """Return the pairs as a mapping; a second value for a name would hide the first, and raises."""
    united: dict[str, T] = {}
    for name, value in pairs:
        if united.setdefault(name, value) != value:
            raise LookupError(f"there are two of {name}")
    return united


def _only(found: Mapping[str, T], logical_id_prefix: str) -> T:
    matching = {key: value for key, value in found.items() if key.split("/")[-1].startswith(logical_id_prefix)}
    if len(matching) != 1:
        raise LookupError(f"one must begin with {logical_id_prefix!r}, found {sorted(matching)} of {sorted(found)}")
    return next(iter(matching.values()))
