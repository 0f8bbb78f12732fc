"""The properties of one type that the typed API can set, beside those that there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.coverage.reviewed import NOT_OFFERED
from tests.coverage.schemas import leaves_of, properties_of, schema_of
from tests.coverage.snapshots import values_set

TYPES = tuple(f"AWS::SageMaker::{name}" for name in ("Domain", "UserProfile", "Space"))


@dataclass(frozen=True)
class Coverage:
    """What was set of a type, what not, and what is unknown to its schema."""

    resource_type: str
    offered: frozenset[str]
    """The paths that the API must be able to set: all but those that are left out on purpose."""

    missing: frozenset[str]
    unknown: frozenset[str]

    @staticmethod
    def measured(resource_type: str) -> Coverage:
        """Hold the snapshots to the schema."""
        schema, found = schema_of(resource_type), values_set(resource_type)
        offered = {path for path in leaves_of(schema) if left_out(path) is None}
        return Coverage(
            resource_type=resource_type,
            offered=frozenset(offered),
            missing=frozenset(offered - set(found)),
            unknown=frozenset(set(found) - set(properties_of(schema))),
        )

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.unknown

    def __str__(self) -> str:
        covered = len(self.offered) - len(self.missing)
        return "\n".join(
            [
                f"{self.resource_type} {covered} of {len(self.offered)} property paths",
                *(f"  not set by a snapshot: {path}" for path in sorted(self.missing)),
                *(f"  not in the schema: {path}" for path in sorted(self.unknown)),
            ]
        )


def left_out(path: str) -> str | None:
    """Return the member by which a path is left out on purpose, if it is."""
    return next((member for member in NOT_OFFERED if f"/{member}/" in f"/{path}/".replace("[]", "")), None)


def stale(paths: Iterable[str]) -> set[str]:
    """Return the members left out on purpose that none of the paths has."""
    return set(NOT_OFFERED) - {left_out(path) for path in paths}
