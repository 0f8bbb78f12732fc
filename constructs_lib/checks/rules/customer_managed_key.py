"""A key of the customer's encrypts the volumes."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.keys import is_customer_managed
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part


def check(domain: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a domain."""
    key = domain.get("KmsKeyId")
    if not is_customer_managed(key):
        yield Finding(domain, "KmsKeyId", f"must be a customer managed key, got {key or 'none'}")


CUSTOMER_MANAGED_KEY = Rule(
    name="CustomerManagedKey",
    level=Level.ERROR,
    info="The volumes of the Studio domain are encrypted with a key that AWS manages.",
    explanation="Only with a key of yours can you say who may use it, see its use, and cut off all access by "
    "disabling it; the key of a domain can never be changed later.",
    fix="set KmsKeyId to a key of yours when the domain is made",
    controls=Controls(
        nist=("SC-12", "SC-28(1)"), hipaa=("164.312(a)(2)(iv)", "164.312(e)(2)(ii)"), pci_dss=("3.4", "8.2.1")
    ),
    subjects=subjects.domains,
    check=check,
)
