"""Deleting a stack, or replacing a resource, deletes no volume."""

from collections.abc import Iterator
from typing import Any

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.checks.templates.resource import Part, UnresolvedProperty

_KEEPING = {"DeletionPolicy": ("Retain", "RetainExceptOnCreate"), "UpdateReplacePolicy": ("Retain",)}


def check(part: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a domain, a profile, a space, or the key of a domain."""
    policies = {attribute: _policy(part, attribute) for attribute in _KEEPING}
    wrong = {attribute: policy for attribute, policy in policies.items() if policy not in _KEEPING[attribute]}
    if wrong:
        got = ", ".join(f"{attribute} {policy or 'none'}" for attribute, policy in wrong.items())
        yield Finding(part, f"/{next(iter(wrong))}", f"must keep it, got {got}")


def _policy(part: Part, attribute: str) -> Any:
    try:
        return Part(part.resource, "", part.resource.body).get(attribute)
    except UnresolvedProperty as error:
        raise UnresolvedProperty(part, f"/{attribute}", error.expression) from None


RETAIN = Rule(
    name="Retain",
    level=Level.ERROR,
    info="CloudFormation may delete what people work in.",
    explanation="A space that is deleted or replaced loses its volume, and there is no snapshot; without its domain, "
    "its owner's profile or the key of the domain, a volume cannot be opened either. A file system is gone likewise.",
    fix="set DeletionPolicy and UpdateReplacePolicy, by apply_removal_policy(RemovalPolicy.RETAIN) say",
    controls=Controls(nist=("CP-9", "SI-12"), hipaa=("164.308(a)(7)(ii)(A)", "164.312(c)(1)"), pci_dss=("3.1",)),
    subjects=subjects.what_holds_data,
    check=check,
)
