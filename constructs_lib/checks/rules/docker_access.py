"""Docker pulls from trusted accounts only."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part

_ACCESS = "DomainSettings.DockerSettings.EnableDockerAccess"
_TRUSTED = "DomainSettings.DockerSettings.VpcOnlyTrustedAccounts"


def check(domain: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a domain."""
    if domain.get(_ACCESS) != "ENABLED":
        return
    if domain.get("AppNetworkAccessType") != "VpcOnly":
        yield Finding(domain, _ACCESS, "must be DISABLED unless AppNetworkAccessType is VpcOnly, got ENABLED")
    elif not domain.get(_TRUSTED):
        yield Finding(domain, _TRUSTED, "must name the accounts whose images may run, got none")


DOCKER_ACCESS = Rule(
    name="DockerAccess",
    level=Level.ERROR,
    info="Users run Docker images from wherever they like.",
    explanation="A container runs with the rights of its user; VpcOnlyTrustedAccounts has an effect only with VpcOnly.",
    fix="name the accounts in VpcOnlyTrustedAccounts, or set EnableDockerAccess to DISABLED",
    controls=Controls(nist=("CM-7(5)", "SR-3"), pci_dss=("2.2.2",)),
    subjects=subjects.domains,
    check=check,
)
