"""RStudio reaches its servers over TLS."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule, all_of
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part

_URLS = ("RStudioConnectUrl", "RStudioPackageManagerUrl")


def check(domain: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a domain; of a URL with an unknown host, the scheme is known."""
    yield from all_of(*(_check(domain, f"DomainSettings.RStudioServerProDomainSettings.{name}") for name in _URLS))


def _check(domain: Part, path: str) -> Iterator[Finding]:
    url = domain.text(path)
    if url is not None and not str(url).startswith("https:"):
        yield Finding(domain, path, f"must begin with https:, got {domain.get(path)}")


RSTUDIO_HTTPS = Rule(
    name="RStudioHttps",
    level=Level.ERROR,
    info="RStudio publishes, or takes packages, in plain text.",
    explanation="Packages that anybody on the way can change run with the user's role.",
    fix="give the URL with https",
    controls=Controls(nist=("SC-8(1)", "SI-7"), hipaa=("164.312(e)(1)",), pci_dss=("4.1",)),
    subjects=subjects.domains,
    check=check,
)
