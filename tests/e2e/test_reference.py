"""The reference Studio, from its first deployment to the day after its last stack is gone."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from localcloud.inventory import Studio
from tests.conftest import ROOT
from tests.e2e import asked
from tests.e2e.place import REGION, Place
from tests.e2e.studios import synthesize
from tests.studios import REFERENCE

STACKS = ("research-network", "research-studio", "research-users-1")
TAGS = {"cost-center": "ml-42", "team": "research"}

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def settings() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(REFERENCE.read_text())
    return loaded


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synthesize(yaml.safe_load(REFERENCE.read_text()), tmp_path_factory.mktemp("reference"))


@pytest.fixture(scope="module")
def deployed(place: Place, assembly: Path) -> Studio:
    place.deploy(assembly)
    return place.studio("research")


@pytest.fixture(scope="module")
def grown(settings: dict[str, Any], place: Place) -> dict[str, Any]:
    """The settings of a later day: a bigger volume, another instance type, more spaces, one more user.

    They name account and region, since nothing can be taken back without.
    """
    later = copy.deepcopy(settings)
    later["domain"] |= {"account": place.account, "region": REGION}
    lab = later["users"][0]["spaces"][0]
    lab["storage_gb"], lab["instance_type"] = 80, "ml.m5.large"
    later["users"].append({"name": "erin", "spaces": [{"name": "erin-lab", "app": "JupyterLab", "storage_gb": 30}]})
    later["users"][1]["spaces"].append({"name": "bob-trial", "app": "CodeEditor"})
    return later


@pytest.fixture(scope="module")
def before(place: Place, deployed: Studio) -> dict[str, dict[str, str]]:
    """The physical ids in each stack, before the update."""
    return {stack: place.resources(stack) for stack in STACKS}


@pytest.fixture(scope="module")
def grown_assembly(grown: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synthesize(grown, tmp_path_factory.mktemp("grown"))


@pytest.fixture(scope="module")
def updated(place: Place, before: dict[str, Any], grown_assembly: Path) -> Studio:
    place.deploy(grown_assembly)
    return place.studio("research")


@pytest.fixture(scope="module")
def last(place: Place, updated: Studio) -> dict[str, dict[str, str]]:
    """The physical ids in each stack, before it is gone."""
    return {stack: place.resources(stack) for stack in STACKS}


@pytest.fixture(scope="module")
def kept(place: Place, last: dict[str, Any], grown_assembly: Path) -> Studio:
    place.destroy(grown_assembly)
    return place.studio("research")


@pytest.fixture(scope="module")
def taken_back(place: Place, kept: Studio, grown_assembly: Path) -> Studio:
    """Each stack in turn, as docs/take-back.md says."""
    for stack in STACKS:
        mapping = mapping_of(stack, place, grown_assembly)
        imported = place.of(grown_assembly, "import", stack, "--resource-mapping", str(mapping), "--no-execute")
        assert imported.returncode == 0, imported.stdout + imported.stderr
        cloudformation = place.client("cloudformation")
        change_set = {"StackName": stack, "ChangeSetName": "cdk-deploy-change-set"}
        changes = cloudformation.describe_change_set(**change_set)["Changes"]
        assert {one["ResourceChange"]["Action"] for one in changes} == {"Import"}
        cloudformation.execute_change_set(**change_set)
        cloudformation.get_waiter("stack_import_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
        place.deploy(grown_assembly, stack, "--exclusively")
    return place.studio("research")


def mapping_of(stack: str, place: Place, assembly: Path) -> Path:
    """Write the mapping for a stack that is gone, from its record."""
    cloudformation = place.client("cloudformation")
    gone = cloudformation.list_stacks(StackStatusFilter=["DELETE_COMPLETE"])["StackSummaries"]
    (arn,) = [one["StackId"] for one in gone if one["StackName"] == stack]
    record, mapping = assembly.parent / f"{stack}.record.json", assembly.parent / f"{stack}.mapping.json"
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=arn)
    record.write_text(json.dumps(pages.build_full_result(), default=str))
    template = assembly / f"{stack}.template.json"
    written = subprocess.run(
        [sys.executable, "-m", "constructs_lib.safety.import_mapping", "--template", template, "--record", record],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (written.returncode, written.stderr) == (0, "")
    mapping.write_text(written.stdout)
    return mapping


def test_every_stack_is_complete(place: Place, deployed: Studio) -> None:
    assert place.statuses() == dict.fromkeys(STACKS, "CREATE_COMPLETE")


def test_every_output_resolves(place: Place, deployed: Studio) -> None:
    iam = place.client("iam")
    studio, users = place.outputs("research-studio"), place.outputs("research-users-1")

    assert studio["DomainId"] == deployed.domain["DomainId"]
    assert studio["DomainUrl"] == deployed.domain["Url"]
    roles = {iam.get_role(RoleName=arn.rpartition("/")[2])["Role"]["Arn"] for arn in users.values()}
    assert roles == {one["UserSettings"]["ExecutionRole"] for one in deployed.profiles.values()}
    policies = {value for value in studio.values() if ":policy/" in value}
    assert {iam.get_policy(PolicyArn=arn)["Policy"]["Arn"] for arn in policies} == policies
    network = set(place.outputs("research-network").values())
    assert network == {deployed.domain["VpcId"], *deployed.domain["SubnetIds"]}


def test_the_domain_is_as_asked(settings: dict[str, Any], place: Place, deployed: Studio) -> None:
    domain = copy.deepcopy(deployed.domain)
    user, shared = domain["DefaultUserSettings"], domain["DefaultSpaceSettings"]
    hidden = user.pop("StudioWebPortalSettings")
    roles = {one.pop("ExecutionRole") for one in (user, shared)}
    groups = {group for one in (user, shared) for group in one.pop("SecurityGroups")}

    assert {key: domain[key] for key in asked.domain(settings["domain"])} == asked.domain(settings["domain"])
    assert hidden["HiddenAppTypes"] == ["JupyterServer"]
    assert {"ml.m5.4xlarge", "ml.g5.2xlarge", "ml.p5.48xlarge"} <= set(hidden["HiddenInstanceTypes"])
    assert set(hidden["HiddenInstanceTypes"]).isdisjoint(settings["domain"]["instance_types"])
    assert len(roles) == 2
    (group,) = place.client("ec2").describe_security_groups(GroupIds=list(groups))["SecurityGroups"]
    assert group["VpcId"] == domain["VpcId"]
    key = place.client("kms")
    assert key.describe_key(KeyId=domain["KmsKeyId"])["KeyMetadata"]["KeyState"] == "Enabled"
    assert key.get_key_rotation_status(KeyId=domain["KmsKeyId"])["KeyRotationEnabled"]


def test_the_profiles_are_as_asked(settings: dict[str, Any], deployed: Studio) -> None:
    assert set(deployed.profiles) == {user["name"] for user in settings["users"]}
    for profile in deployed.profiles.values():
        assert profile["Status"] == "InService"
        assert set(profile["UserSettings"]) == {"ExecutionRole"}
    assert len({profile["UserSettings"]["ExecutionRole"] for profile in deployed.profiles.values()}) == 5


def test_the_spaces_are_as_asked(settings: dict[str, Any], deployed: Studio) -> None:
    assert_as_asked(deployed, settings)


def test_everything_is_tagged(place: Place, deployed: Studio) -> None:
    sagemaker = place.client("sagemaker")
    arns = [deployed.domain["DomainArn"]]
    arns += [one["UserProfileArn"] for one in deployed.profiles.values()]
    arns += [one["SpaceArn"] for one in deployed.spaces.values()]

    for arn in arns:
        tags = {tag["Key"]: tag["Value"] for tag in sagemaker.list_tags(ResourceArn=arn)["Tags"]}
        assert tags.items() >= TAGS.items(), arn


def test_the_cli_finds_no_difference(place: Place, deployed: Studio, assembly: Path) -> None:
    result = place.of(assembly, "diff", "--fail", "**")

    assert result.returncode == 0, result.stdout
    assert "Number of stacks with differences: 0" in result.stdout + result.stderr


def test_an_update_replaces_nothing(
    place: Place, before: dict[str, dict[str, str]], grown: dict[str, Any], deployed: Studio, updated: Studio
) -> None:
    assert_as_asked(updated, grown)
    assert set(updated.profiles) - set(deployed.profiles) == {"erin"}
    assert set(updated.spaces) - set(deployed.spaces) == {"erin-lab", "bob-trial"}
    assert identity(updated, of=deployed) == identity(deployed, of=deployed)
    for stack, ids in before.items():
        assert place.resources(stack).items() >= ids.items()
    assert set(place.statuses().values()) <= {"CREATE_COMPLETE", "UPDATE_COMPLETE"}


def test_what_is_kept_works_when_the_stacks_are_gone(place: Place, updated: Studio, kept: Studio) -> None:
    assert place.statuses() == {}
    assert kept == updated
    iam = place.client("iam")
    for profile in kept.profiles.values():
        role = profile["UserSettings"]["ExecutionRole"].rpartition("/")[2]
        assert iam.get_role(RoleName=role)["Role"]["Arn"] == profile["UserSettings"]["ExecutionRole"]
        assert len(iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]) >= 2
    state = place.client("kms").describe_key(KeyId=kept.domain["KmsKeyId"])["KeyMetadata"]["KeyState"]
    assert state == "Enabled"
    url = place.client("sagemaker").create_presigned_domain_url(
        DomainId=kept.domain["DomainId"], UserProfileName="alice", SpaceName="alice-lab"
    )
    assert kept.domain["DomainId"] in url["AuthorizedUrl"]


def test_what_was_kept_is_taken_back(
    place: Place, last: dict[str, dict[str, str]], kept: Studio, taken_back: Studio, grown_assembly: Path
) -> None:
    assert taken_back == kept
    assert {stack: place.resources(stack) for stack in STACKS} == last
    result = place.of(grown_assembly, "diff", "--fail", "**")
    assert result.returncode == 0, result.stdout


def assert_as_asked(studio: Studio, settings: dict[str, Any]) -> None:
    spaces = asked.spaces(settings)
    assert set(studio.spaces) == set(spaces)
    for name, expected in spaces.items():
        assert {key: studio.spaces[name].get(key) for key in expected} == expected


def identity(studio: Studio, *, of: Studio) -> list[Any]:
    """What tells a resource from another one that has its name."""
    return [
        (studio.domain["DomainArn"], studio.domain["CreationTime"]),
        *((studio.profiles[name]["UserProfileArn"], studio.profiles[name]["CreationTime"]) for name in of.profiles),
        *((studio.spaces[name]["SpaceArn"], studio.spaces[name]["CreationTime"]) for name in of.spaces),
    ]
