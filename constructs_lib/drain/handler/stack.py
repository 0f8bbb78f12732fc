"""The stack that a custom resource stands in, as CloudFormation knows it."""

from __future__ import annotations

from typing import Any

from .answers import REFUSED, is_gone


class Stack:
    """A stack, by its ARN."""

    def __init__(self, cloudformation: Any, stack_id: str) -> None:
        """Ask CloudFormation of the stack with this ARN."""
        self._cloudformation = cloudformation
        self._id = stack_id

    def is_being_deleted(self) -> bool:
        """Whether the stack itself goes, and not just something in it by an update or its rollback.

        A nested stack goes by an update too, or by its rollback, unless the outermost one goes with it.
        """
        stack = self._describe(self._id)
        stacks = [stack, self._describe(stack["RootId"])] if "RootId" in stack else [stack]
        return all(one["StackStatus"] == "DELETE_IN_PROGRESS" for one in stacks)

    def _describe(self, stack_id: str) -> dict[str, Any]:
        stack: dict[str, Any]
        (stack,) = self._cloudformation.describe_stacks(StackName=stack_id)["Stacks"]
        return stack

    def resource(self, logical_id: str) -> dict[str, Any] | None:
        """Return what CloudFormation remembers of a resource, deleted ones included; None if there never was one."""
        try:
            answer = self._cloudformation.describe_stack_resource(StackName=self._id, LogicalResourceId=logical_id)
        except REFUSED as error:
            if is_gone(error):
                return None
            raise
        detail: dict[str, Any] = answer["StackResourceDetail"]
        return detail

    def domain_arn(self, domain_id: str) -> str:
        """Return the ARN of a domain in the account and the region of the stack."""
        _, partition, _, region, account, _ = self._id.split(":", 5)
        return f"arn:{partition}:sagemaker:{region}:{account}:domain/{domain_id}"
