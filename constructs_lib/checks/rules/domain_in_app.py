"""The domain of profiles and spaces is in this app to be judged."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part


def check(member: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a profile or a space."""
    if studio.domain_of(member.resource) is None:
        yield Finding(member, "DomainId", f"must be a domain of this app, got {member.text('DomainId') or 'nothing'}")


DOMAIN_IN_APP = Rule(
    name="DomainInApp",
    level=Level.WARNING,
    info="A user profile or a space is in a domain that is defined elsewhere and was not judged.",
    explanation="Network, key, idle shutdown and sign-in are the domain's; so is what the owner of a space must be.",
    fix="run StudioChecks where the domain is defined, and acknowledge that here",
    controls=Controls(nist=("CA-2",)),
    subjects=subjects.members,
    check=check,
)
