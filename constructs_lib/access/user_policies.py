"""The managed policies that a user's execution role carries."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import jsii
from aws_cdk import IStableAnyProducer, Lazy
from aws_cdk import aws_iam as iam
from constructs import Construct

from constructs_lib.access.fence import fence_of_members, fence_of_nameless_calls, fence_of_one_user, fence_of_sessions
from constructs_lib.access.policy_document import MAXIMUM_SIZE, Statement, policy_document, size_of
from constructs_lib.access.studio_arns import WHOEVER_CALLS, StudioArns
from constructs_lib.access.use import use_of_one_user, use_of_sessions

if TYPE_CHECKING:
    from constructs_lib.domain import IDomain
    from constructs_lib.user_profile import IUserProfile

IDS = frozenset({"Fence", "MemberFence", "SessionFence", "SessionUse", "Use"})
"""The ids that the policies have in the construct that they stand in."""


class UserPolicies:
    """The policies of one role: ``Use`` allows what its user may do, ``Fence`` denies the rest for good.

    Besides these two, ``MemberFence`` keeps the user to some shared spaces once one of them has members, and
    ``SessionUse`` and ``SessionFence`` decide about remote sessions where the domain has them. They name the spaces
    that are declared, so they are written when the app is synthesized.
    """

    def __init__(self, domain: IDomain, user_profile: IUserProfile | None) -> None:
        """Prepare the policies, and see that they can name all spaces there are.

        Args:
            domain: the domain of the user.
            user_profile: the user; ``None`` for a team, whose policies follow whoever calls.

        Raises:
            ValueError: there are more spaces than the policies can name.
        """
        self.private_space_names: list[str] = []
        self.user_profile = user_profile
        self._domain = domain
        self._name = WHOEVER_CALLS if user_profile is None else user_profile.user_profile_name
        self._arns = StudioArns(domain._home, domain.domain_id)
        self.check_size()

    def attach(self, scope: Construct, role: iam.Role, role_arn: str) -> None:
        """Define the policies in a scope, for a role of this ARN."""
        self._scope = scope
        self._role_name = role.role_name
        self._passable_role_arns = [role_arn]
        self._member_fence: iam.CfnManagedPolicy | None = None
        self._define("Use", policy_document(use_of_one_user(self._arns, self._name)))
        self._fence = self._define("Fence", policy_document(self._fence_of_own()))
        if self._domain.remote_access:
            self._define_late("SessionUse", self._use_of_sessions)
            self._define_late("SessionFence", self._fence_of_sessions)
        self._domain._shared_spaces.add_user(self)

    def fence_members(self) -> None:
        """Keep the user to the shared spaces declared for all, and to those that the user is a member of."""
        if self._member_fence is None:
            self._member_fence = self._define_late("MemberFence", self._fence_of_members)

    def let_pass(self, statement: iam.PolicyStatement) -> None:
        """Leave the roles out of the fence that a grant lets the user pass; one of any role stays fenced off."""
        if statement.effect is iam.Effect.ALLOW and "iam:PassRole" in statement.actions:
            passed = [arn for arn in statement.resources if "*" not in arn]
            self._passable_role_arns = list(dict.fromkeys([*self._passable_role_arns, *passed]))
            self._fence.policy_document = policy_document(self._fence_of_own())

    def add_private_space(self, space_name: str) -> None:
        """Let the user open remote sessions on a private space.

        Raises:
            ValueError: the policy would hold more than IAM takes.
        """
        self.private_space_names.append(space_name)
        try:
            self.check_size()
        except ValueError:
            self.private_space_names.pop()
            raise

    def check_size(self) -> None:
        """Refuse more spaces than the policies can name.

        Raises:
            ValueError: a policy would hold more than IAM takes.
        """
        late = []
        if self._domain.remote_access:
            late += [self._use_of_sessions(), self._fence_of_sessions()]
        if self._domain._shared_spaces.has_members:
            late.append(self._fence_of_members())
        size = max((size_of(statements) for statements in late), default=0)
        if size > MAXIMUM_SIZE:
            who = "a team" if self.user_profile is None else f"user {self._name!r}"
            raise ValueError(
                f"spaces must be few enough for a policy of {MAXIMUM_SIZE} characters to name those of {who}, "
                f"got {size} characters; leave out spaces or members, or put some users into a domain of their own"
            )

    def _fence_of_own(self) -> list[Statement]:
        nameless = fence_of_nameless_calls() if self.user_profile is None else []
        return [*fence_of_one_user(self._arns, self._name, self._passable_role_arns), *nameless]

    def _fence_of_members(self) -> list[Statement]:
        names = self._domain._shared_spaces.open_to(self.user_profile)
        return fence_of_members(self._arns, self._name, names)

    def _use_of_sessions(self) -> list[Statement]:
        return use_of_sessions(self._arns, self._name, self._names_for_sessions())

    def _fence_of_sessions(self) -> list[Statement]:
        return fence_of_sessions(self._arns, self._name, self._names_for_sessions())

    def _names_for_sessions(self) -> list[str]:
        shared, user = self._domain._shared_spaces, self.user_profile
        return [*sorted(self.private_space_names), *shared.owned_by(user), *shared.open_to(user)]

    def _define_late(self, id: str, statements: Callable[[], list[Statement]]) -> iam.CfnManagedPolicy:
        return self._define(id, Lazy.any(_Late(statements)))

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
