"""A space: the instance, the image and the volume that run one app."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypedDict

import jsii
from aws_cdk import IResource, RemovalPolicy, Resource, Size, Token
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sagemaker as sagemaker
from constructs import Construct

from constructs_lib.access.grants import grant_remote, grant_use
from constructs_lib.access.shared_spaces import check_members, check_profile, check_profiles
from constructs_lib.apps.app import App
from constructs_lib.classic import classic_refusal
from constructs_lib.environment import Environment
from constructs_lib.errors import check_type, located_at, refuse_all
from constructs_lib.inventory import Declared
from constructs_lib.physical_name import check_physical_name
from constructs_lib.removal import apply_removal_policy, check_removal_policy
from constructs_lib.storage.custom_file_system import CustomFileSystem
from constructs_lib.storage.space_storage import whole_gibibytes
from constructs_lib.template_validation import acknowledge_false_findings

if TYPE_CHECKING:
    from constructs_lib.domain import IDomain
    from constructs_lib.settings.studio_settings import SpaceSettings, UserSettings
    from constructs_lib.user_profile import IUserProfile

_TYPE = "AWS::SageMaker::Space"


class SpaceOptions(TypedDict, total=False):
    """What ``add_private_space`` and ``add_shared_space`` take besides the app; see ``Space``."""

    storage: Size | None
    space_name: str | None
    space_display_name: str | None
    custom_file_system: CustomFileSystem | None
    managed_resources: bool | None
    removal_policy: RemovalPolicy | None


@dataclass(frozen=True)
class SpaceSharing:
    """Whose a space is, and whether others share it. But for the members, it can never be changed.

    Attributes:
        owner: the user profile that may change and delete the space.
        is_shared: whether other users of the domain share it.
        members: who may start and stop a shared space, besides its owner; ``None`` for every user of the domain.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-spaces.html
    """

    owner: IUserProfile
    is_shared: bool
    members: tuple[IUserProfile, ...] | None = None

    def __post_init__(self) -> None:
        check_profile("owner", self.owner)
        check_type("is_shared", self.is_shared, bool, "True or False")
        check_profiles("members", self.members)
        if self.members is not None and not self.is_shared:
            raise ValueError("members must be left out of a private space, got some; pass SpaceSharing.shared(...)")

    @staticmethod
    def private(owner: IUserProfile) -> SpaceSharing:
        """Let the owner alone use the space; its app runs as the owner's execution role."""
        return SpaceSharing(owner, is_shared=False)

    @staticmethod
    def shared(owner: IUserProfile, *, members: Sequence[IUserProfile] | None = None) -> SpaceSharing:
        """Let users of the domain share the space, and the owner alone change it.

        Inside it everybody, the owner too, acts as the execution role of the domain's ``default_space_settings``.

        Members narrow who may start and stop the space and open remote sessions on it, not who enters: no IAM
        action stands for opening an app, so that anybody else need only wait until it runs. People who must be kept
        apart need domains of their own. Once a space has members, the spaces that users share among themselves are
        no longer open to others.

        Args:
            owner: whose it is; always one of those who may start it.
            members: who else may start and stop it: profiles that this app defines, with execution roles of their
                own. An empty list: the owner alone. Default: every user of the domain.

        Raises:
            TypeError: the members are no list of profiles.
        """
        check_profiles("members", members)
        return SpaceSharing(owner, is_shared=True, members=None if members is None else tuple(members))


class ISpace(IResource, Protocol):
    """A space, of this app or of another one.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeSpace.html
    """

    @property
    def space_name(self) -> str:
        """The name of the space in its domain."""
        ...

    @property
    def space_arn(self) -> str:
        """The ARN of the space."""
        ...

    @property
    def sharing(self) -> SpaceSharing | None:
        """Whose it is and who shares it; of an import, if it was given."""
        ...

    @property
    def _domain(self) -> IDomain: ...

    def grant_use(self, grantee: iam.IGrantable) -> iam.Grant:
        """Let a principal start and stop this shared space: a user of the domain as one of its members.

        Args:
            grantee: a profile, or a principal of yours, a scheduler's role say.

        Raises:
            ValueError: the space is private or not known to be shared, or the grantee is a role of Studio other than
                that of a user of the domain.
        """
        ...

    def grant_remote(self, grantee: iam.IGrantable) -> iam.Grant:
        """Let a principal open remote sessions on this space, and so be inside it.

        An editor on somebody's machine calls as that person's own IAM identity, not as the execution role: this is
        for the identity of the space's owner or, if it is shared, of its members. On a private space, it is a way in.

        The AWS Toolkit also lists and describes, changes and starts spaces: this grant is for opening sessions alone.

        Args:
            grantee: the person's IAM identity. Profiles have the right by themselves, on the spaces they may start.

        Raises:
            ValueError: the domain has no remote access, or the grantee is a profile that may not start the space, or
                another role of Studio.

        See https://docs.aws.amazon.com/sagemaker/latest/dg/remote-access-remote-setup.html
        """
        ...


class _SpaceBase(Resource):
    def __init__(
        self, scope: Construct, id: str, *, domain: IDomain, space_name: str, sharing: SpaceSharing | None
    ) -> None:
        super().__init__(scope, id)
        self.space_name = space_name
        self.sharing = sharing
        self._domain = domain

    @property
    def space_arn(self) -> str:
        return self._domain._arns.space(self.space_name)

    def grant_use(self, grantee: iam.IGrantable) -> iam.Grant:
        with located_at(self):
            return grant_use(self, grantee)

    def grant_remote(self, grantee: iam.IGrantable) -> iam.Grant:
        with located_at(self):
            return grant_remote(self, grantee)


@jsii.implements(ISpace)
class Space(_SpaceBase):
    """A space: an instance that runs one app, with an EBS volume of its own.

    No instance runs until somebody starts the app. The volume lives and dies with this resource: another name,
    owner, sharing or domain replaces the space, and another app needs a new one.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-spaces.html
    """

    @staticmethod
    def from_space_attributes(
        scope: Construct, id: str, *, domain: IDomain, space_name: str, sharing: SpaceSharing | None = None
    ) -> ISpace:
        """Take a space that exists.

        Args:
            scope: the construct that the import stands in.
            id: its id there.
            domain: the domain of the space.
            space_name: its name.
            sharing: whose it is, and whether it is shared. Default: unknown; its use can then not be granted.

        Raises:
            ValueError: the name is not one that a space can have, or the sharing is none for this domain.
        """
        space = _ImportedSpace(scope, id, domain=domain, space_name=space_name, sharing=sharing)
        with located_at(space):
            check_physical_name("space_name", space_name)
            if sharing is not None:
                _check_sharing(domain, sharing)
                if not domain._space_names.has(space_name):  # else its declaration says whose it is
                    _admit(space_name, domain, sharing)
        return space

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        domain: IDomain,
        sharing: SpaceSharing,
        app: App,
        storage: Size | None = None,
        space_name: str | None = None,
        space_display_name: str | None = None,
        custom_file_system: CustomFileSystem | None = None,
        managed_resources: bool | None = None,
        removal_policy: RemovalPolicy | None = None,
    ) -> None:
        """Define the space.

        Args:
            scope: the construct that the space stands in.
            id: its id there.
            domain: the domain of the space and of its owner.
            sharing: whose it is: ``SpaceSharing.private(owner)`` or ``.shared(owner, members=...)``.
            app: what it runs: ``JupyterLab(...)``, or ``CodeEditor(...)`` if it is private.
            storage: the size of its volume, 5..16384 whole GiB; it can grow later, never shrink. Default: what
                the owner's or, for a shared space, the domain's settings say.
            space_name: 1 to 63 letters, digits and inner hyphens, unique in the domain. Default: the id in lower
                case, after the owner's name and a hyphen if the space is private.
            space_display_name: the name that people see, 1 to 64 characters. Default: the space name.
            custom_file_system: a file system that it mounts beside its volume, one of those that the owner's or, for
                a shared space, the domain's settings allow. Default: none.
            managed_resources: whether SageMaker also makes the owner's profile and the app, as Unified Studio has
                it; for an owner that no app defines. Default: SageMaker's own choice, which is that it does not.
            removal_policy: what becomes of the space, and so of its volume. Default: as for its owner.

        Raises:
            TypeError: an argument is of another type.
            ValueError: an argument is out of range, or contradicts another or what domain and owner allow.
        """
        check_type("domain", domain, Resource, "a Domain")
        _check_app_type(app)
        check_type("sharing", sharing, SpaceSharing, "SpaceSharing.private(owner) or SpaceSharing.shared(owner)")
        check_type("storage", storage, Size, "Size.gibibytes(50) say")
        check_type("custom_file_system", custom_file_system, CustomFileSystem, "CustomFileSystem.efs(...) say")
        check_type("managed_resources", managed_resources, bool, "True or False")
        owner = sharing.owner
        default_name = id.lower() if sharing.is_shared else f"{owner.user_profile_name}-{id.lower()}"
        name = default_name if space_name is None else space_name
        super().__init__(scope, id, domain=domain, space_name=name, sharing=sharing)
        environment = Environment.of(scope)
        with located_at(self):
            environment.check_has(_TYPE)
            domain._home.check_has(_TYPE)
            domain._home.check_same_as(environment, "a space")
            _check_sharing(domain, sharing)
            _check_app(sharing, app)
            _check_stack(environment, domain, owner)
            policy = owner.removal_policy if removal_policy is None else removal_policy
            check_removal_policy(policy)
            _check_display_name(space_display_name)
            gibibytes = None if storage is None else whole_gibibytes("storage", storage)
            settings = _settings(domain, sharing)
            refuse_all(
                (
                    *_problems(environment, domain, settings, app, gibibytes),
                    *_problems_with_file_system(domain, settings, custom_file_system),
                    *_problems_with_managed_resources(sharing, managed_resources),
                )
            )
            with domain._space_names.taking(self.space_name):
                _admit(self.space_name, domain, sharing)

        said = app._in_space(settings._app_like(app))
        resource = sagemaker.CfnSpace(
            self,
            "Resource",
            domain_id=domain.domain_id,
            space_name=self.space_name,
            space_display_name=space_display_name,
            ownership_settings={"ownerUserProfileName": owner.user_profile_name},
            space_sharing_settings={"sharingType": "Shared" if sharing.is_shared else "Private"},
            space_settings=said._render_in_space(self, environment, domain._companions.owner)
            | _render_storage(gibibytes)
            | _render_remote_access(domain, settings, app)
            | ({} if custom_file_system is None else {"customFileSystems": [custom_file_system._render_in_space()]})
            | ({} if managed_resources is None else {"spaceManagedResources": _status(managed_resources)}),
        )
        self._resource = resource
        for needed in domain._companions.define(self, [app]):
            resource.add_resource_dependency(needed)
        if owner._resource is not None:
            resource.add_resource_dependency(owner._resource)
        domain._inventory.add(Declared(self.space_name, resource, environment))
        acknowledge_false_findings(resource, _TYPE, [said])
        enclosing: object = scope
        if removal_policy is not None or enclosing is not owner:  # else the owner's reaches it
            apply_removal_policy(self, policy)

    def apply_removal_policy(self, policy: RemovalPolicy) -> None:
        """Say what becomes of the space, over whatever was said before.

        Raises:
            ValueError: the policy is ``SNAPSHOT``, which CloudFormation does not have here.
        """
        with located_at(self):
            apply_removal_policy(self, policy)

    @property
    def space_url(self) -> str:
        """The address of the app; it opens for those alone whom SageMaker lets in."""
        return self._resource.attr_url


@jsii.implements(ISpace)
class _ImportedSpace(_SpaceBase):
    pass


def _problems(
    environment: Environment,
    domain: IDomain,
    settings: SpaceSettings | UserSettings,
    app: App,
    gibibytes: float | None,
) -> Iterator[str]:
    """Say everything that a space cannot have in its domain, for its owner."""
    yield from app._problems_in_space(environment, domain._allowed, settings._app_like(app))
    if gibibytes is not None and settings.storage is not None:
        yield from settings.storage._problems_of(gibibytes)


def _problems_with_file_system(
    domain: IDomain, settings: SpaceSettings | UserSettings, file_system: CustomFileSystem | None
) -> Iterator[str]:
    """Say why a space cannot mount the file system; what an import allows is judged if it was said."""
    if file_system is None:
        return
    yield from file_system._problems_in_space(has_unified_studio=domain._has_unified_studio is not False)
    allowed = settings.custom_file_systems
    if domain._home.is_of_stack or allowed is not None:
        yield from file_system._problems_with_permission(allowed or ())
    if domain._home.is_of_stack or settings.posix_user is not None:
        for one in allowed or ():
            if one._is_same_as(file_system):
                yield from one._problems_of_user(settings.posix_user)


def _problems_with_managed_resources(sharing: SpaceSharing, managed_resources: bool | None) -> Iterator[str]:
    if managed_resources and sharing.owner._resource is not None:
        yield (
            f"managed_resources must be off where the app defines the owner, got {sharing.owner.user_profile_name!r}, "
            "whose profile SageMaker would make a second time; leave it out"
        )


def _status(enabled: bool) -> str:
    return "ENABLED" if enabled else "DISABLED"


def _settings(domain: IDomain, sharing: SpaceSharing) -> SpaceSettings | UserSettings:
    """Return what holds where the space says nothing."""
    if sharing.is_shared:
        return domain.default_space_settings
    return sharing.owner.user_settings._over(domain.default_user_settings)


def _admit(space_name: str, domain: IDomain, sharing: SpaceSharing) -> None:
    """Let the policies of users follow a new space."""
    if sharing.is_shared:
        domain._shared_spaces.add(space_name, owner=sharing.owner, members=sharing.members)
        return
    domain._shared_spaces.forget(space_name)
    if sharing.owner._statements is not None:
        sharing.owner._statements.add_private_space(space_name)


def _check_sharing(domain: IDomain, sharing: SpaceSharing) -> None:
    imported = not (domain._home.is_of_stack or sharing.owner.domain._home.is_of_stack)
    ids = (domain.domain_id, sharing.owner.domain.domain_id)
    if ids[0] != ids[1] and not (imported and any(Token.is_unresolved(one) for one in ids)):
        raise ValueError(
            f"owner must be a user profile of the space's domain, got {sharing.owner.user_profile_name!r} of another; "
            "pass the same domain to both"
        )
    if sharing.members is not None:
        check_members(domain, sharing.members)


def _check_app_type(app: object) -> None:
    if refusal := classic_refusal(app) if isinstance(app, str) else None:
        raise ValueError(f"app {refusal}")
    check_type("app", app, App, "JupyterLab() or CodeEditor()")


def _check_app(sharing: SpaceSharing, app: App) -> None:
    if sharing.is_shared and not app.can_be_shared:
        raise ValueError(
            f"app must be JupyterLab in a shared space, got {app.app_type}, which SageMaker does not share; "
            "pass app=JupyterLab(...), or make the space private"
        )


def _check_stack(environment: Environment, domain: IDomain, owner: IUserProfile) -> None:
    """Refuse a space beside its domain whose owner is elsewhere: the owner's stack needs the domain's."""
    if domain._home.is_of_stack and environment is domain._environment is not owner._environment:
        raise ValueError(
            f"scope must not be in the domain's stack, since the owner {owner.user_profile_name!r} is in another, "
            f"which needs the domain first; define the space in the owner's stack, with add_private_space say"
        )


def _check_display_name(name: str | None) -> None:
    if name is None or Token.is_unresolved(name):
        return
    if not (name.strip() and name.isprintable() and len(name) <= 64):
        raise ValueError(
            "space_display_name must be 1..64 characters of one line, not only spaces, "
            f"got {name!r}; pass a shorter one, or none"
        )


def _render_remote_access(domain: IDomain, settings: SpaceSettings | UserSettings, app: App) -> dict[str, Any]:
    instance_type = app._over(settings._app_like(app)).instance_type
    can = domain.remote_access and instance_type is not None and instance_type._takes_remote_sessions
    return {"remoteAccess": "ENABLED"} if can else {}


def _render_storage(gibibytes: float | None) -> dict[str, Any]:
    if gibibytes is None:
        return {}
    return {"spaceStorageSettings": {"ebsStorageSettings": {"ebsVolumeSizeInGb": gibibytes}}}
