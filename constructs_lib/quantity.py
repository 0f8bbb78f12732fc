"""Quantities that CloudFormation takes as whole numbers in a range."""

from aws_cdk import Token


def check_whole(what: str, got: float, *, minimum: int, maximum: int, unit: str, make: str) -> float:
    """Return the number as CloudFormation wants it; a token is taken as it is.

    Args:
        what: the argument's name for the message.
        got: the number given.
        minimum: the least allowed.
        maximum: the most allowed.
        unit: the unit for the message.
        make: the call that makes such a quantity, for the fix in the message.

    Raises:
        ValueError: the number is out of range or not whole.
    """
    if minimum <= got <= maximum and got == int(got):
        return int(got)
    if Token.is_unresolved(got):
        return got
    nearest = min(max(int(got), minimum), maximum)
    direction = " or more" if got < minimum else " or less" if got > maximum else ""
    raise ValueError(f"{what} must be {minimum}..{maximum} {unit}, got {got:g}; pass {make}({nearest}){direction}")


def is_above(number: float, limit: float) -> bool:
    """Tell whether a number is above a limit, as far as neither is a token."""
    return number > limit and not (Token.is_unresolved(number) or Token.is_unresolved(limit))
