"""The resources that a stack had: CloudFormation goes on telling of them, and the emulator forgets them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.services import cloudformation
from ministack.services.cloudformation import handlers

_ACTIONS = ("DescribeStackResource", "DescribeStackResources", "ListStackResources")
_GONE = ("DELETE_COMPLETE", "DELETE_SKIPPED")

Answer = tuple[int, dict[str, str], bytes]


def remember() -> None:
    """Let stacks that are deleted, or being deleted, tell of the resources that they had."""
    for action in _ACTIONS:
        handlers._ACTION_HANDLERS[action] = _remembering(handlers._ACTION_HANDLERS[action])


def _remembering(built_in: Callable[[dict[str, Any]], Answer]) -> Callable[[dict[str, Any]], Answer]:
    def answer(params: dict[str, Any]) -> Answer:
        stack = handlers._resolve_stack(params.get("StackName", [""])[0])
        if stack is None or not stack["StackStatus"].startswith("DELETE_"):
            return built_in(params)
        there = stack["_resources"]
        stack["_resources"] = {**_gone(stack), **there}
        try:
            return built_in(params)
        finally:
            stack["_resources"] = there

    return answer


def _gone(stack: dict[str, Any]) -> dict[str, Any]:
    """Return what the events tell of the resources that are gone, or kept without the stack."""
    return {
        event["LogicalResourceId"]: event
        for event in cloudformation._stack_events[stack["StackId"]]
        if event["ResourceStatus"] in _GONE and event["PhysicalResourceId"] != stack["StackId"]
    }
