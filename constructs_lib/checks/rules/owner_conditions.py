"""Users write their own spaces, and start those that they share."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.iam.statement import EQUALITY, Statement
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import UnresolvedProperty
from constructs_lib.templates.unresolved import is_known

_OWNER, _SHARING = "sagemaker:OwnerUserProfileArn", "sagemaker:SpaceSharingType"
_SPACES = ("sagemaker:CreateSpace", "sagemaker:UpdateSpace", "sagemaker:DeleteSpace")
_APPS = ("sagemaker:CreateApp", "sagemaker:DeleteApp")


def check(statement: Statement, studio: Studio) -> Iterator[Finding]:
    """Judge a statement that can write spaces or apps."""
    writing = statement.covering(*_SPACES, *_APPS)
    if not writing or statement.is_bound_to_one("user-profile", _OWNER):
        return
    owners = [", ".join(values) for values in statement.binds(_OWNER, EQUALITY)]
    got = f"the owners {' and '.join(owners)}" if owners else "none that binds the owner"
    spaces = statement.naming(*_SPACES)
    for action in spaces:
        yield Finding(statement, "Condition", f"must be on {_OWNER} for {action}, got {got}", action)
    of_apps = [action for action in writing if action not in spaces]
    if of_apps and not _is_shared(statement) and statement.wide("app", segments=2):
        for action in of_apps:
            wanted = f"{_OWNER}, or {_SHARING} with Shared alone,"
            yield Finding(statement, "Condition", f"must be on {wanted} for {action}, got {got}", action)


def _is_shared(statement: Statement) -> bool:
    sharing = statement.binds(_SHARING, EQUALITY)
    unknown = [value for values in sharing for value in values if not is_known(value)]
    if unknown:
        raise UnresolvedProperty(statement, "Condition", unknown[0])
    return ["Shared"] in sharing


OWNER_CONDITIONS = Rule(
    name="OwnerConditions",
    level=Level.ERROR,
    info="Users may write spaces and apps of others.",
    explanation="Who updates a space of another user gives it a script or an image that runs with that user's role; "
    "who deletes it deletes the volume. Nothing in SageMaker but these conditions says whose space it is.",
    fix="bind sagemaker:OwnerUserProfileArn to the user's own profile by ArnEquals, and sagemaker:SpaceSharingType to "
    "Shared for apps of shared spaces",
    controls=Controls(nist=("AC-3", "AC-6"), hipaa=("164.312(a)(1)", "164.312(c)(1)"), pci_dss=("7.1.2", "7.2.2")),
    subjects=subjects.statements_of_users,
    check=check,
)
