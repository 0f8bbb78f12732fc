"""What the policies of one user, or of one team, say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from constructs_lib.access.fence import (
    fence_of_members,
    fence_of_nameless_calls,
    fence_of_one_user,
    fence_of_sessions,
    fence_without_sessions,
)
from constructs_lib.access.policy_document import MAXIMUM_SIZE, Statement, size_of
from constructs_lib.access.studio_arns import WHOEVER_CALLS
from constructs_lib.access.use import use_of_images, use_of_one_user, use_of_sessions

if TYPE_CHECKING:
    from constructs_lib.compute.image import StudioImage
    from constructs_lib.domain import IDomain
    from constructs_lib.user_profile import IUserProfile

_UNKNOWN_ROLE = "arn:".ljust(128, "x")  # as long as the ARN of a role is taken for


class UserStatements:
    """The statements that name one user of a domain, or whoever of a team calls, and the spaces of that user.

    They grow with the spaces that are declared, the roles that may be passed and the images that users attach.
    """

    def __init__(
        self, domain: IDomain, user_profile: IUserProfile | None, passable_role_arns: Sequence[str] = (_UNKNOWN_ROLE,)
    ) -> None:
        """Begin with the spaces there are.

        Args:
            domain: the domain of the user.
            user_profile: the user; ``None`` for a team, whose policies follow whoever calls.
            passable_role_arns: the own role, and others that it may pass already. Default: a role yet to be made.

        Raises:
            ValueError: there is more than a policy can name.
        """
        self.domain = domain
        self.user_profile = user_profile
        self.passable_role_arns = tuple(passable_role_arns)
        self._private_space_names: tuple[str, ...] = ()
        self._images = () if user_profile is None else user_profile.user_settings._custom_images()
        self._name = WHOEVER_CALLS if user_profile is None else user_profile.user_profile_name
        self.check_size()

    @property
    def holder(self) -> str:
        """Whose they are, in words."""
        return "a team" if self.user_profile is None else f"user {self._name!r}"

    @property
    def are_late(self) -> bool:
        """Whether they name spaces, of which more may be declared."""
        return self.domain.remote_access or self.domain._shared_spaces.has_members

    def use(self) -> list[Statement]:
        """Return what the user alone may do."""
        own = [*use_of_one_user(self.domain._arns, self._name), *use_of_images(self.domain, self._images)]
        if not self.domain.remote_access:
            return own
        return [*own, *use_of_sessions(self.domain._arns, self._name, self._own_and_shared_space_names())]

    def fence(self) -> list[Statement]:
        """Return what keeps the user to what is the user's own, and to some shared spaces once one has members."""
        arns, shared_spaces = self.domain._arns, self.domain._shared_spaces
        statements = fence_of_one_user(arns, self._name, self.passable_role_arns)
        if self.user_profile is None:
            statements += fence_of_nameless_calls()
        if shared_spaces.has_members:
            statements += fence_of_members(arns, self._name, shared_spaces.open_to(self.user_profile))
        if not self.domain.remote_access:
            statements += fence_without_sessions()
        return statements

    def session_fence(self) -> list[Statement]:
        """Return what keeps the user to remote sessions on some spaces."""
        return fence_of_sessions(self.domain._arns, self._name, self._own_and_shared_space_names())

    def add_private_space(self, space_name: str) -> None:
        """Name one more private space of the user.

        Raises:
            ValueError: a policy would hold more than IAM takes.
        """
        before = self._private_space_names
        self._private_space_names = (*before, space_name)
        try:
            self.check_size()
        except ValueError:
            self._private_space_names = before
            raise

    def let_pass(self, role_arns: list[str]) -> None:
        """Let the user pass some more roles.

        Raises:
            ValueError: a policy would hold more than IAM takes.
        """
        before = self.passable_role_arns
        self.passable_role_arns = tuple(dict.fromkeys(arn for arn in (*before, *role_arns) if arn != _UNKNOWN_ROLE))
        try:
            self.check_size()
        except ValueError:
            self.passable_role_arns = before
            raise

    def let_pull(self, images: Sequence[StudioImage]) -> None:
        """Let users pull some more images.

        Raises:
            ValueError: a policy would hold more than IAM takes.
        """
        before = self._images
        self._images = tuple(dict.fromkeys((*before, *images)))
        try:
            self.check_size()
        except ValueError:
            self._images = before
            raise

    def check_size(self) -> None:
        """Refuse more than the policies can name.

        Raises:
            ValueError: a policy would hold more than IAM takes.
        """
        policies = [self.use(), self.fence(), *([self.session_fence()] if self.domain.remote_access else [])]
        size = max(map(size_of, policies))
        if size > MAXIMUM_SIZE:
            what, fewer = ("spaces and images", " attach fewer images,") if self._images else ("spaces", "")
            raise ValueError(
                f"{what} must be few enough for a policy of {MAXIMUM_SIZE} characters to name those of {self.holder}, "
                f"got {size}; declare fewer spaces or members,{fewer} or grant the passing of fewer roles"
            )

    def _own_and_shared_space_names(self) -> list[str]:
        shared_spaces, user = self.domain._shared_spaces, self.user_profile
        return [*sorted(set(self._private_space_names)), *shared_spaces.owned_by(user), *shared_spaces.open_to(user)]
