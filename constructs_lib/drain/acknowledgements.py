"""What policy packs find in a drain and is meant to be, acknowledged so that its users need not.

cdk-nag names a wildcard by the resource in the policy, with the references in it as it prints them. How a reference to
another stack looks is known only when the app is synthesized.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import jsii
from aws_cdk import Acknowledgment, Stack, Validations
from aws_cdk import aws_iam as iam
from constructs import IConstruct, IValidation

from constructs_lib.access.policy_document import Statement
from constructs_lib.drain.statements import WILDCARDS
from constructs_lib.function_acknowledgements import acknowledge_findings

_WHY = {
    "CloudWatchLogGroupEncrypted": "the logs name what was deleted and hold nothing of the users; CloudWatch Logs "
    "encrypts them with a key of its own, and they go with the stack",
    "LambdaConcurrency": "the functions run when the stack is deployed or deleted, one after another; what is reserved "
    "for them the other functions of the account would lack all the time",
    "LambdaDLQ": "CloudFormation waits for each answer, reports what fails and sends it again when the stack is "
    "deleted again; nobody would read a queue",
    "LambdaInsideVPC": "the functions call AWS alone; in the VPC of the Studio they would hold network interfaces "
    "themselves, and stop the VPC from being deleted",
}
_STATE_MACHINE = {
    "SF1": "the state machine only calls a function until it is done, and the function logs each call; to write logs "
    "of its own it would need rights over all log deliveries of the account",
    "SF2": "the state machine only calls a function until it is done, and the function logs each call",
}


def acknowledge_functions(scope: IConstruct) -> None:
    """Acknowledge what is found in the functions of a drain and in their log group."""
    acknowledge_findings(scope, _WHY)


def acknowledge_state_machine(scope: IConstruct) -> None:
    """Acknowledge what is found in the state machine that waits for the functions."""
    Validations.of(scope).acknowledge(
        *(
            Acknowledgment(id=f"AwsSolutions::AwsSolutions-{rule}", reason=reason)
            for rule, reason in _STATE_MACHINE.items()
        )
    )


def acknowledge_wildcards(policy: iam.CfnManagedPolicy, statements: Sequence[Statement]) -> None:
    """Acknowledge the wildcards in a policy, with the reasons of its statements."""
    policy.node.add_validation(_Wildcards(policy, statements))


@jsii.implements(IValidation)
class _Wildcards:
    """Finds nothing: it comes when references between stacks are settled, and before the packs."""

    def __init__(self, policy: iam.CfnManagedPolicy, statements: Sequence[Statement]) -> None:
        self._policy = policy
        self._statements = statements
        self._are_acknowledged = False

    def validate(self) -> list[str]:
        """Acknowledge the wildcards once, however often the app is synthesized."""
        if not self._are_acknowledged:
            self._are_acknowledged = True
            Validations.of(self._policy).acknowledge(*self._acknowledgements())
        return []

    def _acknowledgements(self) -> list[Acknowledgment]:
        stack = Stack.of(self._policy)
        return [
            Acknowledgment(id=f"AwsSolutions::AwsSolutions-IAM5[Resource::{printed}]", reason=WILDCARDS[one["Sid"]])
            for one in self._statements
            for printed in map(_printed, _listed(stack.resolve(one["Resource"])))
            if "*" in printed
        ]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _printed(value: Any) -> str:
    """Return a resource as cdk-nag prints it."""
    match value:
        case str():
            return re.sub(r"\$\{([^}]*)\}", r"<\1>", value)
        case {"Fn::Join": [str(delimiter), list(parts)]}:
            return delimiter.join(map(_printed, parts))
        case {"Fn::GetAtt": [str(logical_id), str(attribute)]}:
            return f"<{logical_id}.{attribute}>"
        case {"Fn::ImportValue": inner} | {"Fn::Sub": inner}:
            return _printed(inner)
        case {"Ref": str(name)}:
            return f"<{name}>"
        case _:
            return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
