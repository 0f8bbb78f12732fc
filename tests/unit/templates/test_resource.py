"""Parts of resources, and that no value passes in silence because nobody knows it before the deployment."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.templates.deployment import Deployment
from constructs_lib.templates.resource import Resource, UnresolvedProperty
from tests.checks.judged import template
from tests.checks.pieces import AROUND, INCLUDE, LIST, NO_VALUE, P, condition


def it(**properties: Any) -> Resource:
    body = {"Resources": {"It": {"Type": "Test::It", "Properties": properties}}, **AROUND}
    (one,) = Deployment([template("Research", body)]).of_type("Test::It")
    return one


def test_a_place_says_where_it_is() -> None:
    one = it(A={"B": [{"C": "c"}, {"C": "d"}]})
    assert [(part.path, part.get("C"), part.place("C")) for part in one.parts("A.B")] == [
        ("Properties.A.B.0", "c", "Properties.A.B.0.C"),
        ("Properties.A.B.1", "d", "Properties.A.B.1.C"),
    ]
    assert one.below("A").below("B").path == one.below("A.B").path == "Properties.A.B"
    assert one.place("") == "Properties"


@pytest.mark.parametrize("path", ["X", "X.Y", "A.X", "A.B.X", "N", "N.X", "Empty.X", "List.X"])
def test_what_is_not_there(path: str) -> None:
    one = it(A={"B": "b"}, N=NO_VALUE, Empty=None, List=["a"])
    assert one.get(path) is None
    assert one.text(path) is None
    assert not one.below(path).exists
    assert list(one.parts(path)) == []


@pytest.mark.parametrize("body", [{}, {"Properties": {}}, {"Properties": None}, {"Condition": "C", "DependsOn": "X"}])
def test_resources_without_properties(body: dict[str, Any]) -> None:
    deployment = Deployment([template("Research", {"Resources": {"It": {"Type": "Test::It", **body}}})])
    (one,) = deployment.of_type("Test::It")
    assert one.get("A.B") is None
    assert list(one.parts("A.B")) == []


@pytest.mark.parametrize(
    ("value", "items"),
    [
        (["a", "b"], ["a", "b"]),
        ("a", ["a"]),
        ({"A": "a"}, [{"A": "a"}]),
        ([], []),
        (NO_VALUE, []),
        (["a", NO_VALUE], ["a"]),
        (condition(["a"], ["b", "c"]), ["a", "b", "c"]),
        (condition(["a"], NO_VALUE), ["a"]),
        (["a", condition("b", NO_VALUE)], ["a", "b"]),
        (["a", condition("b", condition("c", "d"))], ["a", "b", "c", "d"]),
        ({"Fn::Split": [",", "a,b"]}, ["a", "b"]),
        ([{"Fn::Split": [",", "a,b"]}], ["a", "b"]),
        (condition({"Fn::Split": [",", "a,b"]}, ["c"]), ["a", "b", "c"]),
        (LIST, [LIST]),
        (["a", LIST], ["a", LIST]),
        (condition(LIST, ["a"]), [LIST, "a"]),
    ],
    ids=str,
)
def test_items_of_a_list(value: Any, items: list[Any]) -> None:
    assert [part.value for part in it(A={"B": value}).parts("A.B")] == items


@pytest.mark.parametrize(
    ("value", "items"),
    [
        (condition({"B": ["a"]}, {"B": ["b"]}), ["a", "b"]),
        (condition({"B": ["a"]}, NO_VALUE), ["a"]),
        (condition({"B": ["a"]}, {"C": "c"}), ["a"]),
        (condition(condition({"B": "a"}, {"B": ["b", NO_VALUE]}), {"B": condition(["c"], NO_VALUE)}), ["a", "b", "c"]),
        (condition({"B": ["a"]}, P), ["a", P]),
    ],
    ids=str,
)
def test_items_of_a_list_beneath_a_condition(value: Any, items: list[Any]) -> None:
    assert [part.value for part in it(A=value).parts("A.B")] == items


@pytest.mark.parametrize("path", ["A", "A.B", "A.B.C"])
@pytest.mark.parametrize(
    "value", [P, condition({"B": {"C": 1}}, {"B": {"C": 2}}), condition({"B": 1}, NO_VALUE), INCLUDE]
)
def test_whatever_is_beneath_an_unknown_value_is_unknown(value: Any, path: str) -> None:
    one = it(A=value)
    assert one.below(path).exists
    assert "\ue000" in one.text(path)
    with pytest.raises(UnresolvedProperty) as caught:
        one.get(path)
    assert caught.value.path == path
    with pytest.raises(UnresolvedProperty):
        one.below(path).get("")


def test_beneath_a_condition_that_changes_nothing() -> None:
    one = it(A=condition({"B": {"C": "c"}}, {"B": {"C": "c"}}))
    assert one.get("A.B.C") == "c"
    assert one.below("A.B").get("C") == "c"


def test_what_a_transform_may_add_is_unknown() -> None:
    one = it(A={"B": "b", **INCLUDE}, **INCLUDE)
    assert one.get("A.B") == "b"
    for path in ("X", "A.X"):
        with pytest.raises(UnresolvedProperty):
            one.get(path)
