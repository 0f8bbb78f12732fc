"""The apps, the spaces and the user profiles of one domain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .answers import REFUSED, code_of
from .refusal import RefusalError

_DOMAIN_ID = re.compile(r"d-(-*[a-z0-9]){1,61}")


@dataclass(frozen=True)
class Space:
    """A space, with its owner if it has one."""

    name: str
    status: str
    owner: str | None

    def __str__(self) -> str:
        return f"space {self.name}" + (f" of {self.owner}" if self.owner else "")


@dataclass(frozen=True)
class App:
    """An app, in a space or, as those of Studio Classic and Canvas, of a user."""

    type: str
    name: str
    status: str
    space: str | None
    user_profile: str | None

    def __str__(self) -> str:
        place = f"in space {self.space}" if self.space else f"of {self.user_profile}"
        return f"app {self.type}/{self.name} {place}"

    @property
    def blocks_deletion(self) -> bool:
        """Whether it must go first: SageMaker shows deleted apps for a day, and failed ones are in nobody's way."""
        return self.status not in ("Deleted", "Failed")


class Studio:
    """A domain, and nothing outside it."""

    def __init__(self, sagemaker: Any, domain_id: str) -> None:
        """Ask SageMaker of the domain with this id.

        Raises:
            RefusalError: no domain has such an id; SageMaker would take an empty one for all domains.
        """
        if not _DOMAIN_ID.fullmatch(domain_id):
            raise RefusalError(
                f"the id of a domain must be one such as d-abc123, got {domain_id!r}; delete by hand what is left of "
                "the domain, then the stack, retaining the drain"
            )
        self.domain_id = domain_id
        self._sagemaker = sagemaker

    def status(self) -> str | None:
        """Return the status of the domain, None if there is none."""
        try:
            status: str = self._sagemaker.describe_domain(DomainId=self.domain_id)["Status"]
        except REFUSED as error:
            if code_of(error) == "ResourceNotFound":
                return None
            raise
        return status

    def user_profile_names(self) -> list[str]:
        """Return the names of all user profiles."""
        return [profile["UserProfileName"] for profile in self._all("list_user_profiles", "UserProfiles")]

    def spaces(self) -> list[Space]:
        """Return all spaces."""
        return [
            Space(
                name=space["SpaceName"],
                status=space["Status"],
                owner=space.get("OwnershipSettingsSummary", {}).get("OwnerUserProfileName"),
            )
            for space in self._all("list_spaces", "Spaces")
        ]

    def apps(self) -> list[App]:
        """Return all apps, of every type and status."""
        return [
            App(
                type=app["AppType"],
                name=app["AppName"],
                status=app["Status"],
                space=app.get("SpaceName"),
                user_profile=app.get("UserProfileName"),
            )
            for app in self._all("list_apps", "Apps")
        ]

    def delete_space(self, space: Space) -> None:
        """Ask for the deletion of a space, which destroys its volume."""
        self._sagemaker.delete_space(DomainId=self.domain_id, SpaceName=space.name)

    def delete_app(self, app: App) -> None:
        """Ask for the end of an app."""
        place = {"SpaceName": app.space} if app.space else {"UserProfileName": app.user_profile}
        self._sagemaker.delete_app(DomainId=self.domain_id, AppType=app.type, AppName=app.name, **place)

    def _all(self, operation: str, key: str) -> Iterator[dict[str, Any]]:
        pages = self._sagemaker.get_paginator(operation).paginate(
            DomainIdEquals=self.domain_id, PaginationConfig={"PageSize": 100}
        )
        return (one for page in pages for one in page[key] if one["DomainId"] == self.domain_id)
