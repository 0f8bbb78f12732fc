"""Each piece of a policy is taken away once."""

from __future__ import annotations

from tests.access.documents import allow, policy
from tests.access.mutations import mutants


def test_each_piece_of_a_policy_is_taken_away_once() -> None:
    first = allow(
        ["a:A", "a:B"], ["r", "s"], Sid="First", Condition={"StringEquals": {"k": "v", "l": "w"}, "Null": {"m": "true"}}
    )
    second = {"Effect": "Deny", "Action": "a:A", "NotResource": ["r", "s"]}

    made = list(mutants(policy(first, second), name="Fence"))

    removed = {mutant.words: mutant.document["Statement"] for mutant in made}
    null = {"Null": {"m": "true"}}
    assert removed == {
        "Fence: statement First removed": [second],
        "Fence: Action a:A removed from statement First": [first | {"Action": ["a:B"]}, second],
        "Fence: Action a:B removed from statement First": [first | {"Action": ["a:A"]}, second],
        "Fence: Resource r removed from statement First": [first | {"Resource": ["s"]}, second],
        "Fence: Resource s removed from statement First": [first | {"Resource": ["r"]}, second],
        "Fence: condition StringEquals removed from statement First": [first | {"Condition": null}, second],
        "Fence: condition StringEquals k removed from statement First": [
            first | {"Condition": {"StringEquals": {"l": "w"}} | null},
            second,
        ],
        "Fence: condition StringEquals l removed from statement First": [
            first | {"Condition": {"StringEquals": {"k": "v"}} | null},
            second,
        ],
        "Fence: condition Null removed from statement First": [
            first | {"Condition": {"StringEquals": {"k": "v", "l": "w"}}},
            second,
        ],
        "Fence: statement 2 removed": [first],
        "Fence: NotResource r removed from statement 2": [first, second | {"NotResource": ["s"]}],
        "Fence: NotResource s removed from statement 2": [first, second | {"NotResource": ["r"]}],
    }


def test_a_statement_without_its_last_condition_has_none() -> None:
    conditional = allow("a:A", Condition={"Null": {"k": "true"}})

    assert policy(allow("a:A")) in [mutant.document for mutant in mutants(policy(conditional))]


def test_a_mutant_opens_what_is_denied_less_or_allowed_on_more() -> None:
    condition = {"Null": {"k": "true"}}
    allowing = allow(["a:A", "a:B"], ["r", "s"], Sid="Allow", Condition=condition)
    denying = {
        "Sid": "Deny",
        "Effect": "Deny",
        "Action": ["a:C", "a:D"],
        "NotResource": ["r", "s"],
        "Condition": condition,
    }

    made = list(mutants(policy(allowing, denying), name="P"))

    assert {mutant.words: mutant.opens for mutant in made} == {
        "P: statement Allow removed": False,
        "P: Action a:A removed from statement Allow": False,
        "P: Action a:B removed from statement Allow": False,
        "P: Resource r removed from statement Allow": False,
        "P: Resource s removed from statement Allow": False,
        "P: condition Null removed from statement Allow": True,
        "P: statement Deny removed": True,
        "P: Action a:C removed from statement Deny": True,
        "P: Action a:D removed from statement Deny": True,
        "P: NotResource r removed from statement Deny": False,
        "P: NotResource s removed from statement Deny": False,
        "P: condition Null removed from statement Deny": False,
    }
    assert {mutant.actions for mutant in made} == {("a:A", "a:B"), ("a:C", "a:D")}
