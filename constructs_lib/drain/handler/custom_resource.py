"""How the custom resources of the drain answer CloudFormation."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from .answers import REFUSED
from .clients import Clients
from .deadline import DEADLINE, PASS
from .drain import Declared, drain
from .leftovers import remove_leftovers
from .remains import Remains
from .stack import Stack
from .studio import Studio

Event = dict[str, Any]

_LOG = logging.getLogger(__name__)
_LOG.setLevel(logging.INFO)


class CustomResource:
    """Answers the provider framework of the CDK: it acts only while the stack itself is being deleted.

    Whatever else removes or replaces a custom resource is an update, and leaves a living Studio alone.

    See https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources-readme.html
    """

    def __init__(self, clients: Clients, *, now: Callable[[], float] = time.time) -> None:
        """Talk to AWS by these clients; ``now`` tells the seconds of the epoch."""
        self._clients = clients
        self._now = now

    def on_event(self, event: Event) -> Event:
        """Begin: note a deadline if there is something to do. The framework hands it on to every pass."""
        if event["RequestType"] == "Create":
            return {"PhysicalResourceId": event["LogicalResourceId"]}
        answer = {"PhysicalResourceId": event["PhysicalResourceId"]}
        if event["RequestType"] == "Delete" and self._stack(event).is_being_deleted():
            answer["Deadline"] = int(self._now()) + DEADLINE
        return answer

    def is_complete(self, event: Event) -> Event:
        """Make one pass, and tell whether it found nothing left.

        Raises:
            RefusalError: it is no use to go on, or too late.
        """
        if "Deadline" not in event:
            return {"IsComplete": True}
        ends = self._now() + PASS
        remains = Remains(is_late=lambda: self._now() > ends)
        try:
            self._make_pass(event, remains)
        except REFUSED as error:
            remains.note_refusal("what there is", error)
        if remains:
            _LOG.info("what remains: %s", remains)
            remains.check_hope(is_over=self._now() > event["Deadline"])
        return {"IsComplete": not remains}

    def _make_pass(self, event: Event, remains: Remains) -> None:
        stack = self._stack(event)
        if not stack.is_being_deleted():
            return
        properties = event["ResourceProperties"]
        match event["ResourceType"]:
            case "Custom::StudioDrain":
                studio = Studio(self._clients.sagemaker, properties["DomainId"])
                drain(studio, Declared.in_properties(properties), remains)
            case "Custom::StudioLeftovers":
                remove_leftovers(self._clients, stack, properties, remains)
            case other:
                raise ValueError(f"ResourceType must be Custom::StudioDrain or Custom::StudioLeftovers, got {other}")

    def _stack(self, event: Event) -> Stack:
        return Stack(self._clients.cloudformation, event["StackId"])
