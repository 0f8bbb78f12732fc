"""Where Lambda enters."""

from __future__ import annotations

from functools import cache
from typing import Any

from .clients import Clients
from .custom_resource import CustomResource


def on_event(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Begin with a request of CloudFormation."""
    return _custom_resource().on_event(event)


def is_complete(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Go on with a request of CloudFormation."""
    return _custom_resource().is_complete(event)


@cache
def _custom_resource() -> CustomResource:
    return CustomResource(Clients.of_function())
