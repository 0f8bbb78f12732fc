"""Broad policies that somebody may attach to a role beside those of the library."""

from __future__ import annotations

import json
from functools import cache

from moto.iam.aws_managed_policies import aws_managed_policies_data

from tests.access.documents import Document, allow, policy

FULL_ACCESS_VERSION = "v29"


def full_access(domain_id: str, user_profile_name: str) -> Document:
    """AmazonSageMakerFullAccess as it works for one user.

    Its policy variables become literals: the simulator's validated mode drops them, and it would look harmless.
    """
    text = _full_access_text()
    text = text.replace("${sagemaker:DomainId}", domain_id).replace("${sagemaker:UserProfileName}", user_profile_name)
    document: Document = json.loads(text)
    return document


def start_session_anywhere() -> Document:
    """The documented example for remote access, which reaches every space of the account."""
    return policy(allow("sagemaker:StartSession"))


def everything() -> Document:
    """What an administrator of the account has."""
    return policy(allow("*"))


@cache
def _full_access_text() -> str:
    policy = json.loads(aws_managed_policies_data)["AmazonSageMakerFullAccess"]
    version = policy["DefaultVersionId"]
    assert version == FULL_ACCESS_VERSION, (
        f"moto holds AmazonSageMakerFullAccess {version}, the tests were judged against {FULL_ACCESS_VERSION}; "
        "read what AWS changed, then set FULL_ACCESS_VERSION"
    )
    return json.dumps(policy["Document"])
