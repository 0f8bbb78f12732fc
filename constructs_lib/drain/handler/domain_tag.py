"""How SageMaker marks what belongs to a domain."""

from __future__ import annotations

from typing import Any

_KEY = "ManagedByAmazonSageMakerResource"


def domain_of(thing: dict[str, Any]) -> str | None:
    """Return the ARN of the domain that a file system or a security group belongs to, None if it is not marked."""
    return next((tag["Value"] for tag in thing.get("Tags", ()) if tag["Key"] == _KEY), None)
