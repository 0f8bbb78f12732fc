"""What a type of resource does for CloudFormation."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from localcloud.server.provisioning.schema import Schema

Properties = dict[str, Any]


@dataclass(frozen=True)
class Provisioned:
    """A resource that is there.

    Attributes:
        physical_id: what ``Ref`` returns.
        attributes: what ``Fn::GetAtt`` returns, by name.
    """

    physical_id: str
    attributes: dict[str, Any]


class Resource(ABC):
    """A type of resource. Its methods return when what they do is done, and raise when it fails."""

    def __init__(self, type_name: str) -> None:
        """Name the type as templates do."""
        self.schema = Schema.of(type_name)

    def replaces(self, old: Properties, new: Properties) -> bool:
        """Return whether an update takes another resource."""
        return self.schema.replaces(old, new)

    def lasting(self, old: Properties, new: Properties) -> list[str]:
        """Return the properties that are gone and that no update in place can take away."""
        return []

    @abstractmethod
    def create(self, properties: Properties) -> Provisioned:
        """Create a resource."""

    @abstractmethod
    def update(self, physical_id: str, old: Properties, new: Properties) -> Provisioned:
        """Update a resource in place."""

    @abstractmethod
    def delete(self, physical_id: str) -> None:
        """Delete a resource; one that is gone is none to delete."""
