"""The key of a domain is not everybody's."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.iam.principals import principals
from constructs_lib.checks.iam.statement import EQUALITY, Statement
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part, UnresolvedProperty
from constructs_lib.templates.unresolved import UNRESOLVED, is_known

_CALLERS = ("aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:SourceAccount", "kms:CallerAccount")


def check(key: Part, studio: Studio) -> Iterator[Finding]:
    """Judge the key of a domain."""
    for statement in map(Statement, key.parts("KeyPolicy.Statement")):
        named = principals(statement) if statement.allows else []
        unknown = [one for one in named if UNRESOLVED.match(one.removeprefix("AWS:"))]
        if "*" in named and not _is_bound(statement):
            yield Finding(statement, "Principal", "must be an account, a role or a service, got * without a caller")
        elif unknown:
            raise UnresolvedProperty(statement, "Principal", unknown[0])


def _is_bound(statement: Statement) -> bool:
    """Whether a condition names the accounts of callers."""
    conditions = [callers for key in _CALLERS for callers in statement.binds(key, EQUALITY)]
    accounts = [[one.split(":")[4] if one.startswith("arn:") else one for one in callers] for callers in conditions]
    if any(is_known(one) and not any("*" in account or "?" in account for account in one) for one in accounts):
        return True
    if not is_known(accounts):
        raise UnresolvedProperty(statement, "Condition", str(accounts))
    return False


KEY_POLICY = Rule(
    name="KeyPolicy",
    level=Level.ERROR,
    info="The key of the Studio domain may be used by everybody.",
    explanation="A key policy that allows the principal * without a condition on the caller lets in every AWS account.",
    fix="name the account in the key policy, arn:aws:iam::ACCOUNT:root say, and leave the rest to IAM",
    controls=Controls(nist=("AC-3", "SC-12"), hipaa=("164.312(a)(1)",), pci_dss=("3.5.2", "7.2.1")),
    subjects=subjects.domain_keys,
    check=check,
)
