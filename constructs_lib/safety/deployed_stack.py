"""Stacks as AWS knows them, whatever the constructs are called that they come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from constructs_lib.templates.assembly import NestedTemplate, Template

_UNKNOWN = ("unknown-account", "unknown-region")  # as the CDK has it in its manifests
_PARTITIONS = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}
_SCHEME = "aws://"


@dataclass(frozen=True, order=True)
class DeployedStack:
    """A stack by its name, and by account and region where the app tells them.

    Attributes:
        name: its name; for a nested one that of the stack around it, a slash, and its logical id there.
        account: where it is deployed to, if that is known.
        region: where it is deployed to, if that is known.
    """

    name: str
    account: str | None = None
    region: str | None = None

    def __str__(self) -> str:
        """Return the name, behind the environment of the CDK as far as it is known."""
        if self.account is None and self.region is None:
            return self.name
        account, region = _UNKNOWN
        return f"{_SCHEME}{self.account or account}/{self.region or region}/{self.name}"

    @classmethod
    def parse(cls, text: str) -> DeployedStack:
        """Read what ``str`` of a stack says.

        Raises:
            ValueError: it says no stack.
        """
        if not text.startswith(_SCHEME):
            return cls(text)
        account, region, name = text.removeprefix(_SCHEME).split("/", 2)
        return cls(name, *(None if one in _UNKNOWN else one for one in (account, region)))

    @property
    def outer(self) -> DeployedStack | None:
        """The stack that this one is nested in, None if it is not."""
        name, _, _ = self.name.rpartition("/")
        return replace(self, name=name) if name else None

    @property
    def pseudo_parameters(self) -> dict[str, str]:
        """What is known of the pseudo parameters."""
        known = {"AWS::StackName": None if "/" in self.name else self.name, "AWS::AccountId": self.account}
        if self.region is not None:
            partition = next((one for start, one in _PARTITIONS.items() if self.region.startswith(start)), "aws")
            known |= {"AWS::Region": self.region, "AWS::Partition": partition}
            known["AWS::URLSuffix"] = "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com"
        return {name: value for name, value in known.items() if value is not None}

    def may_be(self, other: DeployedStack) -> bool:
        """Whether this and another can be one stack, of which one of them knows less."""
        return self.name == other.name and all(
            None in (one, another) or one == another
            for one, another in ((self.account, other.account), (self.region, other.region))
        )

    def among(self, others: Iterable[DeployedStack]) -> DeployedStack | None:
        """Return the one of others that is this one, None if none is, or more than one may be."""
        possible = [other for other in others if self.may_be(other)]
        return self if self in possible else possible[0] if len(possible) == 1 else None


def deployed_stacks(templates: Sequence[Template], nested: Sequence[NestedTemplate]) -> dict[Template, DeployedStack]:
    """Return the stack that each template is of.

    Raises:
        ValueError: two templates are of stacks that nobody can tell apart.
    """
    around = {one.template: one for one in nested}

    def name(template: Template) -> str:
        if template in around:
            return f"{name(around[template].parent)}/{around[template].logical_id}"
        return template.stack_name or template.name

    stacks: dict[Template, DeployedStack] = {}
    for template in templates:
        stack = DeployedStack(name(template), template.account, template.region)
        if stack in stacks.values():
            raise ValueError(
                f"stacks must differ in name, account or region, got {stack} twice, at {template.construct_path} too; "
                "give them names of their own, or an env"
            )
        stacks[template] = stack
    return stacks
