"""Profiles name a user of Identity Center where the domain signs in by it, and only there."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part

_FIELDS = ("SingleSignOnUserIdentifier", "SingleSignOnUserValue")


def check(profile: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a profile."""
    domain = studio.domain_of(profile.resource)
    if domain is None:
        return
    mode = domain.get("AuthMode")
    for field in _FIELDS:
        if profile.is_given(field) != (mode == "SSO"):
            wanted, got = ("be set", "nothing") if mode == "SSO" else ("be left out", profile.text(field))
            yield Finding(profile, field, f"must {wanted} in a domain with AuthMode {mode}, got {got}")


SSO_USER = Rule(
    name="SsoUser",
    level=Level.ERROR,
    info="The user profile and its domain disagree on how people sign in.",
    explanation="With AuthMode SSO a profile is one user of IAM Identity Center, by both fields and for good; with IAM "
    "it must name none. CloudFormation finds out in the middle of a deployment.",
    fix="set both of SingleSignOnUserIdentifier and SingleSignOnUserValue with SSO, and neither with IAM",
    controls=Controls(nist=("IA-2",), hipaa=("164.312(a)(2)(i)",), pci_dss=("8.1.1",)),
    subjects=subjects.user_profiles,
    check=check,
)
