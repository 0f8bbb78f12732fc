"""Shared spaces act as nobody in particular."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part

_SPACES, _USERS = "DefaultSpaceSettings.ExecutionRole", "DefaultUserSettings.ExecutionRole"


def check(domain: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a domain that has shared spaces, or lets its users make some."""
    resource = domain.resource
    if not domain.below(_SPACES).exists:
        if studio.shared_spaces(resource) or domain.below("DefaultSpaceSettings").exists:
            yield Finding(domain, _SPACES, "must be a role for shared spaces, got none")
        return
    role = studio.role_named(domain, _SPACES)
    same = ["DefaultUserSettings"] if role == studio.role_named(domain, _USERS) else []
    for profile in studio.profiles_of(resource):
        if role == studio.role_named(profile, "UserSettings.ExecutionRole"):
            same.append(str(profile.text("UserProfileName")))
    if same:
        yield Finding(domain, _SPACES, f"must not be the role of users, got that of {', '.join(same)}")
    else:
        domain.get(_SPACES)


SPACE_EXECUTION_ROLE = Rule(
    name="SpaceExecutionRole",
    level=Level.ERROR,
    info="Shared spaces act with the role of a user, or with none.",
    explanation="Everybody inside a shared space has the rights of its role; if that is a user's role, everybody in "
    "the space acts as that user.",
    fix="give DefaultSpaceSettings.ExecutionRole a role of its own, with the least that all users have in common",
    controls=Controls(nist=("AC-5", "AC-6"), hipaa=("164.312(a)(1)",), pci_dss=("7.1.2", "8.5")),
    subjects=subjects.domains,
    check=check,
)
