"""The users of a Studio, with their spaces and those that they share."""

from __future__ import annotations

from aws_cdk import CfnOutput, Duration, Environment, Stack
from constructs import Construct

from constructs_lib import (
    App,
    CodeEditor,
    IdleShutdown,
    IDomain,
    InstanceType,
    JupyterLab,
    SpaceOptions,
    UserProfile,
)
from stacks.problems import Problems
from stacks.settings import SpaceEntry, StudioSettings, read_image
from stacks.words import gibibytes

MAXIMUM_RESOURCES = 450
_RESOURCES_OF_A_USER = 3  # the profile, its role and the role's policy; each space is one more
_APPS: dict[str, type[App]] = {"JupyterLab": JupyterLab, "CodeEditor": CodeEditor}


class UsersStack(Stack):
    """User profiles with their roles and all their spaces; none of them can ever move to another stack."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        env: Environment | None,
        settings: StudioSettings,
        domain: IDomain,
        problems: Problems,
    ) -> None:
        """Define the users and their spaces.

        Args:
            scope: the app.
            id: the name of the stack.
            env: where it is deployed to, as the domain.
            settings: the settings of the Studio.
            domain: its domain.
            problems: where everything that is refused is noted.
        """
        super().__init__(scope, id, env=env)
        with problems.at(("users",)):
            self._check_size(settings)
        profiles: dict[str, UserProfile] = {}
        for index, user in enumerate(settings.users):
            with problems.at(("users", index)):
                profile = UserProfile(
                    self, user.name, domain=domain, user_profile_name=user.name, sso_user=user.sso_user
                )
                CfnOutput(profile, "ExecutionRoleArn", value=profile.execution_role.role_arn)
                profiles[user.name] = profile
                for inner, space in enumerate(user.spaces):
                    with problems.at(("users", index, "spaces", inner)):
                        profile.add_private_space(space.name, app=_app(space), **_options(space))
        for index, shared in enumerate(settings.shared_spaces):
            if owner := profiles.get(shared.owner):
                with problems.at(("shared_spaces", index)):
                    owner.add_shared_space(shared.name, app=_app(shared), **_options(shared))

    def _check_size(self, settings: StudioSettings) -> None:
        spaces_of_others = len(settings.shared_spaces)
        fitting = 0
        total = spaces_of_others
        for user in settings.users:
            total += _RESOURCES_OF_A_USER + len(user.spaces)
            fitting += total <= MAXIMUM_RESOURCES
        if total > MAXIMUM_RESOURCES:
            raise ValueError(
                f"must be at most {MAXIMUM_RESOURCES} resources in {self.stack_name}, got {total}; the first {fitting} "
                f"of the {len(settings.users)} users fit with the shared spaces, leave out the others or some spaces"
            )


def _app(space: SpaceEntry) -> App:
    minutes = space.idle_shutdown_minutes
    return _APPS[space.app](
        instance_type=None if space.instance_type is None else InstanceType.of(space.instance_type),
        image=None if space.image is None else read_image(space.image),
        idle_shutdown=None if minutes is None else IdleShutdown.after(Duration.minutes(minutes)),
    )


def _options(space: SpaceEntry) -> SpaceOptions:
    return {
        "space_name": space.name,
        "storage": gibibytes(space.storage_gb),
    }
