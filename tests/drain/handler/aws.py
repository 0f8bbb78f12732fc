"""AWS as the handlers see it: real clients that answer as told, in order, and hold every request to botocore's models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

import boto3
from botocore.stub import Stubber

from constructs_lib.drain.handler.clients import Clients
from constructs_lib.drain.handler.custom_resource import CustomResource

DOMAIN = "d-abc123"
STACK = "arn:aws:cloudformation:eu-west-1:123456789012:stack/Studio/0a1b2c3d"
ROOT_STACK = "arn:aws:cloudformation:eu-west-1:123456789012:stack/Research/3d2c1b0a"
DOMAIN_ARN = f"arn:aws:sagemaker:eu-west-1:123456789012:domain/{DOMAIN}"
DEADLINE = 10_000

SERVICES = ("cloudformation", "ec2", "efs", "sagemaker")


@cache
def client_of(service: str) -> Any:
    return boto3.client(
        service, region_name="eu-west-1", aws_access_key_id="nobody", aws_secret_access_key="nothing", verify=False
    )


class Aws:
    def __init__(self, stubbers: dict[str, Stubber]) -> None:
        self._stubbers = stubbers
        self.clients = Clients(**{service: client_of(service) for service in SERVICES})

    def answers(self, service: str, operation: str, response: dict[str, Any] | None = None, **expected: Any) -> None:
        self._stubbers[service].add_response(operation, response or {}, expected)

    def refuses(self, service: str, operation: str, code: str, message: str = "no", **expected: Any) -> None:
        self._stubbers[service].add_client_error(operation, code, message, expected_params=expected or None)

    def stack_is(self, status: str, *, root: str | None = None) -> None:
        """The stack has this status; if it is nested, the outermost one has that of the root."""
        self._describes_stack(STACK, status, {} if root is None else {"RootId": ROOT_STACK})
        if root is not None:
            self._describes_stack(ROOT_STACK, root, {})

    def _describes_stack(self, stack_id: str, status: str, nesting: dict[str, str]) -> None:
        stack = {"StackName": "Studio", "StackStatus": status, "CreationTime": "2026-01-01", **nesting}
        self.answers("cloudformation", "describe_stacks", {"Stacks": [stack]}, StackName=stack_id)

    def custom_resource(self, now: Callable[[], float] | float = 0) -> CustomResource:
        return CustomResource(self.clients, now=now if callable(now) else lambda: now)

    def is_complete(self, event: dict[str, Any], now: Callable[[], float] | float = 0) -> bool:
        """Make a pass, in which every answer was asked for."""
        try:
            answer = self.custom_resource(now).is_complete(event)
        finally:
            self.was_asked_all()
        assert answer.keys() == {"IsComplete"}
        return answer["IsComplete"]

    def was_asked_all(self) -> None:
        for stubber in self._stubbers.values():
            stubber.assert_no_pending_responses()


@contextmanager
def stubbed_aws() -> Iterator[Aws]:
    with ExitStack() as stack:
        yield Aws({service: stack.enter_context(Stubber(client_of(service))) for service in SERVICES})


def request(request_type: str, resource_type: str, **properties: Any) -> dict[str, Any]:
    """A request as CloudFormation makes it, and the provider framework hands it on."""
    event = {
        "RequestType": request_type,
        "ResourceType": resource_type,
        "ServiceToken": "arn:aws:lambda:eu-west-1:123456789012:function:framework-onEvent",
        "ResponseURL": "...",
        "StackId": STACK,
        "RequestId": "5e1f",
        "LogicalResourceId": "Drain5F0A",
        "ResourceProperties": properties,
    }
    return event if request_type == "Create" else {**event, "PhysicalResourceId": "before"}
