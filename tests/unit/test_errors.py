from __future__ import annotations

import aws_cdk as cdk
import pytest

from constructs_lib.errors import located_at, refuse_all


def test_every_line_names_the_construct(stack: cdk.Stack) -> None:
    with pytest.raises(ValueError) as refusal, located_at(cdk.Resource(stack, "Studio")):
        refuse_all(iter(["one", "two"]))

    assert str(refusal.value) == "[Research/Studio] one\n[Research/Studio] two"


def test_nothing_wrong_is_nothing_refused(stack: cdk.Stack) -> None:
    with located_at(stack):
        refuse_all([])


def test_other_errors_pass_as_they_are(stack: cdk.Stack) -> None:
    with pytest.raises(TypeError, match=r"^other$"), located_at(stack):
        raise TypeError("other")
