from __future__ import annotations

import pytest
from aws_cdk import CfnParameter, Size, Stack, Token

from constructs_lib import SpaceStorage


def test_says_20_and_100_gib_if_nothing_is_said() -> None:
    assert SpaceStorage() == SpaceStorage(default=Size.gibibytes(20), maximum=Size.gibibytes(100))


def test_follows_the_one_size_that_is_given() -> None:
    assert (
        SpaceStorage(default=Size.gibibytes(500)).maximum_gib,
        SpaceStorage(maximum=Size.gibibytes(8)).default_gib,
    ) == (
        500,
        8,
    )


def test_is_equal_whatever_the_unit() -> None:
    assert SpaceStorage(maximum=Size.tebibytes(1)) == SpaceStorage(maximum=Size.gibibytes(1024))


def test_repr_can_be_pasted() -> None:
    storage = SpaceStorage(default=Size.gibibytes(5), maximum=Size.gibibytes(16384))

    assert eval(repr(storage)) == storage


@pytest.mark.parametrize("argument", ["default", "maximum"])
def test_takes_a_token(stack: Stack, argument: str) -> None:
    size = Size.gibibytes(CfnParameter(stack, "Size", type="Number").value_as_number)

    storage = SpaceStorage(**{argument: size})

    assert Token.is_unresolved({"default": storage.default_gib, "maximum": storage.maximum_gib}[argument])


def test_default_is_20_gib_below_a_maximum_that_is_a_token(stack: Stack) -> None:
    size = Size.gibibytes(CfnParameter(stack, "Size", type="Number").value_as_number)

    assert SpaceStorage(maximum=size).default_gib == 20
