"""The way back for what was kept: the mapping that ``cdk import`` reads."""

from __future__ import annotations

import json
import re
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from constructs_lib.safety.import_mapping import IDENTIFIERS, NOT_IMPORTABLE, RecordError, main, map_resources
from constructs_lib.safety.import_parts import in_parts
from tests.stacks.test_wrong_settings import many_users
from tests.studios import REFERENCE, TEAMS, synthesized, written
from tests.templates import Template

DOMAIN, PROFILE, SPACE, ROLE = (
    "AWS::SageMaker::Domain",
    "AWS::SageMaker::UserProfile",
    "AWS::SageMaker::Space",
    "AWS::IAM::Role",
)
IN_A_REGION = ("name: research\n", "name: research\n  account: '123456789012'\n  region: eu-west-1\n")
STACKS = ["research-network", "research-studio", "research-users-1"]


def schema(resource_type: str) -> dict[str, Any]:
    found: dict[str, Any] = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema
    return found


def primary_identifier(resource_type: str) -> list[str]:
    return [one.removeprefix("/properties/") for one in schema(resource_type)["primaryIdentifier"]]


def entry(logical_id: str, resource_type: str, physical_id: str, status: str = "DELETE_SKIPPED") -> dict[str, str]:
    return {
        "LogicalResourceId": logical_id,
        "PhysicalResourceId": physical_id,
        "ResourceType": resource_type,
        "ResourceStatus": status,
    }


def record(*entries: dict[str, str], of: str = "StackResourceSummaries") -> dict[str, Any]:
    return {of: list(entries)}


def made_up(template: Template) -> dict[str, Any]:
    """The record of a stack that was deleted, and kept everything."""
    numbers = count()

    def physical_id(resource: dict[str, Any]) -> str:
        given = resource["Properties"]
        return "|".join(
            given[name]
            if isinstance(given.get(name), str)
            else "d-abc123"
            if name == "DomainId"
            else f"id-{next(numbers)}"
            for name in primary_identifier(resource["Type"])
        )

    return record(
        *(
            entry(logical_id, resource["Type"], physical_id(resource))
            for logical_id, resource in template["Resources"].items()
        )
    )


def template(resource_type: str = ROLE, **properties: Any) -> dict[str, Any]:
    return {"Resources": {"One": {"Type": resource_type, "Properties": properties}}}


def run(folder: Path, template: dict[str, Any], *records: dict[str, Any]) -> int:
    arguments = ["--template", str(folder / "template.json")]
    (folder / "template.json").write_text(json.dumps(template))
    for number, one in enumerate(records):
        path = folder / f"record-{number}.json"
        path.write_text(json.dumps(one))
        arguments += ["--record", str(path)]
    return main(arguments)


@pytest.mark.parametrize("stack", STACKS)
def test_every_resource_of_the_reference_is_taken_back_by_what_its_schema_wants(
    stack: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = REFERENCE.read_text().replace(*IN_A_REGION)
    found = synthesized(written(tmp_path, text), tmp_path / "out")[stack]
    resources = found["Resources"]

    code = run(tmp_path, found, made_up(found))

    output = capsys.readouterr()
    mapping = json.loads(output.out)
    assert (code, output.err) == (0, "")
    assert mapping.keys() == resources.keys()
    for logical_id, identifiers in mapping.items():
        assert list(identifiers) == primary_identifier(resources[logical_id]["Type"])
        assert all(isinstance(one, str) and one for one in identifiers.values())


def test_two_identifiers_are_told_apart() -> None:
    users = {
        "Resources": {
            "Alice": {"Type": PROFILE, "Properties": {"UserProfileName": "alice", "DomainId": {"Ref": "Domain"}}},
            "Lab": {"Type": SPACE, "Properties": {"SpaceName": "alice-lab", "DomainId": {"Ref": "Domain"}}},
        }
    }
    found = map_resources(
        users, [record(entry("Alice", PROFILE, "alice|d-abc123"), entry("Lab", SPACE, "d-abc123|alice-lab"))]
    )

    assert found.identifiers == {
        "Alice": {"UserProfileName": "alice", "DomainId": "d-abc123"},
        "Lab": {"DomainId": "d-abc123", "SpaceName": "alice-lab"},
    }


@pytest.mark.parametrize("resource_type", IDENTIFIERS)
def test_types_are_identified_as_their_schemas_say_and_can_be_read(resource_type: str) -> None:
    assert list(IDENTIFIERS[resource_type]) == primary_identifier(resource_type)
    assert {"create", "read", "delete"} <= schema(resource_type)["handlers"].keys(), "else nothing can be imported"


def test_a_policy_that_cloudformation_cannot_read_is_none_that_it_imports() -> None:
    assert "read" not in schema("AWS::IAM::Policy")["handlers"]
    assert "AWS::IAM::Policy".startswith(NOT_IMPORTABLE)


def test_every_type_that_a_settings_file_can_make_is_known(tmp_path: Path) -> None:
    templates = synthesized(written(tmp_path, TEAMS), tmp_path / "out").values()

    assert {one["Type"] for template in templates for one in template["Resources"].values()} <= IDENTIFIERS.keys()


def test_without_a_region_the_images_of_spaces_are_looked_up_where_an_import_has_nothing_to_look_in(
    tmp_path: Path,
) -> None:
    found = synthesized(REFERENCE, tmp_path)["research-users-1"]

    mapping = map_resources(found, [made_up(found)])

    assert len(mapping.problems) == 7
    assert all(", got Fn::FindInMap SageMakerDistributionAccounts; name account and" in one for one in mapping.problems)
    kept = record(*made_up(found)["StackResourceSummaries"], entry("Other", ROLE, "other", "CREATE_COMPLETE"))
    assert map_resources(found, [kept]).problems == [], "the stack is there, and has the accounts"


@pytest.mark.parametrize(
    ("value", "needed"),
    [
        ({"Ref": "Boundary"}, "Ref Boundary"),
        ([{"Fn::If": ["IsTest", {"Fn::FindInMap": ["Paths", "a", "b"]}, "/"]}], "Fn::FindInMap Paths, Fn::If IsTest"),
    ],
)
def test_a_resource_that_needs_more_than_resources_is_named(value: object, needed: str) -> None:
    body = {**template(Path=value), "Parameters": {"Boundary": {"Type": "String"}}}
    body["Resources"]["One"]["Condition"] = "IsTest"

    found = map_resources(body, [record(entry("One", ROLE, "alice"))])

    assert found.identifiers == {}
    assert found.problems == [
        "[One] One must do with resources alone, all that cdk import sends of a stack that is gone, got "
        f"Condition IsTest, {needed}; name account and region of the stack, so that values stand in the template, and synthesize again"
    ]


@pytest.mark.parametrize("of", ["StackResourceSummaries", "StackResources", "StackEvents"])
def test_whatever_the_cli_prints_of_a_stack_is_a_record(of: str) -> None:
    found = map_resources(template(), [record(entry("One", ROLE, "alice"), of=of)])

    assert (found.identifiers, found.problems) == ({"One": {"RoleName": "alice"}}, [])


def test_the_last_event_counts_which_stands_first_and_says_which_resource() -> None:
    events = record(
        entry("One", ROLE, "", "DELETE_IN_PROGRESS"),
        entry("One", ROLE, "second"),
        entry("One", ROLE, "first"),
        of="StackEvents",
    )

    assert map_resources(template(), [events]).identifiers == {"One": {"RoleName": "second"}}


def test_the_first_record_counts_in_which_a_resource_stands() -> None:
    records = [record(entry("One", ROLE, "first")), record(entry("One", ROLE, "second"), entry("Two", ROLE, "two"))]
    both = {"Resources": {name: {"Type": ROLE} for name in ("One", "Two")}}

    assert map_resources(both, records).identifiers == {"One": {"RoleName": "first"}, "Two": {"RoleName": "two"}}


def test_a_record_from_before_the_deletion_will_do() -> None:
    found = map_resources(template(), [record(entry("One", ROLE, "alice", "UPDATE_COMPLETE"))])

    assert found.identifiers == {"One": {"RoleName": "alice"}}


def test_metadata_of_the_cdk_is_no_loss() -> None:
    found = map_resources(template("AWS::CDK::Metadata"), [record()])

    assert (found.identifiers, found.problems) == ({}, [])


@pytest.mark.parametrize(
    ("template", "entry", "message"),
    [
        (template(), None, "One must be in the record, got none; pass the record of the stack that had it, also that of another name, or let cdk deploy make it if it never was: a kept one of the same name stands in its way"),
        (template(), entry("One", ROLE, ""), "One must be in the record, got none; pass the record of the stack that had it, also that of another name, or let cdk deploy make it if it never was: a kept one of the same name stands in its way"),
        (template(), entry("One", ROLE, "alice", "DELETE_COMPLETE"), "One must have been kept (DELETE_SKIPPED), got DELETE_COMPLETE: alice is gone; let cdk deploy make another after the import, and leave out of the mapping whatever refers to it"),
        (template(), entry("One", ROLE, "alice", "DELETE_IN_PROGRESS"), "One must be at rest, DELETE_SKIPPED or one that ends in _COMPLETE, got DELETE_IN_PROGRESS; let the stack come to its end and take another record"),
        (template(), entry("One", PROFILE, "alice|d-abc123"), "One must be AWS::IAM::Role in the record too, got AWS::SageMaker::UserProfile; pass the record of the stack that had it"),
        (template(PROFILE), entry("One", PROFILE, "alice"), "physical id of One must be UserProfileName|DomainId, got 'alice'; add it to the mapping by hand"),
        (template(PROFILE, UserProfileName="bob"), entry("One", PROFILE, "alice|d-abc123"), "UserProfileName of One must be 'bob' as in the template, got 'alice'; pass the record of the stack that had it"),
        (template(SPACE, DomainId="d-def456"), entry("One", SPACE, "d-abc123|lab"), "DomainId of One must be 'd-def456' as in the template, got 'd-abc123'; pass the record of the stack that had it"),
        (template("AWS::S3::Bucket"), entry("One", "AWS::S3::Bucket", "data"), "One must be of a type known here, got AWS::S3::Bucket; add it to the mapping by hand, with the primaryIdentifier that aws cloudformation describe-type --type RESOURCE --type-name AWS::S3::Bucket names"),
        (template("AWS::IAM::Policy"), entry("One", "AWS::IAM::Policy", "x"), "One must be of a type that can be imported, got AWS::IAM::Policy; let cdk deploy make another after the import, and leave out of the mapping whatever refers to it"),
        (template("Custom::StudioDrain"), entry("One", "Custom::StudioDrain", "x"), "One must be of a type that can be imported, got Custom::StudioDrain; let cdk deploy make another after the import, and leave out of the mapping whatever refers to it"),
        (template("AWS::CloudFormation::Stack"), entry("One", "AWS::CloudFormation::Stack", "x"), "One must be no nested stack, got one, into which nothing is imported; define what stands in it in a stack of its own, and do not deploy it before: it would be made anew, and empty"),
    ],
)  # fmt: skip
def test_what_is_not_taken_back_is_named(
    template: dict[str, Any],
    entry: dict[str, str] | None,
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    template["Resources"]["Two"] = {"Type": ROLE}
    two = {
        "LogicalResourceId": "Two",
        "PhysicalResourceId": "two",
        "ResourceType": ROLE,
        "ResourceStatus": "DELETE_SKIPPED",
    }

    code = run(tmp_path, template, record(two, *([entry] if entry else [])))

    output = capsys.readouterr()
    assert code == 1
    assert output.err.splitlines() == [f"[One] {message}", "1 of 2 resources are not in the mapping, see above"]
    assert json.loads(output.out) == {"Two": {"RoleName": "two"}}


def test_a_problem_stands_behind_the_path_of_the_construct() -> None:
    body = template()
    body["Resources"]["One"]["Metadata"] = {"aws:cdk:path": "research-users-1/alice/Resource"}

    (problem,) = map_resources(body, [record()]).problems

    assert problem.startswith("[research-users-1/alice/Resource] One must be in the record")


def test_what_was_kept_and_has_no_place_is_a_note_and_no_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lab = entry("Lab", SPACE, "d-abc123|bob-lab")

    code = run(
        tmp_path, template(), record(entry("One", ROLE, "alice"), lab, entry("Gone", ROLE, "x", "DELETE_COMPLETE"))
    )

    assert code == 0
    assert capsys.readouterr().err == (
        "note: Lab was kept, AWS::SageMaker::Space d-abc123|bob-lab, and is not in the template: "
        "it stays outside the stack\n"
    )


@pytest.mark.parametrize(
    ("template", "record", "message"),
    [
        ({"version": "1"}, record(), "template must have Resources, got version; pass cdk.out/STACK.template.json after cdk synth"),
        (template(), {}, "record must have one of StackResourceSummaries, StackResources, StackEvents, got nothing; pass what aws cloudformation list-stack-resources --output json prints"),
        (template(), record({"LogicalResourceId": "One"}), "record must say LogicalResourceId, ResourceStatus, ResourceType of each resource, got one without ResourceStatus, ResourceType; pass it as the AWS CLI prints it, without --query"),
    ],
)  # fmt: skip
def test_other_files_are_refused(template: dict[str, Any], record: dict[str, Any], message: str) -> None:
    with pytest.raises(RecordError) as error:
        map_resources(template, [record])

    assert str(error.value) == message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "{path} must be a file that can be read, got No such file or directory; pass another"),
        ("", "{path} must be JSON, got Expecting value: line 1 column 1 (char 0); pass what --output json prints"),
        ("[]", "{path} must be an object of JSON, got list; pass another"),
    ],
)
def test_files_that_cannot_be_read_leave_no_mapping(
    content: str | None, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "record.json"
    if content is not None:
        path.write_text(content)

    code = main(["--template", str(path), "--record", str(path)])

    output = capsys.readouterr()
    assert (code, output.out, output.err) == (1, "", message.format(path=path) + "\n")


def test_a_large_stack_is_imported_in_parts_that_need_nothing_of_those_that_follow(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = many_users(72, 2).replace("name: research", "name: research, account: '123456789012', region: eu-west-1")
    found = synthesized(written(tmp_path, settings), tmp_path / "out")["research-users-1"]
    resources = found["Resources"]
    paths = ["--template", str(tmp_path / "template.json"), "--record", str(tmp_path / "record-0.json")]

    assert run(tmp_path, found, made_up(found)) == 1
    assert capsys.readouterr() == (
        "",
        "part must be 1..3, since CloudFormation imports at most 200 resources at once, got None; "
        "pass --part 1, import that, and go on with the next\n",
    )
    taken: set[str] = set()
    for part, size in ((1, 200), (2, 200), (3, len(resources) - 400)):
        assert main([*paths, "--part", str(part)]) == 0
        mapping = json.loads(capsys.readouterr().out)
        assert len(mapping) == size
        assert taken.isdisjoint(mapping)
        taken.update(mapping)
        named = re.findall(r'"(\w+)"', json.dumps([resources[one] for one in mapping]))
        assert resources.keys() & {*named} <= taken
    assert taken == resources.keys()
    assert main([*paths, "--part", "4"]) == 1


@pytest.mark.parametrize(
    ("value", "depends_on"),
    [
        ({"Path": {"Ref": "First"}}, []),
        ({"Path": [{"Fn::GetAtt": ["First", "Arn"]}]}, []),
        ({"Path": {"Fn::GetAtt": "First.Arn"}}, []),
        ({"Path": {"Fn::Sub": "x-${AWS::Region}-${First.Arn}"}}, []),
        ({"Path": {"Fn::Sub": ["${A}-${First}", {"A": "x"}]}}, []),
        ({"Path": {"Fn::Sub": ["${A}", {"A": {"Ref": "First"}}]}}, []),
        ({}, "First"),
        ({}, ["First"]),
    ],
)
def test_what_others_refer_to_comes_first(value: dict[str, Any], depends_on: object) -> None:
    resources = {"Last": {"Type": ROLE, "Properties": value, "DependsOn": depends_on}, "First": {"Type": ROLE}}

    assert in_parts(resources, ["Last", "First"]) == [["First", "Last"]]
    assert in_parts(resources, ["Last"]) == [["Last"]]
