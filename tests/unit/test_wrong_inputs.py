"""Everything that is refused, and the message that comes: the rows stand in ``tests/unit/wrong_inputs``."""

from __future__ import annotations

from types import ModuleType

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms

from constructs_lib import DomainEncryption
from tests.unit.wrong_inputs import PARTS
from tests.unit.wrong_inputs.studio import Studio


def rows(table: str) -> list[object]:
    return [pytest.param(part, name, id=f"{part.__name__}: {name}") for part in PARTS for name in vars(part)[table]]


@pytest.fixture
def studio(app: cdk.App, stack: cdk.Stack) -> Studio:
    return Studio(app, stack)


@pytest.mark.parametrize(("part", "name"), rows("WRONG"))
def test_fails_with_a_message_that_says_what_got_allowed_and_fix(part: ModuleType, name: str, studio: Studio) -> None:
    do, message = part.WRONG[name]

    with pytest.raises(ValueError) as refusal:
        do(studio)

    assert str(refusal.value) == message
    assert not message.endswith(".")


@pytest.mark.parametrize(("part", "name"), rows("WRONG_TYPES"))
def test_fails_with_the_right_thing_to_pass_where_no_type_checker_ran(
    part: ModuleType, name: str, studio: Studio
) -> None:
    do, message = part.WRONG_TYPES[name]

    with pytest.raises(TypeError) as refusal:
        do(studio)

    assert str(refusal.value) == message


def test_fails_with_an_alias_that_is_a_construct(studio: Studio) -> None:
    alias = kms.Alias(studio.stack, "Alias", alias_name="alias/studio", target_key=kms.Key(studio.stack, "Key"))

    with pytest.raises(ValueError, match="encryption must have a key, got the alias"):
        studio.domain(encryption=DomainEncryption.customer_managed(alias))


def test_the_tables_have_at_least_a_hundred_and_twenty_rows() -> None:
    assert len(rows("WRONG")) + len(rows("WRONG_TYPES")) >= 120
