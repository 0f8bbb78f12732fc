"""However many statements there are, and however long, what comes out is all of them, and fits."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from constructs_lib.access.policy_document import MAXIMUM_SIZE, in_policies, size_of

EMPTY = size_of([{"Sid": "", "Effect": "Deny", "Action": "", "Resource": "*"}])


@settings(max_examples=100, deadline=None)
@given(lengths=st.lists(st.integers(0, MAXIMUM_SIZE - EMPTY - 2), max_size=20))
def test_any_statements_come_out_in_order_in_policies_that_fit_and_are_full(
    lengths: list[int],
) -> None:
    statements = [
        {"Sid": f"{index:02}", "Effect": "Deny", "Action": "a" * length, "Resource": "*"}
        for index, length in enumerate(lengths)
    ]

    policies = in_policies(statements)

    assert [one for policy in policies for one in policy] == statements
    assert all(policy and size_of(policy) <= MAXIMUM_SIZE for policy in policies)
    for one, following in itertools.pairwise(policies):
        assert size_of([*one, following[0]]) > MAXIMUM_SIZE
