from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.checks.judgement import judge
from constructs_lib.checks.rules import RULES
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.assembly import NestedTemplate
from constructs_lib.templates.deployment import Deployment
from tests.checks.judged import resource, template

NESTED = resource("CloudFormation.Stack", TemplateURL="https://example.com/nested.template.json")
BY_PARAMETER = resource("CloudFormation.Stack", TemplateURL={"Ref": "Url"})
LOOP = ["Name", ["alice", "bob"], {"Profile${Name}": resource("UserProfile", UserProfileName={"Ref": "Name"})}]
KEY = resource("Domain", KmsKeyId="{{resolve:ssm:/studio/key}}")
COMPLIANT = [
    pytest.param({"Inner": NESTED}, id="a nested stack of the app"),
    pytest.param({"Inner": BY_PARAMETER}, id="a nested stack of the app, wherever its template is"),
    pytest.param({"Studio": resource("Domain")}, id="no nested stack"),
]
NON_COMPLIANT = [
    pytest.param({"Outer": NESTED}, "Outer", id="a nested stack from elsewhere"),
    pytest.param({"Inner": NESTED, "Outer": NESTED}, "Outer", id="beside one of the app"),
    pytest.param({"Outer": BY_PARAMETER}, "Outer", id="a nested stack by a parameter"),
    pytest.param({"Fn::ForEach::Users": LOOP}, "Fn::ForEach::Users", id="a loop"),
    pytest.param(
        {"Fn::ForEach::Users": LOOP, "Studio": KEY}, "Fn::ForEach::Users", id="a loop beside a dynamic reference"
    ),
    pytest.param({"Fn::Transform": {"Name": "AWS::Include"}}, "Fn::Transform", id="resources that a macro includes"),
]


def judged(resources: dict[str, Any]) -> set[tuple[str, str, str]]:
    outer = template("Research", {"Resources": resources, "Parameters": {"Url": {"Type": "String"}}})
    inner = template("Inner", {"Resources": {"Users": resource("UserProfile")}})
    nested = [NestedTemplate(inner, outer, "Inner")]
    return {
        (one.id.removeprefix("Studio-"), one.resource.logical_id, one.location.removeprefix("Properties."))
        for one in judge(RULES, Studio(Deployment([outer, inner], nested)))
        if one.id.startswith("Studio-TemplatesInApp")
    }


@pytest.mark.parametrize("resources", COMPLIANT)
def test_compliant(resources: dict[str, Any]) -> None:
    assert judged(resources) == set()


@pytest.mark.parametrize(("resources", "name"), NON_COMPLIANT)
def test_non_compliant(resources: dict[str, Any], name: str) -> None:
    assert judged(resources) == {("TemplatesInApp", name, "TemplateURL")}
