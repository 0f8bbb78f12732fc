"""What each intrinsic function comes to in a template, and which only the deployment knows."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.templates.deployment import Deployment
from constructs_lib.templates.resource import Resource, UnresolvedProperty
from tests.checks.judged import resource, template

P = {"Ref": "P"}
NO_VALUE = {"Ref": "AWS::NoValue"}
THING = resource("SNS.Topic")
OF_PARAMETER_STORE = {
    "Stored": resource("SSM.Parameter", Name="/mode", Type="String", Value="SSO"),
    "Unnamed": resource("SSM.Parameter", Type="String", Value={"Fn::GetAtt": ["Thing", "Arn"]}),
    "Regional": resource("SSM.Parameter", Name={"Fn::Sub": "/${AWS::Region}/mode"}, Type="String", Value="SSO"),
    "List": resource("SSM.Parameter", Name="/list", Type="StringList", Value="one,two"),
    "Loop": resource("SSM.Parameter", Name="/loop", Type="String", Value="{{resolve:ssm:/loop}}"),
    "There": resource("SSM.Parameter", Name="/there", Type="String", Value="{{resolve:ssm:/and-back}}"),
    "Back": resource("SSM.Parameter", Name="/and-back", Type="String", Value={"Ref": "PThere"}),
    "Kept": resource("SSM.Parameter", Name="/kept", Type="String", Value={"Ref": "PKept"}),
}


def of_parameter_store(default: Any, of: str = "String") -> dict[str, Any]:
    return {"Type": f"AWS::SSM::Parameter::Value<{of}>", "Default": default}


PARAMETERS = {
    "P": {"Type": "String"},
    "PDefault": {"Type": "String", "Default": "SSO"},
    "PNumber": {"Type": "Number", "Default": 5},
    "PList": {"Type": "CommaDelimitedList", "Default": "a,b"},
    "PMode": of_parameter_store("/mode"),
    "PListed": of_parameter_store("/list", "List<String>"),
    "PDelimited": of_parameter_store("/list", "CommaDelimitedList"),
    "PElsewhere": of_parameter_store("/elsewhere"),
    "POfNumber": of_parameter_store(5),
    "PWithoutDefault": {"Type": "AWS::SSM::Parameter::Value<String>"},
    "PImage": of_parameter_store("/aws/service/ami", "AWS::EC2::Image::Id"),
    "PThere": of_parameter_store("/there"),
    "PKept": of_parameter_store("/kept"),
}
MAPPINGS = {"Modes": {"eu": {"mode": "SSO", "list": ["a", "b"], "index": "1"}, "us": {"mode": "IAM"}}}


def it(value: Any, *others: Any, **resources: Any) -> Resource:
    """A resource with a value, in a stack with parameters, mappings and a few other resources."""
    body = {
        "Parameters": PARAMETERS,
        "Mappings": MAPPINGS,
        "Conditions": {"C": {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]}},
        "Resources": {
            "It": {"Type": "Test::It", "Properties": {"Value": value}},
            "Thing": THING,
            "Without": {"Type": "AWS::SNS::Topic"},
            **OF_PARAMETER_STORE,
            **resources,
        },
    }
    (found,) = Deployment([template("Research", body), *others]).of_type("Test::It")
    return found


def sub(text: str, **variables: Any) -> dict[str, Any]:
    return {"Fn::Sub": [text, variables] if variables else text}


def join(separator: str, *parts: Any) -> dict[str, Any]:
    return {"Fn::Join": [separator, list(parts)]}


def select(index: Any, values: Any) -> dict[str, Any]:
    return {"Fn::Select": [index, values]}


def split(separator: str, text: Any) -> dict[str, Any]:
    return {"Fn::Split": [separator, text]}


def get_att(*argument: Any) -> dict[str, Any]:
    return {"Fn::GetAtt": list(argument)}


def find(*keys: Any) -> dict[str, Any]:
    return {"Fn::FindInMap": list(keys)}


def condition(yes: Any, no: Any) -> dict[str, Any]:
    return {"Fn::If": ["C", yes, no]}


ARN = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/studio/user"

KNOWN: list[tuple[Any, Any]] = [
    # what is no intrinsic
    ("SSO", "SSO"),
    (5, 5),
    (5.5, 5.5),
    (False, False),
    ("", ""),
    ({"Fn": "x"}, {"Fn": "x"}),
    ({"Ref": "P", "Other": 1}["Other"], 1),
    ({"A": ["x", {"B": join("", "y")}]}, {"A": ["x", {"B": "y"}]}),
    (["a", NO_VALUE, "b"], ["a", "b"]),
    ({"A": "a", "B": NO_VALUE}, {"A": "a"}),
    ({"A": [{"B": NO_VALUE, "C": "c"}, NO_VALUE]}, {"A": [{"C": "c"}]}),
    (NO_VALUE, None),
    # Ref and Fn::GetAtt
    ({"Ref": "Thing"}, "<Research.Thing>"),
    ({"Ref": "Without"}, "<Research.Without>"),
    ({"Ref": "AWS::Region"}, "${AWS::Region}"),
    (get_att("Thing", "Arn"), "<Research.Thing.Arn>"),
    ({"Fn::GetAtt": "Thing.Arn"}, "<Research.Thing.Arn>"),
    ({"Fn::GetAtt": "Thing.Endpoint.Port"}, "<Research.Thing.Endpoint.Port>"),
    (get_att("Thing", "Endpoint.Port"), "<Research.Thing.Endpoint.Port>"),
    (get_att("Stored", "Value"), "SSO"),
    # Fn::Join
    (join("", "S", "SO"), "SSO"),
    (join("-", "a", 1, join("", "b", "c")), "a-1-bc"),
    (join(",", {"Ref": "Thing"}, {"Ref": "AWS::Region"}), "<Research.Thing>,${AWS::Region}"),
    ({"Fn::Join": [",", split("|", "a|b")]}, "a,b"),
    ({"Fn::Join": [",", find("Modes", "eu", "list")]}, "a,b"),
    (join("", "SSO", NO_VALUE), "SSO"),
    (join(",", "a", NO_VALUE, "b"), "a,b"),
    (join(","), ""),
    # Fn::Sub
    (sub("SSO"), "SSO"),
    (sub("${A}S${B}", A="S", B=join("", "O")), "SSO"),
    (sub("${Thing}/${Thing.Arn}/${AWS::Region}"), "<Research.Thing>/<Research.Thing.Arn>/${AWS::Region}"),
    (sub("${!aws:username}/${A}", A="a"), "${aws:username}/a"),
    (sub("${Thing}", Thing="a"), "a"),
    (sub("${Thing.Arn}", **{"Thing.Arn": "a"}), "a"),
    (sub("${PMode}"), "SSO"),
    (sub("$ {} ${A}$", A="a"), "$ {} a$"),
    ({"Fn::Sub": ["SSO", {}]}, "SSO"),
    # Fn::Select and Fn::Split
    (select(0, ["SSO", "IAM"]), "SSO"),
    (select("1", ["IAM", "SSO"]), "SSO"),
    (select(find("Modes", "eu", "index"), ["IAM", "SSO"]), "SSO"),
    (select(1, ["IAM", find("Modes", "eu", "mode")]), "SSO"),
    (select(1, split(",", "IAM,SSO")), "SSO"),
    (select(1, find("Modes", "eu", "list")), "b"),
    (select(0, ["SSO", P]), "SSO"),
    (split(",", "a,b"), ["a", "b"]),
    (split(",", join(",", "a", get_att("Thing", "Arn"))), ["a", "<Research.Thing.Arn>"]),
    (select(5, split(":", sub(ARN))), "role/studio/user"),
    (select(1, split("/", select(5, split(":", sub(ARN))))), "studio"),
    (select(4, split(":", sub(ARN))), "${AWS::AccountId}"),
    (select(1, split(".", join(".", get_att("Thing", "Arn"), "x"))), "x"),
    # Fn::FindInMap
    (find("Modes", "eu", "mode"), "SSO"),
    (find("Modes", "eu", "list"), ["a", "b"]),
    (find(join("", "Mod", "es"), select(0, ["eu"]), sub("mode")), "SSO"),
    # Fn::If
    (condition("SSO", "SSO"), "SSO"),
    (condition("SSO", join("", "S", "SO")), "SSO"),
    (condition({"A": ["a"]}, {"A": [sub("a")]}), {"A": ["a"]}),
    (condition("SSO", condition("SSO", "SSO")), "SSO"),
    # the rest
    ({"Fn::Base64": "SSO"}, "U1NP"),
    ({"Fn::Base64": sub("S${A}", A="SO")}, "U1NP"),
    ({"Fn::ToJsonString": {"A": ["a", NO_VALUE, join("", "b")]}}, '{"A": ["a", "b"]}'),
    # Parameter Store
    ({"Ref": "PMode"}, "SSO"),
    ({"Ref": "PListed"}, ["one", "two"]),
    ({"Ref": "PDelimited"}, ["one", "two"]),
    (select(1, {"Ref": "PListed"}), "two"),
    (join(",", "{{resolve:ssm:/list}}"), "one,two"),
    ("{{resolve:ssm:/mode}}", "SSO"),
    ("{{resolve:ssm:/mode:3}}", "SSO"),
    ("of {{resolve:ssm:/mode}}, {{resolve:ssm:/mode:1}}", "of SSO, SSO"),
    (sub("{{resolve:ssm:/${A}}}", A="mode"), "SSO"),
    (join("", "{{resolve:ssm:", {"Ref": "Stored"}, "}}"), "SSO"),
    (sub("{{resolve:ssm:${Unnamed}}}"), "<Research.Thing.Arn>"),
    (sub("{{resolve:ssm:/${AWS::Region}/mode}}"), "SSO"),
]

UNKNOWN: list[Any] = [
    P,
    {"Ref": "PDefault"},
    {"Ref": "PNumber"},
    {"Ref": "PList"},
    {"Ref": "PElsewhere"},
    {"Ref": "POfNumber"},
    {"Ref": "PWithoutDefault"},
    {"Ref": "PImage"},
    {"Ref": "Missing"},
    get_att("Missing", "Arn"),
    {"Fn::GetAtt": "Missing.Arn"},
    get_att("Thing", P),
    # an intrinsic in the place of a name: AWS::LanguageExtensions
    {"Ref": sub("P")},
    {"Ref": find("Modes", "eu", "mode")},
    get_att(sub("${A}", A="Missing"), "Arn"),
    get_att(find("Modes", "eu", "mode"), "Arn"),
    join("", "a", P),
    {"Fn::Join": [",", {"Ref": "PList"}]},
    sub("${P}"),
    sub("${Missing.Arn}"),
    sub("${A}", A=P),
    select(2, ["a", "b"]),
    select(P, ["a", "b"]),
    select(0, [P]),
    select(0, {"Ref": "PList"}),
    select(0, {"Fn::GetAZs": ""}),
    select(0, get_att("Thing", "DnsEntries")),
    select(1, split(",", P)),
    split(",", P),
    split(",", join(",", "a", P)),
    select(1, split('"', join("", "a", P))),
    select(2, split(":", join(":", P, "a"))),
    {"Fn::GetAZs": {"Ref": "AWS::Region"}},
    {"Fn::Cidr": ["10.0.0.0/16", 2, 8]},
    {"Fn::Length": ["a"]},
    {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "s3://bucket/file"}}},
    {"Fn::ForEach::Loop": ["I", ["a"], {"${I}": "x"}]},
    {"Fn::Tomorrow": "x"},
    find("Missing", "eu", "mode"),
    find("Modes", "ap", "mode"),
    find("Modes", {"Ref": "AWS::Region"}, "mode"),
    find("Modes", P, "mode"),
    condition("SSO", "IAM"),
    condition("SSO", NO_VALUE),
    condition(NO_VALUE, "SSO"),
    condition(P, P),
    condition(condition("a", "b"), "a"),
    ["a", P],
    ["a", join("", "b", P)],
    ["a", sub("${P}")],
    {"A": P},
    {"A": join("", "b", P)},
    [{"A": [sub("b${P}")]}],
    {"Fn::ToJsonString": {"A": P}},
    {"Fn::ImportValue": "missing"},
    {"Fn::ImportValue": P},
    {"Fn::ImportValue": sub("${P}-DomainId")},
    {"Fn::GetStackOutput": {"StackName": "missing", "OutputName": "Id"}},
    {"Fn::GetStackOutput": {"StackName": P, "OutputName": "Id"}},
    {"Fn::GetStackOutput": {"StackName": "Research", "OutputName": "Missing"}},
    "{{resolve:ssm:/elsewhere}}",
    "of {{resolve:ssm:/elsewhere}}",
    "{{resolve:ssm-secure:/mode}}",
    "{{resolve:secretsmanager:secret:SecretString:password}}",
    "{{resolve:secretsmanager:secret}}",
    sub("{{resolve:ssm:/${P}}}"),
    sub("{{resolve:ssm:/${AWS::AccountId}/elsewhere}}"),
    join("", "{{resolve:ssm:/", {"Ref": "AWS::Region"}, "/elsewhere}}"),
    # round and round
    "{{resolve:ssm:/loop}}",
    "{{resolve:ssm:/there}}",
    {"Ref": "PThere"},
    {"Ref": "PKept"},
    "of {{resolve:ssm:/loop}}",
]


@pytest.mark.parametrize(("value", "expected"), KNOWN, ids=str)
def test_what_is_known(value: Any, expected: Any) -> None:
    found = it(value)
    assert found.get("Value") == expected
    assert found.text("Value") == expected


@pytest.mark.parametrize("value", UNKNOWN, ids=str)
def test_what_only_the_deployment_knows(value: Any) -> None:
    with pytest.raises(UnresolvedProperty) as caught:
        it(value).get("Value")
    assert caught.value.path == "Value"
    assert caught.value.expression


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (join("", "role/", P), 'role/\ue000{"Ref":"P"}\ue001'),
        (sub("role/${P}/${Thing}"), 'role/\ue000{"Ref":"P"}\ue001/<Research.Thing>'),
        (P, '\ue000{"Ref":"P"}\ue001'),
        (["a", P], ["a", '\ue000{"Ref":"P"}\ue001']),
        ({"A": {"B": P, "C": NO_VALUE}}, {"A": {"B": '\ue000{"Ref":"P"}\ue001'}}),
        (condition("a", "b"), '\ue000{"Fn::If":["C","a","b"]}\ue001'),
        ("of {{resolve:ssm:/elsewhere}}", "of \ue000{{resolve:ssm:/elsewhere}}\ue001"),
    ],
    ids=str,
)
def test_a_text_keeps_what_is_known(value: Any, text: Any) -> None:
    assert it(value).text("Value") == text


FOR_EACH = {"Fn::ForEach::Topics": ["Name", ["a", "b"], {"Topic${Name}": THING}]}
INCLUDE = {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "s3://bucket/file"}}}
INCLUDING = {"Type": "AWS::SSM::Parameter", "Properties": INCLUDE}
READER = {"Type": "Custom::CrossRegionExportReader", "Properties": {"ServiceToken": "x"}}
EXPORTS = {"Id": {"Value": "d-1", "Export": {"Name": "domain-id"}}}


@pytest.mark.parametrize(
    "value",
    [
        "{{resolve:ssm:/elsewhere}}",
        {"Ref": "PElsewhere"},
        get_att("Reader", "/cdk/exports/x"),
        get_att("Including", "Value"),
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "beside",
    [FOR_EACH, INCLUDE, {"Another": INCLUDING}, {"Empty": {"Type": "AWS::SSM::Parameter"}}],
    ids=lambda beside: next(iter(beside)),
)
def test_resources_that_look_otherwise_stand_beside(value: Any, beside: dict[str, Any]) -> None:
    found = it(value, **{"Reader": READER, "Including": INCLUDING, **beside})
    with pytest.raises(UnresolvedProperty):
        found.get("Value")


@pytest.mark.parametrize(
    "outputs",
    [
        EXPORTS | {"Fn::ForEach::Outputs": ["Name", ["a"], {"Out${Name}": {"Value": "x", "Export": {"Name": "e"}}}]},
        EXPORTS | INCLUDE,
        EXPORTS | {"Other": {"Value": P, "Export": {"Name": {"Ref": "P"}}}},
        EXPORTS | {"Other": {"Value": "x", "Condition": "C"}},
    ],
    ids=["a loop", "an include", "an unknown name", "a condition"],
)
def test_outputs_that_look_otherwise_stand_beside(outputs: dict[str, Any]) -> None:
    other = template("Other", {"Resources": {"Thing": THING}, "Outputs": outputs})
    assert it({"Fn::ImportValue": "domain-id"}, other).get("Value") == "d-1"


def test_circles_through_exports_end() -> None:
    bodies = {
        one: {
            "Resources": {"Thing": THING},
            "Outputs": {"O": {"Value": {"Fn::ImportValue": f"of-{other}"}, "Export": {"Name": f"of-{one}"}}},
        }
        for one, other in (("A", "B"), ("B", "A"))
    }
    found = it({"Fn::ImportValue": "of-A"}, *(template(name, body) for name, body in bodies.items()))
    with pytest.raises(UnresolvedProperty):
        found.get("Value")
