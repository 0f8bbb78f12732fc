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
        """Whether the stack itself goes, and not just something in it by an update or its rollback."""
        (stack,) = self._cloudformation.describe_stacks(StackName=self._id)["Stacks"]
        status: str = stack["StackStatus"]
        return status == "DELETE_IN_PROGRESS"

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
