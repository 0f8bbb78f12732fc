"""Apps reach the network through the VPC alone."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part


def check(domain: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a domain."""
    access = domain.get("AppNetworkAccessType")
    if access != "VpcOnly":
        got = "nothing, which means PublicInternetOnly" if access is None else access
        yield Finding(domain, "AppNetworkAccessType", f"must be VpcOnly, got {got}")


VPC_ONLY = Rule(
    name="VpcOnly",
    level=Level.ERROR,
    info="Apps of the Studio domain reach the internet past its VPC.",
    explanation="No security group, endpoint policy or flow log of yours sees what leaves by SageMaker's own network.",
    fix="set AppNetworkAccessType to VpcOnly, with subnets that lead to the endpoints that Studio needs",
    controls=Controls(nist=("AC-4(21)", "SC-7"), hipaa=("164.312(e)(1)",), pci_dss=("1.2.1", "1.3.4")),
    subjects=subjects.domains,
    check=check,
)
