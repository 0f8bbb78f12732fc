from __future__ import annotations

import pytest
from aws_cdk import CfnParameter, Stack

from constructs_lib import PosixUser


@pytest.mark.parametrize(("uid", "gid"), [(10_000, 1_001), (4_000_000, 4_000_000)])
def test_takes_the_numbers_that_studio_takes(uid: int, gid: int) -> None:
    assert PosixUser(uid=uid, gid=gid)._render() == {"uid": uid, "gid": gid}


def test_takes_a_token(stack: Stack) -> None:
    number = CfnParameter(stack, "Number", type="Number").value_as_number

    user = PosixUser(uid=number, gid=number)

    assert isinstance(number, float), "which this is about"
    assert stack.resolve(user._render()) == {"uid": {"Ref": "Number"}, "gid": {"Ref": "Number"}}


def test_repr_can_be_pasted() -> None:
    user = PosixUser(uid=10_001, gid=1_001)

    assert eval(repr(user)) == user
