"""The ids of VPCs, subnets and security groups."""

import re
from collections.abc import Iterable

from aws_cdk import aws_ec2 as ec2

from constructs_lib.errors import check_no_text
from constructs_lib.lookup import is_unresolved


def check_id(argument: str, given: str, prefix: str) -> None:
    """Refuse what EC2 gives no resource of this kind for an id; what nobody knows yet is taken as it is.

    Raises:
        ValueError: it is another text.
    """
    if not re.fullmatch(f"{prefix}([0-9a-f]{{8}}|[0-9a-f]{{17}})", given) and not is_unresolved(given):
        raise ValueError(
            f"{argument} must be {prefix!r} and 8 or 17 hexadecimal digits, got {given!r}; "
            f"pass an id such as {prefix}0a1b2c3d"
        )


def check_security_groups(given: Iterable[ec2.ISecurityGroup]) -> list[str]:
    """Refuse what is no security group, and return the ids of those that are.

    Raises:
        TypeError: one is given by its id.
        ValueError: the id of one has another form.
    """
    ids = []
    for group in given:
        check_no_text("security_groups", group, "ec2.SecurityGroup.from_security_group_id(...) say")
        ids.append(group.security_group_id)
        check_id("security_groups", ids[-1], "sg-")
    return ids
