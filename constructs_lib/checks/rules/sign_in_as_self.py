"""Nobody signs in as everybody."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.iam.statement import Statement
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio


def check(statement: Statement, studio: Studio) -> Iterator[Finding]:
    """Judge what a statement allows, to whomever."""
    for action in statement.covering("sagemaker:CreatePresignedDomainUrl"):
        wide = statement.wide("user-profile")
        if wide and not statement.is_bound_by_tag():
            yield Finding(statement, "Resource", f"must name user profiles for {action}, got {', '.join(wide)}", action)


SIGN_IN_AS_SELF = Rule(
    name="SignInAsSelf",
    level=Level.ERROR,
    info="Somebody may sign in to Studio as any user.",
    explanation="CreatePresignedDomainUrl returns a link that signs in as that user: private spaces, role and data. Of "
    "SageMaker's own condition keys it takes only the tags of the profile.",
    fix="name the user profile, arn:aws:sagemaker:REGION:ACCOUNT:user-profile/DOMAIN/PROFILE",
    controls=Controls(nist=("AC-3", "IA-2"), hipaa=("164.312(a)(1)", "164.312(d)"), pci_dss=("7.1.2", "8.1.1")),
    subjects=subjects.statements_of_anybody,
    check=check,
)
