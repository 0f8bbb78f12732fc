from __future__ import annotations

import aws_cdk as cdk
import pytest

from constructs_lib.physical_name import NameRegistry, check_physical_name


@pytest.mark.parametrize("name", ["a", "A1", "a-b", "a--b", "a" * 63])
def test_literal_names_are_told_from_tokens(name: str) -> None:
    assert check_physical_name("space_name", name)
    assert not check_physical_name("space_name", cdk.Aws.STACK_NAME)


def test_a_token_is_taken_as_often_as_it_comes() -> None:
    names = NameRegistry("space_name")

    names.take(cdk.Aws.STACK_NAME)
    names.take(cdk.Aws.STACK_NAME)
    names.take("lab")
    with pytest.raises(ValueError, match="'Lab' beside 'lab'"):
        names.take("Lab")


def test_a_name_is_given_back_if_what_was_to_have_it_is_refused() -> None:
    names = NameRegistry("space_name")

    for name in ("lab", cdk.Aws.STACK_NAME):
        with pytest.raises(ValueError, match=r"^refused$"), names.taking(name):
            raise ValueError("refused")
    with names.taking("LAB"):
        pass

    with pytest.raises(ValueError, match="'lab' beside 'LAB'"), names.taking("lab"):
        pass
    with pytest.raises(ValueError, match="'lab' beside 'LAB'"):
        names.take("lab")
