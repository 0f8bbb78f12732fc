"""Who has which execution role: no two users share one, unless it is made for a team."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from aws_cdk import aws_iam as iam

from constructs_lib.access.team_execution_role import TeamExecutionRole

if TYPE_CHECKING:
    from constructs_lib.domain import IDomain
    from constructs_lib.user_profile import IUserProfile

_USERS: WeakKeyDictionary[iam.Role, IUserProfile] = WeakKeyDictionary()
_DOMAINS: WeakKeyDictionary[iam.Role, IDomain] = WeakKeyDictionary()


def user_with(role: object) -> IUserProfile | None:
    """Return the user who has a role, if it is one of this app and a user has it."""
    return _USERS.get(role) if isinstance(role, iam.Role) else None


def check_free_for_user(role: object) -> None:
    """Refuse a role that another user has, whose fence would shut this one out, or that a domain has.

    Raises:
        ValueError: somebody has the role.
    """
    if holder := user_with(role):
        raise ValueError(
            f"execution_role must be a role that nobody else has, got that of {holder.user_profile_name!r}; "
            "pass another role, or a TeamExecutionRole to all profiles that share one"
        )
    if isinstance(role, iam.Role) and role in _DOMAINS:
        raise ValueError(
            "execution_role must be a role that nothing else has, got one that a domain has for everybody; "
            "pass another role, or none for one that is made for this profile"
        )


def check_free_for_domain(role: object) -> None:
    """Refuse a role that a user or a team has, as whom others would act.

    Raises:
        ValueError: a user or a team has the role.
    """
    if isinstance(role, TeamExecutionRole):
        raise ValueError(
            "execution_role must be a role that no user has, got a TeamExecutionRole, as whose users others would act; "
            "pass another role, or none for one that is made for this"
        )
    if holder := user_with(role):
        raise ValueError(
            f"execution_role must be a role that no user has, got that of {holder.user_profile_name!r}, "
            "as whom others would act; pass another role, or none for one that is made for this"
        )


def give_to_user(role: iam.Role, user: IUserProfile) -> None:
    """Take note of the user who has a role."""
    _USERS[role] = user


def give_to_domain(role: iam.Role, domain: IDomain) -> None:
    """Take note of the domain that has a role."""
    _DOMAINS[role] = domain
