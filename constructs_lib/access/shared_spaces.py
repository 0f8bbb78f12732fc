"""Which of the users of a domain may start which of its shared spaces."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constructs_lib.access.user_policies import UserPolicies
    from constructs_lib.domain import IDomain
    from constructs_lib.user_profile import IUserProfile


@dataclass(frozen=True)
class _SharedSpace:
    name: str
    owner: IUserProfile
    members: tuple[IUserProfile, ...] | None

    def is_open_to(self, user_profile: IUserProfile | None) -> bool:
        return self.members is None or user_profile in self.members


class SharedSpaces:
    """The shared spaces declared in one domain, and the policies of those who use them.

    As long as no space has members, all users may start all of them, those that they make themselves included.
    From the first one that has members, each role is fenced to the spaces declared for all, those that its user is
    a member of, and the user's own.
    """

    def __init__(self) -> None:
        self._spaces: dict[str, _SharedSpace] = {}
        self._policies: list[UserPolicies] = []

    @property
    def has_members(self) -> bool:
        """Whether a space has members, and is not for all users."""
        return any(space.members is not None for space in self._spaces.values())

    def open_to(self, user_profile: IUserProfile | None) -> list[str]:
        """Return the names of the spaces of others that a user may start; ``None`` for one who is a member nowhere."""
        return sorted(
            space.name
            for space in self._spaces.values()
            if space.owner is not user_profile and space.is_open_to(user_profile)
        )

    def owned_by(self, user_profile: IUserProfile | None) -> list[str]:
        """Return the names of the spaces that a user owns."""
        return sorted(space.name for space in self._spaces.values() if space.owner is user_profile)

    def add(self, space_name: str, *, owner: IUserProfile, members: tuple[IUserProfile, ...] | None) -> None:
        """Take note of a space, and let the policies of all users follow.

        Raises:
            ValueError: the policy of a user would hold more than IAM takes.
        """
        self._put(_SharedSpace(space_name, owner, members))

    def add_member(self, space_name: str, member: IUserProfile) -> None:
        """Let one more user start a space, if it has members.

        Raises:
            ValueError: as for ``add``.
        """
        space = self._spaces.get(space_name)
        if space is not None and space.members is not None and not space.is_open_to(member):
            self._put(replace(space, members=(*space.members, member)))

    def add_user(self, policies: UserPolicies) -> None:
        """Take note of the policies of a user or of a team.

        Raises:
            ValueError: there are more spaces already than the policies can name.
        """
        policies.check_size()
        self._policies.append(policies)
        self._fence()

    def _put(self, space: _SharedSpace) -> None:
        before = self._spaces
        self._spaces = before | {space.name: space}
        try:
            for policies in self._policies:
                policies.check_size()
        except ValueError:
            self._spaces = before
            raise
        self._fence()

    def _fence(self) -> None:
        if self.has_members:
            for policies in self._policies:
                policies.fence_members()


def check_member(domain: IDomain, member: IUserProfile) -> None:
    """Refuse a member whose policies cannot name the space.

    Raises:
        ValueError: the profile is of another domain, or its role or the domain is not this app's own.
    """
    name = member.user_profile_name
    if not domain._home.is_of_stack:
        raise ValueError(
            f"members must be left out in a domain that another app defines, got {name!r}; "
            "that app knows who else uses the domain: declare the space there"
        )
    if member.domain is not domain:
        raise ValueError(
            f"members must be user profiles of the space's domain, got {name!r} of another; "
            "pass profiles of the same domain"
        )
    if member._policies is None:
        raise ValueError(
            f"members must have execution roles of their own that this app defines, got {name!r}, who has "
            "an imported one or shares one with a team; give this user a role of its own, or leave members out"
        )
