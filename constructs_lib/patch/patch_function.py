"""The function behind the custom resource of a patch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aws_cdk import CfnResource, Duration, IgnoreMode, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from constructs_lib.access.policy_document import Statement, policy_document
from constructs_lib.drain.statements import use_of_log_group, use_of_stack
from constructs_lib.patch.acknowledgements import acknowledge_function
from constructs_lib.patch.handler.patience import TIMEOUT

_CODE = str(Path(__file__).parent)
_ALL_BUT_THE_HANDLER = ["/*", "!/handler", "/handler/*", "!/handler/*.py"]


class PatchFunction(Construct):
    """A Lambda function that CloudFormation calls itself, its role, and a log group that keeps a month.

    The role has one managed policy of its own: none of AWS, and none inline.

    Attributes:
        service_token: what a custom resource is served by.
        use: the policy, on which whatever the function serves depends, so that the rights outlive it.
    """

    def __init__(self, scope: Construct, id: str, *, statements: Sequence[Statement]) -> None:
        """Define the function.

        Args:
            scope: the construct that it stands in.
            id: the id there.
            statements: what it may do, besides writing logs and looking at the status of its stack.
        """
        super().__init__(scope, id)
        log_group = logs.LogGroup(self, "Logs", retention=logs.RetentionDays.ONE_MONTH)
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        of_stack = use_of_stack(Stack.of(self), leftovers=False)
        self.use: CfnResource = iam.CfnManagedPolicy(
            self,
            "Use",
            policy_document=policy_document([use_of_log_group(log_group.log_group_arn), *of_stack, *statements]),
            roles=[role.role_name],
        )
        function = lambda_.Function(
            self,
            "Resource",
            runtime=lambda_.Runtime.PYTHON_3_14,
            handler="handler.index.on_event",
            code=lambda_.Code.from_asset(_CODE, exclude=_ALL_BUT_THE_HANDLER, ignore_mode=IgnoreMode.GIT),
            role=role,
            log_group=log_group,
            memory_size=256,
            timeout=Duration.seconds(TIMEOUT),
        )
        acknowledge_function(self)
        self.service_token = function.function_arn
