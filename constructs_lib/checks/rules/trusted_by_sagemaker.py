"""SageMaker alone takes on execution roles."""

import re
from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.iam.principals import principals
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part, UnresolvedProperty
from constructs_lib.templates.unresolved import is_known

_SAGEMAKER = re.compile(r"Service:sagemaker\.(amazonaws\.com(\.cn)?|\$\{AWS::URLSuffix\})")


def check(role: Part, studio: Studio) -> Iterator[Finding]:
    """Judge an execution role."""
    for statement in role.parts("AssumeRolePolicyDocument.Statement"):
        if statement.text("Effect") != "Deny":
            for principal in principals(statement):
                if principal.startswith("Service:") and not is_known(principal):
                    raise UnresolvedProperty(statement, "Principal", principal)
                if not _SAGEMAKER.fullmatch(principal):
                    got = principal.removeprefix("Service:")
                    yield Finding(statement, "Principal", f"must be sagemaker.amazonaws.com, got {got}", got)


TRUSTED_BY_SAGEMAKER = Rule(
    name="TrustedBySageMaker",
    level=Level.ERROR,
    info="Someone other than SageMaker may assume an execution role.",
    explanation="Whoever assumes the role is its user as far as AWS can tell, and no name is recorded.",
    fix="trust Service sagemaker.amazonaws.com alone, and give other services and people roles of their own",
    controls=Controls(nist=("AC-2", "AC-6"), hipaa=("164.312(a)(1)", "164.312(d)"), pci_dss=("7.1.1", "8.1.1")),
    subjects=subjects.execution_roles,
    check=check,
)
