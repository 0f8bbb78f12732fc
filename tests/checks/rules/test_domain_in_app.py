from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import resource, template, verdicts

PARAMETERS = {"Domain": {"Type": "String"}}
COMPLIANT = [
    pytest.param({"Ref": "Studio"}, id="a reference"),
    pytest.param({"Fn::GetAtt": ["Studio", "DomainId"]}, id="an attribute"),
    pytest.param({"Fn::Sub": "${Studio}"}, id="a reference in a text"),
    pytest.param({"Fn::ImportValue": "studio:Domain"}, id="an export of another stack"),
    pytest.param("{{resolve:ssm:/studio/domain}}", id="a parameter of Systems Manager"),
    pytest.param({"Fn::If": ["IsTest", {"Ref": "Studio"}, {"Ref": "Studio"}]}, id="the same, either way"),
    pytest.param(
        {"Fn::Select": [1, {"Fn::Split": ["|", {"Ref": "Owner"}]}]}, id="the domain in the reference of a profile"
    ),
]
NON_COMPLIANT = [
    pytest.param("d-abcdefghijkl", id="an id"),
    pytest.param({"Ref": "Bucket"}, id="a resource that is no domain"),
    pytest.param({"Ref": "Domain"}, id="a parameter"),
    pytest.param({"Fn::ImportValue": "elsewhere:Domain"}, id="an export of no stack"),
    pytest.param("{{resolve:ssm:/elsewhere/domain}}", id="a parameter of Systems Manager elsewhere"),
    pytest.param({"Fn::If": ["IsTest", {"Ref": "Studio"}, "d-abcdefghijkl"]}, id="a condition"),
    pytest.param({"Ref": "AWS::NoValue"}, id="no value"),
]


def judged(kind: str, domain: Any) -> set[tuple[str, str, str]]:
    resources = {
        "Studio": resource("Domain"),
        "Bucket": resource("S3.Bucket"),
        "Owner": resource("UserProfile", DomainId={"Ref": "Studio"}, UserProfileName="owner"),
        "Member": resource(kind, DomainId=domain),
    }
    hub = {
        "Resources": {
            "Hub": resource("Domain"),
            "Id": resource("SSM.Parameter", Name="/studio/domain", Value={"Ref": "Hub"}),
        },
        "Outputs": {"Domain": {"Value": {"Ref": "Hub"}, "Export": {"Name": "studio:Domain"}}},
    }
    body = {"Resources": resources, "Parameters": PARAMETERS}
    return {
        (one.id, one.resource.logical_id, one.location)
        for one in verdicts(template("Research", body), template("Shared", hub))
        if one.id.startswith("Studio-DomainInApp")
    }


@pytest.mark.parametrize("domain", COMPLIANT)
@pytest.mark.parametrize("kind", ["UserProfile", "Space"])
def test_compliant(kind: str, domain: Any) -> None:
    assert judged(kind, domain) == set()


# A domain that only the deployment knows is one that is made elsewhere: there is no [Unresolved] beside that.
@pytest.mark.parametrize("domain", NON_COMPLIANT)
@pytest.mark.parametrize("kind", ["UserProfile", "Space"])
def test_non_compliant(kind: str, domain: Any) -> None:
    assert judged(kind, domain) == {("Studio-DomainInApp", "Member", "Properties.DomainId")}
