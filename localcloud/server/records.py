"""The resources that there are, and what state they are in."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

from ministack.core.responses import AccountRegionScopedDict

from localcloud.server.errors import ApiError
from localcloud.server.kinds import Kind

_SECONDS_UNDER_WAY = float(os.environ["SECONDS_UNDER_WAY"])


class Record:
    """A resource, with its members and tags."""

    def __init__(self, kind: Kind, members: dict[str, Any], tags: list[dict[str, str]]) -> None:
        """Begin to create it."""
        self.kind = kind
        self.members = members
        self.tags = tags
        self.created = self.modified = time.time()
        self.is_deleted = False
        states = kind.states
        self._under_way, self._then = (states.creating, states.ready) if states else ("", "")

    def update(self, members: dict[str, Any]) -> None:
        """Begin to update it with these members; those that are not given stay."""
        self.members.update(members)
        self.modified = time.time()
        if states := self.kind.states:
            self._under_way, self._then = states.updating, states.updated

    def delete(self) -> None:
        """Begin to delete it."""
        self.is_deleted = True
        self.modified = time.time()
        if states := self.kind.states:
            self._under_way, self._then = states.deleting, states.deleted or ""

    @property
    def status(self) -> str:
        """What it says of itself; nothing if its kind says nothing."""
        return self._under_way if self._is_busy else self._then

    @property
    def is_ready(self) -> bool:
        """Whether it is there, and nothing is under way."""
        return not self.is_deleted and not self._is_busy

    @property
    def is_over(self) -> bool:
        """Whether it is deleted, be it that its last state is still shown."""
        return self.is_deleted and not self._is_busy

    @property
    def is_gone(self) -> bool:
        """Whether nobody sees it any more."""
        return self.is_over and not self._then

    @property
    def shown(self) -> dict[str, Any]:
        """All members, with the state and the times."""
        shown = {**self.members, "CreationTime": self.created, "LastModifiedTime": self.modified}
        return {**shown, self.kind.status: self.status} if self.kind.status else shown

    @property
    def _is_busy(self) -> bool:
        return self.kind.states is not None and time.time() < self.modified + _SECONDS_UNDER_WAY


class Records:
    """The resources of all accounts and regions, of which a request sees its own."""

    def __init__(self) -> None:
        self._records: Any = AccountRegionScopedDict()

    def add(self, record: Record) -> None:
        """Take in a resource.

        Raises:
            ApiError: there is one of its name.
        """
        existing = self.find(record.kind, record.members)
        if existing is not None and not existing.is_over:
            raise ApiError("ResourceInUse", f"{record.kind.title(record.members)} already exists.")
        self._records[record.kind.key(record.members)] = record

    def find(self, kind: Kind, members: dict[str, Any]) -> Record | None:
        """Return the resource that members name, None if there is none."""
        record: Record | None = self._records.get(kind.key(members))
        return None if record is None or record.is_gone else record

    def get(self, kind: Kind, members: dict[str, Any]) -> Record:
        """Return the resource that members name.

        Raises:
            ApiError: there is none.
        """
        record = self.find(kind, members)
        if record is None:
            raise ApiError("ResourceNotFound", f"{kind.title(members)} does not exist.")
        return record

    def of(self, kind: Kind, **members: Any) -> Iterator[Record]:
        """Yield the resources of a kind that have these members."""
        for record in list(self._records.values()):
            if (
                record.kind is kind
                and not record.is_gone
                and all(record.members.get(name) == value for name, value in members.items())
            ):
                yield record

    def with_arn(self, arn: str) -> Record:
        """Return the resource that an ARN names.

        Raises:
            ApiError: there is none.
        """
        records: list[Record] = list(self._records.values())
        for record in records:
            if record.members[record.kind.arn] == arn and not record.is_gone:
                return record
        raise ApiError("ResourceNotFound", f"{arn} does not exist.")
