from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import found, resource

PARAMETERS = {"Access": {"Type": "String", "Default": "VpcOnly"}}
COMPLIANT = [
    pytest.param("VpcOnly", id="the VPC alone"),
    pytest.param({"Fn::If": ["IsProduction", "VpcOnly", "VpcOnly"]}, id="the VPC alone, either way"),
]
NON_COMPLIANT = [
    pytest.param("PublicInternetOnly", "VpcOnly", id="the Internet"),
    pytest.param(None, "VpcOnly", id="nothing"),
    pytest.param({"Ref": "AWS::NoValue"}, "VpcOnly", id="no value"),
    pytest.param({"Ref": "Access"}, "VpcOnly[Unresolved]", id="a parameter, whatever its default"),
    pytest.param({"Fn::ImportValue": "network:Access"}, "VpcOnly[Unresolved]", id="an export of no stack"),
    pytest.param(
        {"Fn::If": ["IsProduction", "VpcOnly", "PublicInternetOnly"]}, "VpcOnly[Unresolved]", id="a condition"
    ),
    pytest.param(
        {"Fn::If": ["IsProduction", "VpcOnly", {"Ref": "AWS::NoValue"}]}, "VpcOnly[Unresolved]", id="or nothing"
    ),
]


def judged(access: Any) -> set[tuple[str, str, str]]:
    properties = {} if access is None else {"AppNetworkAccessType": access}
    resources = {"Studio": resource("Domain", **properties)}
    return {one for one in found(resources, Parameters=PARAMETERS) if one[0].startswith("VpcOnly")}


@pytest.mark.parametrize("access", COMPLIANT)
def test_compliant(access: Any) -> None:
    assert judged(access) == set()


@pytest.mark.parametrize(("access", "rule"), NON_COMPLIANT)
def test_non_compliant(access: Any, rule: str) -> None:
    assert judged(access) == {(rule, "Studio", "AppNetworkAccessType")}
