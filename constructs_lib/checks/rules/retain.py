"""Deleting a stack, or replacing a resource, deletes no volume."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Resource

_KEEPING = {"DeletionPolicy": ("Retain", "RetainExceptOnCreate"), "UpdateReplacePolicy": ("Retain",)}


def check(resource: Resource, studio: Studio) -> Iterator[Finding]:
    """Judge a domain, a profile, a space, the key of a domain, or a file system that is mounted."""
    policies = {attribute: resource.whole.get(attribute) for attribute in _KEEPING}
    wrong = {attribute: policy for attribute, policy in policies.items() if policy not in _KEEPING[attribute]}
    if wrong:
        got = ", ".join(f"{attribute} {policy or 'none'}" for attribute, policy in wrong.items())
        yield Finding(resource.whole, next(iter(wrong)), f"must keep it, got {got}")


RETAIN = Rule(
    name="Retain",
    level=Level.ERROR,
    info="CloudFormation may delete what people work in.",
    explanation="A space that is deleted or replaced loses its volume, and there is no snapshot; without its domain, "
    "its owner's profile or the key of the domain, a volume cannot be opened either. A file system is gone likewise.",
    fix="set DeletionPolicy and UpdateReplacePolicy, by apply_removal_policy(RemovalPolicy.RETAIN) say",
    controls=Controls(nist=("CP-9", "SI-12"), hipaa=("164.308(a)(7)(ii)(A)", "164.312(c)(1)")),
    subjects=subjects.what_holds_data,
    check=check,
)
