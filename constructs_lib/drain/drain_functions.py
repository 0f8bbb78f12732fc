"""The functions behind the custom resources of a drain."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aws_cdk import CfnResource, Duration, IgnoreMode
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import custom_resources as cr
from constructs import Construct

from constructs_lib.access.policy_document import Statement, policy_document
from constructs_lib.drain.acknowledgements import (
    acknowledge_functions,
    acknowledge_state_machine,
    acknowledge_wildcards,
)
from constructs_lib.drain.handler.deadline import PASS, TOTAL_TIMEOUT
from constructs_lib.drain.statements import use_of_handler, use_of_log_group, use_of_passes, use_of_waiter

_CODE = str(Path(__file__).parent)
_ALL_BUT_THE_HANDLER = ["/*", "!/handler", "/handler/*", "!/handler/*.py"]


class DrainFunctions(Construct):
    """Two Lambda functions, the provider framework of the CDK that calls them, and the roles of them all.

    The roles have managed policies of their own: none of AWS, and none inline. A function depends on what stands
    beneath its role, so that its rights outlive it.

    Attributes:
        service_token: what a custom resource is served by.
        handler_role: the role of the two functions.

    See https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources-readme.html
    """

    def __init__(self, scope: Construct, id: str, *, statements: Sequence[Statement]) -> None:
        """Define the functions.

        Args:
            scope: the construct that they stand in.
            id: the id there.
            statements: what the two functions may do, besides writing logs.
        """
        super().__init__(scope, id)
        self._log_group = logs.LogGroup(self, "Logs", retention=logs.RetentionDays.ONE_MONTH)
        self._logging = use_of_log_group(self._log_group.log_group_arn)
        self.handler_role = _role(self, "HandlerRole", "lambda.amazonaws.com")
        attach(self.handler_role, "Use", self.handler_role, [self._logging, *statements])
        on_event = self._handler("OnEvent", "handler.index.on_event")
        is_complete = self._handler("IsComplete", "handler.index.is_complete")

        begins = _role(self, "BeginRole", "lambda.amazonaws.com")
        waits = _role(self, "WaitRole", "lambda.amazonaws.com")
        provider = cr.Provider(
            self,
            "Provider",
            on_event_handler=on_event,
            is_complete_handler=is_complete,
            framework_on_event_role=begins.without_policy_updates(),
            framework_complete_and_timeout_role=waits.without_policy_updates(),
            log_group=self._log_group,
            query_interval=Duration.seconds(30),
            total_timeout=Duration.seconds(TOTAL_TIMEOUT),
        )
        state_machine = self._state_machine(provider)
        attach(
            begins,
            "Use",
            begins,
            [self._logging, use_of_handler(on_event.function_arn), use_of_waiter(state_machine.ref)],
        )
        attach(waits, "Use", waits, [self._logging, use_of_handler(is_complete.function_arn)])
        acknowledge_functions(self)
        self.service_token = provider.service_token

    def _handler(self, id: str, handler: str) -> lambda_.Function:
        return lambda_.Function(
            self,
            id,
            runtime=lambda_.Runtime.PYTHON_3_14,
            handler=handler,
            code=lambda_.Code.from_asset(_CODE, exclude=_ALL_BUT_THE_HANDLER, ignore_mode=IgnoreMode.GIT),
            role=self.handler_role,
            log_group=self._log_group,
            memory_size=256,
            timeout=Duration.seconds(2 * PASS),
        )

    def _state_machine(self, provider: cr.Provider) -> CfnResource:
        """Return the state machine of the framework, whose role gets a managed policy in place of an inline one."""
        waiter = provider.node.find_child("waiter-state-machine")
        role, state_machine = waiter.node.find_child("Role"), waiter.node.default_child
        passes = [provider.node.find_child(f"framework-{name}") for name in ("isComplete", "onTimeout")]
        assert isinstance(role, iam.Role) and isinstance(state_machine, CfnResource), "the framework has other parts"
        role.node.try_remove_child("DefaultPolicy")
        arns = [one.function_arn for one in passes if isinstance(one, lambda_.Function)]
        attach(role, "Use", role, [use_of_passes(arns)])
        acknowledge_state_machine(state_machine)
        return state_machine


def attach(scope: Construct, id: str, role: iam.Role, statements: Sequence[Statement]) -> iam.CfnManagedPolicy:
    """Define a policy with these statements for a role."""
    policy = iam.CfnManagedPolicy(scope, id, policy_document=policy_document(statements), roles=[role.role_name])
    acknowledge_wildcards(policy, statements)
    return policy


def _role(scope: Construct, id: str, service: str) -> iam.Role:
    return iam.Role(scope, id, assumed_by=iam.ServicePrincipal(service))
