"""A user profile of a domain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypedDict, Unpack

import jsii
from aws_cdk import IResource, RemovalPolicy, Resource
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sagemaker as sagemaker
from constructs import Construct

from constructs_lib.access.domain_policies import IDS_OF_ALL_USERS, define_policies_of_all_users
from constructs_lib.access.execution_role import (
    ExecutionRole,
    IExecutionRole,
    check_role,
    share_fate,
    trust_as_settings_say,
)
from constructs_lib.access.managed_policy_principal import ManagedPolicyPrincipal
from constructs_lib.access.role_holders import check_free_for_user, policies_of
from constructs_lib.access.team_execution_role import TeamExecutionRole
from constructs_lib.access.user_policies import IDS_OF_ONE_USER, UserPolicies
from constructs_lib.access.user_statements import UserStatements
from constructs_lib.apps.app import App
from constructs_lib.auth_mode import AuthMode
from constructs_lib.environment import Environment
from constructs_lib.errors import check_type, located_at, refuse_all
from constructs_lib.inventory import Declared
from constructs_lib.lookup import is_unresolved
from constructs_lib.physical_name import check_free_id, check_physical_name
from constructs_lib.removal import apply_removal_policy, check_removal_policy
from constructs_lib.settings.studio_settings import UserSettings
from constructs_lib.space import Space, SpaceOptions, SpaceSharing
from constructs_lib.template_validation import acknowledge_false_findings

if TYPE_CHECKING:
    from constructs_lib.domain import IDomain

_TYPE = "AWS::SageMaker::UserProfile"
TAKEN_IDS = IDS_OF_ALL_USERS | IDS_OF_ONE_USER | {"Default", "ExecutionRole", "Grants", "Resource"}
"""The ids beneath a profile that no space can have."""


class UserProfileOptions(TypedDict, total=False):
    """What ``add_user_profile`` takes; see ``UserProfile``."""

    user_profile_name: str | None
    sso_user: str | None
    execution_role: IExecutionRole | None
    user_settings: UserSettings | None
    removal_policy: RemovalPolicy | None


class IUserProfile(IResource, iam.IGrantable, Protocol):
    """A user profile, of this app or of another one; as a grantee it stands for its execution role.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeUserProfile.html
    """

    @property
    def domain(self) -> IDomain:
        """The domain of the profile."""
        ...

    @property
    def user_profile_name(self) -> str:
        """The name of the profile in its domain."""
        ...

    @property
    def user_profile_arn(self) -> str:
        """The ARN of the profile."""
        ...

    @property
    def execution_role(self) -> IExecutionRole | None:
        """The role that the profile's Studio and private spaces run as; of an import, if it was given."""
        ...

    @property
    def user_settings(self) -> UserSettings:
        """What the profile sets for itself."""
        ...

    @property
    def removal_policy(self) -> RemovalPolicy:
        """What becomes of the profile and, unless they say otherwise, of its spaces."""
        ...

    @property
    def _environment(self) -> Environment: ...

    @property
    def _resource(self) -> sagemaker.CfnUserProfile | None: ...

    @property
    def _statements(self) -> UserStatements | None:
        """What the policies of this user alone say; a team's user and an import have none."""
        ...

    def add_private_space(self, id: str, *, app: App, **options: Unpack[SpaceOptions]) -> Space:
        """Define a space for this user alone, in the stack of the profile.

        Args:
            id: the id of the space beneath the profile.
            app: what it runs: ``JupyterLab(...)`` or ``CodeEditor(...)``.
            options: the further arguments of ``Space``.

        Raises:
            ValueError: the id is one of the profile's own, or as for ``Space``.
        """
        ...

    def add_shared_space(
        self,
        id: str,
        *,
        app: App,
        members: Sequence[IUserProfile] | None = None,
        **options: Unpack[SpaceOptions],
    ) -> Space:
        """Define a space of this user that other users of the domain share, in the stack of the profile.

        Args:
            id: the id of the space beneath the profile.
            app: what it runs: ``JupyterLab(...)``.
            members: who may start and stop it, as for ``SpaceSharing.shared``. Default: every user of the domain.
            options: the further arguments of ``Space``.

        Raises:
            ValueError: the id is one of the profile's own, or as for ``Space``.
        """
        ...


class _UserProfileBase(Resource):
    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        domain: IDomain,
        user_profile_name: str,
        user_settings: UserSettings | None,
        removal_policy: RemovalPolicy | None,
    ) -> None:
        super().__init__(scope, id)
        self.domain = domain
        self.user_profile_name = user_profile_name
        self.user_settings = user_settings or UserSettings()
        self._removal_policy = removal_policy
        self.execution_role: IExecutionRole | None = None
        self._environment = Environment.of(scope)
        self._resource: sagemaker.CfnUserProfile | None = None
        self._statements: UserStatements | None = None
        self._principal: ManagedPolicyPrincipal | None = None

    @property
    def user_profile_arn(self) -> str:
        return self.domain._arns.user_profile(self.user_profile_name)

    @property
    def removal_policy(self) -> RemovalPolicy:
        return self.domain.removal_policy if self._removal_policy is None else self._removal_policy

    @property
    def grant_principal(self) -> iam.IPrincipal:
        if self.execution_role is None:
            with located_at(self):
                raise ValueError(
                    "execution_role must be known to grant something to an imported profile, got none; "
                    "pass execution_role=... to from_user_profile_attributes"
                )
        if isinstance(self.execution_role, iam.Role) and not isinstance(self.execution_role, ExecutionRole):
            return self._principal_of(self.execution_role)
        return self.execution_role.grant_principal

    def _principal_of(self, role: iam.Role) -> iam.IPrincipal:
        """Return a principal for a plain role, whose own one would make inline policies."""
        if self._principal is None:
            self._principal = ManagedPolicyPrincipal(
                self,
                role=role,
                role_arn=role.role_arn,
                account=role.principal_account,
            )
        return self._principal

    def apply_removal_policy(self, policy: RemovalPolicy) -> None:
        """Say what becomes of the profile and all that stands in it, over whatever was said before.

        Raises:
            ValueError: the policy is ``SNAPSHOT``, which CloudFormation does not have here.
        """
        with located_at(self):
            apply_removal_policy(self, policy)
        share_fate(self.execution_role, policy)
        self._removal_policy = policy

    def add_private_space(self, id: str, *, app: App, **options: Unpack[SpaceOptions]) -> Space:
        with located_at(self):
            check_free_id(id, TAKEN_IDS)
        return Space(self, id, domain=self.domain, sharing=SpaceSharing.private(self), app=app, **options)

    def add_shared_space(
        self,
        id: str,
        *,
        app: App,
        members: Sequence[IUserProfile] | None = None,
        **options: Unpack[SpaceOptions],
    ) -> Space:
        with located_at(self):
            check_free_id(id, TAKEN_IDS)
        sharing = SpaceSharing.shared(self, members=members)
        return Space(self, id, domain=self.domain, sharing=sharing, app=app, **options)


@jsii.implements(IUserProfile, iam.IGrantable)
class UserProfile(_UserProfileBase):
    """A user of a domain, with an execution role that may run this user's spaces and the shared ones.

    As a grantee it stands for that role: ``bucket.grant_read(alice)`` lets her Studio and her private spaces read
    the bucket, but not the shared spaces, which run as a role of the domain.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/domain-user-profile.html
    """

    @staticmethod
    def from_user_profile_attributes(
        scope: Construct,
        id: str,
        *,
        domain: IDomain,
        user_profile_name: str,
        execution_role: IExecutionRole | None = None,
        user_settings: UserSettings | None = None,
        removal_policy: RemovalPolicy | None = None,
    ) -> IUserProfile:
        """Take a profile that exists; spaces can be added to it.

        Args:
            scope: the construct that the import, and the spaces added to it, stand in.
            id: its id there.
            domain: the domain of the profile.
            user_profile_name: its name.
            execution_role: its role. Default: unknown; nothing can then be granted to the profile.
            user_settings: what it sets for itself, so that its spaces can be judged. Default: nothing.
            removal_policy: what becomes of spaces added to it. Default: as for the domain.

        Raises:
            ValueError: the name is not one that a profile can have, or the stack or the role is of another account
                or region than the domain.
        """
        profile = _ImportedUserProfile(
            scope,
            id,
            domain=domain,
            user_profile_name=user_profile_name,
            user_settings=user_settings,
            removal_policy=removal_policy,
        )
        with located_at(profile):
            check_physical_name("user_profile_name", user_profile_name)
            domain._home.check_same_as(profile._environment, "a user profile")
            check_role(execution_role, profile._environment)
            apply_removal_policy(profile, profile.removal_policy)
        profile.execution_role = execution_role
        return profile

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        domain: IDomain,
        user_profile_name: str | None = None,
        sso_user: str | None = None,
        execution_role: IExecutionRole | None = None,
        user_settings: UserSettings | None = None,
        removal_policy: RemovalPolicy | None = None,
    ) -> None:
        """Define the profile.

        Args:
            scope: the construct that the profile stands in; a profile can never move to another stack.
            id: its id there.
            domain: the domain of the profile.
            user_profile_name: 1 to 63 letters, digits and inner hyphens, unique in the domain whatever its case.
                Default: the id in lower case.
            sso_user: the user's name in IAM Identity Center: required if the domain uses that, refused if not.
            execution_role: the role that Studio and private spaces run as. Default: an ``ExecutionRole`` for this
                profile alone. A role defined in this app gets what Studio needs, and a fence around it, in managed
                policies, nothing else can have it, and it is kept as the profile is unless something else was said
                of it; a ``TeamExecutionRole`` several profiles can have; an imported one is left as it is.
            user_settings: what the profile sets for itself. Default: all as the domain.
            removal_policy: what becomes of the profile, the role made for it and its spaces. Default: as for the
                domain.

        Raises:
            TypeError: an argument is of another type.
            ValueError: an argument is malformed, or contradicts another or the domain.
        """
        check_type("domain", domain, Resource, "a Domain")
        check_type("user_settings", user_settings, UserSettings, "UserSettings(...)")
        super().__init__(
            scope,
            id,
            domain=domain,
            user_profile_name=id.lower() if user_profile_name is None else user_profile_name,
            user_settings=user_settings,
            removal_policy=removal_policy,
        )
        with located_at(self):
            settings = self.user_settings._in_profile(domain.default_user_settings)
            self._environment.check_has(_TYPE)
            check_removal_policy(self.removal_policy)
            domain._home.check_same_as(self._environment, "a user profile")
            domain._home.check_has(_TYPE)
            self.user_settings._check_security_groups()
            _check_sso_user(domain.auth_mode, sso_user)
            refuse_all(settings._problems_of_profile(domain.default_user_settings, domain._allowed))
            in_force = settings._over(domain.default_user_settings)
            refuse_all(
                (
                    *in_force._problems_in_vpc(domain._vpc_id),
                    *in_force._problems(self._environment, domain._allowed),
                    *settings._problems_with_features(home_efs=domain._has_home_efs, r_studio=domain._has_r_studio),
                )
            )
            given_role = _one_role(execution_role, settings.execution_role)
            check_role(given_role, self._environment)
            _check_team(given_role, domain)
            check_free_for_user(given_role)
            statements = self._statements_for(given_role)
            domain._user_profile_names.take(self.user_profile_name)
            if isinstance(given_role, TeamExecutionRole) and (policies := policies_of(given_role)):
                policies.let_pull(self.user_settings._custom_images())

        role = self._made_role() if given_role is None else given_role
        role_arn = role.role_arn
        self.execution_role: IExecutionRole = role
        if statements is not None and isinstance(role, iam.Role):
            self._statements = statements
            self._attach_policies(statements, role, role_arn, is_given=given_role is not None)
        self._resource = sagemaker.CfnUserProfile(
            self,
            "Resource",
            domain_id=domain.domain_id,
            user_profile_name=self.user_profile_name,
            single_sign_on_user_identifier=None if sso_user is None else "UserName",
            single_sign_on_user_value=sso_user,
            user_settings=settings._render_for(
                _TYPE, self, self._environment, domain._companions.owner, domain._allowed
            )
            | {"executionRole": role_arn},
        )
        for needed in domain._companions.define(self, settings._apps()):
            self._resource.add_resource_dependency(needed)
        in_force._mount(self, domain, self._resource)
        for one in () if settings.jupyter_lab is None else settings.jupyter_lab._emr_roles():
            share_fate(one, self.removal_policy)
        domain._inventory.add(Declared(self.user_profile_name, self._resource, self._environment))
        acknowledge_false_findings(self._resource, _TYPE, settings._apps())
        enclosing: object = scope
        if removal_policy is not None or enclosing is not domain:  # else the domain's reaches it
            apply_removal_policy(self, self.removal_policy)

    def _statements_for(self, given: IExecutionRole | None) -> UserStatements | None:
        """Return what the policies of the profile's role will say; an imported role's and a team's are none of ours."""
        if given is None:
            return UserStatements(self.domain, self)
        if not isinstance(given, iam.Role) or isinstance(given, TeamExecutionRole):
            return None
        passable = given._passable_role_arns if isinstance(given, ExecutionRole) else []
        return UserStatements(self.domain, self, [given.role_arn, *passable])

    def _made_role(self) -> ExecutionRole:
        return ExecutionRole(
            self,
            "ExecutionRole",
            settings=self.domain.execution_role_settings,
            managed_policies=list(self.domain.user_policies),
            removal_policy=None,
        )

    def _attach_policies(self, statements: UserStatements, role: iam.Role, role_arn: str, *, is_given: bool) -> None:
        UserPolicies(self, statements, role=role, role_arn=role_arn)
        if is_given:
            trust_as_settings_say(role, self.domain.execution_role_settings)
            share_fate(role, self.removal_policy)
        if not self.domain.user_policies or (is_given and self.domain._home.is_of_stack):
            # A domain of this app may itself need a given role, which then must not need the domain's policies.
            define_policies_of_all_users(self, self.domain, users=[role])
        elif is_given:
            for policy in self.domain.user_policies:
                role.add_managed_policy(policy)


@jsii.implements(IUserProfile, iam.IGrantable)
class _ImportedUserProfile(_UserProfileBase):
    pass


def _check_sso_user(auth_mode: AuthMode | None, sso_user: str | None) -> None:
    if auth_mode is AuthMode.SSO and sso_user is None:
        raise ValueError(
            "sso_user must be given in a domain with AuthMode.SSO, got none; pass the user's name in Identity Center"
        )
    if auth_mode is AuthMode.IAM and sso_user is not None:
        raise ValueError(f"sso_user must be left out in a domain with AuthMode.IAM, got {sso_user!r}; leave it out")
    if sso_user is not None and not 1 <= len(sso_user) <= 256 and not is_unresolved(sso_user):
        raise ValueError(f"sso_user must be 1..256 characters, got {len(sso_user)}; pass the user's name")


def _check_team(role: IExecutionRole | None, domain: IDomain) -> None:
    if isinstance(role, TeamExecutionRole) and role.domain is not domain:
        raise ValueError(
            "execution_role must be a TeamExecutionRole of the profile's domain, got one of another; "
            "pass the same domain to both"
        )


def _one_role(argument: IExecutionRole | None, in_settings: IExecutionRole | None) -> IExecutionRole | None:
    if argument is not None and in_settings is not None:
        raise ValueError(
            "execution_role must be given once, got one beside that in user_settings; leave out one of the two"
        )
    return in_settings if argument is None else argument
