"""The managed policies that a user's execution role carries, or a team's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import jsii
from aws_cdk import IStableAnyProducer, Lazy
from aws_cdk import aws_iam as iam
from constructs import Construct

from constructs_lib.access.policy_document import Statement, policy_document
from constructs_lib.access.role_holders import give_to_user
from constructs_lib.access.user_statements import UserStatements

if TYPE_CHECKING:
    from constructs_lib.compute.image import StudioImage

IDS_OF_ONE_USER = frozenset({"Fence", "SessionFence", "Use"})
"""The ids that the policies have in the construct that they stand in."""


class UserPolicies:
    """The policies of one role: ``Use`` allows what its user may do, ``Fence`` denies the rest for good.

    ``SessionFence`` stands beside them where the domain has remote access. What names the spaces that are declared is
    written when the app is synthesized.

    Attributes:
        statements: what the policies say.
    """

    def __init__(self, scope: Construct, statements: UserStatements, *, role: iam.Role, role_arn: str) -> None:
        """Define the policies and attach them.

        Args:
            scope: the construct that they stand in.
            statements: what they say.
            role: the role of the user.
            role_arn: its ARN.
        """
        self.statements = statements
        self._scope = scope
        self._role_name = role.role_name
        self._follows = False
        statements.let_pass([role_arn])
        self._use = self._define("Use", policy_document(statements.use()))
        self._fence = self._define("Fence", policy_document(statements.fence()))
        if statements.domain.remote_access:
            self._define("SessionFence", Lazy.any(_Late(statements.session_fence)))
        self.follow()
        statements.domain._shared_spaces.add_user(self)
        give_to_user(role, self)

    @property
    def holder(self) -> str:
        """Whose they are, in words."""
        return self.statements.holder

    def follow(self) -> None:
        """Let the policies follow what is declared from now on, if it concerns them."""
        if self.statements.are_late and not self._follows:
            self._use.policy_document = Lazy.any(_Late(self.statements.use))
            self._fence.policy_document = Lazy.any(_Late(self.statements.fence))
            self._follows = True

    def let_pass(self, role_arns: list[str]) -> None:
        """Leave roles out of the fence that a grant lets the user pass.

        Raises:
            ValueError: there are more of them than a policy can name.
        """
        self.statements.let_pass(role_arns)
        if not self._follows:
            self._fence.policy_document = policy_document(self.statements.fence())

    def let_pull(self, images: Sequence[StudioImage]) -> None:
        """Let the user pull images that a profile attaches besides those of the domain.

        Raises:
            ValueError: there are more of them than a policy can name.
        """
        self.statements.let_pull(images)
        if images and not self._follows:
            self._use.policy_document = policy_document(self.statements.use())

    def _define(self, id: str, document: Any) -> iam.CfnManagedPolicy:
        """Define a policy by its L1: half the calls to the CDK, and the text stays as it is written."""
        return iam.CfnManagedPolicy(self._scope, id, policy_document=document, roles=[self._role_name])


@jsii.implements(IStableAnyProducer)
class _Late:
    """A policy document that is written when the app is synthesized."""

    def __init__(self, statements: Callable[[], list[Statement]]) -> None:
        self._statements = statements

    def produce(self) -> Any:
        """Return the document."""
        return policy_document(self._statements())
