"""Users open sessions into their own spaces."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.iam.statement import Statement
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio

_OWNER_TAGS = [f"{service}:ResourceTag/sagemaker:user-profile-arn" for service in ("aws", "sagemaker")]


def check(statement: Statement, studio: Studio) -> Iterator[Finding]:
    """Judge what a statement allows, to whomever."""
    for action in statement.covering("sagemaker:StartSession"):
        wide = statement.wide("space")
        if wide and not statement.is_bound_to_one("user-profile", *_OWNER_TAGS):
            yield Finding(statement, "Resource", f"must name spaces for {action}, got {', '.join(wide)}", action)


SESSION_OWNER = Rule(
    name="SessionOwner",
    level=Level.ERROR,
    info="Somebody may open a session into any space.",
    explanation="A remote session is a shell in the space, with the files and the role of its owner.",
    fix="name the spaces, or bind the tag sagemaker:user-profile-arn of the space to the own profile",
    controls=Controls(nist=("AC-3", "AC-17"), hipaa=("164.312(a)(1)",), pci_dss=("7.1.2", "8.1.1")),
    subjects=subjects.statements_of_anybody,
    check=check,
)
