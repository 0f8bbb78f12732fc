"""A role as a grantee whose grants are a managed policy, where its own principal would make inline ones."""

from __future__ import annotations

import jsii
from aws_cdk import Stack, Token
from aws_cdk import aws_iam as iam
from constructs import Construct

from constructs_lib.access.role_holders import policies_of


@jsii.implements(iam.IPrincipal)
class ManagedPolicyPrincipal:
    """A role that another construct defines: what is granted to it becomes one managed policy in a scope.

    Attributes:
        role: the role.
    """

    def __init__(
        self,
        scope: Construct,
        *,
        role: iam.IRole,
        role_arn: str,
        account: str | None,
    ) -> None:
        self.role = role
        self._scope = scope
        self._identity = iam.ArnPrincipal(role_arn)
        self._account = account
        self._grants: iam.ManagedPolicy | None = None

    @property
    def grant_principal(self) -> iam.IPrincipal:
        """Itself."""
        return self

    @property
    def assume_role_action(self) -> str:
        """What a trust policy calls the assuming of the role."""
        return self._identity.assume_role_action

    @property
    def policy_fragment(self) -> iam.PrincipalPolicyFragment:
        """The role as the principal of a resource's policy."""
        return self._identity.policy_fragment

    @property
    def principal_account(self) -> str | None:
        """The account of the role, if it is known."""
        return self._account

    def add_to_principal_policy(self, statement: iam.PolicyStatement) -> iam.AddToPrincipalPolicyResult:
        """Allow the role what the statement says, unless it is of another account, where its name is another role's."""
        here = Stack.of(self._scope).account
        if self._account not in (None, here) and not Token.is_unresolved(here):
            return iam.AddToPrincipalPolicyResult(statement_added=False)
        if self._grants is None:
            self._grants = iam.ManagedPolicy(self._scope, "Grants", roles=[self.role])
        if (passed := passed_roles(statement)) and (policies := policies_of(self.role)):
            policies.let_pass(passed)
        return added(self._grants, statement)


def added(policy: iam.ManagedPolicy, statement: iam.PolicyStatement) -> iam.AddToPrincipalPolicyResult:
    """Add the statement to the policy, and say so in the CDK's way."""
    policy.add_statements(statement)
    return iam.AddToPrincipalPolicyResult(statement_added=True, policy_dependable=policy)


def passed_roles(statement: iam.PolicyStatement) -> list[str]:
    """Return the ARNs of the roles that a statement allows to pass; patterns are none, and stay fenced off."""
    if (
        not any(action.lower() == "iam:passrole" for action in statement.actions)
        or statement.effect is not iam.Effect.ALLOW
    ):
        return []
    return [arn for arn in statement.resources if not {"*", "?"} & {*arn}]
