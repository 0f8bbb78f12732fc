"""Which of the users of a domain may start which of its shared spaces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from constructs_lib.errors import check_type

if TYPE_CHECKING:
    from constructs_lib.access.user_policies import UserPolicies
    from constructs_lib.domain import IDomain
    from constructs_lib.user_profile import IUserProfile


@dataclass(frozen=True)
class _SharedSpace:
    owner: IUserProfile
    members: tuple[IUserProfile, ...] | None


class SharedSpaces:
    """The shared spaces declared in one domain, and the policies of those who use them.

    As long as no space has members, all users may start all of them, those that they make themselves included.
    From the first one that has members, each role is fenced to the spaces declared for all, those that its user is
    a member of, and the user's own.
    """

    def __init__(self) -> None:
        self._spaces: dict[str, _SharedSpace] = {}
        self._granted: dict[str, tuple[IUserProfile, ...]] = {}
        self._policies: list[UserPolicies] = []

    @property
    def has_members(self) -> bool:
        """Whether a space has members, and is not for all users."""
        return any(space.members is not None for space in self._spaces.values())

    def open_to(self, user_profile: IUserProfile | None) -> list[str]:
        """Return the names of the spaces of others that a user may start; ``None`` for one who is a member nowhere."""
        declared = {
            name for name, space in self._spaces.items() if space.members is None or user_profile in space.members
        }
        granted = {name for name, users in self._granted.items() if user_profile in users}
        return sorted((declared | granted) - set(self.owned_by(user_profile)))

    def owned_by(self, user_profile: IUserProfile | None) -> list[str]:
        """Return the names of the spaces that a user owns."""
        return sorted(name for name, space in self._spaces.items() if space.owner is user_profile)

    def add(self, space_name: str, *, owner: IUserProfile, members: tuple[IUserProfile, ...] | None) -> None:
        """Take note of a space, and let the policies of all users follow.

        Raises:
            ValueError: the policy of a user would hold more than IAM takes.
        """
        before = self._spaces
        self._spaces = before | {space_name: _SharedSpace(owner, members)}
        try:
            self._check_sizes()
        except ValueError:
            self._spaces = before
            raise
        for policies in self._policies:
            policies.follow()

    def grant(self, space_name: str, user_profile: IUserProfile) -> None:
        """Let one more user start a space.

        Raises:
            ValueError: as for ``add``.
        """
        before = self._granted
        self._granted = before | {space_name: (*before.get(space_name, ()), user_profile)}
        try:
            self._check_sizes()
        except ValueError:
            self._granted = before
            raise

    def forget(self, space_name: str) -> None:
        """Take back what an import said of a space that is declared as a private one."""
        self._spaces.pop(space_name, None)

    def add_user(self, policies: UserPolicies) -> None:
        """Take note of the policies of a user or of a team."""
        self._policies.append(policies)

    def _check_sizes(self) -> None:
        for policies in self._policies:
            policies.statements.check_size()


def check_profiles(argument: str, profiles: Sequence[IUserProfile] | None) -> None:
    """Refuse what are no user profiles, for those who run no type checker.

    Raises:
        TypeError: it is no list, or something in it is no profile.
    """
    check_type(argument, profiles, (list, tuple), "a list of profiles")
    for profile in profiles or ():
        check_profile(argument, profile)


def check_profile(argument: str, profile: IUserProfile) -> None:
    """Refuse what is no user profile, for those who run no type checker.

    Raises:
        TypeError: it is none.
    """
    if not hasattr(profile, "user_profile_name"):
        raise TypeError(f"{argument} must name a user profile, got {profile!r}; pass the profile itself")


def check_members(domain: IDomain, members: Sequence[IUserProfile]) -> None:
    """Refuse members whose policies cannot name the space.

    Raises:
        ValueError: one is of another domain, or has a role, or is in a domain, that is not this app's own.
    """
    if not domain._home.is_of_stack:
        raise ValueError(
            "members must be left out in a domain that another app defines, which alone knows who else uses it, "
            f"got {[member.user_profile_name for member in members]}; declare the space in that app, or leave them out"
        )
    for member in members:
        name = member.user_profile_name
        if member.domain is not domain:
            raise ValueError(
                f"members must be user profiles of the space's domain, got {name!r} of another; "
                "pass profiles of the same domain"
            )
        if member._statements is None:
            raise ValueError(
                f"members must have execution roles of their own that this app defines, got {name!r}, who has "
                "an imported one or shares one with a team; give this user a role of its own, or leave members out"
            )
