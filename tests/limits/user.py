"""What rows build with: users beneath a domain of another app, with a role that exists, which is quick; roles and keys."""

from __future__ import annotations

from typing import Any

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms

from constructs_lib import ExecutionRole, JupyterLab, UserProfile, UserSettings
from tests.unit.wrong_inputs.studio import Studio

ROLE = "arn:aws:iam::123456789012:role/"
KEY = "arn:aws:kms:eu-west-1:123456789012:key/"


def user_with(studio: Studio, **user_settings: Any) -> UserProfile:
    role = ExecutionRole.from_execution_role_arn(studio.stack, "AliceRole", f"{ROLE}alice")
    settings = UserSettings(**{"execution_role": role, **user_settings})
    return studio.imported().add_user_profile("Alice", user_settings=settings)


def user_with_lab(studio: Studio, **lab: Any) -> UserProfile:
    return user_with(studio, jupyter_lab=JupyterLab(**lab))


def role_by_arn(studio: Studio, id: str, arn: str) -> iam.IRole:
    """Take a role that exists; what the CDK refuses is refused."""
    try:
        return iam.Role.from_role_arn(studio.stack, id, arn)
    except RuntimeError as refusal:
        raise ValueError(str(refusal)) from None


def key_by_arn(studio: Studio, arn: str) -> kms.IKey:
    """Take a key that exists; what the CDK refuses is refused."""
    try:
        return kms.Key.from_key_arn(studio.stack, "Key", arn)
    except RuntimeError as refusal:
        raise ValueError(str(refusal)) from None
