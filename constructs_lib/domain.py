"""A SageMaker Studio domain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol, Unpack

import jsii
from aws_cdk import IResource, RemovalPolicy, Resource, Tags, Token
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sagemaker as sagemaker
from constructs import Construct

from constructs_lib.access.execution_role import ExecutionRole, IExecutionRole, check_role
from constructs_lib.access.studio_statements import policy_document, shared_space_statements, user_statements
from constructs_lib.auth_mode import AuthMode
from constructs_lib.compute.instance_type import InstanceType
from constructs_lib.encryption import DomainEncryption
from constructs_lib.environment import Environment
from constructs_lib.errors import check_type, located_at, refuse_all
from constructs_lib.network_access import NetworkAccess
from constructs_lib.physical_name import NameRegistry, check_free_id, check_physical_name
from constructs_lib.portal import render_portal
from constructs_lib.removal import KEEP, apply_removal_policy, check_removal_policy
from constructs_lib.studio_settings import SpaceSettings, UserSettings
from constructs_lib.tags import tag_problems
from constructs_lib.template_validation import acknowledge_false_findings
from constructs_lib.user_profile import UserProfile, UserProfileOptions

_TYPE = "AWS::SageMaker::Domain"
_TAKEN_IDS = frozenset(
    {
        "Default",
        "DefaultExecutionRole",
        "Key",
        "Resource",
        "SecurityGroup",
        "SpaceExecutionRole",
        "SpacePolicy",
        "UserPolicy",
        "Vpc",
    }
)
_DOMAIN_ID = re.compile(r"d-(-*[a-z0-9]){1,61}")


class IDomain(IResource, Protocol):
    """A domain, of this app or of another one.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeDomain.html
    """

    @property
    def domain_id(self) -> str:
        """The id of the domain, such as ``d-abc123``."""
        ...

    @property
    def domain_arn(self) -> str:
        """The ARN of the domain."""
        ...

    @property
    def auth_mode(self) -> AuthMode | None:
        """How users sign in; ``None`` if that is not known of an import."""
        ...

    @property
    def encryption_key(self) -> kms.IKey | None:
        """The customer managed key of the volumes, if there is one and it is known."""
        ...

    @property
    def default_user_settings(self) -> UserSettings:
        """What private spaces follow where neither they nor their owner say otherwise."""
        ...

    @property
    def default_space_settings(self) -> SpaceSettings:
        """What shared spaces follow where they do not say otherwise."""
        ...

    @property
    def allowed_instance_types(self) -> tuple[InstanceType, ...] | None:
        """The instance types that users may run; ``None`` for all."""
        ...

    @property
    def user_policy(self) -> iam.IManagedPolicy | None:
        """What every user of the domain may do, for the roles of profiles; of an import, if it was given."""
        ...

    @property
    def removal_policy(self) -> RemovalPolicy:
        """What becomes of the domain and, unless they say otherwise, of its profiles and their spaces."""
        ...

    @property
    def _environment(self) -> Environment: ...

    @property
    def _home(self) -> Environment:
        """Where the domain is; for an import, that need not be where its stack is."""
        ...

    @property
    def _encryption_key_arn(self) -> str | None: ...

    @property
    def _roles_with_user_policy(self) -> set[IExecutionRole]:
        """The roles of users that may do already what every user may."""
        ...

    @property
    def _user_profile_names(self) -> NameRegistry: ...

    @property
    def _space_names(self) -> NameRegistry: ...

    def add_user_profile(self, id: str, **options: Unpack[UserProfileOptions]) -> UserProfile:
        """Define a user profile of this domain, in the domain's stack.

        Args:
            id: the id of the profile beneath the domain.
            options: the further arguments of ``UserProfile``.

        Raises:
            ValueError: the id is one of the domain's own, or as for ``UserProfile``.
        """
        ...


class _DomainBase(Resource):
    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        auth_mode: AuthMode | None,
        allowed_instance_types: Sequence[InstanceType] | None,
        removal_policy: RemovalPolicy,
    ) -> None:
        check_type("allowed_instance_types", allowed_instance_types, (list, tuple), "a list of instance types")
        super().__init__(scope, id)
        self.domain_id = ""
        self.auth_mode = auth_mode
        self.encryption_key: kms.IKey | None = None
        self.default_user_settings = UserSettings()
        self.default_space_settings = SpaceSettings()
        self.allowed_instance_types = None if allowed_instance_types is None else tuple(allowed_instance_types)
        self.user_policy: iam.IManagedPolicy | None = None
        self.removal_policy = removal_policy
        self._environment = self._home = Environment.of(scope)
        self._encryption_key_arn: str | None = None
        self._roles_with_user_policy: set[IExecutionRole] = set()
        self._user_profile_names = NameRegistry("user_profile_name")
        self._space_names = NameRegistry("space_name")
        with located_at(self):
            check_removal_policy(removal_policy)
            if self.allowed_instance_types is not None:
                _check_allowed(self.allowed_instance_types)

    @property
    def domain_arn(self) -> str:
        return self._home.arn("sagemaker", f"domain/{self.domain_id}")

    def apply_removal_policy(self, policy: RemovalPolicy) -> None:
        """Say what becomes of the domain and all that stands in it, over whatever was said before.

        Profiles that stand elsewhere keep what they were told when they were defined.

        Raises:
            ValueError: the policy is ``SNAPSHOT``, which CloudFormation does not have here.
        """
        with located_at(self):
            apply_removal_policy(self, policy)
        self.removal_policy = policy

    def add_user_profile(self, id: str, **options: Unpack[UserProfileOptions]) -> UserProfile:
        with located_at(self):
            check_free_id(id, _TAKEN_IDS)
        return UserProfile(self, id, domain=self, **options)

    def _encrypt_with(self, key: kms.IKey | None) -> None:
        self.encryption_key = key
        self._encryption_key_arn = None if key is None else key.key_arn


@jsii.implements(IDomain, ec2.IConnectable)
class Domain(_DomainBase):
    """A SageMaker Studio domain: who may sign in, over which network, with which settings and whose key.

    Besides the domain, it defines a key, a security group unless some are given, a policy for its users, a default
    role that may do nothing, and the role that everybody acts as inside shared spaces. Studio is the portal, its
    Classic is hidden, notebook output cannot be shared, and no space exists until one is added.

    Attributes:
        default_execution_role: the role of profiles that have none; it may do nothing unless one was given.
        space_execution_role: the role that everybody acts as inside shared spaces.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/sm-domain.html
    """

    @staticmethod
    def from_domain_attributes(
        scope: Construct,
        id: str,
        *,
        domain_id: str,
        account: str | None = None,
        region: str | None = None,
        auth_mode: AuthMode | None = None,
        encryption_key: kms.IKey | None = None,
        default_user_settings: UserSettings | None = None,
        default_space_settings: SpaceSettings | None = None,
        allowed_instance_types: Sequence[InstanceType] | None = None,
        user_policy: iam.IManagedPolicy | None = None,
        removal_policy: RemovalPolicy = KEEP,
    ) -> IDomain:
        """Take a domain of another stack, so that profiles and spaces can be added to it.

        Args:
            scope: the construct that the import stands in.
            id: its id there.
            domain_id: the id of the domain, such as ``d-abc123``.
            account: the account of the domain. Default: that of the stack.
            region: the region of the domain. Default: that of the stack.
            auth_mode: how users sign in. Default: unknown, and profiles are not judged by it.
            encryption_key: the customer managed key of the domain, which roles of new profiles then may use.
                Default: none is known.
            default_user_settings: what the domain sets for its users, so that private spaces can be judged.
                Default: unknown.
            default_space_settings: what the domain sets for shared spaces. Default: unknown.
            allowed_instance_types: what users may run. Default: all.
            user_policy: the ``user_policy`` of the domain, for the roles of new profiles. Default: each gets these
                statements in a policy of its own.
            removal_policy: what becomes of profiles and spaces that are added. Default: they are kept.

        Raises:
            ValueError: the id is not that of a domain, or the stack is in another account or region.
        """
        domain = _ImportedDomain(
            scope,
            id,
            auth_mode=auth_mode,
            allowed_instance_types=allowed_instance_types,
            removal_policy=removal_policy,
        )
        with located_at(domain):
            if not _DOMAIN_ID.fullmatch(domain_id) and not Token.is_unresolved(domain_id):
                raise ValueError(f"domain_id must look like d-abc123, got {domain_id!r}; pass the id, not name or ARN")
            here = domain._environment
            account, region = (None if Token.is_unresolved(one) else one for one in (account, region))
            Environment(account, region, is_of_stack=False).check_same_as(here, "the stack that imports a domain")
        domain.domain_id = domain_id
        domain._home = Environment(account or here.account, region or here.region, is_of_stack=False)
        domain.default_user_settings = default_user_settings or UserSettings()
        domain.default_space_settings = default_space_settings or SpaceSettings()
        domain.user_policy = user_policy
        domain._encrypt_with(encryption_key)
        apply_removal_policy(domain, removal_policy)
        return domain

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        network: NetworkAccess,
        domain_name: str | None = None,
        auth_mode: AuthMode = AuthMode.IAM,
        encryption: DomainEncryption | None = None,
        home_efs: bool = False,
        default_user_settings: UserSettings | None = None,
        default_space_settings: SpaceSettings | None = None,
        allowed_instance_types: Sequence[InstanceType] | None = None,
        tag_propagation: bool = True,
        tags: Mapping[str, str] | None = None,
        removal_policy: RemovalPolicy = KEEP,
    ) -> None:
        """Define the domain.

        Args:
            scope: the construct that the domain stands in.
            id: its id there.
            network: how its apps reach a network: ``NetworkAccess.vpc_only(vpc)`` or ``.public_internet(vpc)``.
            domain_name: 1 to 63 letters, digits and inner hyphens; it can never be changed. Default: the id in
                lower case.
            auth_mode: how users sign in; it can never be changed. Default: by IAM.
            encryption: whose key encrypts the volumes; it can never be changed. Default: a customer managed key
                that is defined here.
            home_efs: whether SageMaker makes a home file system for the domain. It can be switched on later and
                never off again, and it stays behind when the domain is deleted. Default: it does not.
            default_user_settings: what holds for all users and their private spaces. Default: see ``UserSettings``.
            default_space_settings: what holds for shared spaces. Default: see ``SpaceSettings``.
            allowed_instance_types: what users may run: declared spaces are checked, users' roles are denied other
                types, and the portal hides them. Default: all types.
            tag_propagation: whether SageMaker copies the tags of domain and profiles to their spaces and apps.
                Default: it does.
            tags: tags of the domain and of all that stands in it. Default: none.
            removal_policy: what becomes of the domain and all that belongs to it when the stack no longer wants
                it. Default: it is kept, except when its own creation is rolled back.

        Raises:
            TypeError: an argument is of another type.
            ValueError: an argument is malformed or contradicts another.
        """
        super().__init__(
            scope,
            id,
            auth_mode=auth_mode,
            allowed_instance_types=allowed_instance_types,
            removal_policy=removal_policy,
        )
        check_type("network", network, NetworkAccess, "NetworkAccess.vpc_only(vpc) say")
        check_type("auth_mode", auth_mode, AuthMode, "AuthMode.IAM or AuthMode.SSO")
        check_type("encryption", encryption, DomainEncryption, "DomainEncryption.customer_managed(key) say")
        check_type("home_efs", home_efs, bool, "True or False")
        check_type("tag_propagation", tag_propagation, bool, "True or False")
        check_type("default_user_settings", default_user_settings, UserSettings, "UserSettings(...)")
        check_type("default_space_settings", default_space_settings, SpaceSettings, "SpaceSettings(...)")
        name = id.lower() if domain_name is None else domain_name
        user_settings = (default_user_settings or UserSettings())._over(UserSettings._of_every_domain())
        space_settings = (default_space_settings or SpaceSettings())._over(SpaceSettings._of_every_domain())
        with located_at(self):
            self._environment.check_has(_TYPE)
            check_physical_name("domain_name", name)
            refuse_all(
                (
                    *tag_problems(tags or {}),
                    *user_settings._problems(self._environment, self.allowed_instance_types),
                    *space_settings._problems(self._environment, self.allowed_instance_types),
                )
            )
            for role in (user_settings.execution_role, space_settings.execution_role):
                check_role(role, self._environment)
            bound = network._bind(self, self._environment)
            chosen = encryption or DomainEncryption.customer_managed()
            self._encrypt_with(chosen._bind(self, self._environment, removal_policy))
        self._security_groups = bound.security_groups
        self._has_home_efs = home_efs
        self.default_execution_role = self._role("DefaultExecutionRole", user_settings.execution_role)
        self.space_execution_role = self._role("SpaceExecutionRole", space_settings.execution_role)
        self.default_user_settings = replace(
            user_settings,
            execution_role=self.default_execution_role,
            security_groups=user_settings.security_groups or bound.security_groups or None,
        )
        self.default_space_settings = replace(
            space_settings,
            execution_role=self.space_execution_role,
            security_groups=space_settings.security_groups or bound.security_groups or None,
        )
        self._resource = sagemaker.CfnDomain(
            self,
            "Resource",
            domain_name=name,
            auth_mode=auth_mode.value,
            app_network_access_type=network._app_network_access_type,
            vpc_id=bound.vpc_id,
            subnet_ids=bound.subnet_ids,
            kms_key_id=self._encryption_key_arn,
            home_efs_file_system_creation="Enabled" if home_efs else "Disabled",
            default_user_settings=self.default_user_settings._render(self, self._environment)
            | render_portal(self.allowed_instance_types),
            default_space_settings=self.default_space_settings._render(self, self._environment),
            tag_propagation="ENABLED" if tag_propagation else "DISABLED",
        )
        self.domain_id = self._resource.attr_domain_id
        self.user_policy = self._define_user_policy()
        if isinstance(self.space_execution_role, iam.Role):
            self._define_space_policy(self.space_execution_role)
        for key, value in (tags or {}).items():
            Tags.of(self).add(key, value)
        acknowledge_false_findings(self._resource, _TYPE, (*user_settings._apps(), *space_settings._apps()))
        apply_removal_policy(self, removal_policy)

    @property
    def connections(self) -> ec2.Connections:
        """The security groups of the domain's apps.

        Raises:
            ValueError: the domain has none: its apps reach the internet past its VPC.
        """
        if not self._security_groups:
            with located_at(self):
                raise ValueError(
                    "security_groups must be given for connections, got none; "
                    "pass them to NetworkAccess.public_internet"
                )
        return ec2.Connections(security_groups=self._security_groups)

    @property
    def domain_url(self) -> str:
        """The address of the domain's portal."""
        return self._resource.attr_url

    @property
    def home_efs_file_system_id(self) -> str:
        """The id of the home file system.

        Raises:
            ValueError: the domain has none.
        """
        if not self._has_home_efs:
            with located_at(self):
                raise ValueError("home_efs must be on for home_efs_file_system_id, got off; pass home_efs=True")
        return self._resource.attr_home_efs_file_system_id

    @property
    def single_sign_on_application_arn(self) -> str:
        """The ARN of the domain's application in IAM Identity Center.

        Raises:
            ValueError: users sign in by IAM.
        """
        if self.auth_mode is not AuthMode.SSO:
            with located_at(self):
                raise ValueError(
                    "auth_mode must be AuthMode.SSO for single_sign_on_application_arn, got AuthMode.IAM; "
                    "pass auth_mode=AuthMode.SSO, which makes it another domain"
                )
        return self._resource.attr_single_sign_on_application_arn

    def _role(self, id: str, given: IExecutionRole | None) -> IExecutionRole:
        return ExecutionRole(self, id, removal_policy=None) if given is None else given

    def _define_user_policy(self) -> iam.ManagedPolicy:
        statements = user_statements(
            environment=self._environment,
            domain_id=self.domain_id,
            key_arn=self._encryption_key_arn,
            allowed_instance_types=self.allowed_instance_types,
        )
        return iam.ManagedPolicy(self, "UserPolicy", document=policy_document(statements))

    def _define_space_policy(self, role: iam.Role) -> None:
        statements = shared_space_statements(
            environment=self._environment, domain_id=self.domain_id, key_arn=self._encryption_key_arn
        )
        iam.ManagedPolicy(self, "SpacePolicy", document=policy_document(statements), roles=[role])


@jsii.implements(IDomain)
class _ImportedDomain(_DomainBase):
    pass


def _check_allowed(instance_types: Sequence[InstanceType]) -> None:
    if not instance_types:
        raise ValueError(
            "allowed_instance_types must name at least one type, got none; leave the argument out to allow all"
        )
    for instance_type in instance_types:
        check_type("allowed_instance_types", instance_type, InstanceType, "InstanceType.of('ml.m5.large') say")
        if not instance_type.runs_spaces:
            raise ValueError(
                f"allowed_instance_types must run spaces, got {instance_type.name!r}; leave it out, no space can use it"
            )
