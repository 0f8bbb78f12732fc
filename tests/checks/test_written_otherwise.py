"""One Studio with much that is wrong, written in all the ways that come to the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from constructs_lib.checks.judgement import judge
from constructs_lib.checks.rules import RULES
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.assembly import NestedTemplate, Template
from constructs_lib.templates.deployment import Deployment
from tests.checks.judged import resource, template, verdicts
from tests.checks.pieces import (
    ANYBODY,
    AROUND,
    EVERYBODY,
    FULL_ACCESS,
    READ_ONLY,
    TRUSTED,
    condition,
    domain,
    get_att,
    ingress,
    role,
    statement,
)

PLAIN: dict[str, Any] = {
    "Key": resource("KMS.Key", KeyPolicy={"Statement": [EVERYBODY]}),
    "Domain": domain(
        KmsKeyId=get_att("Key", "Arn"), AppNetworkAccessType="PublicInternetOnly", TagPropagation="DISABLED"
    ),
    "Role": role(
        AssumeRolePolicyDocument={"Statement": [TRUSTED, ANYBODY]},
        ManagedPolicyArns=[FULL_ACCESS, READ_ONLY],
        Policies=[
            {
                "PolicyName": "p",
                "PolicyDocument": {
                    "Statement": [
                        statement(Action=["s3:*", "sagemaker:CreateSpace", "sagemaker:DeleteDomain"]),
                        statement(Action="iam:PassRole"),
                        statement(Action="sagemaker:StartSession"),
                        statement(
                            Action="sagemaker:DeleteSpace",
                            Condition={"ArnLike": {"sagemaker:OwnerUserProfileArn": "arn:aws:sagemaker:*:*:*"}},
                        ),
                        statement(Effect="Deny", Action="s3:DeleteObject"),
                    ]
                },
            }
        ],
    ),
    "Attached": resource(
        "IAM.ManagedPolicy", PolicyDocument={"Statement": [statement(Action="kms:*")]}, Roles=[{"Ref": "Role"}]
    ),
    "User": resource("UserProfile", DomainId={"Ref": "Domain"}, UserProfileName="ada"),
    "Bob": resource("UserProfile", DomainId={"Ref": "Domain"}, UserProfileName="bob"),
    "Space": resource(
        "Space",
        DomainId={"Ref": "Domain"},
        OwnershipSettings={"OwnerUserProfileName": "carol"},
        SpaceSharingSettings={"SharingType": "Private"},
        SpaceSettings={"RemoteAccess": "ENABLED"},
    ),
    "Script": resource("StudioLifecycleConfig", StudioLifecycleConfigContent="ZWNobyBBS0lBSU9TRk9ETk43RVhBTVBMRQ=="),
    "Group": ingress(FromPort=0, ToPort=65535),
}

Findings = set[tuple[str, str, str]]


def findings(*stacks: Template, nested: list[NestedTemplate] | None = None) -> Findings:
    studio = Studio(Deployment(stacks, nested or ()))
    return {
        (one.id, one.resource.logical_id, one.location)
        for one in judge(RULES, studio)
        if one.resource.logical_id in PLAIN
    }


def rewritten(value: Any, write: Callable[[Any], Any]) -> Any:
    """The value with all texts, and all references, written another way."""
    if isinstance(value, str) or (isinstance(value, dict) and list(value) in (["Ref"], ["Fn::GetAtt"])):
        return write(value)
    if isinstance(value, list):
        return [rewritten(one, write) for one in value]
    if isinstance(value, dict):
        return {name: rewritten(one, write) for name, one in value.items()}
    return value


def plainly(write: Callable[[Any], Any]) -> dict[str, Any]:
    return {
        logical_id: {**body, "Properties": rewritten(body["Properties"], write)} for logical_id, body in PLAIN.items()
    }


WAYS: dict[str, Callable[[Any], Any]] = {
    "Fn::Join": lambda value: {"Fn::Join": ["", [value]]},
    "Fn::Sub": lambda value: {"Fn::Sub": ["${It}", {"It": value}]},
    "Fn::Select": lambda value: {"Fn::Select": ["1", ["x", value]]},
    "Fn::If": lambda value: condition(value, value),
    "Fn::Split": lambda value: {"Fn::Select": [1, {"Fn::Split": ["|", {"Fn::Join": ["|", ["x", value, "y"]]}]}]},
    "all of them": lambda value: condition(
        {"Fn::Join": ["", [{"Fn::Select": [0, [value]]}]]}, {"Fn::Sub": ["${V}", {"V": value}]}
    ),
}


def test_the_plain_studio_is_found_out() -> None:
    assert (
        len({id.partition("[")[0] for id, _, _ in findings(template("Research", {"Resources": PLAIN, **AROUND}))}) > 15
    )


@pytest.mark.parametrize("write", WAYS.values(), ids=WAYS.keys())
def test_the_same_is_found_however_it_is_written(write: Callable[[Any], Any]) -> None:
    expected = findings(template("Research", {"Resources": PLAIN, **AROUND}))
    assert findings(template("Research", {"Resources": plainly(write), **AROUND})) == expected


def test_the_same_is_found_with_conditions_around_everything() -> None:
    def around(value: Any) -> Any:
        if isinstance(value, list):
            value = [around(one) for one in value]
        elif isinstance(value, dict) and list(value) not in (["Ref"], ["Fn::GetAtt"]):
            value = {name: around(one) for name, one in value.items()}
        return condition(value, value)

    resources = {
        logical_id: {**body, "Properties": {name: around(one) for name, one in body["Properties"].items()}}
        for logical_id, body in PLAIN.items()
    }
    expected = findings(template("Research", {"Resources": PLAIN, **AROUND}))
    assert findings(template("Research", {"Resources": resources, **AROUND})) == expected


@pytest.mark.parametrize("way", ["Fn::ImportValue", "Fn::GetStackOutput", "{{resolve:ssm}}", "Fn::FindInMap"])
def test_the_same_is_found_wherever_the_texts_stand(way: str) -> None:
    values: dict[str, str] = {}

    def write(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        name = f"N{len(values)}"
        values[name] = value
        return {
            "Fn::ImportValue": {"Fn::ImportValue": {"Fn::Sub": f"Texts:{name}"}},
            "Fn::GetStackOutput": {"Fn::GetStackOutput": {"StackName": "Texts", "OutputName": name}},
            "{{resolve:ssm}}": f"{{{{resolve:ssm:/texts/{name}}}}}",
            "Fn::FindInMap": {"Fn::FindInMap": ["Texts", name, "text"]},
        }[way]

    research = {
        "Resources": plainly(write),
        **AROUND,
        "Mappings": {"Texts": {k: {"text": v} for k, v in values.items()}},
    }
    texts = {
        "Resources": {k: resource("SSM.Parameter", Name=f"/texts/{k}", Value=v) for k, v in values.items()},
        "Outputs": {k: {"Value": v, "Export": {"Name": f"Texts:{k}"}} for k, v in values.items()},
    }
    expected = findings(template("Research", {"Resources": PLAIN, **AROUND}))
    assert findings(template("Research", research), template("Texts", texts)) == expected


def test_the_same_is_found_with_all_texts_as_parameters_of_a_nested_stack() -> None:
    values: dict[str, str] = {}

    def write(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        values[f"N{len(values)}"] = value
        return {"Ref": f"N{len(values) - 1}"}

    inner = template("Inner", {"Resources": plainly(write), "Parameters": {}})
    inner.body["Parameters"].update({name: {"Type": "String", "Default": "x"} for name in values})
    outer = template("Outer", {"Resources": {"Inner": resource("CloudFormation.Stack", Parameters=values)}})
    expected = findings(template("Research", {"Resources": PLAIN, **AROUND}))
    assert findings(inner, outer, nested=[NestedTemplate(inner, outer, "Inner")]) == expected


def test_verdicts_are_given_once() -> None:
    twice = role(ManagedPolicyArns=condition([FULL_ACCESS], [FULL_ACCESS]))
    given = verdicts(template("Research", {"Resources": {"Domain": domain(), "Role": twice}, **AROUND}))
    assert sum("NoFullAccess" in one.id for one in given) == 1
