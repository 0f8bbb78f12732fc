"""The users of a Studio, with their spaces and those that they share."""

from __future__ import annotations

from itertools import accumulate

from aws_cdk import CfnOutput, Duration, Environment, Stack
from constructs import Construct

from constructs_lib import (
    App,
    DomainDrain,
    IdleShutdown,
    IDomain,
    InstanceType,
    SpaceOptions,
    TeamExecutionRole,
    UserProfile,
)
from stacks.offers import Offers
from stacks.problems import Problems
from stacks.settings import SpaceEntry, StudioSettings
from stacks.words import APPS, gibibytes

MAXIMUM_RESOURCES = 450
MAXIMUM_USERS = 200  # each is an output, of which CloudFormation takes no more in a stack
_OF_A_DRAIN = 17  # five functions, four roles, five policies, a state machine, a log group and itself


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
        offers: Offers,
        problems: Problems,
    ) -> None:
        """Define the users and their spaces.

        Args:
            scope: the app.
            id: the name of the stack.
            env: where it is deployed to, as the domain.
            settings: the settings of the Studio.
            domain: its domain.
            offers: the images and scripts that spaces name.
            problems: where everything that is refused is noted.
        """
        # Indented it is twice as large: the CDK warns from 800 kB on, and CloudFormation takes 1 MB.
        super().__init__(scope, id, env=env, suppress_template_indentation=True)
        with problems.at(("users",)):
            self._check_size(settings)
        if (drain := settings.domain.drain) is not None:
            DomainDrain(self, "Drain", domain=domain, delete_user_spaces=drain.delete_user_spaces)
        roles = {role.name: TeamExecutionRole(self, role.name, domain=domain) for role in settings.roles}
        profiles: dict[str, UserProfile] = {}
        for index, user in enumerate(settings.users):
            with problems.at(("users", index)):
                profile = UserProfile(
                    self,
                    user.name,
                    domain=domain,
                    user_profile_name=user.name,
                    sso_user=user.sso_user,
                    execution_role=None if user.role is None else roles[user.role],
                )
                CfnOutput(profile, "ExecutionRoleArn", value=profile.execution_role.role_arn)
                profiles[user.name] = profile
                for inner, space in enumerate(user.spaces):
                    with problems.at(("users", index, "spaces", inner)):
                        profile.add_private_space(space.name, app=_app(space, offers), **_options(space))
        for index, shared in enumerate(settings.shared_spaces):
            if owner := profiles.get(shared.owner):
                members = None
                if shared.members is not None:
                    members = [profiles[name] for name in shared.members if name in profiles]
                with problems.at(("shared_spaces", index)):
                    app = _app(shared, offers)
                    owner.add_shared_space(shared.name, app=app, members=members, **_options(shared))

    def _check_size(self, settings: StudioSettings) -> None:
        users = len(settings.users)
        if users > MAXIMUM_USERS:
            raise ValueError(
                f"must be at most {MAXIMUM_USERS} users in {self.stack_name}, got {users}, with an output for each; "
                f"leave out {users - MAXIMUM_USERS} of them"
            )
        totals = count_resources(settings)
        if totals[-1] > MAXIMUM_RESOURCES:
            fitting = sum(total <= MAXIMUM_RESOURCES for total in totals[1:])
            raise ValueError(
                f"must be at most {MAXIMUM_RESOURCES} resources in {self.stack_name}, got {totals[-1]}; the first "
                f"{fitting} of the {users} users fit with the shared spaces, leave out the others or some spaces, or "
                "let users share one of the roles"
            )


def count_resources(settings: StudioSettings) -> list[int]:
    """Return how many resources the stack has without users, with the first of them, with two, and so on."""
    a_role = 3  # itself, what it may do and what it must never do
    if settings.domain.remote_access:
        a_role += 1  # on which spaces it may never open remote sessions
    users = (1 + len(user.spaces) + (a_role if user.role is None else 0) for user in settings.users)
    without_users = len(settings.shared_spaces) + len(settings.roles) * a_role
    if settings.domain.drain is not None:
        without_users += _OF_A_DRAIN
    return list(accumulate(users, initial=without_users))


def _app(space: SpaceEntry, offers: Offers) -> App:
    minutes = space.idle_shutdown_minutes
    return APPS[space.app](
        instance_type=None if space.instance_type is None else InstanceType.of(space.instance_type),
        image=offers.image(space.image),
        lifecycle_config=offers.script(space.script),
        idle_shutdown=None if minutes is None else IdleShutdown.after(Duration.minutes(minutes)),
    )


def _options(space: SpaceEntry) -> SpaceOptions:
    return {
        "space_name": space.name,
        "storage": gibibytes(space.storage_gb),
    }
