"""Studio's types of resources, by SageMaker's API."""

from __future__ import annotations

import time
from typing import Any

from localcloud.server import shapes
from localcloud.server.api import call
from localcloud.server.errors import ApiError
from localcloud.server.kinds import MLFLOW_APP, Kind
from localcloud.server.provisioning import wording
from localcloud.server.provisioning.resource import Properties, Provisioned, Resource

_PATIENCE = 300.0  # seconds
_PAUSE = 0.05


class SageMakerResource(Resource):
    """A kind of resource of the API, which has one type of the same name in CloudFormation."""

    def __init__(self, kind: Kind) -> None:
        """Name the kind."""
        super().__init__(f"AWS::SageMaker::{kind.name}")
        self._kind = kind
        update = f"Update{kind.name}"
        offered = shapes.service().operation_names
        self._updatable = frozenset(shapes.operation(update).input_shape.members if update in offered else ())

    def replaces(self, old: Properties, new: Properties) -> bool:
        """Return whether an update takes another resource, be it that the API cannot update a property in place."""
        return super().replaces(old, new) or any(
            name in self.schema.conditionally_create_only and name not in self._updatable
            for name in (*wording.for_update(self._kind, old, new), *self.lasting(old, new))
        )

    def lasting(self, old: Properties, new: Properties) -> list[str]:
        """Return the properties that are gone and that the API cannot take away."""
        return wording.lasting(self._kind, old, new)

    def create(self, properties: Properties) -> Provisioned:
        """Create a resource, and wait until it can be used."""
        created = call(f"Create{self._kind.name}", wording.for_create(self._kind, properties))
        named = {**properties, **created}
        physical_id = "|".join(str(named[name]) for name in self.schema.identifier)
        try:
            return self._when_settled(physical_id)
        except ValueError:
            self.delete(physical_id)
            raise

    def update(self, physical_id: str, old: Properties, new: Properties) -> Provisioned:
        """Update a resource, and wait until it can be used again."""
        changed = wording.for_update(self._kind, old, new)
        fixed = sorted(changed.keys() - self._updatable)
        if fixed:
            raise ValueError(f"{self.schema.type_name} cannot be updated in {', '.join(fixed)}")
        if changed:
            call(f"Update{self._kind.name}", {**self._names(physical_id), **changed})
        provisioned = self._when_settled(physical_id)
        self._tag(provisioned.attributes[self._kind.arn], old.get("Tags", []), new.get("Tags", []))
        return provisioned

    def delete(self, physical_id: str) -> None:
        """Delete a resource, and wait until it is gone."""
        if self._found(physical_id) is not None:
            call(f"Delete{self._kind.name}", self._names(physical_id))
        deadline = time.monotonic() + _PATIENCE
        while (description := self._found(physical_id)) is not None:
            self._pause(physical_id, description, deadline)

    def find(self, physical_id: str) -> Provisioned | None:
        """Return a resource that a stack may take over, None if there is none."""
        description = self._found(physical_id)
        return None if description is None else self._provisioned(physical_id, description)

    def _when_settled(self, physical_id: str) -> Provisioned:
        deadline = time.monotonic() + _PATIENCE
        states = self._kind.states
        while True:
            description = self._describe(physical_id)
            if states is None or self._status(description) in (states.ready, states.updated):
                return self._provisioned(physical_id, description)
            self._pause(physical_id, description, deadline)

    def _pause(self, physical_id: str, description: dict[str, Any], deadline: float) -> None:
        """Wait a little for a resource that may still get where it should."""
        status = self._status(description)
        if status.lower().endswith("failed"):
            raise ValueError(description.get("FailureReason", f"{self.schema.type_name} {physical_id} is {status}"))
        if time.monotonic() > deadline:
            raise ValueError(f"{self.schema.type_name} {physical_id} did not stabilize in {_PATIENCE:.0f} seconds")
        time.sleep(_PAUSE)

    def _found(self, physical_id: str) -> dict[str, Any] | None:
        """Return the description of a resource, None if there is none, or the API only tells that there was."""
        try:
            description = self._describe(physical_id)
        except ApiError as error:
            if error.code == "ResourceNotFound":
                return None
            raise
        states = self._kind.states
        return None if states is not None and self._status(description) == states.deleted else description

    def _describe(self, physical_id: str) -> dict[str, Any]:
        return call(f"Describe{self._kind.name}", self._names(physical_id))

    def _status(self, description: dict[str, Any]) -> str:
        return str(description[self._kind.status]) if self._kind.status else ""

    def _names(self, physical_id: str) -> dict[str, Any]:
        """Return the parameters that name a resource, from its physical id, or the path in it if that is an ARN."""
        if self.schema.identifier == (self._kind.arn,) != self._kind.keys:
            names = dict(zip(self._kind.keys, physical_id.split("/")[1:], strict=True))
            return {name: int(value) if name == "Version" else value for name, value in names.items()}
        return dict(zip(self.schema.identifier, physical_id.split("|"), strict=True))

    def _provisioned(self, physical_id: str, description: dict[str, Any]) -> Provisioned:
        if self._kind is MLFLOW_APP:
            description = {**description, "MlflowAppId": physical_id.rpartition("/")[2]}
        return Provisioned(
            physical_id,
            {name: str(description[name]) for name in self.schema.read_only if name in description},
        )

    def _tag(self, arn: str, old: list[dict[str, str]], new: list[dict[str, str]]) -> None:
        gone = {tag["Key"] for tag in old} - {tag["Key"] for tag in new}
        changed = [tag for tag in new if tag not in old]
        if gone:
            call("DeleteTags", {"ResourceArn": arn, "TagKeys": sorted(gone)})
        if changed:
            call("AddTags", {"ResourceArn": arn, "Tags": changed})
