"""Users do not administer the Studio that they work in."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.iam.statement import Statement
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio

_ADMINISTRATION = (
    "iam:AttachRolePolicy",
    "iam:CreatePolicyVersion",
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteRolePolicy",
    "iam:DetachRolePolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
    "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy",
    "kms:DisableKey",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "sagemaker:CreateAppImageConfig",
    "sagemaker:CreateDomain",
    "sagemaker:CreateImage",
    "sagemaker:CreateImageVersion",
    "sagemaker:CreateNotebookInstance",
    "sagemaker:CreateNotebookInstanceLifecycleConfig",
    "sagemaker:CreatePresignedNotebookInstanceUrl",
    "sagemaker:CreateStudioLifecycleConfig",
    "sagemaker:CreateUserProfile",
    "sagemaker:DeleteAppImageConfig",
    "sagemaker:DeleteDomain",
    "sagemaker:DeleteImage",
    "sagemaker:DeleteImageVersion",
    "sagemaker:DeleteStudioLifecycleConfig",
    "sagemaker:DeleteUserProfile",
    "sagemaker:UpdateAppImageConfig",
    "sagemaker:UpdateDomain",
    "sagemaker:UpdateImage",
    "sagemaker:UpdateImageVersion",
    "sagemaker:UpdateNotebookInstance",
    "sagemaker:UpdateNotebookInstanceLifecycleConfig",
    "sagemaker:UpdateUserProfile",
)


def check(statement: Statement, studio: Studio) -> Iterator[Finding]:
    """Judge what a statement allows to an execution role."""
    for action in statement.covering(*_ADMINISTRATION):
        yield Finding(statement, "Action", f"must not administer Studio, got {action}", action)


NO_ADMINISTRATION = Rule(
    name="NoAdministration",
    level=Level.ERROR,
    info="Users may change the Studio that they and others work in.",
    explanation="Whoever can change a profile's role, or a script or an image that everybody starts with, has "
    "everybody's rights, straight from a notebook.",
    fix="leave these actions to the role that deploys the Studio",
    controls=Controls(nist=("AC-5", "AC-6(10)", "CM-5"), hipaa=("164.312(a)(1)",), pci_dss=("7.1.2",)),
    subjects=subjects.statements_of_users,
    check=check,
)
