from __future__ import annotations

import aws_cdk as cdk
import pytest

from constructs_lib.tags import tag_problems


@pytest.mark.parametrize(
    ("key", "value"),
    [("team", "churn"), ("a b", "x y"), ("_.:/=+-@", "_.:/=+-@"), ("größe", "数"), ("k" * 128, "v" * 128)],
)
def test_takes_what_cloudformation_takes(key: str, value: str) -> None:
    assert list(tag_problems({key: value})) == []


def test_takes_tokens() -> None:
    assert list(tag_problems({"stack": cdk.Aws.STACK_NAME})) == []


@pytest.mark.parametrize(
    ("key", "value"), [("k" * 129, "v"), ("k", "v" * 129), ("k", "a\nb"), ("a#b", "v"), ("AWS:x", "v")]
)
def test_refuses_the_rest(key: str, value: str) -> None:
    assert len(list(tag_problems({key: value}))) == 1
