"""The IAM statements that Studio needs, each with the least that works.

See https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from constructs_lib.compute.instance_type import InstanceType
from constructs_lib.environment import Environment

Statement = dict[str, Any]


def user_statements(
    *,
    environment: Environment,
    domain_id: str,
    user_profile_name: str,
    key_arn: str | None,
    allowed_instance_types: Iterable[InstanceType] | None,
) -> list[Statement]:
    """Return what a user needs to open Studio, run spaces of his own and start and stop the shared ones."""
    apps = environment.arn("sagemaker", f"app/{domain_id}/*")
    spaces = environment.arn("sagemaker", f"space/{domain_id}/*")
    user_profile = environment.arn("sagemaker", f"user-profile/{domain_id}/{user_profile_name}")
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
        _describe(environment, domain_id),
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
            "Resource": [apps, spaces],
            "Condition": {"ArnEquals": {"sagemaker:OwnerUserProfileArn": user_profile}},
        },
        {
            "Sid": "SharedApps",
            "Effect": "Allow",
            "Action": ["sagemaker:CreateApp", "sagemaker:DeleteApp"],
            "Resource": apps,
            "Condition": {"StringEquals": {"sagemaker:SpaceSharingType": "Shared"}},
        },
        {
            "Sid": "TagNewSpaces",
            "Effect": "Allow",
            "Action": "sagemaker:AddTags",
            "Resource": spaces,
            "Condition": {"StringEquals": {"sagemaker:TaggingAction": "CreateSpace"}},
        },
        {
            "Sid": "TagNewApps",
            "Effect": "Allow",
            "Action": "sagemaker:AddTags",
            "Resource": apps,
            "Condition": {"Null": {"sagemaker:TaggingAction": "false"}},
        },
        *_run_apps(environment, domain_id, key_arn),
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
    """Return what everybody may do inside a shared space: run it, and nothing of any user."""
    return [_describe(environment, domain_id), *_run_apps(environment, domain_id, key_arn)]


def _describe(environment: Environment, domain_id: str) -> Statement:
    return {
        "Sid": "Describe",
        "Effect": "Allow",
        "Action": ["sagemaker:DescribeApp", "sagemaker:DescribeDomain", "sagemaker:DescribeSpace"],
        "Resource": [
            environment.arn("sagemaker", resource)
            for resource in (f"app/{domain_id}/*", f"domain/{domain_id}", f"space/{domain_id}/*")
        ],
    }


def _run_apps(environment: Environment, domain_id: str, key_arn: str | None) -> list[Statement]:
    """Return what any role needs under which an app runs: its logs, and its volume's key."""
    statements: list[Statement] = [
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
        }
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
