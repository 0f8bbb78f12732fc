"""Users tag what they make, and nothing else."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.iam.statement import EQUALITY, NULL, Statement
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import UnresolvedProperty
from constructs_lib.templates.unresolved import is_known

_KEY = "sagemaker:TaggingAction"


def check(statement: Statement, studio: Studio) -> Iterator[Finding]:
    """Judge what a statement allows to an execution role."""
    for action in statement.covering("sagemaker:AddTags", "sagemaker:DeleteTags"):
        if not statement.wide("space"):
            continue
        if action in statement.naming("sagemaker:DeleteTags"):
            yield Finding(statement, "Action", f"must not allow DeleteTags, got {action}", action)
        elif not _is_on_creation(statement):
            yield Finding(statement, "Condition", f"must be on {_KEY} for {action}, got none", action)


def _is_on_creation(statement: Statement) -> bool:
    named = statement.binds(_KEY, EQUALITY)
    present = statement.binds(_KEY, NULL)
    if any("*" not in values for values in named) or ["false"] in present:
        return True
    unknown = [value for values in present for value in values if not is_known(value)]
    if unknown:
        raise UnresolvedProperty(statement, "Condition", unknown[0])
    return False


TAGS_ON_CREATION = Rule(
    name="TagsOnCreation",
    level=Level.WARNING,
    info="Users may change the tags of others' spaces.",
    explanation="The tag sagemaker:user-profile-arn says whose a space is when a session is opened, and other tags who "
    "pays; whoever may write them can claim somebody's space.",
    fix="bind sagemaker:TaggingAction to CreateSpace for spaces, and to any creation by Null: false for apps; leave "
    "out sagemaker:DeleteTags",
    controls=Controls(nist=("AC-3", "AC-16"), pci_dss=("7.1.2",)),
    subjects=subjects.statements_of_users,
    check=check,
)
