"""The IAM statements that Studio needs, each with the least that works.

See https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aws_cdk import aws_iam as iam

from constructs_lib.compute.instance_type import InstanceType
from constructs_lib.environment import Environment

Statement = dict[str, Any]


def own_statements(*, environment: Environment, domain_id: str, user_profile_name: str) -> list[Statement]:
    """Return what one user alone may do: sign in to the own profile, and everything with the own spaces."""
    user_profile = environment.arn("sagemaker", f"user-profile/{domain_id}/{user_profile_name}")
    return [
        {
            "Sid": "Self",
            "Effect": "Allow",
            "Action": [
                "sagemaker:CreatePresignedDomainUrl",
                "sagemaker:DescribeUserProfile",
                "sagemaker:ListTags",
            ],
            "Resource": user_profile,
        },
        {
            "Sid": "OwnSpaces",
            "Effect": "Allow",
            "Action": [
                "sagemaker:CreateApp",
                "sagemaker:CreateSpace",
                "sagemaker:DeleteApp",
                "sagemaker:DeleteSpace",
                "sagemaker:UpdateSpace",
            ],
            "Resource": [_apps(environment, domain_id), _spaces(environment, domain_id)],
            "Condition": {"ArnEquals": {"sagemaker:OwnerUserProfileArn": user_profile}},
        },
    ]


def user_statements(
    *,
    environment: Environment,
    domain_id: str,
    key_arn: str | None,
    allowed_instance_types: Iterable[InstanceType] | None,
) -> list[Statement]:
    """Return what all users of a domain may do: see it, start and stop shared spaces, and run apps."""
    statements: list[Statement] = [
        {
            "Sid": "List",
            "Effect": "Allow",
            "Action": [
                "sagemaker:ListApps",
                "sagemaker:ListDomains",
                "sagemaker:ListSpaces",
                "sagemaker:ListUserProfiles",
            ],
            "Resource": "*",  # listing has no resource level: whoever may list sees every name of the account
        },
        {
            "Sid": "SharedApps",
            "Effect": "Allow",
            "Action": ["sagemaker:CreateApp", "sagemaker:DeleteApp"],
            "Resource": _apps(environment, domain_id),
            "Condition": {"StringEquals": {"sagemaker:SpaceSharingType": "Shared"}},
        },
        {
            "Sid": "TagNewSpaces",
            "Effect": "Allow",
            "Action": "sagemaker:AddTags",
            "Resource": _spaces(environment, domain_id),
            "Condition": {"StringEquals": {"sagemaker:TaggingAction": "CreateSpace"}},
        },
        {
            "Sid": "TagNewApps",
            "Effect": "Allow",
            "Action": "sagemaker:AddTags",
            "Resource": _apps(environment, domain_id),
            "Condition": {"Null": {"sagemaker:TaggingAction": "false"}},
        },
        *shared_space_statements(environment=environment, domain_id=domain_id, key_arn=key_arn),
    ]
    if allowed_instance_types is not None:
        statements.append(
            {
                "Sid": "OnlyAllowedInstanceTypes",
                "Effect": "Deny",
                "Action": ["sagemaker:CreateApp", "sagemaker:CreateSpace", "sagemaker:UpdateSpace"],
                "Resource": "*",  # a denial is meant to be total
                "Condition": {
                    "ForAnyValue:StringNotEquals": {
                        "sagemaker:InstanceTypes": [instance_type.name for instance_type in allowed_instance_types]
                    }
                },
            }
        )
    return statements


def shared_space_statements(*, environment: Environment, domain_id: str, key_arn: str | None) -> list[Statement]:
    """Return what everybody may do inside a shared space: see it, write its logs and use its key, no more."""
    statements: list[Statement] = [
        {
            "Sid": "Describe",
            "Effect": "Allow",
            "Action": ["sagemaker:DescribeApp", "sagemaker:DescribeDomain", "sagemaker:DescribeSpace"],
            "Resource": [
                _apps(environment, domain_id),
                environment.arn("sagemaker", f"domain/{domain_id}"),
                _spaces(environment, domain_id),
            ],
        },
        {
            "Sid": "Logs",
            "Effect": "Allow",
            "Action": [
                "logs:CreateLogGroup",
                "logs:CreateLogStream",
                "logs:DescribeLogStreams",
                "logs:PutLogEvents",
            ],
            "Resource": [
                environment.arn("logs", "log-group:/aws/sagemaker/studio"),
                environment.arn("logs", f"log-group:/aws/sagemaker/studio:log-stream:{domain_id}/*"),
            ],
        },
    ]
    if key_arn is not None:
        statements += [
            {
                "Sid": "GrantVolumeKey",
                "Effect": "Allow",
                "Action": "kms:CreateGrant",
                "Resource": key_arn,
                "Condition": {
                    "StringEquals": {"kms:ViaService": f"sagemaker.{environment.region_reference}.amazonaws.com"}
                },
            },
            {"Sid": "DescribeVolumeKey", "Effect": "Allow", "Action": "kms:DescribeKey", "Resource": key_arn},
        ]
    return statements


def policy_document(statements: list[Statement]) -> iam.PolicyDocument:
    """Return the document in one call to the CDK, whatever the number of statements."""
    return iam.PolicyDocument.from_json({"Version": "2012-10-17", "Statement": statements})


def _apps(environment: Environment, domain_id: str) -> str:
    return environment.arn("sagemaker", f"app/{domain_id}/*")


def _spaces(environment: Environment, domain_id: str) -> str:
    return environment.arn("sagemaker", f"space/{domain_id}/*")
