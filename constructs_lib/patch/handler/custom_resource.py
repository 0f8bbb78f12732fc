"""How the custom resource of a patch answers CloudFormation."""

from __future__ import annotations

import logging
from contextlib import suppress
from textwrap import shorten
from typing import Any

from .clients import Clients
from .clock import Clock
from .domain import Domain
from .refusal import DomainGoneError
from .settings import Settings
from .stack import is_being_deleted

Event = dict[str, Any]

_LOG = logging.getLogger(__name__)
_LOG.setLevel(logging.INFO)

_NEVER_APPLIED = "never applied"
"""The physical id of a creation that failed before it changed the domain: there is nothing to take back."""

_CHARACTERS = 1500  # CloudFormation takes 4096 bytes of an answer


class CustomResource:
    """Applies settings, and takes them back when they go, unless the stack itself is being deleted.

    Then the domain goes too, or it is kept, with the settings that its users work with.
    """

    def __init__(self, clients: Clients, clock: Clock) -> None:
        """Talk to AWS by these clients."""
        self._clients = clients
        self._clock = clock

    def answer(self, event: Event) -> Event:
        """Carry out a request, and return what CloudFormation is told of it, be it that it failed."""
        properties = event["ResourceProperties"]
        domain = Domain(self._clients.sagemaker, properties["DomainId"], self._clock)
        told = {name: event[name] for name in ("StackId", "RequestId", "LogicalResourceId")}
        try:
            self._carry_out(event, domain)
        except Exception as error:  # whatever it is: CloudFormation would wait an hour for an answer
            _LOG.exception("failed")
            created = properties["DomainId"] if domain.was_changed else _NEVER_APPLIED
            reason = shorten(f"{type(error).__name__}: {error}", _CHARACTERS, placeholder=" …")
            physical_id = event.get("PhysicalResourceId", created)
            return {**told, "Status": "FAILED", "Reason": reason, "PhysicalResourceId": physical_id}
        is_deletion = event["RequestType"] == "Delete"
        physical_id = event["PhysicalResourceId"] if is_deletion else properties["DomainId"]
        return {**told, "Status": "SUCCESS", "PhysicalResourceId": physical_id}

    def _carry_out(self, event: Event, domain: Domain) -> None:
        settings = event["ResourceProperties"]["Settings"]
        match event["RequestType"]:
            case "Create":
                domain.apply(settings, {})
            case "Update":
                domain.apply(settings, _settings_before(event))
            case "Delete" if event["PhysicalResourceId"] != _NEVER_APPLIED:
                if not is_being_deleted(self._clients.cloudformation, event["StackId"]):
                    with suppress(DomainGoneError):
                        domain.apply({}, settings)


def _settings_before(event: Event) -> Settings:
    """Return what was set in the same domain; that of another one is taken back when CloudFormation deletes it."""
    old, new = event["OldResourceProperties"], event["ResourceProperties"]
    settings: Settings = old["Settings"] if old["DomainId"] == new["DomainId"] else {}
    return settings
