"""The tags of a domain reach the spaces and apps in it."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part


def check(domain: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a domain."""
    propagation = domain.get("TagPropagation")
    if propagation != "ENABLED":
        yield Finding(domain, "TagPropagation", f"must be ENABLED, got {propagation or 'nothing, which is DISABLED'}")


TAG_PROPAGATION = Rule(
    name="TagPropagation",
    level=Level.WARNING,
    info="Spaces and apps that users make carry no tags of the Studio domain.",
    explanation="Untagged resources are missing from cost reports, and tag-based policies do not apply to them.",
    fix="set TagPropagation to ENABLED",
    controls=Controls(nist=("CM-8",), pci_dss=("2.4",)),
    subjects=subjects.domains,
    check=check,
)
