"""Resources of several templates, found by reference and by name."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.templates.assembly import NestedTemplate, Template
from constructs_lib.templates.deployment import MACRO, Deployment
from constructs_lib.templates.resource import UnresolvedProperty
from tests.checks.judged import resource, template

ONE, OTHER = "111122223333", "444455556666"
THING = {"Type": "Test::Thing"}


def it(value: Any, **properties: Any) -> dict[str, Any]:
    return {"Type": "Test::It", "Properties": {"Value": value, **properties}}


def value_in(stack: Template, *others: Template, nested: tuple[NestedTemplate, ...] = ()) -> Any:
    """What the value of the one resource Test::It of a stack comes to."""
    deployment = Deployment([*others, stack], nested)
    (one,) = (found for found in deployment.of_type("Test::It") if found.template is stack)
    return one.get("Value")


def exporting(name: str, value: Any, export: Any = "id", **where: str) -> Template:
    return template(
        name,
        {
            "Resources": {"Thing": THING, "Parameter": resource("SSM.Parameter", Name="/id", Value=value)},
            "Outputs": {"Id": {"Value": value, "Export": {"Name": export}}},
        },
        **where,
    )


def stack(value: Any, name: str = "Members", **where: str) -> Template:
    return template(name, {"Resources": {"It": it(value)}}, **where)


BY_EXPORT = {"Fn::ImportValue": "id"}
BY_STORE = "{{resolve:ssm:/id}}"


def of_stack(name: str, **keys: Any) -> dict[str, Any]:
    return {"Fn::GetStackOutput": {"StackName": name, "OutputName": "Id", **keys}}


WAYS = pytest.mark.parametrize(
    "value",
    [BY_EXPORT, BY_STORE, of_stack("Research"), of_stack("Research", Region={"Ref": "AWS::Region"})],
    ids=["export", "parameter store", "stack output", "stack output in the region"],
)


@WAYS
def test_the_account_decides(value: Any) -> None:
    stacks = [exporting("Research", account, account=account, region="eu-west-1") for account in (ONE, OTHER)]
    for account in (ONE, OTHER):
        assert value_in(stack(value, account=account, region="eu-west-1"), *stacks) == account


@WAYS
def test_the_region_decides(value: Any) -> None:
    regions = ("eu-west-1", "us-east-1")
    stacks = [exporting("Research", region, account=ONE, region=region) for region in regions]
    for region in regions:
        assert value_in(stack(value, account=ONE, region=region), *stacks) == region


@WAYS
def test_the_stage_decides(value: Any) -> None:
    stacks = [exporting("Research", stage, stage=stage) for stage in ("Dev", "Prod")]
    for stage in ("Dev", "Prod"):
        assert value_in(stack(value, stage=stage), *stacks) == stage


@WAYS
def test_the_same_account_outweighs_one_that_nobody_knows(value: Any) -> None:
    agnostic = exporting("Research", "agnostic")
    exact = exporting("Research", "exact", account=ONE, region="eu-west-1")
    assert value_in(stack(value, account=ONE, region="eu-west-1"), agnostic, exact) == "exact"


@WAYS
def test_another_account_is_out_of_reach(value: Any) -> None:
    there = exporting("Research", "there", account=OTHER, region="eu-west-1")
    with pytest.raises(UnresolvedProperty):
        value_in(stack(value, account=ONE, region="eu-west-1"), there)


@pytest.mark.parametrize("region", ["eu-west-1", "us-east-1"])
def test_a_stack_output_says_of_which_region(region: str) -> None:
    stacks = [exporting("Research", one, account=ONE, region=one) for one in ("us-east-1", "eu-west-1")]
    assert value_in(stack(of_stack("Research", Region=region), account=ONE, region="us-east-1"), *stacks) == region


def test_a_stack_output_of_a_region_that_no_stack_is_in() -> None:
    there = exporting("Research", "there", account=ONE, region="eu-west-1")
    with pytest.raises(UnresolvedProperty):
        value_in(stack(of_stack("Research", Region="ap-south-1"), account=ONE, region="eu-west-1"), there)


@pytest.mark.parametrize("value", [BY_EXPORT, BY_STORE], ids=["export", "parameter store"])
def test_exports_and_parameters_are_of_one_region(value: Any) -> None:
    there = exporting("Research", "there", account=ONE, region="us-east-1")
    with pytest.raises(UnresolvedProperty):
        value_in(stack(value, account=ONE, region="eu-west-1"), there)


@pytest.mark.parametrize(
    "export", [{"Fn::Sub": "${AWS::StackName}-id"}, {"Fn::Join": ["-", [{"Ref": "AWS::StackName"}, "id"]]}], ids=str
)
def test_exports_by_the_name_of_the_stack(export: Any) -> None:
    stacks = [exporting(name, name, export) for name in ("Network", "Research")]
    for name in ("Network", "Research"):
        assert value_in(stack({"Fn::ImportValue": f"{name}-id"}), *stacks) == name


def test_exports_by_the_name_of_the_stack_are_not_those_of_another() -> None:
    stacks = [exporting(name, name, {"Fn::Sub": "${AWS::StackName}-id"}) for name in ("Network", "Research")]
    with pytest.raises(UnresolvedProperty):
        value_in(stack({"Fn::ImportValue": {"Fn::Sub": "${AWS::StackName}-id"}}), *stacks)


def test_exports_by_region_and_account() -> None:
    where = {"account": ONE, "region": "eu-west-1"}
    research = exporting("Research", "d-1", {"Fn::Sub": "id-${AWS::Region}-${AWS::AccountId}"}, **where)
    for name in (f"id-eu-west-1-{ONE}", {"Fn::Sub": "id-${AWS::Region}-${AWS::AccountId}"}):
        assert value_in(stack({"Fn::ImportValue": name}, **where), research) == "d-1"


def test_an_import_by_a_parameter_is_unresolved() -> None:
    members = stack({"Fn::ImportValue": {"Fn::Sub": "${Network}-id"}})
    members.body["Parameters"] = {"Network": {"Type": "String", "Default": "Research"}}
    with pytest.raises(UnresolvedProperty):
        value_in(members, exporting("Research", "d-1", {"Fn::Sub": "${AWS::StackName}-id"}))


def test_the_reference_is_the_same_by_every_way() -> None:
    research = exporting("Research", {"Ref": "Thing"})
    members = template(
        "Members",
        {
            "Parameters": {"P": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/id"}},
            "Resources": {"It": it([BY_EXPORT, BY_STORE, of_stack("Research"), {"Ref": "P"}])},
        },
    )
    assert value_in(members, research) == ["<Research.Thing>"] * 4


def test_from_export_to_export() -> None:
    first = exporting("First", {"Ref": "Thing"}, "first")
    second = exporting("Second", {"Fn::Join": ["", ["of ", {"Fn::ImportValue": "first"}]]})
    assert value_in(stack(BY_EXPORT), second, first) == "of <First.Thing>"


def test_across_regions_by_a_writer_and_a_reader() -> None:
    name = "/cdk/exports/Members/Researcheuwest1RefThing"
    writer = {
        "Type": "Custom::CrossRegionExportWriter",
        "Properties": {"WriterProps": {"region": "us-east-1", "exports": {name: {"Ref": "Thing"}}}},
    }
    research = template("Research", {"Resources": {"Thing": THING, "W": writer}}, account=ONE, region="eu-west-1")
    members = stack({"Fn::GetAtt": ["Reader", name]}, account=ONE, region="us-east-1")
    members.resources["Reader"] = {"Type": "Custom::CrossRegionExportReader", "Properties": {}}
    assert value_in(members, research) == "<Research.Thing>"
    with pytest.raises(UnresolvedProperty):
        value_in(members)


def nested_in(parent: Template, inner: Template, **parameters: Any) -> NestedTemplate:
    parent.resources["Inner"] = resource("CloudFormation.Stack", TemplateURL="x", Parameters=parameters)
    return NestedTemplate(inner, parent, "Inner")


@pytest.mark.parametrize(
    ("type", "given", "expected"),
    [
        ("String", "SSO", "SSO"),
        ("String", {"Ref": "Thing"}, "<Outer.Thing>"),
        ("String", {"Fn::Join": ["", ["of ", {"Fn::GetAtt": ["Thing", "Arn"]}]]}, "of <Outer.Thing.Arn>"),
        ("Number", 5, 5),
        ("Number", "5", "5"),
        ("CommaDelimitedList", "a,b", ["a", "b"]),
        ("CommaDelimitedList", "a, b", ["a", "b"]),
        ("CommaDelimitedList", {"Fn::Join": [",", ["a", {"Ref": "Thing"}]]}, ["a", "<Outer.Thing>"]),
        ("List<AWS::EC2::Subnet::Id>", "a,b", ["a", "b"]),
        ("List<Number>", "1,2", ["1", "2"]),
    ],
    ids=str,
)
def test_parameters_of_nested_stacks(type: str, given: Any, expected: Any) -> None:
    outer = template("Outer", {"Resources": {"Thing": THING}})
    inner = template("Inner", {"Parameters": {"P": {"Type": type}}, "Resources": {"It": it({"Ref": "P"})}})
    assert value_in(inner, outer, nested=(nested_in(outer, inner, P=given),)) == expected


@pytest.mark.parametrize("given", [{"Ref": "Q"}, {"Fn::Sub": "a-${Q}"}, {"Fn::If": ["C", "a", "b"]}], ids=str)
def test_parameters_of_nested_stacks_that_nobody_knows(given: Any) -> None:
    outer = template("Outer", {"Parameters": {"Q": {"Type": "String"}}, "Resources": {}})
    inner = template("Inner", {"Parameters": {"P": {"Type": "String"}}, "Resources": {"It": it({"Ref": "P"})}})
    with pytest.raises(UnresolvedProperty):
        value_in(inner, outer, nested=(nested_in(outer, inner, P=given),))


@pytest.mark.parametrize("attribute", [["Inner", "Outputs.Id"], "Inner.Outputs.Id"], ids=str)
def test_outputs_of_nested_stacks(attribute: Any) -> None:
    inner = template("Inner", {"Resources": {"Thing": THING}, "Outputs": {"Id": {"Value": {"Ref": "Thing"}}}})
    outer = template(
        "Outer", {"Resources": {"It": it([{"Fn::GetAtt": attribute}, {"Fn::Sub": "${Inner.Outputs.Id}"}])}}
    )
    assert value_in(outer, inner, nested=(nested_in(outer, inner),)) == ["<Inner.Thing>"] * 2


def test_an_output_that_a_nested_stack_has_not() -> None:
    inner, outer = template("Inner", {"Resources": {}}), stack({"Fn::GetAtt": ["Inner", "Outputs.Id"]})
    with pytest.raises(UnresolvedProperty):
        value_in(outer, inner, nested=(nested_in(outer, inner),))


def test_an_output_of_a_stack_from_elsewhere_is_unresolved() -> None:
    outer = stack({"Fn::GetAtt": ["Elsewhere", "Outputs.Mode"]})
    outer.resources["Elsewhere"] = resource("CloudFormation.Stack", TemplateURL="https://example.com/x.json")
    with pytest.raises(UnresolvedProperty):
        value_in(outer)


def test_in_and_out_of_nested_stacks() -> None:
    """What goes into a nested stack comes out of it, and goes on into the one beside it."""
    parameters = {"P": {"Type": "String"}}
    first = template("First", {"Parameters": parameters, "Resources": {}, "Outputs": {"O": {"Value": {"Ref": "P"}}}})
    second = template("Second", {"Parameters": parameters, "Resources": {"It": it({"Ref": "P"})}})
    outer = template(
        "Outer",
        {
            "Resources": {
                "Thing": THING,
                "First": resource("CloudFormation.Stack", Parameters={"P": {"Ref": "Thing"}}),
                "Second": resource("CloudFormation.Stack", Parameters={"P": {"Fn::GetAtt": ["First", "Outputs.O"]}}),
            }
        },
    )
    nested = (NestedTemplate(first, outer, "First"), NestedTemplate(second, outer, "Second"))
    assert value_in(second, outer, first, nested=nested) == "<Outer.Thing>"


def test_circles_through_nested_stacks_end() -> None:
    inner = template(
        "Inner",
        {
            "Parameters": {"P": {"Type": "String"}},
            "Resources": {"It": it({"Ref": "P"})},
            "Outputs": {"O": {"Value": {"Ref": "P"}}},
        },
    )
    outer = template("Outer", {"Resources": {}})
    nested = nested_in(outer, inner, P={"Fn::GetAtt": ["Inner", "Outputs.O"]})
    with pytest.raises(UnresolvedProperty):
        value_in(inner, outer, nested=(nested,))


def test_parameters_of_a_nested_stack_in_a_transform() -> None:
    inner = template("Inner", {"Parameters": {"P": {"Type": "String"}}, "Resources": {"It": it({"Ref": "P"})}})
    include = {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "s3://bucket/file"}}}
    outer = template("Outer", {"Resources": {"Inner": {"Type": "AWS::CloudFormation::Stack", "Properties": include}}})
    with pytest.raises(UnresolvedProperty):
        value_in(inner, outer, nested=(NestedTemplate(inner, outer, "Inner"),))


def test_whether_a_nested_stack_is_of_the_app() -> None:
    outer, inner = template("Outer", {"Resources": {}}), template("Inner", {"Resources": {}})
    nested = nested_in(outer, inner)
    outer.resources["Elsewhere"] = resource("CloudFormation.Stack", TemplateURL="x")
    deployment = Deployment([outer, inner], [nested])
    known = {
        one.logical_id: deployment.has_template_of(one) for one in deployment.of_type("AWS::CloudFormation::Stack")
    }
    assert known == {"Inner": True, "Elsewhere": False}


NAMED = [
    ("AWS::IAM::Role", "RoleName"),
    ("AWS::IAM::ManagedPolicy", "ManagedPolicyName"),
    ("AWS::S3::Bucket", "BucketName"),
    ("AWS::KMS::Alias", "AliasName"),
]


def referring(*stacks: Template) -> list[Any]:
    """The templates in which what each resource Test::It refers to by its value is."""
    deployment = Deployment(stacks)
    found = []
    for one in deployment.of_type("Test::It"):
        named = deployment.referred(one, str(one.text("Value")), one.text("Type"))
        found.append(None if named is None else named.template)
    return found


def naming(type: str, key: str, name: Any, value: Any = "name", stack_name: str = "A", **where: str) -> Template:
    resources = {"Named": {"Type": type, "Properties": {key: name}}, "It": it(value, Type=type)}
    return template(stack_name, {"Resources": resources}, **where)


@pytest.mark.parametrize(("type", "key"), NAMED)
@pytest.mark.parametrize("name", ["name", {"Fn::Sub": "name"}, {"Fn::Join": ["", ["na", "me"]]}], ids=str)
def test_by_name(type: str, key: str, name: Any) -> None:
    one = naming(type, key, name)
    assert referring(one) == [one]


@pytest.mark.parametrize(("type", "key"), NAMED)
@pytest.mark.parametrize("name", [{"Ref": "Missing"}, None, "other", ["name"]], ids=str)
def test_not_by_name(type: str, key: str, name: Any) -> None:
    assert referring(naming(type, key, name)) == [None]


@pytest.mark.parametrize(("type", "key"), NAMED)
@pytest.mark.parametrize(
    "places",
    [
        [{"account": ONE, "region": "eu-west-1"}, {"account": OTHER, "region": "eu-west-1"}],
        [{"stage": "Dev"}, {"stage": "Prod"}],
        [{"stage": "Dev", "account": ONE}, {"stage": "Prod", "account": OTHER}],
        [{}, {}],
    ],
    ids=["accounts", "stages", "both", "neither"],
)
def test_a_name_means_what_is_nearest(type: str, key: str, places: list[dict[str, str]]) -> None:
    stacks = [naming(type, key, "name", stack_name=f"S{n}", **where) for n, where in enumerate(places)]
    assert referring(*stacks) == stacks


def test_an_alias_is_of_one_region() -> None:
    regions = ("eu-west-1", "us-east-1")
    alias = ("AWS::KMS::Alias", "AliasName", "alias/studio", "alias/studio")
    stacks = [naming(*alias, stack_name=f"In-{one}", account=ONE, region=one) for one in regions]
    assert referring(*stacks) == stacks


def test_a_role_is_of_all_regions() -> None:
    roles = naming("AWS::IAM::Role", "RoleName", "name", "-", account=ONE, region="us-east-1")
    members = template("B", {"Resources": {"It": it("name", Type="AWS::IAM::Role")}}, account=ONE, region="eu-west-1")
    assert referring(roles, members) == [None, roles]


def test_a_reference_is_of_one_type() -> None:
    one = template("A", {"Resources": {"Thing": THING, "It": it({"Ref": "Thing"}, Type="AWS::IAM::Role")}})
    assert referring(one) == [None]
    one.resources["It"] = it({"Ref": "Thing"}, Type="Test::Thing")
    assert referring(one) == [one]


@pytest.mark.parametrize(
    "body", [{}, {"Resources": {}}, {"Outputs": {}}, {"Description": "x", "Metadata": {}}], ids=str
)
def test_templates_without_resources(body: dict[str, Any]) -> None:
    assert Deployment([template("Empty", body)]).of_type("Test::It", MACRO) == []


def test_no_templates() -> None:
    assert Deployment([]).of_type("Test::It") == []


def test_a_loop_over_resources_is_a_resource() -> None:
    loop = {f"{MACRO}::Topics": ["Name", ["a"], {"Topic${Name}": THING}], "It": it("x")}
    (found,) = Deployment([template("Research", {"Resources": loop})]).of_type(MACRO)
    assert found.logical_id == f"{MACRO}::Topics"
    assert found.get("Anything") is None
