"""The ARNs of roles that settings name, as SageMaker takes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aws_cdk import aws_iam as iam

from constructs_lib.errors import check_at_most, check_distinct, check_no_text, check_type
from constructs_lib.lookup import is_unresolved

ROLE_ARN = re.compile(
    r"(?=.{,2048}$)arn:aws[a-z-]*:iam::(?P<account>\d{12}):role/([\w+=,.@/-]+/)?(?P<name>[\w+=,.@-]+)", re.ASCII
)


def check_role_arn(argument: str, role: object) -> str:
    """Refuse what is no role that SageMaker can name, and return the ARN of one that is.

    Raises:
        TypeError: it is no role.
        ValueError: its ARN is known, and malformed.
    """
    check_no_text(argument, role, "iam.Role.from_role_arn(...) say")
    arn = getattr(role, "role_arn", None)
    if not isinstance(arn, str):
        raise TypeError(f"{argument} must be a role, got {role!r}; pass iam.Role.from_role_arn(...) say")
    if not is_unresolved(arn) and not ROLE_ARN.fullmatch(arn):
        raise ValueError(
            f"{argument} must have an ARN such as arn:PARTITION:iam::ACCOUNT:role/PATH/NAME, got {arn!r}; "
            "pass a role with such an ARN"
        )
    return arn


def check_role_arns(argument: str, roles: Sequence[iam.IRole], *, maximum: int) -> None:
    """Refuse a list of roles that SageMaker cannot take.

    Raises:
        TypeError: it is no list of roles.
        ValueError: there are too many, or one stands twice or has a malformed ARN.
    """
    check_type(argument, roles, (list, tuple), "a list of roles")
    arns = [check_role_arn(argument, role) for role in roles]
    check_at_most(argument, arns, maximum)
    check_distinct(argument, arns)
