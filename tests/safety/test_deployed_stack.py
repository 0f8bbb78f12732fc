from __future__ import annotations

import pytest

from constructs_lib.safety.deployed_stack import DeployedStack

EVERYWHERE = DeployedStack("studio")
EUROPE = DeployedStack("studio", "111122223333", "eu-west-1")
AMERICA = DeployedStack("studio", "111122223333", "us-east-1")
SOMEWHERE = DeployedStack("studio", region="eu-west-1")


@pytest.mark.parametrize(
    ("stack", "text"),
    [
        (EVERYWHERE, "studio"),
        (EUROPE, "aws://111122223333/eu-west-1/studio"),
        (SOMEWHERE, "aws://unknown-account/eu-west-1/studio"),
        (DeployedStack("studio/Nested/Inner"), "studio/Nested/Inner"),
        (DeployedStack("studio/Nested", "111122223333"), "aws://111122223333/unknown-region/studio/Nested"),
    ],
)
def test_a_stack_reads_as_it_is_written(stack: DeployedStack, text: str) -> None:
    assert str(stack) == text
    assert DeployedStack.parse(text) == stack


def test_a_stack_without_a_name_is_none() -> None:
    with pytest.raises(ValueError, match="not enough values"):
        DeployedStack.parse("aws://111122223333/eu-west-1")


@pytest.mark.parametrize(
    ("stack", "others", "found"),
    [
        (EVERYWHERE, [EVERYWHERE, EUROPE], EVERYWHERE),
        (EVERYWHERE, [EUROPE], EUROPE),
        (EUROPE, [EVERYWHERE], EVERYWHERE),
        (SOMEWHERE, [EUROPE, AMERICA], EUROPE),
        (EVERYWHERE, [EUROPE, AMERICA], None),
        (EUROPE, [AMERICA], None),
        (EVERYWHERE, [DeployedStack("other")], None),
        (EVERYWHERE, [], None),
    ],
)
def test_a_stack_is_found_again_if_nobody_else_can_be_it(
    stack: DeployedStack, others: list[DeployedStack], found: DeployedStack | None
) -> None:
    assert stack.among(others) == found
