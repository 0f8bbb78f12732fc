"""The key of a domain is not everybody's."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.principals import principals
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.statement import EQUALITY, Statement
from constructs_lib.checks.studio import Studio
from constructs_lib.checks.templates.resource import Part, UnresolvedProperty

_CALLERS = ("aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:SourceAccount", "kms:CallerAccount")


def check(key: Part, studio: Studio) -> Iterator[Finding]:
    """Judge the key of a domain."""
    for statement in map(Statement, key.parts("KeyPolicy.Statement")):
        if not statement.allows:
            continue
        named = principals(statement)
        if "*" in named:
            if not any(statement.binds(caller, EQUALITY) for caller in _CALLERS):
                yield Finding(statement, "Principal", "must be an account, a role or a service, got * without a caller")
        elif unknown := [one for one in named if one.startswith("AWS:<?")]:
            raise UnresolvedProperty(statement, "Principal", unknown[0])


KEY_POLICY = Rule(
    name="KeyPolicy",
    level=Level.ERROR,
    info="The key of the Studio domain may be used by everybody.",
    explanation="A key policy that allows the principal * without a condition on the caller reaches into every account "
    "of AWS.",
    fix="name the account in the key policy, arn:aws:iam::ACCOUNT:root say, and leave the rest to IAM",
    controls=Controls(nist=("AC-3", "SC-12"), hipaa=("164.312(a)(1)",), pci_dss=("3.5.2", "7.2.1")),
    subjects=subjects.keys,
    check=check,
)
