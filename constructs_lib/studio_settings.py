"""What a domain sets for its users and shared spaces, and a profile for itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from aws_cdk import Duration
from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from constructs_lib.access.allow_list import AllowList
from constructs_lib.access.execution_role import IExecutionRole
from constructs_lib.apps.app import App
from constructs_lib.apps.code_editor import CodeEditor
from constructs_lib.apps.jupyter_lab import JupyterLab
from constructs_lib.environment import Environment
from constructs_lib.errors import check_no_text, check_type
from constructs_lib.lifecycle.idle_shutdown import IdleShutdown
from constructs_lib.storage.space_storage import SpaceStorage


@dataclass(frozen=True, kw_only=True)
class _Settings:
    _maximum_security_groups: ClassVar[int]

    execution_role: IExecutionRole | None = None
    security_groups: Sequence[ec2.ISecurityGroup] | None = None
    jupyter_lab: JupyterLab | None = None
    storage: SpaceStorage | None = None

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

    def _apps(self) -> tuple[App, ...]:
        """The apps that are set here."""
        return tuple(value for value in vars(self).values() if isinstance(value, App))

    def _app_like(self, app: App) -> App | None:
        """What is set here for an app of the same kind."""
        return next((one for one in self._apps() if isinstance(one, type(app))), None)

    def _over(self, base: Self) -> Self:
        """Return these settings with what they leave open taken from a more general level."""
        merged: dict[str, Any] = {}
        for name, value in vars(base).items():
            mine = getattr(self, name)
            merged[name] = mine._over(value) if isinstance(mine, App) else value if mine is None else mine
        return type(self)(**merged)

    def _problems(self, environment: Environment, allowed: AllowList) -> Iterator[str]:
        for app in self._apps():
            for problem in app._problems(environment, allowed):
                yield f"{app.app_type}: {problem}"

    def _problems_with_studios_choice(self, argument: str, allowed: AllowList) -> Iterator[str]:
        for app in self._apps():
            for problem in allowed._problems_with_studios_choice(app.instance_type, app.image):
                yield f"{argument}: {app.app_type}: {problem}"

    def _render(self, scope: Construct, environment: Environment) -> dict[str, Any]:
        rendered: dict[str, Any] = {app._settings_name: app._render(scope, environment) for app in self._apps()}
        if self.execution_role is not None:
            rendered["executionRole"] = self.execution_role.role_arn
        if self.security_groups is not None:
            rendered["securityGroups"] = [group.security_group_id for group in self.security_groups]
        if self.storage is not None:
            rendered["spaceStorageSettings"] = self.storage._render()
        return rendered


@dataclass(frozen=True, kw_only=True)
class UserSettings(_Settings):
    """What a domain sets for all users, or a profile for one: it reaches private spaces, never shared ones.

    What a profile says replaces what the domain says, be it wider or narrower.

    Args:
        execution_role: the role that Studio and private spaces run as. Default on a domain: a role that may do
            nothing, for profiles made elsewhere without one; on a profile: a role of its own. One that is given to a
            domain is left as it is, without a fence.
        security_groups: 1 to 4, since SageMaker adds the fifth that a network interface takes. Default on a domain:
            those of its network; on a profile: as the domain.
        jupyter_lab: JupyterLab. Default on a domain: idle shutdown after 2 hours; on a profile: as the domain.
        storage: the volumes of private spaces. Default on a domain: 20 GiB, at most 100 GiB; on a profile: as the
            domain.
        code_editor: Code Editor. Default: as for JupyterLab.

    Raises:
        ValueError: there is no security group in the list, or more than 4.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UserSettings.html
    """

    _maximum_security_groups: ClassVar[int] = 4

    code_editor: CodeEditor | None = None

    @staticmethod
    def _of_every_domain() -> UserSettings:
        return UserSettings(
            jupyter_lab=JupyterLab(idle_shutdown=_two_hours()),
            code_editor=CodeEditor(idle_shutdown=_two_hours()),
            storage=SpaceStorage(),
        )


@dataclass(frozen=True, kw_only=True)
class SpaceSettings(_Settings):
    """What all shared spaces of a domain have in common; there is no shared Code Editor.

    Args:
        execution_role: the role that everybody acts as inside a shared space. Default: a role that may
            describe the domain, its spaces and apps, write the apps' logs and use the key.
        security_groups: 1 to 5. Default: those of the domain's network.
        jupyter_lab: JupyterLab in shared spaces. Default: idle shutdown after 2 hours.
        storage: the volumes of shared spaces. Default: 20 GiB, at most 100 GiB.

    Raises:
        ValueError: there is no security group in the list, or more than 5.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DefaultSpaceSettings.html
    """

    _maximum_security_groups: ClassVar[int] = 5

    @staticmethod
    def _of_every_domain() -> SpaceSettings:
        return SpaceSettings(jupyter_lab=JupyterLab(idle_shutdown=_two_hours()), storage=SpaceStorage())


def _two_hours() -> IdleShutdown:
    return IdleShutdown.after(Duration.hours(2))
