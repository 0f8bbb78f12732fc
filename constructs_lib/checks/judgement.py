"""Holds the rules against a deployment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from constructs_lib.checks.rule import Finding, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Resource, UnresolvedProperty
from constructs_lib.templates.unresolved import without_marks

UNRESOLVED = "Unresolved"
"""What stands in the brackets of an id when a value is not known before the deployment."""


@dataclass(frozen=True)
class Verdict:
    """What a rule found at one place.

    Attributes:
        rule: the rule.
        id: the id to acknowledge, without the name of the pack.
        resource: where it was found.
        location: the property.
        message: what must be there, and what is.
    """

    rule: Rule[Any]
    id: str
    resource: Resource
    location: str
    message: str


def judge(rules: Sequence[Rule[Any]], studio: Studio) -> Iterator[Verdict]:
    """Yield what each of the rules finds, once for each place."""
    for rule in rules:
        yield from dict.fromkeys(_findings(rule, studio))


def _findings(rule: Rule[Any], studio: Studio) -> Iterator[Verdict]:
    for part in rule.subjects(studio):
        try:
            for finding in rule.check(part, studio):
                yield _verdict(rule, finding)
        except UnresolvedProperty as error:
            message = f"cannot be judged before the deployment, got {error.expression}"
            yield _verdict(rule, Finding(error.part, error.path, message, UNRESOLVED))


def _verdict(rule: Rule[Any], finding: Finding) -> Verdict:
    detail = "" if finding.detail is None else f"[{without_marks(finding.detail)}]"
    location = finding.part.place(finding.path)
    return Verdict(rule, f"{rule.id}{detail}", finding.part.resource, location, without_marks(finding.message))
