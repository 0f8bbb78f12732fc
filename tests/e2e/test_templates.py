"""Templates that CloudFormation refuses, be it before it does anything or when the turn of a resource comes."""

from __future__ import annotations

import copy
import json
from typing import Any
from uuid import uuid4

import pytest

from tests.e2e.place import Place, error_of
from tests.e2e.test_api import TRUST
from tests.e2e.test_types import TEMPLATE, Template, changed, deploy, reasons

pytestmark = pytest.mark.e2e

TOPIC = {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": "one"}}
UNRESOLVED = "Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template"
KEYS: dict[str, Any] = {
    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    "BillingMode": "PAY_PER_REQUEST",
}


def topic(display_name: Any = "one", **attributes: Any) -> Template:
    return {"Resources": {"Topic": {**TOPIC, "Properties": {"DisplayName": display_name}, **attributes}}}


REFUSED = [
    (topic({"Ref": "Nope"}), UNRESOLVED),
    (topic({"Fn::Sub": "x-${Nope}"}), UNRESOLVED),
    (topic({"Fn::Sub": ["x-${Nope.Arn}-${Here}", {"Here": "1"}]}), UNRESOLVED),
    (topic(DependsOn="Nope"), UNRESOLVED),
    (
        topic({"Fn::GetAtt": ["Nope", "Arn"]}),
        "Template error: instance of Fn::GetAtt references undefined resource Nope",
    ),
    (topic({"Fn::Bogus": "x"}), "Encountered unsupported function: Fn::Bogus"),
    (topic({"Fn::If": ["Nope", "a", "b"]}), "Template error: unresolved condition dependency Nope in Fn::If"),
    (topic(Condition="Nope"), "Unresolved condition dependency Nope in the Resources block of the template"),
    (topic(DeletionPolicy="Retian"), "Unrecognized DeletionPolicy Retian for resource Topic"),
    (topic(DeletonPolicy="Retain"), "Invalid template resource property 'DeletonPolicy'"),
    ({**topic(), "Resouces": {}}, "Invalid template property or properties [Resouces]"),
    ({"Resources": {}}, "At least one Resources member must be defined."),
    ({"Resources": {"Topic": {}}}, "[/Resources/Topic] Every Resources object must contain a Type member."),
    ({**topic(), "Transform": "Nope"}, "No transform named Nope found."),
    ({**topic(), "Conditions": {"A": {"Condition": "Nope"}}}, "Unresolved condition dependency Nope in the Conditions"),
    ({**topic(), "Conditions": {"A": {"Fn::Equals": [{"Ref": "Topic"}, ""]}}}, "Unresolved dependencies [Topic]"),
    ({**topic(), "Outputs": {"A": {"Value": {"Ref": "Nope"}}}}, "[Nope] in the Outputs block of the template"),
    ({**topic(), "Outputs": {"A": {}}}, "Every Outputs member must contain a Value object"),
    (
        {
            "Conditions": {"Never": {"Fn::Equals": ["a", "b"]}},
            "Resources": {"Topic": {**TOPIC, "Condition": "Never"}, "Other": TOPIC},
            "Outputs": {"A": {"Value": {"Ref": "Topic"}}},
        },
        "[Topic] in the Outputs block of the template",
    ),
]


@pytest.mark.parametrize(("template", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_what_is_refused_before_anything_is_done(place: Place, template: Template, message: str) -> None:
    cloudformation = place.client("cloudformation")
    body = json.dumps(template)

    by_stack = error_of(
        lambda: cloudformation.create_stack(
            StackName="refused", TemplateBody=body, Capabilities=["CAPABILITY_AUTO_EXPAND"]
        )
    )
    by_change_set = error_of(
        lambda: cloudformation.create_change_set(
            StackName="refused", ChangeSetName="one", ChangeSetType="CREATE", TemplateBody=body
        )
    )

    for code, said in (by_stack, by_change_set):
        assert code == "ValidationError"
        assert message in said
    assert "refused" not in place.statuses()


def test_what_refers_to_something_is_deployed(place: Place) -> None:
    template: Template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Parameters": {"Name": {"Type": "String", "Default": "one"}},
        "Conditions": {
            "Never": {"Fn::Not": [{"Fn::Equals": [{"Fn::Join": ["-", ["x", {"Ref": "AWS::Region"}]]}, "x-us-east-1"]}]},
            "Always": {"Fn::Not": [{"Condition": "Never"}]},
        },
        "Resources": {
            "Gone": {**TOPIC, "Condition": "Never"},
            "Topic": {
                **topic({"Fn::Sub": "${Name}-${AWS::Region}-${!Literal}"})["Resources"]["Topic"],
                "DependsOn": ["Gone"],
                "DeletionPolicy": "Delete",
                "UpdateReplacePolicy": "Retain",
                "Metadata": {"a": "b"},
            },
        },
        "Outputs": {
            "Topic": {"Value": {"Fn::If": ["Never", {"Ref": "Gone"}, {"Fn::Sub": "${Topic.TopicName}"}]}},
            "Gone": {"Condition": "Never", "Value": {"Ref": "Gone"}},
        },
    }

    assert deploy(place, "refers", template, create=True) == "CREATE_COMPLETE", reasons(place, "refers")
    assert set(place.outputs("refers")) == {"Topic"}


def test_iam_resources_are_acknowledged(place: Place) -> None:
    role = copy.deepcopy(TEMPLATE["Resources"]["Role"])
    cloudformation = place.client("cloudformation")

    def create(*capabilities: str) -> Any:
        body = json.dumps({"Resources": {"Role": role}})
        return cloudformation.create_stack(StackName="roles", TemplateBody=body, Capabilities=capabilities)

    insufficient = "InsufficientCapabilitiesException"
    assert error_of(create) == (insufficient, "Requires capabilities : [CAPABILITY_IAM]")
    role["Properties"]["RoleName"] = "named"
    assert error_of(lambda: create("CAPABILITY_IAM")) == (
        insufficient,
        "Requires capabilities : [CAPABILITY_NAMED_IAM]",
    )


@pytest.mark.parametrize(
    ("type_name", "properties", "problem"),
    [
        ("AWS::DynamoDB::Table", {**KEYS, "KeySchema": [{**KEYS["KeySchema"][0], "Bogus": 1}]}, "#/KeySchema/0"),
        ("AWS::DynamoDB::Table", {**KEYS, "BillingMode": "FREE"}, "#/BillingMode"),
        ("AWS::SNS::Topic", {"DisplayName": ["one"]}, "#/DisplayName"),
        ("AWS::SNS::Topic", {"Bogus": "one"}, "#/"),
    ],
)
def test_properties_that_are_not_as_the_schema_has_them(
    place: Place, type_name: str, properties: dict[str, Any], problem: str
) -> None:
    template = {"Resources": {"One": {"Type": type_name, "Properties": properties}}}
    stack = f"schema-{uuid4().hex}"

    assert deploy(place, stack, template, create=True) == "ROLLBACK_COMPLETE"
    assert f"Model validation failed for {type_name} ({problem}" in reasons(place, stack)


def test_imports_are_held_to_schemas(place: Place) -> None:
    group = place.client("logs")
    group.create_log_group(logGroupName="mine")

    def change_set(**properties: Any) -> Any:
        resource = {"Type": "AWS::Logs::LogGroup", "DeletionPolicy": "Retain", "Properties": properties}
        return place.client("cloudformation").create_change_set(
            StackName="imports",
            ChangeSetName="one",
            ChangeSetType="IMPORT",
            TemplateBody=json.dumps({"Resources": {"Group": resource}}),
            ResourcesToImport=[
                {
                    "ResourceType": "AWS::Logs::LogGroup",
                    "LogicalResourceId": "Group",
                    "ResourceIdentifier": {"LogGroupName": "mine"},
                }
            ],
        )

    _, message = error_of(lambda: change_set(LogGroupName="mine", Bogus=1))
    assert "Bogus" in message
    assert change_set(LogGroupName="mine", RetentionInDays=7)["Id"]


def test_what_an_update_cannot_take_away(place: Place) -> None:
    names = ("Role", "Domain", "Alice")
    template: Template = {"Resources": {name: copy.deepcopy(TEMPLATE["Resources"][name]) for name in names}}
    template = changed(template, "Domain", TagPropagation="ENABLED")
    assert deploy(place, "lasting", template, create=True) == "CREATE_COMPLETE", reasons(place, "lasting")

    for logical_id, name in (("Domain", "TagPropagation"), ("Alice", "UserSettings")):
        less = copy.deepcopy(template)
        del less["Resources"][logical_id]["Properties"][name]
        assert deploy(place, "lasting", less) == "UPDATE_ROLLBACK_COMPLETE"
        assert f"{name} cannot be taken away" in reasons(place, "lasting")

    untagged = copy.deepcopy(template)
    del untagged["Resources"]["Domain"]["Properties"]["Tags"]
    assert deploy(place, "lasting", untagged) == "UPDATE_COMPLETE", reasons(place, "lasting")

    more = changed(untagged, "Domain", DefaultSpaceSettings={"ExecutionRole": {"Fn::GetAtt": ["Role", "Arn"]}})
    more["Resources"]["Bad"] = {"Type": "AWS::SNS::Topic", "DependsOn": "Domain", "Properties": {"Bogus": "one"}}
    assert deploy(place, "lasting", more) == "UPDATE_ROLLBACK_COMPLETE", reasons(place, "lasting")


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"ResourceType": "VPC", "ResourceId": "vpc-00000000000000000"}, "vpc-00000000000000000"),
        ({"ResourceType": "Subnet", "ResourceId": "subnet-00000000000000000"}, "subnet-00000000000000000"),
        ({"ResourceType": "VPC"}, "LogGroup nowhere does not exist"),
    ],
)
def test_flow_logs_of_what_is_not_there(place: Place, properties: dict[str, str], message: str) -> None:
    resource_id = properties.get("ResourceId") or place.network()["vpc_id"]
    flow_log = {
        "Type": "AWS::EC2::FlowLog",
        "Properties": {
            "TrafficType": "ALL",
            "LogGroupName": "nowhere",
            "DeliverLogsPermissionArn": {"Fn::GetAtt": ["Role", "Arn"]},
            **properties,
            "ResourceId": resource_id,
        },
    }
    role = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": json.loads(TRUST)}}
    stack = f"flow-{resource_id}"

    template = {"Resources": {"FlowLog": flow_log, "Role": role}}
    assert deploy(place, stack, template, create=True) == "ROLLBACK_COMPLETE"
    assert message in reasons(place, stack)


def test_a_change_set_of_one_stack_leaves_those_of_another(place: Place) -> None:
    cloudformation = place.client("cloudformation")

    def change_set(name: str, stack: str, template: Template) -> str:
        answer = cloudformation.create_change_set(
            StackName=stack, ChangeSetName=name, ChangeSetType="UPDATE", TemplateBody=json.dumps(template)
        )
        return str(cloudformation.describe_change_set(ChangeSetName=answer["Id"])["Status"])

    outputs = {"Outputs": {"A": {"Value": "1"}}}
    for stack in ("one", "two"):
        assert deploy(place, stack, topic(), create=True) == "CREATE_COMPLETE"
    assert change_set("empty", "one", topic()) == "FAILED"
    assert deploy(place, "one", {**topic("other"), **outputs}) == "UPDATE_COMPLETE"
    assert change_set("outputs", "two", {**topic(), **outputs}) == "CREATE_COMPLETE"
    assert cloudformation.describe_change_set(ChangeSetName="empty", StackName="one")["Status"] == "FAILED"
