"""Weakens policies one piece at a time: a mutant that no test notices is a piece that no test needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.access.documents import Document, Statement

LISTED_ELEMENTS = ("Action", "NotAction", "Resource", "NotResource")


@dataclass(frozen=True)
class Mutant:
    """A document with one piece missing.

    Attributes:
        words: which policy, and what of it is missing.
        document: what is left.
        actions: those of the statement that the piece was in.
        opens: whether more is allowed than before, rather than less.
    """

    words: str
    document: Document
    actions: tuple[str, ...]
    opens: bool


def mutants(document: Document, *, name: str = "policy") -> Iterator[Mutant]:
    """Yield the document without each statement, action, resource and condition in turn."""
    statements = _listed(document["Statement"])
    for index, statement in enumerate(statements):
        where = f"statement {statement.get('Sid', index + 1)}"
        actions, denies = tuple(actions_of(statement)), statement["Effect"] == "Deny"
        without = document | {"Statement": _without(statements, index)}
        yield Mutant(f"{name}: {where} removed", without, actions, opens=denies)
        for what, weaker, widens in _weaker(statement):
            changed = document | {"Statement": [*statements[:index], weaker, *statements[index + 1 :]]}
            yield Mutant(f"{name}: {what} removed from {where}", changed, actions, opens=denies != widens)


def actions_of(statement: Statement) -> list[str]:
    """The actions that a statement names, none if it names those that it does not mean."""
    return _listed(statement.get("Action", []))


def _weaker(statement: Statement) -> Iterator[tuple[str, Statement, bool]]:
    """Yield what is removed, the statement that is left, and whether that one applies to more requests."""
    for element in LISTED_ELEMENTS:
        entries = _listed(statement.get(element, []))
        if len(entries) > 1:
            for index, entry in enumerate(entries):
                yield f"{element} {entry}", statement | {element: _without(entries, index)}, element.startswith("Not")
    for operator, keys in statement.get("Condition", {}).items():
        yield f"condition {operator}", _with_operator(statement, operator, {}), True
        if len(keys) > 1:
            for key in keys:
                others = {one: value for one, value in keys.items() if one != key}
                yield f"condition {operator} {key}", _with_operator(statement, operator, others), True


def _with_operator(statement: Statement, operator: str, keys: dict[str, Any]) -> Statement:
    """Return the statement with these keys under the operator; what is left empty goes."""
    condition = {one: value for one, value in (statement["Condition"] | {operator: keys}).items() if value}
    without = {element: value for element, value in statement.items() if element != "Condition"}
    return without | ({"Condition": condition} if condition else {})


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _without(values: list[Any], index: int) -> list[Any]:
    return values[:index] + values[index + 1 :]
