"""No policy of AWS that opens a whole service is on an execution role."""

import re
from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part

_WIDE = re.compile(
    r"FullAccess|AdministratorAccess|PowerUserAccess|Permissive|SystemAdministrator|DataScientist|SecretsManagerReadWrite"
)


def check(attached: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a managed policy that is attached to an execution role."""
    arn = attached.get("")
    name = str(arn).rpartition("/")[2]
    if ":iam::aws:policy/" in str(arn) and _WIDE.search(name):
        yield Finding(attached, "", f"must be a policy of yours, got {name}", name)


NO_FULL_ACCESS = Rule(
    name="NoFullAccess",
    level=Level.ERROR,
    info="An execution role has a policy that opens a whole service.",
    explanation="AmazonSageMakerFullAccess can sign in as any user and pass any role to SageMaker; any code that runs "
    "in Studio can do the same.",
    fix="attach a policy of yours with what the users of the role need",
    controls=Controls(nist=("AC-6",), hipaa=("164.308(a)(4)(ii)(B)", "164.312(a)(1)"), pci_dss=("7.1.2", "7.2.2")),
    subjects=subjects.managed_policies,
    check=check,
)
