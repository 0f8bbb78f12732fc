"""Who somebody is on a file system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aws_cdk import Token

from constructs_lib.errors import check_type

MAXIMUM_ID = 4_000_000
MINIMUM_UID = 10_000
MINIMUM_GID = 1_001


@dataclass(frozen=True, kw_only=True)
class PosixUser:
    """The numbers that a user's files on EFS and Lustre belong to, in every space of the user.

    These file systems know nobody but the numbers: with one ``uid``, two users read and delete each other's files.

    Args:
        uid: the number of the user, 10000..4000000; one of its own for each. Tokens for numbers are of type ``float``.
        gid: the number of the group, 1001..4000000; users who share files have it in common.

    Raises:
        TypeError: a number is no ``int``, and no token.
        ValueError: a number is out of range.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CustomPosixUserConfig.html
    """

    uid: float
    gid: float

    def __post_init__(self) -> None:
        check_id("uid", self.uid, minimum=MINIMUM_UID)
        check_id("gid", self.gid, minimum=MINIMUM_GID)

    def _render(self) -> dict[str, Any]:
        return {"uid": self.uid, "gid": self.gid}

    def _is_known_to_differ(self, other: PosixUser | None) -> bool:
        return other is None or differ(self.uid, other.uid) or differ(self.gid, other.gid)


def check_id(argument: str, given: object, *, minimum: int) -> None:
    """Refuse what is no number of a user or a group in Studio.

    Raises:
        TypeError: it is no ``int``, and no token.
        ValueError: it is out of range.
    """
    if Token.is_unresolved(given):
        return
    check_type(argument, str(given) if isinstance(given, bool) else given, int, f"{argument}={minimum} say")
    if isinstance(given, int) and not minimum <= given <= MAXIMUM_ID:
        raise ValueError(f"{argument} must be {minimum}..{MAXIMUM_ID}, got {given}; pass a number in that range")


def differ(one: float, other: float) -> bool:
    """Tell whether two numbers are known to be different ones."""
    return one != other and not Token.is_unresolved(one) and not Token.is_unresolved(other)
