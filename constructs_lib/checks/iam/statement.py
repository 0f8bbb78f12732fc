"""A statement of an IAM policy, as far as rules look at it."""

from __future__ import annotations

from collections.abc import Set
from functools import cache, cached_property
from typing import Any

from constructs_lib.checks.iam.arn_pattern import leaves_open, matches
from constructs_lib.templates.references import is_intrinsic
from constructs_lib.templates.resource import Part, UnresolvedProperty
from constructs_lib.templates.unresolved import Unresolved, is_known

EQUALITY = frozenset(
    f"{of}{operator}"
    for of in ("", "foranyvalue:")
    for operator in ("arnequals", "arnlike", "stringequals", "stringlike")
)
"""The operators, in lower case, of conditions that hold for the values they name alone, and not without the key."""

NULL = frozenset({"null"})
"""The operator of conditions on whether there is a key."""


class Statement(Part):
    """A statement of a policy in a template."""

    def __init__(self, part: Part) -> None:
        """Read the statement at a place."""
        super().__init__(part.resource, part.path, part.value)

    @cached_property
    def allows(self) -> bool:
        """Whether it allows something; one that does not tell is taken for one that does."""
        return bool(self.text("Effect") != "Deny")

    @cached_property
    def actions(self) -> list[str]:
        """The actions that it names, with their wildcards; what only the deployment knows is left out."""
        return [one for one in _listed(self.text("Action")) if is_known(one)]

    def check_actions(self) -> None:
        """Make sure that all actions are known.

        Raises:
            UnresolvedProperty: one is known to the deployment alone.
        """
        if not self._has_known_actions:
            self.get("Action")
            self.get("NotAction")

    @cached_property
    def _has_known_actions(self) -> bool:
        return is_known(self.text("Action")) and is_known(self.text("NotAction"))

    @cached_property
    def leaves_actions_out(self) -> bool:
        """Whether it is about all actions but some, by ``NotAction``."""
        return isinstance(self.value, dict) and not is_intrinsic(self.value) and self.below("NotAction").exists

    def wide(self, kind: str, *, segments: int | None = None) -> list[str]:
        """Return the resources, in its own words, that cover more than one of a kind.

        ``NotResource`` is everything that it does not name.

        Raises:
            UnresolvedProperty: only the deployment knows.
        """
        if self.below("NotResource").exists:
            return ["*"]
        found, unknown = [], None
        for resource in _listed(self.text("Resource")):
            try:
                found.extend([resource] if leaves_open(resource, kind, segments=segments) else [])
            except Unresolved as error:
                unknown = error.expression
        if unknown is not None and not found:
            raise UnresolvedProperty(self, "Resource", unknown)
        return found

    def naming(self, *actions: str) -> list[str]:
        """Return the known actions that it names, in its own words, by which it covers one of these.

        ``NotAction`` covers everything that it does not name.
        """
        if self.leaves_actions_out:
            left_out = _listed(self.text("NotAction"))
            is_covered = any(not any(matches(pattern, one) for pattern in left_out) for one in actions)
            return ["NotAction"] if is_covered and is_known(left_out) else []
        return [pattern for pattern in self.actions if _covers(pattern, actions)]

    def covering(self, *actions: str) -> list[str]:
        """Return the actions that it names, in its own words, by which it covers one of these.

        Raises:
            UnresolvedProperty: none that is known does, and one is known to the deployment alone.
        """
        found = self.naming(*actions)
        if not found:
            self.check_actions()
        return found

    def binds(self, key: str, operators: Set[str]) -> list[list[str]]:
        """Return the values of which a key must have one, for each condition on it by one of these operators.

        Raises:
            UnresolvedProperty: only the deployment knows.
        """
        return [values for operator, name, values in self.conditions if operator in operators and name == key.lower()]

    def is_bound_to_one(self, kind: str, *keys: str) -> bool:
        """Whether a condition lets one resource of a kind pass alone, by its ARN under any of these keys.

        Raises:
            UnresolvedProperty: only the deployment knows.
        """
        unknown = None
        for values in (values for key in keys for values in self.binds(key, EQUALITY)):
            try:
                if len(values) == 1 and not leaves_open(values[0], kind):
                    return True
            except Unresolved as error:
                unknown = error.expression
        if unknown is not None:
            raise UnresolvedProperty(self, "Condition", unknown)
        return False

    def is_bound_by_tag(self) -> bool:
        """Whether it is about resources with a tag alone that says who the caller is, by a policy variable.

        Raises:
            UnresolvedProperty: only the deployment knows.
        """
        for operator, name, values in self.conditions:
            if operator in EQUALITY and name.startswith(("aws:resourcetag/", "sagemaker:resourcetag/")):
                if not all(is_known(value) for value in values):
                    raise UnresolvedProperty(self, "Condition", ", ".join(values))
                if all("${" in value and "*" not in value and "?" not in value for value in values):
                    return True
        return False

    def mentions(self, key: str) -> bool:
        """Whether any condition is on the value of a key.

        Raises:
            UnresolvedProperty: only the deployment knows.
        """
        return any(name == key.lower() and operator not in NULL for operator, name, _ in self.conditions)

    @cached_property
    def conditions(self) -> list[tuple[str, str, list[str]]]:
        """The operator, the key and the values of each condition; the first two in lower case, as IAM takes any.

        Raises:
            UnresolvedProperty: only the deployment knows.
        """
        return [
            (operator.lower(), key.lower(), _listed(values))
            for operator in self.entries("Condition")
            for key, values in self.entries(f"Condition.{operator}").items()
        ]


@cache
def _covers(pattern: str, actions: tuple[str, ...]) -> bool:
    return any(matches(pattern, action) for action in actions)


def _listed(value: Any) -> list[str]:
    """Return what a statement takes one of, or a list of, as text."""
    if value is None:
        return []
    if isinstance(value, list):
        return [text for one in value for text in _listed(one)]
    return [str(value).lower() if isinstance(value, bool) else str(value)]
