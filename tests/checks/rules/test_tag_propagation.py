from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import found, resource

PARAMETERS = {"Propagation": {"Type": "String", "Default": "ENABLED"}}
COMPLIANT = [
    pytest.param("ENABLED", id="enabled"),
    pytest.param({"Fn::FindInMap": ["Tags", "All", "Propagation"]}, id="enabled by a mapping"),
]
NON_COMPLIANT = [
    pytest.param("DISABLED", "TagPropagation", id="disabled"),
    pytest.param(None, "TagPropagation", id="nothing"),
    pytest.param({"Ref": "AWS::NoValue"}, "TagPropagation", id="no value"),
    pytest.param({"Ref": "Propagation"}, "TagPropagation[Unresolved]", id="a parameter"),
    pytest.param({"Fn::ImportValue": "tags:Propagation"}, "TagPropagation[Unresolved]", id="an export of no stack"),
    pytest.param({"Fn::If": ["IsProduction", "ENABLED", "DISABLED"]}, "TagPropagation[Unresolved]", id="a condition"),
]


def judged(propagation: Any) -> set[tuple[str, str, str]]:
    properties = {} if propagation is None else {"TagPropagation": propagation}
    body = {"Parameters": PARAMETERS, "Mappings": {"Tags": {"All": {"Propagation": "ENABLED"}}}}
    resources = {"Studio": resource("Domain", **properties)}
    return {one for one in found(resources, **body) if one[0].startswith("TagPropagation")}


@pytest.mark.parametrize("propagation", COMPLIANT)
def test_compliant(propagation: Any) -> None:
    assert judged(propagation) == set()


@pytest.mark.parametrize(("propagation", "rule"), NON_COMPLIANT)
def test_non_compliant(propagation: Any, rule: str) -> None:
    assert judged(propagation) == {(rule, "Studio", "TagPropagation")}
