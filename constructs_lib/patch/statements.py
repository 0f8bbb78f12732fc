"""What the function of a patch may do: what it calls, and no more.

See https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
"""

from __future__ import annotations

from collections.abc import Sequence

from constructs_lib.access.policy_document import Statement


def use_of_domain(domain_arn: str) -> Statement:
    """Return what reads and writes the settings of one domain."""
    return {
        "Sid": "Domain",
        "Effect": "Allow",
        "Action": ["sagemaker:DescribeDomain", "sagemaker:UpdateDomain"],
        "Resource": domain_arn,
    }


def passing_of(role_arns: Sequence[str]) -> Statement:
    """Return what hands the roles that settings name to SageMaker, and to nobody else."""
    return {
        "Sid": "Roles",
        "Effect": "Allow",
        "Action": ["iam:PassRole"],
        "Resource": list(role_arns),
        "Condition": {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}},
    }
