"""Values that only the deployment knows: a change anywhere in their expressions is one, another spelling is none."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from constructs_lib.safety.change import Danger
from constructs_lib.safety.comparison import compare
from constructs_lib.safety.stateful_resources import StatefulResources
from constructs_lib.templates.assembly import NestedTemplate, Template
from tests.checks.judged import resource, template

DECLARED = {
    "Parameters": {
        **{name: {"Type": "String", "Default": "alice"} for name in ("P", "Q", "Team", "KeyArn")},
        "List": {"Type": "CommaDelimitedList"},
        "Size": {"Type": "Number"},
        "Stored": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/owner"},
    },
    "Conditions": {
        "C": {"Fn::Equals": [{"Ref": "P"}, "yes"]},
        "D": {"Fn::Not": [{"Condition": "C"}]},
    },
    "Mappings": {"Owners": {"red": {"Lead": "alice", "Deputy": "carol"}}},
}
C_OTHERWISE = {**DECLARED["Conditions"], "C": {"Fn::Equals": [{"Ref": "P"}, "no"]}}
RED_OTHERWISE = {"Owners": {"red": {"Lead": "bob", "Deputy": "carol"}}}


def stateful(*templates: Template, nested: tuple[NestedTemplate, ...] = ()) -> StatefulResources:
    inner = [one.template for one in nested]
    assembly: Any = SimpleNamespace(
        templates=[*templates, *inner], nested=list(nested), construct_path=lambda template, logical_id: None
    )
    return StatefulResources(assembly)


def lost(before: StatefulResources, after: StatefulResources) -> set[tuple[str, str]]:
    return {(change.danger.value, change.locked.logical_id) for change in compare(before.resources, after)}


def studio(
    owner: Any = "alice", *, vpc: Any = None, key: Any = None, settings: Any = None, **declared: Any
) -> Template:
    """A stack with a domain and a space in it, of which one value is given."""
    resources = {
        "Vpc": resource("EC2.VPC", CidrBlock=declared.pop("cidr", "10.0.0.0/16")),
        "KeyA": resource("KMS.Key"),
        "KeyB": resource("KMS.Key"),
        "Domain": resource("Domain", DomainName="research", **_given(VpcId=vpc, KmsKeyId=key)),
        "Space": resource(
            "Space",
            DomainId=declared.pop("domain", {"Ref": "Domain"}),
            SpaceName="lab",
            OwnershipSettings={"OwnerUserProfileName": owner},
            **_given(SpaceSettings=settings),
        ),
    }
    return template("S", {**DECLARED, "Resources": resources, **declared})


def _given(**properties: Any) -> dict[str, Any]:
    return {name: one for name, one in properties.items() if one is not None}


def volume(size: Any) -> dict[str, Any]:
    return {"SpaceStorageSettings": {"EbsStorageSettings": {"EbsVolumeSizeInGb": size}}}


LEAD = {"Fn::FindInMap": ["Owners", {"Ref": "Team"}, "Lead"]}

OTHERS: dict[str, tuple[Template, Template]] = {
    "item of a list": (studio({"Fn::Select": [0, {"Ref": "List"}]}), studio({"Fn::Select": [1, {"Ref": "List"}]})),
    "item of a text": (
        studio({"Fn::Select": [0, {"Fn::Split": [",", {"Ref": "P"}]}]}),
        studio({"Fn::Select": [1, {"Fn::Split": [",", {"Ref": "P"}]}]}),
    ),
    "what splits a text": (
        studio({"Fn::Select": [0, {"Fn::Split": [",", {"Ref": "P"}]}]}),
        studio({"Fn::Select": [0, {"Fn::Split": [";", {"Ref": "P"}]}]}),
    ),
    "a parameter": (studio({"Ref": "P"}), studio({"Ref": "Q"})),
    "a parameter of Parameter Store": (
        studio({"Ref": "Stored"}),
        studio({"Ref": "Stored"}, Parameters={**DECLARED["Parameters"], "Stored": {**DECLARED["Parameters"]["Stored"], "Default": "/other"}}),
    ),
    "otherwise": (studio({"Fn::If": ["C", {"Ref": "P"}, "alice"]}), studio({"Fn::If": ["C", {"Ref": "P"}, "bob"]})),
    "if so": (studio({"Fn::If": ["C", "alice", {"Ref": "P"}]}), studio({"Fn::If": ["C", "bob", {"Ref": "P"}]})),
    "which condition": (studio({"Fn::If": ["C", "alice", {"Ref": "P"}]}), studio({"Fn::If": ["D", "alice", {"Ref": "P"}]})),
    "no condition": (studio({"Fn::If": ["C", {"Ref": "P"}, "alice"]}), studio({"Ref": "P"})),
    "what the condition is": (studio({"Fn::If": ["C", "alice", "bob"]}), studio({"Fn::If": ["C", "alice", "bob"]}, Conditions=C_OTHERWISE)),
    "what a condition in it is": (studio({"Fn::If": ["D", "alice", "bob"]}), studio({"Fn::If": ["D", "alice", "bob"]}, Conditions=C_OTHERWISE)),
    "what the mapping is": (studio(LEAD), studio(LEAD, Mappings=RED_OTHERWISE)),
    "the key of a mapping": (studio(LEAD), studio({"Fn::FindInMap": ["Owners", {"Ref": "Team"}, "Deputy"]})),
    "a text with a parameter": (studio({"Fn::Sub": "a-${P}"}), studio({"Fn::Sub": "a-${Q}"})),
    "a text with a variable": (
        studio({"Fn::Sub": ["a-${V}", {"V": {"Ref": "P"}}]}),
        studio({"Fn::Sub": ["a-${V}", {"V": {"Ref": "Q"}}]}),
    ),
    "a joined text": (
        studio({"Fn::Join": ["-", ["a", {"Fn::Select": [0, {"Ref": "List"}]}]]}),
        studio({"Fn::Join": ["-", ["a", {"Fn::Select": [1, {"Ref": "List"}]}]]}),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), OTHERS.values(), ids=OTHERS)
def test_another_expression_is_another_value(before: Template, after: Template) -> None:
    assert lost(stateful(before), stateful(after)) == {("Replaced", "Space")}
    assert lost(stateful(before), stateful(before)) == set()


SAME: dict[str, tuple[Template, Template]] = {
    "in text": (studio({"Fn::Sub": "alice"}), studio("alice")),
    "the same on both sides": (studio({"Fn::If": ["C", "alice", "alice"]}), studio("alice")),
    "another name of a condition": (
        studio({"Fn::If": ["C", "alice", "bob"]}),
        studio({"Fn::If": ["E", "alice", "bob"]}, Conditions={"E": DECLARED["Conditions"]["C"]}),
    ),
    "another name of a mapping": (
        studio(LEAD),
        studio({"Fn::FindInMap": ["O", {"Ref": "Team"}, "Lead"]}, Mappings={"O": DECLARED["Mappings"]["Owners"]}),
    ),
    "another default of a parameter": (
        studio({"Ref": "P"}),
        studio({"Ref": "P"}, Parameters={**DECLARED["Parameters"], "P": {"Type": "String", "Default": "bob"}}),
    ),
    "a bigger volume behind a condition": (
        studio(settings={"Fn::If": ["C", {"AppType": "JupyterLab", **volume(5)}, {"AppType": "JupyterLab", **volume(5)}]}),
        studio(settings={"Fn::If": ["C", {"AppType": "JupyterLab", **volume(9)}, {"AppType": "JupyterLab", **volume(9)}]}),
    ),
    "a volume with a fraction": (studio(settings=volume(100)), studio(settings=volume("100.0"))),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), SAME.values(), ids=SAME)
def test_another_spelling_is_the_same_value(before: Template, after: Template) -> None:
    assert lost(stateful(before), stateful(after)) == set()


def test_a_key_behind_a_condition_is_a_key() -> None:
    def domain(key: str) -> StatefulResources:
        return stateful(studio(key={"Fn::If": ["C", {"Ref": "KeyArn"}, {"Fn::GetAtt": [key, "Arn"]}]}))

    assert lost(domain("KeyA"), domain("KeyB")) == {("Replaced", "Domain"), ("Replaced", "Space")}


def test_a_volume_behind_a_condition_may_shrink() -> None:
    def space(size: int) -> StatefulResources:
        return stateful(studio(settings=volume({"Fn::If": ["C", {"Ref": "Size"}, size]})))

    assert lost(space(100), space(10)) == {("Shrunk", "Space")}


@pytest.mark.parametrize("around", [lambda one: one, lambda one: {"Fn::If": ["C", one, "vpc-1"]}])
def test_a_reference_behind_a_condition_is_one(around: Callable[[Any], Any]) -> None:
    def domain(cidr: str) -> StatefulResources:
        return stateful(studio(vpc=around({"Ref": "Vpc"}), cidr=cidr))

    assert lost(domain("10.0.0.0/16"), domain("10.1.0.0/16")) >= {("Replaced", "Vpc"), ("Replaced", "Domain")}


def test_parameters_of_two_stacks_are_two() -> None:
    def domain(stack: str) -> StatefulResources:
        parameter = {"Parameters": {"Vpc": {"Type": "String"}}}
        exported = {"Outputs": {"Vpc": {"Value": {"Ref": "Vpc"}}}}
        reads = {"Fn::GetStackOutput": {"StackName": stack, "OutputName": "Vpc"}}
        body = {"Resources": {"Domain": resource("Domain", DomainName="research", VpcId=reads)}}
        return stateful(*(template(one, {**parameter, **exported}) for one in ("A", "B")), template("S", body))

    assert lost(domain("A"), domain("A")) == set()
    assert lost(domain("A"), domain("B")) == {("Replaced", "Domain")}


def nested(
    *, given: dict[str, Any] | None = None, owner: Any = "alice", default: str = "alice", **space: Any
) -> StatefulResources:
    inner = template(
        "S-Users",
        {
            "Parameters": {"Env": {"Type": "String", "Default": default}},
            "Conditions": {"Prod": {"Fn::Equals": [{"Ref": "Env"}, "prod"]}},
            "Resources": {
                "Space": resource("Space", SpaceName="lab", OwnershipSettings={"OwnerUserProfileName": owner}) | space
            },
        },
    )
    stack = {"Type": "AWS::CloudFormation::Stack", "Properties": {"Parameters": given or {}}}
    outer = template("S", {"Resources": {"Users": stack}})
    return stateful(outer, nested=(NestedTemplate(inner, outer, "Users"),))


def test_a_condition_holds_for_what_a_nested_stack_is_given() -> None:
    before, after = ({"given": {"Env": one}, "Condition": "Prod"} for one in ("prod", "dev"))

    assert lost(nested(**before), nested(**after)) == {("Condition", "Space")}


def test_a_value_is_that_which_a_nested_stack_is_given() -> None:
    owner = {"Fn::If": ["Prod", "alice", "bob"]}
    before, after = ({"given": {"Env": one}, "owner": owner} for one in ("prod", "dev"))

    assert lost(nested(**before), nested(**after)) == {("Replaced", "Space")}


def test_a_nested_stack_that_is_given_nothing_has_the_default() -> None:
    owner = {"Ref": "Env"}

    assert lost(nested(owner=owner), nested(owner=owner, default="bob")) == {("Replaced", "Space")}
    assert lost(nested(owner=owner), nested(owner="alice")) == set()


def test_an_alias_that_is_replaced_replaces_what_has_its_key_by_it() -> None:
    def files(name: str) -> StatefulResources:
        alias = resource("KMS.Alias", AliasName=name, TargetKeyId="key")
        file_system = resource("EFS.FileSystem", KmsKeyId={"Ref": "Alias"})
        return stateful(template("S", {"Resources": {"Alias": alias, "Files": file_system}}))

    assert lost(files("alias/one"), files("alias/two")) == {("Replaced", "Alias"), ("Replaced", "Files")}


def test_a_resource_that_nobody_knows_may_be_another_one_if_it_changes() -> None:
    def domain(**properties: Any) -> StatefulResources:
        lookup = {"Type": "Custom::Lookup", "Properties": properties}
        vpc = {"Fn::GetAtt": ["Lookup", "VpcId"]}
        return stateful(
            template("S", {"Resources": {"Lookup": lookup, "Domain": resource("Domain", DomainName="r", VpcId=vpc)}})
        )

    assert lost(domain(Name="a"), domain(Name="a")) == set()
    assert lost(domain(Name="a"), domain(Name="b")) == {("Replaced", "Domain")}


def test_a_domain_that_is_gone_is_held_by_those_who_stay() -> None:
    def app(*resources: str) -> StatefulResources:
        reads = {"Fn::GetStackOutput": {"StackName": "Studio", "OutputName": "Id"}}
        domain = {"Domain": resource("Domain", DomainName="research")} if "Domain" in resources else {}
        studio = {"Resources": domain, "Outputs": {"Id": {"Value": {"Ref": "Domain"}}}}
        users = {"Resources": {"Space": resource("Space", SpaceName="lab", DomainId=reads)}}
        return stateful(template("Studio", studio), *([template("Users", users)] if "Space" in resources else []))

    change = next(one for one in compare(app("Domain", "Space").resources, app("Space")) if one.present is None)
    assert (change.danger, change.held_by) == (Danger.REMOVED, ("Users",))
    assert not any(one.held_by for one in compare(app("Domain", "Space").resources, app()))


def test_two_locked_stacks_are_not_one() -> None:
    def app(*regions: str | None) -> StatefulResources:
        space = {"Resources": {"Space": resource("Space", SpaceName="lab")}}
        places = [{"region": region, "stage": region} if region else {} for region in regions]
        return stateful(*(template("S", space, **place) for place in places))

    assert lost(app("eu-west-1", "us-east-1"), app(None)) == {("StackGone", "Space")}
    assert lost(app("eu-west-1"), app(None)) == set()


def test_a_nested_stack_that_is_gone_goes_with_what_it_has() -> None:
    change = next(iter(compare(nested().resources, stateful(template("S", {"Resources": {}})))))

    assert change.danger is Danger.REMOVED
    assert "CloudFormation leaves behind, in no stack, the volume of space lab" in str(change)


@pytest.mark.parametrize(
    ("region", "partition", "suffix"),
    [("eu-west-1", "aws", "amazonaws.com"), ("cn-north-1", "aws-cn", "amazonaws.com.cn")],
)
def test_what_is_known_of_where_a_stack_is_makes_no_other_value(region: str, partition: str, suffix: str) -> None:
    def domain(key: str, **where: str) -> StatefulResources:
        body = {"Resources": {"Domain": resource("Domain", DomainName="research", KmsKeyId={"Fn::Sub": key})}}
        return stateful(template("S", body, **where))

    anywhere = domain("arn:${AWS::Partition}:kms:${AWS::Region}.${AWS::URLSuffix}:key/${AWS::StackName}")
    here = domain(f"arn:{partition}:kms:{region}.{suffix}:key/S", region=region)

    assert lost(anywhere, here) == lost(here, anywhere) == set()


@pytest.mark.parametrize(
    ("body", "unseen"),
    [
        ({"Transform": "Own"}, ["what the transform Own makes of the template"]),
        ({"Transform": ["AWS::LanguageExtensions", {"Name": "Own"}]}, ["what the transform Own makes of the template"]),
        ({"Transform": "AWS::LanguageExtensions"}, []),
        ({"Resources": {"M": {"Type": "Org::Team::X::MODULE"}}}, ["what is in the module M"]),
        ({"Resources": {"Fn::ForEach::X": []}}, ["what CloudFormation brings in for Fn::ForEach::X"]),
    ],
)
def test_what_no_template_tells_is_unseen(body: dict[str, Any], unseen: list[str]) -> None:
    assert [what for _, what in stateful(template("S", body)).unseen] == unseen
