from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.patch.handler.settings import Settings, common, differences, is_same, merged, taken_back


@pytest.mark.parametrize(
    ("base", "over", "result"),
    [
        ({}, {"A": {"B": "1"}}, {"A": {"B": "1"}}),
        ({"A": {"B": "1", "C": ["2"]}, "D": "3"}, {"A": {"B": "4"}}, {"A": {"B": "4", "C": ["2"]}, "D": "3"}),
        ({"A": ["1", "2"]}, {"A": ["3"]}, {"A": ["3"]}),
        ({"A": "1"}, {}, {"A": "1"}),
    ],
)
def test_settings_are_laid_over_others(base: Settings, over: Settings, result: Settings) -> None:
    assert merged(base, over) == result


def test_neither_is_changed() -> None:
    base, over = {"A": {"B": "1"}}, {"A": {"C": "2"}}

    merged(base, over)["A"]["B"] = "3"
    taken_back(base, {"A": {"B": "1"}})

    assert (base, over) == ({"A": {"B": "1"}}, {"A": {"C": "2"}})


@pytest.mark.parametrize(
    ("described", "was_set", "result"),
    [
        ({"Status": "ENABLED"}, {"Status": "ENABLED"}, {"Status": "DISABLED"}),
        ({"Status": "DISABLED"}, {"Status": "DISABLED"}, {"Status": "DISABLED"}),
        ({"Status": "DISABLED"}, {"Status": "ENABLED"}, {"Status": "DISABLED"}),
        ({"Status": "ENABLED"}, {"Status": "DISABLED"}, {"Status": "ENABLED"}),
        ({"Mode": "USER_IDENTITY"}, {"Mode": "USER_IDENTITY"}, {"Mode": "STATIC"}),
        ({"Mode": "STATIC"}, {"Mode": "STATIC"}, {"Mode": "STATIC"}),
        ({"Arns": ["a"], "Other": "b"}, {"Arns": ["a"]}, {"Arns": [], "Other": "b"}),
        ({"Arns": ["a", "b"]}, {"Arns": ["a"]}, {"Arns": ["a", "b"]}),
        ({"Arns": ["a", "b"]}, {"Arns": ["b", "a"]}, {"Arns": []}),
        ({"Spec": {"Alias": "3.2", "Type": "t"}}, {"Spec": {"Alias": "3.2"}}, {"Spec": {"Type": "t"}}),
        ({"Spec": {"Alias": "3.3"}}, {"Spec": {"Alias": "3.2"}}, {"Spec": {"Alias": "3.3"}}),
        ({"Other": "b"}, {"Spec": {"Alias": "3.2"}, "Arns": ["a"]}, {"Other": "b"}),
    ],
)
def test_what_was_set_is_taken_back_where_it_still_stands(
    described: Settings, was_set: Settings, result: Settings
) -> None:
    assert taken_back(described, was_set) == result
    assert taken_back(result, was_set) == result


def test_common_members_keep_their_values() -> None:
    settings = {"A": {"B": "1", "C": "2"}, "D": ["3"], "E": "4"}

    assert common(settings, {"A": {"B": "5"}, "D": [], "F": "6"}) == {"A": {"B": "1"}, "D": ["3"]}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (["a", "b"], ["b", "a"], True),
        ({"A": {"B": [{"C": "1", "D": "2"}, {"C": "3"}]}}, {"A": {"B": [{"C": "3"}, {"D": "2", "C": "1"}]}}, True),
        (["a", "b"], ["a", "a"], False),
        (["a"], None, False),
        ({"A": ["a"]}, {"A": ["a"], "B": "1"}, False),
    ],
)
def test_values_are_the_same_in_any_order(one: Any, other: Any, same: bool) -> None:
    assert is_same(one, other) is same


def test_differences_name_the_member_and_what_there_is() -> None:
    wanted = {"A": {"B": "1", "C": {"D": ["2"]}, "E": "3"}}

    assert list(differences(wanted, {"A": {"B": "1", "C": {"D": []}}, "F": "4"})) == [
        "A.C.D is [] and not ['2']",
        "A.E is None and not '3'",
    ]
    assert list(differences(wanted, {**wanted, "F": "4"})) == []
    assert list(differences(wanted, {})) != []
    assert list(differences({"A": []}, {})) == []
    assert list(differences({"A": []}, {"A": ["1"]})) == ["A is ['1'] and not []"]
