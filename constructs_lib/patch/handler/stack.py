"""The stack that the custom resource stands in."""

from __future__ import annotations

from typing import Any


def is_being_deleted(cloudformation: Any, stack_id: str) -> bool:
    """Whether the stack itself goes, and not just something in it by an update or its rollback.

    A nested stack goes by an update too: the outermost one tells.
    """
    root_id = _describe(cloudformation, stack_id).get("RootId", stack_id)
    status: str = _describe(cloudformation, root_id)["StackStatus"]
    return status == "DELETE_IN_PROGRESS"


def _describe(cloudformation: Any, stack_id: str) -> dict[str, Any]:
    stack: dict[str, Any]
    (stack,) = cloudformation.describe_stacks(StackName=stack_id)["Stacks"]
    return stack
