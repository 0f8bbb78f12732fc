"""The ids of VPCs, subnets and security groups."""

import re

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
