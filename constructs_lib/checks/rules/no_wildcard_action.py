"""What an execution role may do can be read."""

import re
from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.iam.statement import Statement
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio

# A whole service, or whatever but reads of the services that hand out rights over others.
_WIDE = re.compile(
    r"[*?]+|([\w-]+|[*?]+):[*?]+|sts:.*[*?].*|(iam|sagemaker):(?!(Batch)?(Describe|Get|List|Search)).*[*?].*",
    re.IGNORECASE,
)


def check(statement: Statement, studio: Studio) -> Iterator[Finding]:
    """Judge what a statement allows to an execution role."""
    if statement.leaves_actions_out:
        yield Finding(statement, "NotAction", "must be Action, got all actions but some", "NotAction")
    for action in statement.actions:
        if _WIDE.fullmatch(action):
            yield Finding(statement, "Action", f"must name the actions, got {action}", action)
    statement.check_actions()


NO_WILDCARD_ACTION = Rule(
    name="NoWildcardAction",
    level=Level.ERROR,
    info="An execution role has wildcard actions.",
    explanation="Anybody's code runs with this role: packages, notebooks, agents. A wildcard takes in what AWS adds "
    "tomorrow, and in IAM, SageMaker and STS it gives rights over others.",
    fix="name the actions that the users of the role need",
    controls=Controls(
        nist=("AC-3", "AC-6"), hipaa=("164.308(a)(4)(ii)(B)", "164.312(a)(1)"), pci_dss=("7.1.2", "7.2.2")
    ),
    subjects=subjects.statements_of_users,
    check=check,
)
