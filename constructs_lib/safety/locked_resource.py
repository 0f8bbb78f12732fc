"""What the lock holds of one resource."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from constructs_lib.safety.deployed_stack import DeployedStack
from constructs_lib.safety.stateful import STATEFUL, Stateful

_KEEPING = {"DeletionPolicy": ("Retain", "RetainExceptOnCreate"), "UpdateReplacePolicy": ("Retain",)}


@dataclass(frozen=True, kw_only=True)
class LockedResource:
    """A resource that must not be lost.

    Attributes:
        stack: the stack that it is in, as ``str`` of a ``DeployedStack``.
        logical_id: its name there.
        type: its type.
        construct: where it stands in the app, if the assembly tells it.
        properties: the properties that CloudFormation replaces it for, by their names with dots.
        policies: its deletion policy and its update-replace policy, those that it has.
        condition: what the template makes it depend on, if anything.
        app_type: which app it runs, if it is a space.
        volume_gib: the size of its volume, if it has one and says how big; text if only the deployment knows.
    """

    stack: str
    logical_id: str
    type: str
    construct: str | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)
    policies: Mapping[str, str] = field(default_factory=dict)
    condition: str | None = None
    app_type: str | None = None
    volume_gib: int | str | None = None

    @property
    def key(self) -> str:
        """The stack and the logical id, by which it is accepted."""
        return f"{self.stack}/{self.logical_id}"

    @property
    def kind(self) -> Stateful:
        """What the lock knows of its type."""
        return STATEFUL[self.type]

    @property
    def name(self) -> str:
        """Its name, or its logical id if CloudFormation names it."""
        return str(self.properties.get(self.kind.name or "", self.logical_id))

    @property
    def loss(self) -> str:
        """What is gone with it."""
        size = "" if self.volume_gib is None else f"{self.volume_gib} GiB "
        return self.kind.loss.format(name=self.name, size=size)

    def keeps(self, policy: str) -> bool:
        """Whether it stays behind by one of its policies."""
        return self.policies.get(policy) in _KEEPING[policy]

    def refers_to(self, other: LockedResource) -> str | None:
        """Return the property by which it refers to another, None if there is none."""
        marks = (f"<{other.key}>", f"<{other.key}.")
        return next(
            (name for name, value in self.properties.items() if any(one in json.dumps(value) for one in marks)), None
        )

    def to_json(self) -> dict[str, Any]:
        """Return what the file says of it, behind its key, with a digest of it all."""
        entry = {name: value for name, value in asdict(self).items() if value not in (None, {})}
        del entry["stack"], entry["logical_id"]
        return {**entry, "digest": self._digest(entry)}

    @classmethod
    def from_json(cls, key: str, entry: Any) -> tuple[LockedResource, bool]:
        """Read what the file says of it, and whether the digest fits.

        Raises:
            ValueError: the file says something else.
        """
        stack, _, logical_id = key.rpartition("/")
        DeployedStack.parse(stack)
        if not isinstance(entry, dict) or not stack or not logical_id or entry.get("type") not in STATEFUL:
            raise ValueError(f"it must have stacks, logical ids and types that are locked, got {key!r}: {entry!r}")
        values = {name: value for name, value in entry.items() if name != "digest"}
        for name, value in values.items():
            wanted = _TYPES.get(name)
            if wanted is None or not isinstance(value, wanted):
                raise ValueError(f"{name} of {key} must be what make lock writes, got {value!r}")
        resource = cls(stack=stack, logical_id=logical_id, **values)
        return resource, entry.get("digest") == resource._digest(values)

    def _digest(self, entry: dict[str, Any]) -> str:
        text = json.dumps([self.key, entry], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


_TYPES: dict[str, type | tuple[type, ...]] = {
    "type": str,
    "construct": str,
    "properties": dict,
    "policies": dict,
    "condition": str,
    "app_type": str,
    "volume_gib": (int, str),
}
