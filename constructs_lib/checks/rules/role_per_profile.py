"""What users do can be told apart."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part

_ROLE = "UserSettings.ExecutionRole"
_IDENTITY = "DomainSettings.ExecutionRoleIdentityConfig"


def check(profile: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a profile whose role others have too."""
    others = studio.profiles_with_the_role_of(profile.resource) - 1
    domain = studio.domain_of(profile.resource)
    if not others and len(studio.profiles_beside(profile.resource)) > 1:
        profile.get(_ROLE)
    if others and (domain is None or domain.get(_IDENTITY) != "USER_PROFILE_NAME"):
        got = f"a role that {others} other {'profile has' if others == 1 else 'profiles have'}"
        yield Finding(profile, _ROLE, f"must be a role of this profile alone unless source identity is on, got {got}")


ROLE_PER_PROFILE = Rule(
    name="RolePerProfile",
    level=Level.ERROR,
    info="User profiles share an execution role, and nothing tells them apart.",
    explanation="CloudTrail records the role: which of its users read the data cannot be told, and no policy can give "
    "one of them what the others must not have.",
    fix="give each profile a role, or set ExecutionRoleIdentityConfig to USER_PROFILE_NAME in the domain",
    controls=Controls(
        nist=("AC-6(9)", "AU-10", "IA-2"), hipaa=("164.312(a)(2)(i)", "164.312(b)"), pci_dss=("8.1.1", "8.5", "10.1")
    ),
    subjects=subjects.user_profiles,
    check=check,
)
