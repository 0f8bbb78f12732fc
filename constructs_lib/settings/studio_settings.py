"""What a domain sets for its users and shared spaces, and a profile for itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Self

from aws_cdk import CfnResource, Duration
from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from constructs_lib.access.allow_list import AllowList
from constructs_lib.access.execution_role import IExecutionRole
from constructs_lib.apps.app import App
from constructs_lib.apps.code_editor import CodeEditor
from constructs_lib.apps.jupyter_lab import JupyterLab
from constructs_lib.compute.image import StudioImage
from constructs_lib.environment import Environment
from constructs_lib.errors import check_at_most, check_no_text, check_type
from constructs_lib.lifecycle.idle_shutdown import IdleShutdown
from constructs_lib.lifecycle.owner import Owner
from constructs_lib.network.resource_id import check_security_groups
from constructs_lib.settings.auto_mount_home_efs import AutoMountHomeEfs
from constructs_lib.settings.notebook_sharing import NotebookSharing
from constructs_lib.settings.r_studio import RSession, RStudioAccess
from constructs_lib.settings.studio_portal import StudioPortal
from constructs_lib.storage.custom_file_system import CustomFileSystem
from constructs_lib.storage.posix_user import PosixUser
from constructs_lib.storage.space_storage import SpaceStorage

if TYPE_CHECKING:
    from constructs_lib.domain import IDomain


@dataclass(frozen=True, kw_only=True)
class _Settings:
    _maximum_security_groups: ClassVar[int]
    _maximum_file_systems: ClassVar[int]

    execution_role: IExecutionRole | None = None
    security_groups: Sequence[ec2.ISecurityGroup] | None = None
    jupyter_lab: JupyterLab | None = None
    storage: SpaceStorage | None = None
    custom_file_systems: Sequence[CustomFileSystem] | None = None
    posix_user: PosixUser | None = None

    def __post_init__(self) -> None:
        if self.security_groups is not None:
            groups = tuple(self.security_groups)
            if not 1 <= len(groups) <= self._maximum_security_groups:
                raise ValueError(
                    f"security_groups must be 1..{self._maximum_security_groups}, got {len(groups)}; "
                    "leave the argument out for those of the domain's network"
                )
            for group in groups:
                check_no_text("security_groups", group, "ec2.SecurityGroup.from_security_group_id(...) say")
            object.__setattr__(self, "security_groups", groups)
        check_no_text("execution_role", self.execution_role, "ExecutionRole.from_execution_role_arn(...) say")
        check_type("jupyter_lab", self.jupyter_lab, JupyterLab, "JupyterLab(...)")
        check_type("storage", self.storage, SpaceStorage, "SpaceStorage(maximum=Size.gibibytes(100)) say")
        check_type("posix_user", self.posix_user, PosixUser, "PosixUser(uid=10000, gid=1001) say")
        if self.custom_file_systems is not None:
            object.__setattr__(self, "custom_file_systems", self._checked(self.custom_file_systems))

    def _checked(self, file_systems: Sequence[CustomFileSystem]) -> tuple[CustomFileSystem, ...]:
        check_type("custom_file_systems", file_systems, (list, tuple), "a list such as [CustomFileSystem.efs(...)]")
        for one in file_systems:
            check_type("custom_file_systems", one, CustomFileSystem, "CustomFileSystem.efs(...) say")
        check_at_most("custom_file_systems", file_systems, self._maximum_file_systems)
        for index, one in enumerate(file_systems):
            if twice := next((other for other in file_systems[:index] if one._is_same_as(other)), None):
                raise ValueError(
                    f"custom_file_systems must differ from each other, got {twice!r} and {one!r}, which a space cannot "
                    "tell apart, whatever their paths; permit the directory above both, or use a second file system"
                )
        return tuple(file_systems)

    def _apps(self) -> tuple[App, ...]:
        """The apps that are set here."""
        return tuple(value for value in vars(self).values() if isinstance(value, App))

    def _custom_images(self) -> tuple[StudioImage, ...]:
        """The images of yours that are attached here, for whichever app."""
        return tuple(dict.fromkeys(image for app in self._apps() for image in app.custom_images or ()))

    def _app_like(self, app: App) -> App | None:
        """What is set here for an app of the same kind."""
        return next((one for one in self._apps() if isinstance(one, type(app))), None)

    def _over(self, base: Self) -> Self:
        """Return these settings with what they leave open taken from a more general level."""
        merged: dict[str, Any] = {}
        for name, value in vars(base).items():
            mine = getattr(self, name)
            layered = isinstance(mine, App | StudioPortal) and value is not None
            merged[name] = mine._over(value) if layered else value if mine is None else mine
        return type(self)(**merged)

    def _problems(self, environment: Environment, allowed: AllowList) -> Iterator[str]:
        for app in self._apps():
            for problem in app._problems_of_setting(environment, allowed):
                yield f"{app.app_type}: {problem}"
        for file_system in self.custom_file_systems or ():
            yield from file_system._problems(environment)

    def _problems_with_studios_choice(self, argument: str, allowed: AllowList) -> Iterator[str]:
        for app in self._apps():
            for problem in allowed._problems_with_studios_choice(app.instance_type, app.image):
                yield f"{argument}: {app.app_type}: {problem}"

    def _check_security_groups(self) -> None:
        """Refuse groups whose ids are none: once, where settings are given, since it asks the CDK.

        Raises:
            ValueError: the id of a group is another text.
        """
        check_security_groups(self.security_groups or ())

    def _problems_in_vpc(self, vpc_id: str | None) -> Iterator[str]:
        """Say which file systems apps in this VPC cannot reach; None if it is not known."""
        for file_system in self.custom_file_systems or ():
            yield from () if vpc_id is None else file_system._problems_in_vpc(vpc_id)

    def _mount(self, user: Construct, domain: IDomain, resource: CfnResource) -> None:
        """Let apps of a user of a domain, or of the domain itself, reach the file systems once these are there."""
        for file_system in self.custom_file_systems or ():
            file_system._open_to(user, domain, self.security_groups or ())
            resource.node.add_dependency(*file_system._needed)

    def _problems_of_domain(self, environment: Environment, allowed: AllowList) -> Iterator[str]:
        """Say everything that cannot hold for a whole domain."""
        yield from self._problems(environment, allowed)
        if self.jupyter_lab is not None and self.jupyter_lab.emr is not None:
            yield (
                "emr must be left out of a domain, got some: CloudFormation has it for profiles alone; "
                "pass it to the profiles, or to DomainSettingsPatch"
            )

    def _render(self, scope: Construct, environment: Environment, owner: Owner) -> dict[str, Any]:
        rendered: dict[str, Any] = {app._settings_name: app._render(scope, environment, owner) for app in self._apps()}
        if self.execution_role is not None:
            rendered["executionRole"] = self.execution_role.role_arn
        if self.security_groups is not None:
            rendered["securityGroups"] = [group.security_group_id for group in self.security_groups]
        if self.storage is not None:
            rendered["spaceStorageSettings"] = self.storage._render()
        if self.custom_file_systems is not None:
            rendered["customFileSystemConfigs"] = [one._render() for one in self.custom_file_systems]
        if self.posix_user is not None:
            rendered["customPosixUserConfig"] = self.posix_user._render()
        return rendered


@dataclass(frozen=True, kw_only=True)
class UserSettings(_Settings):
    """What a domain sets for all users, or a profile for one: it reaches private spaces, never shared ones.

    What a profile says replaces what the domain says, be it wider or narrower; but for security groups, which it adds.

    Args:
        execution_role: the role that Studio and private spaces run as. Default on a domain: a role that may do
            nothing, for profiles made elsewhere without one; on a profile: a role of its own. One that is given to a
            domain is left as it is, without a fence.
        security_groups: 1 to 4, since SageMaker adds the fifth that a network interface takes. Default on a domain:
            those of its network; on a profile: those of the domain alone, which it cannot take away.
        jupyter_lab: JupyterLab. Default on a domain: idle shutdown after 2 hours; on a profile: as the domain.
        storage: the volumes of private spaces. Default on a domain: 20 GiB, at most 100 GiB; on a profile: as the
            domain.
        code_editor: Code Editor. Default: as for JupyterLab.
        custom_file_systems: the file systems that private spaces may mount: at most 2 on a domain, at most 10 on a
            profile. Default on a domain: none; on a profile: as the domain.
        posix_user: the user and group by whose numbers files are read and written there; users who share one share
            their files. Default: SageMaker's own choice.
        auto_mount_home_efs: whether the home file system of the domain is mounted in private spaces. Default on a
            domain: SageMaker's own choice; on a profile: as the domain.
        portal: what the portal shows. Default on a domain: all but Studio Classic; on a profile: as the domain.
        notebook_sharing: whether the output of cells goes along with shared notebooks. Default on a domain: it does
            not; on a profile: as the domain.
        r_studio_access: whether users have RStudio, where the domain does. For a profile it can never be changed.
            Default on a domain: SageMaker's own choice; on a profile: as the domain.
        r_session: the sessions of RStudio; for a domain. Default: RStudio's own choice.

    Raises:
        TypeError: an argument is of another type.
        ValueError: there is no security group in the list, or more than 4, or there are too many file systems, or one
            twice.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UserSettings.html
    """

    _maximum_security_groups: ClassVar[int] = 4
    _maximum_file_systems: ClassVar[int] = 10

    code_editor: CodeEditor | None = None
    auto_mount_home_efs: AutoMountHomeEfs | None = None
    portal: StudioPortal | None = None
    notebook_sharing: NotebookSharing | None = None
    r_studio_access: RStudioAccess | None = None
    r_session: RSession | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        check_type("code_editor", self.code_editor, CodeEditor, "CodeEditor(...)")
        check_type("auto_mount_home_efs", self.auto_mount_home_efs, AutoMountHomeEfs, "AutoMountHomeEfs.ENABLED say")
        check_type("portal", self.portal, StudioPortal, "StudioPortal(...)")
        check_type("notebook_sharing", self.notebook_sharing, NotebookSharing, "NotebookSharing.disabled() say")
        check_type("r_studio_access", self.r_studio_access, RStudioAccess, "RStudioAccess.user() say")
        check_type("r_session", self.r_session, RSession, "RSession(...)")

    @staticmethod
    def _of_every_domain() -> UserSettings:
        return UserSettings(
            jupyter_lab=JupyterLab(idle_shutdown=_two_hours(), custom_images=(), lifecycle_configs=()),
            code_editor=CodeEditor(idle_shutdown=_two_hours(), custom_images=(), lifecycle_configs=()),
            storage=SpaceStorage(),
            portal=StudioPortal._of_every_domain(),
            notebook_sharing=NotebookSharing.disabled(),
        )

    def _over(self, base: UserSettings) -> UserSettings:
        """Return these settings with what they leave open taken from a more general level, and its security groups."""
        groups = dict.fromkeys((*(base.security_groups or ()), *(self.security_groups or ())))
        return replace(super()._over(base), security_groups=tuple(groups) or None)

    def _in_profile(self, base: UserSettings) -> UserSettings:
        """Return these settings as a profile says them: a list or a portal of its own replaces the domain's whole."""
        return replace(
            self,
            jupyter_lab=self.jupyter_lab and self.jupyter_lab._in_profile(base.jupyter_lab),
            code_editor=self.code_editor and self.code_editor._in_profile(base.code_editor),
            portal=self.portal and self.portal._over(base.portal or StudioPortal()),
        )

    def _problems_of_domain(self, environment: Environment, allowed: AllowList) -> Iterator[str]:
        yield from super()._problems_of_domain(environment, allowed)
        yield from () if self.portal is None else self.portal._problems("AWS::SageMaker::Domain", allowed)
        yield from () if self.r_session is None else self.r_session._problems(environment, allowed)
        if self.auto_mount_home_efs is AutoMountHomeEfs.AS_DOMAIN:
            yield (
                "auto_mount_home_efs must be ENABLED or DISABLED on a domain, got AS_DOMAIN; "
                "pass one of these, or leave it out"
            )
        if len(self.custom_file_systems or ()) > 2:
            yield (
                f"custom_file_systems must be at most 2 on a domain, got {len(self.custom_file_systems or ())}; "
                "leave some out, or give them to the profiles that need them"
            )

    def _problems_of_profile(self, base: UserSettings, allowed: AllowList) -> Iterator[str]:
        """Say what a profile cannot say, over what its domain says."""
        own, inherited = self.security_groups or (), base.security_groups or ()
        if len(own) + len(inherited) > self._maximum_security_groups:
            yield (
                f"security_groups must be at most {self._maximum_security_groups} with those of the domain, which a "
                f"profile adds to, got {len(own)} and {len(inherited)}; leave some out"
            )
        yield from () if self.portal is None else self.portal._problems("AWS::SageMaker::UserProfile", allowed)
        if self.r_session is not None:
            yield (
                "r_session must be left out of a profile, got some: CloudFormation has it for domains alone; "
                "pass it in the default_user_settings of the domain"
            )

    def _problems_with_features(self, *, home_efs: bool | None, r_studio: bool | None) -> Iterator[str]:
        """Say what a domain without these cannot offer; None if that is not known."""
        if self.auto_mount_home_efs is AutoMountHomeEfs.ENABLED and home_efs is False:
            yield (
                "auto_mount_home_efs must be in a domain with a home file system, got one without; "
                "pass home_efs=True to the domain, or leave it out"
            )
        if self.r_studio_access is not None and self.r_studio_access._is_enabled and r_studio is False:
            yield (
                "r_studio_access must be in a domain with RStudio, got one without; "
                "pass r_studio=RStudio(...) to the domain, or leave it out"
            )
        if self.r_session is not None and r_studio is False:
            yield (
                "r_session must be in a domain with RStudio, got one without; "
                "pass r_studio=RStudio(...) to the domain, or leave it out"
            )

    def _render_for(
        self, resource_type: str, scope: Construct, environment: Environment, owner: Owner, allowed: AllowList
    ) -> dict[str, Any]:
        """Return the settings of a domain or of a profile, whose schemas know different instance types to hide."""
        rendered = self._render(scope, environment, owner)
        if self.auto_mount_home_efs is not None:
            rendered["autoMountHomeEfs"] = self.auto_mount_home_efs.value
        if self.portal is not None:
            rendered |= self.portal._render(resource_type, allowed)
        if self.notebook_sharing is not None:
            rendered["sharingSettings"] = self.notebook_sharing._render()
        if self.r_studio_access is not None:
            rendered["rStudioServerProAppSettings"] = self.r_studio_access._render()
        if self.r_session is not None:
            rendered["rSessionAppSettings"] = self.r_session._render(scope, environment)
        return rendered


@dataclass(frozen=True, kw_only=True)
class SpaceSettings(_Settings):
    """What all shared spaces of a domain have in common; there is no shared Code Editor.

    Args:
        execution_role: the role that everybody acts as inside a shared space. Default: a role that may
            describe the domain, its spaces and apps, write the apps' logs and use the key.
        security_groups: 1 to 5. Default: those of the domain's network.
        jupyter_lab: JupyterLab in shared spaces. Default: idle shutdown after 2 hours.
        storage: the volumes of shared spaces. Default: 20 GiB, at most 100 GiB.
        custom_file_systems: the file systems that shared spaces may mount, at most 2. Default: none.
        posix_user: the user and group by whose numbers files are read and written there. Default: SageMaker's own
            choice.

    Raises:
        TypeError: an argument is of another type.
        ValueError: there is no security group in the list, or more than 5, or there are too many file systems, or one
            twice.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DefaultSpaceSettings.html
    """

    _maximum_security_groups: ClassVar[int] = 5
    _maximum_file_systems: ClassVar[int] = 2

    @staticmethod
    def _of_every_domain() -> SpaceSettings:
        lab = JupyterLab(idle_shutdown=_two_hours(), custom_images=(), lifecycle_configs=())
        return SpaceSettings(jupyter_lab=lab, storage=SpaceStorage())


def _two_hours() -> IdleShutdown:
    return IdleShutdown.after(Duration.hours(2))
