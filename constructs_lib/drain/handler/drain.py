"""Stops the apps of a Studio, and deletes the spaces that users made, so that CloudFormation can delete the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .refusal import RefusalError
from .remains import Remains, listing
from .studio import App, Space, Studio


@dataclass(frozen=True)
class Declared:
    """What the app declares of a domain: a stack goes with what it declares, and with what depends on that.

    Names are lower case: SageMaker holds names that differ in their case alone for the same.
    """

    whole_domain: bool
    user_profiles: frozenset[str]
    spaces: frozenset[str]
    spaces_of_other_stacks: frozenset[str]
    delete_user_spaces: bool

    @classmethod
    def in_properties(cls, properties: dict[str, Any]) -> Declared:
        """Read the properties of the custom resource, which CloudFormation sends as text, and without empty lists."""
        return cls(
            whole_domain=properties.get("WholeDomain") == "true",
            user_profiles=_names(properties, "UserProfileNames"),
            spaces=_names(properties, "SpaceNames"),
            spaces_of_other_stacks=_names(properties, "OtherSpaceNames"),
            delete_user_spaces=properties.get("DeleteUserSpaces") == "true",
        )

    def concerns_space(self, space: Space) -> bool:
        """Whether a space must go with the stack."""
        return self.whole_domain or _is_in(self.user_profiles, space.owner) or _is_in(self.spaces, space.name)

    def concerns_app(self, app: App, spaces: Sequence[Space]) -> bool:
        """Whether an app must go with the stack; one in a space goes with its space, whoever started it."""
        if self.whole_domain:
            return True
        if app.space:
            return _is_in({space.name.lower() for space in spaces}, app.space)
        return _is_in(self.user_profiles, app.user_profile)


def drain(studio: Studio, declared: Declared, remains: Remains) -> None:
    """Make one pass over the domain, unless it is gone already.

    Raises:
        RefusalError: there is what is not the drain's to delete; nothing was touched in this pass.
    """
    if studio.status() is None:
        return
    if declared.whole_domain:
        _check_user_profiles(studio, declared)
    apps = [app for app in studio.apps() if app.blocks_deletion]
    spaces = [space for space in studio.spaces() if declared.concerns_space(space)]
    undeclared = [space for space in spaces if not _is_in(declared.spaces, space.name)]
    _check_spaces(studio, declared, undeclared)
    for app in apps:
        if declared.concerns_app(app, spaces):
            remains.request(str(app), studio.delete_app, is_under_way=app.status == "Deleting", app=app)
    if remains:
        return
    for space in undeclared:
        remains.request(str(space), studio.delete_space, is_under_way=space.status == "Deleting", space=space)


def _check_user_profiles(studio: Studio, declared: Declared) -> None:
    others = [name for name in studio.user_profile_names() if not _is_in(declared.user_profiles, name)]
    if others:
        raise RefusalError(
            f"[{studio.domain_id}] the user profiles of a domain that is deleted must be of its stack, got "
            f"{listing(others)}; delete their stacks first, or those that were made by hand, then this stack again"
        )


def _check_spaces(studio: Studio, declared: Declared, undeclared: Sequence[Space]) -> None:
    staying = [space for space in undeclared if space.status != "Deleting"]
    others = [space for space in staying if _is_in(declared.spaces_of_other_stacks, space.name)]
    if others:
        raise RefusalError(
            f"[{studio.domain_id}] spaces must go before their domain and their owner, got "
            f"{listing([str(space) for space in others])} of other stacks; delete those stacks first, then this one "
            "again"
        )
    if staying and not declared.delete_user_spaces:
        raise RefusalError(
            f"[{studio.domain_id}] spaces that users made must be deleted by somebody, with their volumes, got "
            f"{listing([str(space) for space in staying])}; delete them, then this stack again; a stack deployed "
            "with delete_user_spaces does that by itself"
        )


def _names(properties: dict[str, Any], key: str) -> frozenset[str]:
    return frozenset(name.lower() for name in properties.get(key, ()))


def _is_in(names: frozenset[str] | set[str], name: str | None) -> bool:
    return name is not None and name.lower() in names
