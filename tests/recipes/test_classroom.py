"""What the classroom promises."""

from __future__ import annotations

import json
from typing import Any

import pytest

from constructs_lib import InstanceType, MlTool
from tests.recipes.every_recipe import EveryRecipe
from tests.recipes.recipes import Recipe
from tests.templates import resources

pytestmark = pytest.mark.e2e

STUDENTS = [f"student-{number:02}" for number in range(1, 31)]
GROUPS = {f"group-{index + 1}": STUDENTS[6 * index : 6 * index + 6] for index in range(5)}
ALLOWED = {"ml.t3.medium", "ml.t3.large"}


class TestClassroom(EveryRecipe):
    recipe = "classroom"


def spaces(classroom: Recipe, sharing: str) -> dict[str, dict[str, Any]]:
    """The spaces with this sharing, by their names."""
    return {
        one["SpaceName"]: one
        for one in classroom.properties("AWS::SageMaker::Space")
        if one["SpaceSharingSettings"]["SharingType"] == sharing
    }


def test_thirty_students_have_a_space_each(classroom: Recipe) -> None:
    profiles = classroom.properties("AWS::SageMaker::UserProfile")
    private = spaces(classroom, "Private")

    assert sorted(one["UserProfileName"] for one in profiles) == STUDENTS
    assert [one["SingleSignOnUserValue"] for one in profiles] == [f"{name}@example.edu" for name in STUDENTS]
    owners = {name: one["OwnershipSettings"]["OwnerUserProfileName"] for name, one in private.items()}
    assert owners == {f"{name}-lab": name for name in STUDENTS}
    assert len({json.dumps(one["UserSettings"]["ExecutionRole"]) for one in profiles}) == 30


def test_each_group_shares_a_space_that_its_members_alone_start(classroom: Recipe) -> None:
    shared = spaces(classroom, "Shared")

    owners = {name: one["OwnershipSettings"]["OwnerUserProfileName"] for name, one in shared.items()}
    assert owners == {group: members[0] for group, members in GROUPS.items()}
    fences = {
        role["Ref"]: json.dumps(one)
        for policy in classroom.properties("AWS::IAM::ManagedPolicy")
        for one in policy["PolicyDocument"]["Statement"]
        if one.get("Sid") == "OnlySharedSpacesOfMember"
        for role in policy["Roles"]
    }
    assert len(fences) == 30
    for group, (_, *members) in GROUPS.items():
        let_in = {role for role, fence in fences.items() if f"/{group}/" in fence}
        assert sorted(role[: len("student01")] for role in let_in) == [one.replace("-", "") for one in members]


def test_idle_apps_stop_after_an_hour_whatever_a_student_says(classroom: Recipe) -> None:
    (domain,) = classroom.properties("AWS::SageMaker::Domain")
    apps = [domain["DefaultUserSettings"][f"{app}AppSettings"] for app in ("JupyterLab", "CodeEditor")]
    apps.append(domain["DefaultSpaceSettings"]["JupyterLabAppSettings"])

    for app in apps:
        assert app["AppLifecycleManagement"]["IdleSettings"] == {
            "LifecycleManagement": "ENABLED",
            "IdleTimeoutInMinutes": 60,
            "MinIdleTimeoutInMinutes": 60,
            "MaxIdleTimeoutInMinutes": 60,
        }


def test_other_instance_types_are_denied_and_hidden(classroom: Recipe) -> None:
    (domain,) = classroom.properties("AWS::SageMaker::Domain")
    portal = domain["DefaultUserSettings"]["StudioWebPortalSettings"]
    (fence,) = [
        policy
        for policy in classroom.properties("AWS::IAM::ManagedPolicy")
        if "OnlyAllowedInstanceTypes" in json.dumps(policy)
    ]
    (deny,) = [one for one in fence["PolicyDocument"]["Statement"] if one["Sid"] == "OnlyAllowedInstanceTypes"]

    hidden = set(portal["HiddenInstanceTypes"])
    can_be_hidden = {
        one.name for one in InstanceType.known() if one._is_in_schema_of("AWS::SageMaker::Domain") and one.runs_spaces
    }
    assert hidden >= can_be_hidden - ALLOWED
    assert not hidden & ALLOWED
    assert deny["Effect"] == "Deny"
    assert set(deny["Condition"]["ForAnyValue:StringNotEquals"]["sagemaker:InstanceTypes"]) == ALLOWED
    assert set(portal["HiddenMlTools"]) == {one.value for one in MlTool}
    assert not {"JupyterLab", "CodeEditor"} & set(portal["HiddenAppTypes"])
    fenced = [one for one in classroom.properties("AWS::IAM::Role") if "UserFence" in json.dumps(one)]
    assert len(fenced) == 30


def test_spaces_say_what_they_run_and_volumes_are_small(classroom: Recipe) -> None:
    (domain,) = classroom.properties("AWS::SageMaker::Domain")

    for space in classroom.properties("AWS::SageMaker::Space"):
        runs = space["SpaceSettings"]["JupyterLabAppSettings"]["DefaultResourceSpec"]
        assert runs["InstanceType"] == "ml.t3.medium"
        assert runs["SageMakerImageArn"]["Fn::Join"][1][-1] == ":image/sagemaker-distribution-cpu"
    for settings in ("DefaultUserSettings", "DefaultSpaceSettings"):
        assert domain[settings]["SpaceStorageSettings"] == {
            "DefaultEbsStorageSettings": {"DefaultEbsVolumeSizeInGb": 10, "MaximumEbsVolumeSizeInGb": 20}
        }


def test_everything_goes_with_the_stacks(classroom: Recipe) -> None:
    made = [one for template in classroom.templates.values() for one in template["Resources"].items()]

    assert [id for id, one in made if one.get("DeletionPolicy") != "Delete"] == []
    assert [id for id, one in made if one.get("UpdateReplacePolicy") != "Delete"] == []


def test_drains_go_first(classroom: Recipe) -> None:
    of_students, of_classroom = (
        resources(classroom.templates[stack], "Custom::StudioDrain").popitem()[1] for stack in ("Students", "Classroom")
    )
    (domain_id,) = classroom.resources("AWS::SageMaker::Domain")

    drained = {*classroom.resources("AWS::SageMaker::UserProfile"), *classroom.resources("AWS::SageMaker::Space")}
    assert drained <= {*of_students["DependsOn"]}
    assert of_classroom["Properties"]["DomainId"] == {"Fn::GetAtt": [domain_id, "DomainId"]}
    assert [one["Properties"]["DeleteUserSpaces"] for one in (of_students, of_classroom)] == ["true", "true"]


def test_the_tag_for_the_bill_is_on_domain_and_profiles(classroom: Recipe) -> None:
    tagged = [*classroom.properties("AWS::SageMaker::Domain"), *classroom.properties("AWS::SageMaker::UserProfile")]

    assert all({"Key": "course", "Value": "ml-101"} in one["Tags"] for one in tagged)
    assert tagged[0]["TagPropagation"] == "ENABLED"
