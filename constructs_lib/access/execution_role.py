"""The IAM roles that Studio and its apps run as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from weakref import WeakSet

from aws_cdk import CfnResource, RemovalPolicies, RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

from constructs_lib.access.execution_role_settings import ExecutionRoleSettings
from constructs_lib.access.managed_policy_principal import ManagedPolicyPrincipal, added, passed_roles
from constructs_lib.access.role_arn import ROLE_ARN, check_role_arn
from constructs_lib.access.role_holders import is_of_domain, policies_of
from constructs_lib.environment import Environment
from constructs_lib.errors import check_no_text, check_type, located_at
from constructs_lib.lookup import is_unresolved
from constructs_lib.removal import KEEP, apply_removal_policy

_POLICIES = ["AWS::IAM::ManagedPolicy", "AWS::IAM::Policy"]
_SHARING: WeakSet[iam.Role] = WeakSet()  # the roles of which nobody but us says what becomes of them


class IExecutionRole(Protocol):
    """What a domain or a profile needs of its execution role; every ``iam.IRole`` is one.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
    """

    @property
    def role_arn(self) -> str:
        """The ARN of the role."""
        ...

    @property
    def grant_principal(self) -> iam.IPrincipal:
        """The principal that receives what is granted to the role."""
        ...


class ExecutionRole(iam.Role):
    """A role that SageMaker runs Studio and its apps as: trusted by SageMaker alone, with no permissions yet.

    What is granted to it, ``bucket.grant_read(role)`` say, is collected in one customer managed policy with the id
    ``Grants``, so that the role never has an inline policy. IAM holds a managed policy to 6,144 characters. A role
    that exists comes by ``from_execution_role_arn``; the ``from_role_*`` methods of ``iam.Role`` know nothing of this.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        settings: ExecutionRoleSettings | None = None,
        managed_policies: Sequence[iam.IManagedPolicy] | None = None,
        description: str | None = None,
        removal_policy: RemovalPolicy | None = KEEP,
    ) -> None:
        """Define the role.

        Args:
            scope: the construct that the role stands in.
            id: its id there.
            settings: its path, its boundary and its trust. Default: see ``ExecutionRoleSettings``.
            managed_policies: further policies of yours. Default: none; no AWS managed policy is ever added.
            description: what the role is for. Default: no description.
            removal_policy: what becomes of the role and of what is granted to it. ``None``: as for the domain or the
                profile that it stands in. Default: both are kept, as a kept profile needs them.

        Raises:
            TypeError: the settings are of another type.
            ValueError: the removal policy is ``SNAPSHOT``.
        """
        check_type("settings", settings, ExecutionRoleSettings, "ExecutionRoleSettings(...)")
        chosen = settings or ExecutionRoleSettings()
        sagemaker = chosen._principal(Environment.of(scope))
        super().__init__(
            scope,
            id,
            assumed_by=sagemaker,
            path=chosen.path,
            permissions_boundary=chosen.permissions_boundary,
            managed_policies=managed_policies,
            description=description,
        )
        if actions := chosen._actions_beside_assuming():
            _trust(self, sagemaker, actions)
        self._settings = chosen
        self._grants: iam.ManagedPolicy | None = None
        self._passable_role_arns: list[str] = []
        if removal_policy is not None:
            self.apply_removal_policy(removal_policy)

    @staticmethod
    def from_execution_role_arn(
        scope: Construct,
        id: str,
        execution_role_arn: str,
        *,
        role_name: str | None = None,
        removal_policy: RemovalPolicy = KEEP,
    ) -> IExecutionRole:
        """Take a role that exists; what is granted to it becomes a customer managed policy of this stack.

        Args:
            scope: the construct that the import, and its policy, stand in.
            id: its id there.
            execution_role_arn: the ARN of the role, path included.
            role_name: the name without the path. Default: what follows the last slash of a literal ARN.
            removal_policy: what becomes of what is granted to it. Default: it is kept, as a kept profile needs it.

        Raises:
            ValueError: it is not the ARN of a role, or it is a token and no name is given, or the removal policy is
                ``SNAPSHOT``.
        """
        imported = Construct(scope, id)
        with located_at(imported):
            name = _role_name(execution_role_arn, role_name)
            apply_removal_policy(imported, removal_policy)
        literal = ROLE_ARN.fullmatch(execution_role_arn)
        principal = ManagedPolicyPrincipal(
            imported,
            role=iam.Role.from_role_name(imported, "Role", name),
            role_arn=execution_role_arn,
            account=literal["account"] if literal else Stack.of(scope).account,
        )
        return _ImportedExecutionRole(execution_role_arn, principal)

    def apply_removal_policy(self, policy: RemovalPolicy) -> None:
        """Say what becomes of the role and of what is granted to it, over whatever was said of it before.

        Raises:
            ValueError: the policy is ``SNAPSHOT``, which CloudFormation does not have here.
        """
        with located_at(self):
            apply_removal_policy(self, policy)

    def add_to_principal_policy(self, statement: iam.PolicyStatement) -> iam.AddToPrincipalPolicyResult:
        """Allow the role what the statement says, in the customer managed policy ``Grants``.

        A role that a user may pass, after ``job_role.grant_pass_role(alice)`` say, is left out of the user's fence.
        """
        if self._grants is None:
            self._grants = iam.ManagedPolicy(self, "Grants", roles=[self])
        passed = passed_roles(statement)
        if passed and is_of_domain(self):
            with located_at(self):
                raise ValueError(
                    "roles must be passed by users, got a role that a domain has for everybody, whose fence denies it; "
                    "grant the passing to profiles"
                )
        if passed and (policies := policies_of(self)):
            with located_at(self):
                policies.let_pass(passed)
        self._passable_role_arns += passed
        return added(self._grants, statement)


@dataclass(frozen=True)
class _ImportedExecutionRole:
    """A role of another stack, by its ARN."""

    role_arn: str
    grant_principal: iam.IPrincipal


def _role_name(role_arn: str, given: str | None) -> str:
    literal = ROLE_ARN.fullmatch(role_arn)
    if literal is None and not is_unresolved(role_arn):
        raise ValueError(
            f"execution_role_arn must be arn:PARTITION:iam::ACCOUNT:role/PATH/NAME, got {role_arn!r}; "
            "pass the ARN of the role"
        )
    if literal is None and given is None:
        raise ValueError(
            "role_name must be given with an ARN that is a token, got none; "
            "pass role_name=... without the path, which cannot be cut out of a token"
        )
    if literal is not None and given not in (None, literal["name"]):
        raise ValueError(f"role_name must be {literal['name']!r}, as in the ARN, got {given!r}; leave it out")
    return literal["name"] if literal else str(given)


def trust_as_settings_say(role: IExecutionRole, settings: ExecutionRoleSettings) -> None:
    """Let SageMaker do with a given role what a domain's settings want; one of another app is left as it is."""
    if not isinstance(role, iam.Role):
        return
    own = role._settings if isinstance(role, ExecutionRole) else ExecutionRoleSettings()
    trusted = own._actions_beside_assuming()
    if actions := [action for action in settings._actions_beside_assuming() if action not in trusted]:
        _trust(role, own._principal(Environment.of(role)), actions)


def share_fate(role: iam.IRole | IExecutionRole | None, policy: RemovalPolicy) -> None:
    """Give a plain role of this app, and its policies, the removal policy of the domain or profile that acts as it.

    What was said of the role itself holds. A role of ours has a word of its own, one of another app is left as it is.
    """
    if not isinstance(role, iam.Role) or isinstance(role, ExecutionRole):
        return
    resource = role.node.default_child
    if role in _SHARING or (isinstance(resource, CfnResource) and resource.cfn_options.deletion_policy is None):
        _SHARING.add(role)
        role.apply_removal_policy(policy)
        RemovalPolicies.of(role).apply(policy, apply_to_resource_types=_POLICIES)


def _trust(role: iam.Role, principal: iam.IPrincipal, actions: Sequence[str]) -> None:
    policy = role.assume_role_policy
    assert policy is not None, "a role of this app has a trust policy"
    policy.add_statements(iam.PolicyStatement(actions=actions, principals=[principal]))


def check_role(role: IExecutionRole | None, environment: Environment) -> None:
    """Refuse a role that SageMaker cannot run an app of this environment as.

    Raises:
        TypeError: it is text.
        ValueError: its ARN is known, and malformed or of another account.
    """
    if role is None:
        return
    check_no_text("execution_role", role, "ExecutionRole.from_execution_role_arn(...) say")
    if isinstance(role, iam.LazyRole):
        raise TypeError("execution_role must be a role that exists, got an iam.LazyRole; pass an iam.Role")
    arn = check_role_arn("execution_role", role)
    account = Environment.of(role).account if isinstance(role, iam.Role) else _account_of(arn)
    if account and environment.account and account != environment.account:
        raise ValueError(
            f"execution_role must be of the domain's account {environment.account}, got one of {account}; "
            "pass a role of that account"
        )


def _account_of(role_arn: str) -> str | None:
    literal = ROLE_ARN.fullmatch(role_arn)
    return literal["account"] if literal else None
