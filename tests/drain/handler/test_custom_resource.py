"""When the custom resources act, and what they answer."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from constructs_lib.drain.handler.clients import Clients
from constructs_lib.drain.handler.custom_resource import CustomResource
from constructs_lib.drain.handler.refusal import RefusalError
from tests.drain.handler.aws import DEADLINE, DOMAIN, STACK, Aws, client_of, request

TYPES = ("Custom::StudioDrain", "Custom::StudioLeftovers")
STATUSES = client_of("cloudformation").meta.service_model.shape_for("StackStatus").enum
OF_AN_UPDATE = [status for status in STATUSES if status != "DELETE_IN_PROGRESS"]
PROPERTIES = {"DomainId": DOMAIN, "DomainLogicalId": "Studio", "VpcId": "vpc-1", "WholeDomain": "true"}

each_type = pytest.mark.parametrize("resource_type", TYPES)


def test_statuses_are_those_of_cloudformation() -> None:
    assert len(STATUSES) > 20
    assert len(OF_AN_UPDATE) == len(STATUSES) - 1


@each_type
def test_create_is_named_and_does_nothing(aws: Aws, resource_type: str) -> None:
    event = request("Create", resource_type, **PROPERTIES)
    answer = aws.custom_resource().on_event(event)
    assert answer == {"PhysicalResourceId": "Drain5F0A"}
    assert aws.is_complete({**event, **answer})


@each_type
def test_update_replaces_nothing_and_does_nothing(aws: Aws, resource_type: str) -> None:
    event = request("Update", resource_type, **PROPERTIES)
    answer = aws.custom_resource().on_event(event)
    assert answer == {"PhysicalResourceId": "before"}
    assert aws.is_complete({**event, **answer})


@each_type
def test_delete_notes_a_deadline_while_the_stack_is_deleted(aws: Aws, resource_type: str) -> None:
    aws.stack_is("DELETE_IN_PROGRESS")
    answer = aws.custom_resource(now=1000.5).on_event(request("Delete", resource_type, **PROPERTIES))
    assert answer == {"PhysicalResourceId": "before", "Deadline": 1000 + 55 * 60}


@each_type
@pytest.mark.parametrize("status", OF_AN_UPDATE)
def test_delete_in_an_update_touches_nothing(aws: Aws, resource_type: str, status: str) -> None:
    aws.stack_is(status)
    event = request("Delete", resource_type, **PROPERTIES)
    answer = aws.custom_resource().on_event(event)
    assert answer == {"PhysicalResourceId": "before"}
    assert aws.is_complete({**event, **answer})


@each_type
@pytest.mark.parametrize("status", OF_AN_UPDATE)
def test_a_pass_in_an_update_touches_nothing(aws: Aws, resource_type: str, status: str) -> None:
    aws.stack_is(status)
    assert aws.is_complete({**request("Delete", resource_type, **PROPERTIES), "Deadline": DEADLINE})


@each_type
@pytest.mark.parametrize(
    ("nested", "root"),
    [*(("DELETE_IN_PROGRESS", status) for status in OF_AN_UPDATE), ("UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS")],
)
def test_delete_in_a_nested_stack_touches_nothing_in_an_update(
    aws: Aws, resource_type: str, nested: str, root: str
) -> None:
    event = request("Delete", resource_type, **PROPERTIES)
    aws.stack_is(nested, root=root)
    assert aws.custom_resource().on_event(event) == {"PhysicalResourceId": "before"}
    aws.stack_is(nested, root=root)
    assert aws.is_complete({**event, "Deadline": DEADLINE})


@each_type
def test_a_nested_stack_that_goes_with_its_root_notes_a_deadline(aws: Aws, resource_type: str) -> None:
    aws.stack_is("DELETE_IN_PROGRESS", root="DELETE_IN_PROGRESS")
    assert "Deadline" in aws.custom_resource().on_event(request("Delete", resource_type, **PROPERTIES))


@each_type
def test_what_was_no_deletion_at_first_stays_none(aws: Aws, resource_type: str) -> None:
    assert aws.is_complete(request("Delete", resource_type, **PROPERTIES))


def test_an_unknown_type_is_refused(aws: Aws) -> None:
    aws.stack_is("DELETE_IN_PROGRESS")
    with pytest.raises(ValueError, match=r"^ResourceType must be .*, got Custom::Other$"):
        aws.is_complete({**request("Delete", "Custom::Other"), "Deadline": DEADLINE})


THROTTLED = ["Throttling", "ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded", "InternalFailure"]


@each_type
@pytest.mark.parametrize("code", THROTTLED)
def test_a_throttled_look_at_the_stack_waits_for_the_next_pass(aws: Aws, resource_type: str, code: str) -> None:
    aws.refuses("cloudformation", "describe_stacks", code, StackName=STACK)
    assert not aws.is_complete({**request("Delete", resource_type, **PROPERTIES), "Deadline": DEADLINE})


def test_a_throttled_look_ends_with_the_deadline(aws: Aws) -> None:
    aws.refuses("cloudformation", "describe_stacks", "Throttling", "Rate exceeded")
    with pytest.raises(RefusalError) as raised:
        aws.is_complete({**request("Delete", TYPES[0], **PROPERTIES), "Deadline": DEADLINE}, now=DEADLINE + 1)
    assert str(raised.value) == (
        "the drain must end within 55 minutes, got 1 left: what there is (Throttling: Rate exceeded); "
        "delete them or wait until they are gone, then delete the stack again"
    )


def test_a_throttled_look_at_the_beginning_fails_and_touches_nothing(aws: Aws) -> None:
    aws.refuses("cloudformation", "describe_stacks", "Throttling", "Rate exceeded", StackName=STACK)
    with pytest.raises(ClientError, match="Rate exceeded"):
        aws.custom_resource().on_event(request("Delete", TYPES[0], **PROPERTIES))


@each_type
def test_a_denied_look_at_the_stack_fails_at_once(aws: Aws, resource_type: str) -> None:
    aws.refuses("cloudformation", "describe_stacks", "AccessDenied", "not authorized to perform DescribeStacks")
    with pytest.raises(RefusalError, match=r"\(AccessDenied: not authorized to perform DescribeStacks\); allow it"):
        aws.is_complete({**request("Delete", resource_type, **PROPERTIES), "Deadline": DEADLINE})


def test_a_request_that_never_arrived_waits_for_the_next_pass() -> None:
    class Unreachable:
        def describe_stacks(self, **_: Any) -> None:
            raise ReadTimeoutError(endpoint_url="https://cloudformation")

    clients = Clients(cloudformation=Unreachable(), ec2=None, efs=None, sagemaker=None)
    event = {**request("Delete", TYPES[0], **PROPERTIES), "Deadline": DEADLINE}
    assert CustomResource(clients, now=lambda: 0).is_complete(event) == {"IsComplete": False}
