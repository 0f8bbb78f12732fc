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

from constructs_lib.access.allow_list import AllowList
from constructs_lib.access.domain_policies import IDS_OF_DOMAIN, define_policies_of_domain
from constructs_lib.access.execution_role import (
    ExecutionRole,
    IExecutionRole,
    check_role,
    share_fate,
    trust_as_settings_say,
)
from constructs_lib.access.execution_role_settings import ExecutionRoleSettings
from constructs_lib.access.grants import grant_administer, grant_launch
from constructs_lib.access.role_holders import check_free_for_domain, give_to_domain
from constructs_lib.access.shared_spaces import SharedSpaces
from constructs_lib.access.studio_arns import StudioArns
from constructs_lib.auth_mode import AuthMode
from constructs_lib.companions import Companions
from constructs_lib.compute.image import StudioImage
from constructs_lib.compute.image_definition import ID_OF_IMAGES
from constructs_lib.compute.instance_type import InstanceType
from constructs_lib.encryption import DomainEncryption, VolumeKey
from constructs_lib.environment import Environment
from constructs_lib.errors import check_type, located_at, refuse_all
from constructs_lib.inventory import Inventory, check_destroyed
from constructs_lib.lifecycle.lifecycle_config import LifecycleConfig
from constructs_lib.lookup import is_unresolved
from constructs_lib.network.ip_address_type import IpAddressType
from constructs_lib.network.network_access import NetworkAccess
from constructs_lib.physical_name import NameRegistry, check_free_id, check_physical_name
from constructs_lib.removal import KEEP, apply_removal_policy, check_removal_policy
from constructs_lib.settings.app_security_groups import AppSecurityGroups
from constructs_lib.settings.docker_access import DockerAccess
from constructs_lib.settings.domain_settings import DomainSettings
from constructs_lib.settings.r_studio import RStudio
from constructs_lib.settings.studio_settings import SpaceSettings, UserSettings
from constructs_lib.settings.unified_studio import UnifiedStudioSettings
from constructs_lib.tags import tag_problems
from constructs_lib.template_validation import acknowledge_false_findings
from constructs_lib.user_profile import IUserProfile, UserProfile, UserProfileOptions

_TYPE = "AWS::SageMaker::Domain"
_TAKEN_IDS = IDS_OF_DOMAIN | {
    ID_OF_IMAGES,
    "Default",
    "DefaultExecutionRole",
    "Key",
    "Resource",
    "SecurityGroup",
    "SpaceExecutionRole",
    "Vpc",
}
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
    def remote_access(self) -> bool:
        """Whether users may open remote sessions on spaces, from an editor on their own machine."""
        ...

    @property
    def execution_role_settings(self) -> ExecutionRoleSettings:
        """What the execution roles made for the domain and its profiles have in common."""
        ...

    @property
    def user_policies(self) -> tuple[iam.IManagedPolicy, ...]:
        """What every user of the domain may do and may never do; of an import, if they were given."""
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
    def _arns(self) -> StudioArns: ...

    @property
    def _volume_key(self) -> VolumeKey | None: ...

    @property
    def _allowed(self) -> AllowList: ...

    @property
    def _shared_spaces(self) -> SharedSpaces: ...

    @property
    def _user_profile_names(self) -> NameRegistry: ...

    @property
    def _space_names(self) -> NameRegistry: ...

    @property
    def _inventory(self) -> Inventory: ...

    @property
    def _companions(self) -> Companions: ...

    @property
    def _has_home_efs(self) -> bool | None: ...

    @property
    def _has_r_studio(self) -> bool | None: ...

    @property
    def _r_studio(self) -> RStudio | None: ...

    @property
    def _has_unified_studio(self) -> bool | None: ...

    @property
    def _vpc_id(self) -> str | None: ...

    def add_user_profile(self, id: str, **options: Unpack[UserProfileOptions]) -> UserProfile:
        """Define a user profile of this domain, in the domain's stack.

        Args:
            id: the id of the profile beneath the domain.
            options: the further arguments of ``UserProfile``.

        Raises:
            ValueError: the id is one of the domain's own, or as for ``UserProfile``.
        """
        ...

    def grant_launch(
        self, grantee: iam.IGrantable, profiles: Sequence[IUserProfile], *, source_vpce: str | None = None
    ) -> iam.Grant:
        """Let a sign-in broker make the URLs that open Studio as these users.

        Whoever may do that can become each of these users, their private spaces included: the URL asks for nothing
        more. IAM judges each request of a session again, so that a condition on the network binds the session too.

        Args:
            grantee: the broker, an application's role say.
            profiles: the users, of this domain.
            source_vpce: the id of the VPC endpoint that the broker and its users must come through. Default: any
                network.

        Raises:
            TypeError: the profiles are no list of profiles.
            ValueError: there is no profile, or one of another domain, or users sign in by Identity Center, where
                SageMaker makes no such URLs, or the grantee is a user of Studio, whose fence denies it.

        See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePresignedDomainUrl.html
        """
        ...

    def grant_administer(self, grantee: iam.IGrantable) -> iam.Grant:
        """Let an administrator see what is in the domain, stop apps and delete spaces, with their volumes.

        It is no way into a private space. ``AdministratorFence`` is a policy that denies such ways for good.

        Args:
            grantee: the administrator's role, outside Studio.

        Raises:
            ValueError: the grantee is a user of Studio, whose fence denies it.
        """
        ...


class _DomainBase(Resource):
    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        name: str,
        auth_mode: AuthMode | None,
        allowed: AllowList,
        remote_access: bool,
        execution_role_settings: ExecutionRoleSettings | None,
        removal_policy: RemovalPolicy,
    ) -> None:
        check_type("remote_access", remote_access, bool, "True or False")
        settings = "ExecutionRoleSettings(...)"
        check_type("execution_role_settings", execution_role_settings, ExecutionRoleSettings, settings)
        super().__init__(scope, id)
        self.domain_id = ""
        self.auth_mode = auth_mode
        self.encryption_key: kms.IKey | None = None
        self.default_user_settings = UserSettings()
        self.default_space_settings = SpaceSettings()
        self.remote_access = remote_access
        self.execution_role_settings = execution_role_settings or ExecutionRoleSettings()
        self.user_policies: tuple[iam.IManagedPolicy, ...] = ()
        self.removal_policy = removal_policy
        self._environment = self._home = Environment.of(scope)
        self._volume_key: VolumeKey | None = None
        self._allowed = allowed
        self._shared_spaces = SharedSpaces()
        self._user_profile_names = NameRegistry("user_profile_name")
        self._space_names = NameRegistry("space_name")
        self._inventory = Inventory()
        self._companions = Companions(self, name)
        self._has_home_efs: bool | None = None
        self._has_r_studio: bool | None = None
        self._r_studio: RStudio | None = None
        self._has_unified_studio: bool | None = None
        self._vpc_id: str | None = None
        with located_at(self):
            check_removal_policy(removal_policy)
            refuse_all(self.execution_role_settings._problems(auth_mode))

    @property
    def domain_arn(self) -> str:
        return self._arns.domain

    @property
    def _arns(self) -> StudioArns:
        return StudioArns(self._home, self.domain_id)

    @property
    def allowed_instance_types(self) -> tuple[InstanceType, ...] | None:
        return self._allowed.instance_types

    def apply_removal_policy(self, policy: RemovalPolicy) -> None:
        """Say what becomes of the domain and all that stands in it, over whatever was said before.

        Profiles that stand elsewhere keep what they were told when they were defined.

        Raises:
            ValueError: the policy is ``SNAPSHOT``, which CloudFormation does not have here, or the domain has a drain
                and would be kept.
        """
        with located_at(self):
            if self._inventory.is_drained:
                check_destroyed(policy)
            apply_removal_policy(self, policy)
        for settings in (self.default_user_settings, self.default_space_settings):
            share_fate(settings.execution_role, policy)
        share_fate(None if self._r_studio is None else self._r_studio.domain_execution_role, policy)
        self.removal_policy = policy

    def add_user_profile(self, id: str, **options: Unpack[UserProfileOptions]) -> UserProfile:
        with located_at(self):
            check_free_id(id, _TAKEN_IDS)
        return UserProfile(self, id, domain=self, **options)

    def grant_launch(
        self, grantee: iam.IGrantable, profiles: Sequence[IUserProfile], *, source_vpce: str | None = None
    ) -> iam.Grant:
        with located_at(self):
            return grant_launch(self, grantee, profiles, source_vpce)

    def grant_administer(self, grantee: iam.IGrantable) -> iam.Grant:
        with located_at(self):
            return grant_administer(self, grantee)

    def _encrypt_with(self, key: kms.IKey | None, *, grants_via_sagemaker: bool = True) -> None:
        self.encryption_key = key
        self._volume_key = None if key is None else VolumeKey(key.key_arn, grants_via_sagemaker)


@jsii.implements(IDomain, ec2.IConnectable)
class Domain(_DomainBase):
    """A SageMaker Studio domain: who may sign in, over which network, with which settings and whose key.

    Besides the domain, it defines a key, a security group unless some are given, a policy for its users, a default
    role that may do nothing, and the role that everybody acts as inside shared spaces. Studio is the portal, its
    Classic is hidden, notebook output cannot be shared, and no space exists until one is added.

    Attributes:
        docker: whether apps may use Docker.
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
        grants_via_sagemaker: bool = True,
        default_user_settings: UserSettings | None = None,
        default_space_settings: SpaceSettings | None = None,
        allowed_instance_types: Sequence[InstanceType] | None = None,
        allowed_images: Sequence[StudioImage] | None = None,
        allowed_lifecycle_configs: Sequence[LifecycleConfig] | None = None,
        remote_access: bool = False,
        execution_role_settings: ExecutionRoleSettings | None = None,
        user_policies: Sequence[iam.IManagedPolicy] = (),
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
            grants_via_sagemaker: as for ``DomainEncryption.customer_managed``. Default: it is.
            default_user_settings: what the domain sets for its users, so that private spaces can be judged.
                Default: unknown.
            default_space_settings: what the domain sets for shared spaces. Default: unknown.
            allowed_instance_types: the instance types that users may run. Default: all.
            allowed_images: the images that they may run. Default: all.
            allowed_lifecycle_configs: the lifecycle configurations that they may attach: those of the domain by their
                ARNs. Default: all.
            remote_access: whether users may open remote sessions on spaces: what the domain itself was given.
                Default: they may not.
            execution_role_settings: what roles made for new profiles have in common. Default: see
                ``ExecutionRoleSettings``.
            user_policies: the ``user_policies`` of the domain, for the roles of new profiles. Default: each role
                gets these statements in policies of its own.
            removal_policy: what becomes of profiles and spaces that are added. Default: they are kept.

        Raises:
            ValueError: the id is not that of a domain, or the stack is in another account or region.
        """
        check_type("user_policies", user_policies, (list, tuple), "a list of managed policies")
        domain = _ImportedDomain(
            scope,
            id,
            auth_mode=auth_mode,
            name=domain_id,
            allowed=AllowList.of(allowed_instance_types, allowed_images, allowed_lifecycle_configs),
            remote_access=remote_access,
            execution_role_settings=execution_role_settings,
            removal_policy=removal_policy,
        )
        with located_at(domain):
            if not _DOMAIN_ID.fullmatch(domain_id) and not is_unresolved(domain_id):
                raise ValueError(f"domain_id must look like d-abc123, got {domain_id!r}; pass the id, not name or ARN")
            here = domain._environment
            account, region = (None if Token.is_unresolved(one) else one for one in (account, region))
            Environment(account, region, is_of_stack=False).check_same_as(here, "the stack that imports a domain")
        domain.domain_id = domain_id
        domain._home = Environment(account or here.account, region or here.region, is_of_stack=False)
        with located_at(domain):
            refuse_all(domain._allowed._problems(domain, domain._home, domain._companions.owner))
        domain.default_user_settings = default_user_settings or UserSettings()
        domain.default_space_settings = default_space_settings or SpaceSettings()
        domain.user_policies = tuple(user_policies)
        domain._encrypt_with(encryption_key, grants_via_sagemaker=grants_via_sagemaker)
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
        allowed_images: Sequence[StudioImage] | None = None,
        allowed_lifecycle_configs: Sequence[LifecycleConfig] | None = None,
        remote_access: bool = False,
        execution_role_settings: ExecutionRoleSettings | None = None,
        docker: DockerAccess | None = None,
        ip_address_type: IpAddressType | None = None,
        app_security_groups: AppSecurityGroups | None = None,
        r_studio: RStudio | None = None,
        unified_studio: UnifiedStudioSettings | None = None,
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
            allowed_images: the images that users may run; an image without a version stands for all its versions.
                Declared spaces are checked, and users' roles are denied other images. Default: all images.
            allowed_lifecycle_configs: the lifecycle configurations that users may attach to their spaces and apps,
                with the former scripts of those that this app defines; none if the list is empty. Default: all.
            remote_access: whether users may open remote sessions, from an editor on their own machine, on their own
                spaces and on the declared shared ones that they may start. It is switched on for declared spaces
                whose instance type is known to have the memory for it. Default: they may not.
            execution_role_settings: the path, the boundary and the trust of the roles that are made for the domain
                and its profiles. Default: see ``ExecutionRoleSettings``.
            docker: whether apps may use Docker. Default: they may not.
            ip_address_type: whether apps have IPv6 addresses too, which their subnets must then have as well.
                Default: IPv4 alone.
            app_security_groups: who makes the security groups between RStudio and the apps of users. Default: with
                RStudio in a VPC, SageMaker; else nobody.
            r_studio: RStudio, as an app of the whole domain. Default: there is none.
            unified_studio: the domain and project of SageMaker Unified Studio that this domain serves. Default: none.
            tag_propagation: whether SageMaker copies the tags of domain and profiles to their spaces and apps.
                Default: it does.
            tags: tags of the domain and of all that stands in it. Default: none.
            removal_policy: what becomes of the domain and all that belongs to it when the stack no longer wants
                it. Default: it is kept, except when its own creation is rolled back.

        Raises:
            TypeError: an argument is of another type.
            ValueError: an argument is malformed or contradicts another.
        """
        name = id.lower() if domain_name is None else domain_name
        allowed = AllowList.of(allowed_instance_types, allowed_images, allowed_lifecycle_configs)
        super().__init__(
            scope,
            id,
            name=name,
            auth_mode=auth_mode,
            allowed=allowed,
            remote_access=remote_access,
            execution_role_settings=execution_role_settings,
            removal_policy=removal_policy,
        )
        check_type("network", network, NetworkAccess, "NetworkAccess.vpc_only(vpc) say")
        check_type("auth_mode", auth_mode, AuthMode, "AuthMode.IAM or AuthMode.SSO")
        check_type("encryption", encryption, DomainEncryption, "DomainEncryption.customer_managed(key) say")
        check_type("home_efs", home_efs, bool, "True or False")
        check_type("tag_propagation", tag_propagation, bool, "True or False")
        check_type("default_user_settings", default_user_settings, UserSettings, "UserSettings(...)")
        check_type("default_space_settings", default_space_settings, SpaceSettings, "SpaceSettings(...)")
        check_type("docker", docker, DockerAccess, "DockerAccess.enabled() say")
        check_type("ip_address_type", ip_address_type, IpAddressType, "IpAddressType.DUALSTACK say")
        check_type(
            "app_security_groups",
            app_security_groups,
            AppSecurityGroups,
            "AppSecurityGroups.managed_by_sagemaker() say",
        )
        check_type("r_studio", r_studio, RStudio, "RStudio(...)")
        check_type("unified_studio", unified_studio, UnifiedStudioSettings, "UnifiedStudioSettings(...)")
        user_settings = (default_user_settings or UserSettings())._over(UserSettings._of_every_domain())
        space_settings = (default_space_settings or SpaceSettings())._over(SpaceSettings._of_every_domain())
        settings = DomainSettings(
            docker=docker or DockerAccess.disabled(),
            ip_address_type=ip_address_type,
            app_security_groups=app_security_groups,
            r_studio=r_studio,
            unified_studio=unified_studio,
            execution_role_settings=self.execution_role_settings,
        )
        with located_at(self):
            self._environment.check_has(_TYPE)
            check_physical_name("domain_name", name)
            user_settings._check_security_groups()
            space_settings._check_security_groups()
            refuse_all(allowed._problems(self, self._environment, self._companions.owner))
            refuse_all(
                (
                    *tag_problems(tags or {}),
                    *user_settings._problems_of_domain(self._environment, allowed),
                    *space_settings._problems_of_domain(self._environment, allowed),
                    *user_settings._problems_with_studios_choice("default_user_settings", allowed),
                    *space_settings._problems_with_studios_choice("default_space_settings", allowed),
                    *user_settings._problems_with_features(home_efs=home_efs, r_studio=r_studio is not None),
                    *settings._problems(network._app_network_access_type, self._environment, allowed),
                    *(() if ip_address_type is None else network._problems(ip_address_type)),
                )
            )
            for role in (user_settings.execution_role, space_settings.execution_role):
                check_role(role, self._environment)
                check_free_for_domain(role, self)
            bound = network._bind(self, self._environment, ip_address_type)
            refuse_all((*user_settings._problems_in_vpc(bound.vpc_id), *space_settings._problems_in_vpc(bound.vpc_id)))
            chosen = encryption or DomainEncryption.customer_managed()
            self._encrypt_with(
                chosen._bind(self, self._environment, removal_policy),
                grants_via_sagemaker=chosen._grants_via_sagemaker,
            )
        self._network = bound
        self._vpc_id = bound.vpc_id
        self._security_groups = bound.security_groups
        self._connections: ec2.Connections | None = None
        self._has_home_efs = home_efs
        self._has_r_studio = r_studio is not None
        self._r_studio = r_studio
        self._has_unified_studio = unified_studio is not None
        self.docker = settings.docker
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
            kms_key_id=None if self._volume_key is None else self._volume_key.arn,
            home_efs_file_system_creation="Enabled" if home_efs else "Disabled",
            default_user_settings=self.default_user_settings._render_for(
                _TYPE, self, self._environment, self._companions.owner, allowed
            ),
            default_space_settings=self.default_space_settings._render(self, self._environment, self._companions.owner),
            tag_propagation="ENABLED" if tag_propagation else "DISABLED",
            app_security_group_management=settings._render_management(network._app_network_access_type),
            domain_settings=settings._render(self, self._environment),
        )
        for needed in self._companions.define(self, (*user_settings._apps(), *space_settings._apps())):
            self._resource.add_resource_dependency(needed)
        for settings_in_force in (self.default_user_settings, self.default_space_settings):
            settings_in_force._mount(self, self, self._resource)
        self.domain_id = self._resource.attr_domain_id
        self.user_policies = define_policies_of_domain(
            self,
            self,
            space_role=self.space_execution_role,
            default_role=self.default_execution_role if user_settings.execution_role is None else None,
        )
        for key, value in (tags or {}).items():
            Tags.of(self).add(key, value)
        acknowledge_false_findings(
            self._resource, _TYPE, (*user_settings._apps(), *space_settings._apps(), r_studio, user_settings.r_session)
        )
        apply_removal_policy(self, removal_policy)
        share_fate(None if r_studio is None else r_studio.domain_execution_role, removal_policy)

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
        if self._connections is None:  # one object for all callers: the CDK notes on it where a rule belongs
            self._connections = ec2.Connections(security_groups=self._security_groups)
        return self._connections

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
    def security_group_id_for_domain_boundary(self) -> str:
        """The id of the security group that SageMaker makes between apps of the domain and those of its users."""
        return self._resource.attr_security_group_id_for_domain_boundary

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
        role = given or ExecutionRole(self, id, settings=self.execution_role_settings, removal_policy=None)
        if isinstance(role, iam.Role):
            give_to_domain(role, self)
        if given is not None:
            trust_as_settings_say(given, self.execution_role_settings)
            share_fate(given, self.removal_policy)
        return role


@jsii.implements(IDomain)
class _ImportedDomain(_DomainBase):
    pass
