"""The lock finds what is lost by each mutation, and nothing else; an independent judge agrees, or there is a reason."""

from __future__ import annotations

from collections import Counter

import pytest

from constructs_lib.safety.change import Danger
from tests.safety.mutations import HARMLESS, LOSING, MUTATIONS, Mutation, Reason
from tests.safety.proof import Outcome, prove, synthesize
from tests.safety.render import PAGE, rendered

every_mutation = pytest.mark.parametrize("index", range(len(MUTATIONS)), ids=[one.name for one in MUTATIONS])


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    nothing = Mutation("nothing", lambda draft: None)
    return prove([*MUTATIONS, nothing], synthesize(tmp_path_factory.mktemp("before")), tmp_path_factory.mktemp("after"))


@every_mutation
def test_the_lock_finds_what_is_lost_and_nothing_else(index: int, outcomes: list[Outcome]) -> None:
    outcome = outcomes[index]
    expected = {(key, danger) for name, danger in outcome.mutation.dangers for key in outcome.keys([name])}

    assert outcome.changes
    assert outcome.dangers == expected


@every_mutation
def test_the_judge_agrees_on_each_resource_unless_there_is_a_reason(index: int, outcomes: list[Outcome]) -> None:
    outcome = outcomes[index]
    differs = outcome.mutation.differs

    assert outcome.lost ^ outcome.destroyed == outcome.keys(differs)
    for name, reason in differs.items():
        assert reason.reports in (None, outcome.keys([name]) <= outcome.destroyed)


def test_nothing_is_lost_and_nothing_destroyed_where_nothing_changes(outcomes: list[Outcome]) -> None:
    outcome = outcomes[-1]

    assert (outcome.changes, outcome.dangers, outcome.destroyed) == (False, set(), set())


def test_there_are_enough_mutations_of_both_kinds() -> None:
    losing, harmless = len(LOSING), len(HARMLESS)

    assert losing >= 35 and harmless >= 35
    assert all(one.loses for one in LOSING) and not any(one.loses for one in HARMLESS)
    assert {name: count for name, count in Counter(one.name for one in MUTATIONS).items() if count > 1} == {}


def test_each_danger_and_each_reason_has_a_mutation() -> None:
    assert {danger for one in MUTATIONS for _, danger in one.dangers} == set(Danger)
    assert {reason for one in MUTATIONS for reason in one.differs.values()} == set(Reason)


def test_the_page_says_where_the_judge_differs_and_why() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert page == rendered(page), "the reasons changed: run make docs"
