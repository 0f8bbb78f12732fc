"""Users pass on roles that are named."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.iam.statement import Statement
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio


def check(statement: Statement, studio: Studio) -> Iterator[Finding]:
    """Judge what a statement allows to an execution role."""
    for action in statement.covering("iam:PassRole"):
        wide = statement.wide("role")
        if wide:
            yield Finding(statement, "Resource", f"must name roles for {action}, got {', '.join(wide)}", action)


PASS_ROLE = Rule(
    name="PassRole",
    level=Level.ERROR,
    info="Users may pass any role to a job, and so act with it.",
    explanation="A training job with another user's role reads what that user may read; its output is the intruder's.",
    fix="name the roles that jobs of these users need",
    controls=Controls(nist=("AC-3", "AC-6(10)"), hipaa=("164.312(a)(1)",), pci_dss=("7.1.2",)),
    subjects=subjects.statements_of_users,
    check=check,
)
