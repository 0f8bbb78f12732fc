"""What the recipe for a GPU team promises."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.recipes.every_recipe import EveryRecipe
from tests.recipes.recipes import Recipe, code_of

pytestmark = pytest.mark.e2e

GPUS = {"ml.g5.xlarge", "ml.g5.12xlarge"}
IMAGE = ":image/vision-torch"


class TestGpuTeam(EveryRecipe):
    recipe = "gpu-team"


def ends(join: dict[str, Any]) -> str:
    """Return how an ARN ends that is joined of pieces."""
    end = join["Fn::Join"][1][-1]
    assert isinstance(end, str)
    return end


def test_the_image_is_attached_by_its_digest(gpu_team: Recipe) -> None:
    (version,) = gpu_team.properties("AWS::SageMaker::ImageVersion")
    (domain,) = gpu_team.properties("AWS::SageMaker::Domain")
    (digest,) = re.findall(r"sha256:[0-9a-f]{64}", code_of("gpu-team"))

    assert ends(version["BaseImage"]) == f"/vision/torch@{digest}"
    for settings, app, config in (
        ("DefaultUserSettings", "JupyterLab", "vision-torch-jupyterlab"),
        ("DefaultUserSettings", "CodeEditor", "vision-torch-codeeditor"),
        ("DefaultSpaceSettings", "JupyterLab", "vision-torch-jupyterlab"),
    ):
        attached = domain[settings][f"{app}AppSettings"]["CustomImages"]
        assert attached == [{"AppImageConfigName": config, "ImageName": "vision-torch"}]
    starts = {
        one["AppImageConfigName"]: one[f"{app}AppImageConfig"]["ContainerConfig"]["ContainerEntrypoint"]
        for one in gpu_team.properties("AWS::SageMaker::AppImageConfig")
        for app in ("JupyterLab", "CodeEditor")
        if f"{app}AppImageConfig" in one
    }
    assert starts == {
        "vision-torch-jupyterlab": ["entrypoint-jupyter-server"],
        "vision-torch-codeeditor": ["entrypoint-code-editor"],
    }


def test_every_space_runs_the_image_on_a_gpu_and_mounts_lustre(gpu_team: Recipe) -> None:
    (lustre,) = gpu_team.resources("AWS::FSx::FileSystem")
    spaces = {one["SpaceName"]: one for one in gpu_team.properties("AWS::SageMaker::Space")}

    people = ("alice", "bob", "carol")
    assert spaces.keys() == {"review", *(f"{name}-{space}" for name in people for space in ("code", "train"))}
    for space in spaces.values():
        settings = space["SpaceSettings"]
        runs = settings[f"{settings['AppType']}AppSettings"]["DefaultResourceSpec"]
        assert runs["InstanceType"] in GPUS
        assert ends(runs["SageMakerImageArn"]) == IMAGE
        assert settings["CustomFileSystems"] == [{"FSxLustreFileSystem": {"FileSystemId": {"Ref": lustre}}}]
    assert spaces["alice-train"]["SpaceSettings"]["SpaceStorageSettings"] == {
        "EbsStorageSettings": {"EbsVolumeSizeInGb": 500}
    }
    assert spaces["review"]["SpaceSharingSettings"] == {"SharingType": "Shared"}


def test_other_instance_types_images_and_scripts_are_denied(gpu_team: Recipe) -> None:
    denied = {
        one["Sid"]: one["Condition"]
        for policy in gpu_team.properties("AWS::IAM::ManagedPolicy")
        for one in policy["PolicyDocument"]["Statement"]
        if one.get("Sid", "").startswith("OnlyAllowed")
    }

    assert set(denied["OnlyAllowedInstanceTypes"]["ForAnyValue:StringNotEquals"]["sagemaker:InstanceTypes"]) == GPUS
    images = [ends(one) for one in denied["OnlyAllowedImages"]["ForAnyValue:ArnNotLike"]["sagemaker:ImageArns"]]
    assert images == [IMAGE, ":image/sagemaker-distribution-gpu"]
    assert "git-identity" in json.dumps(denied["OnlyAllowedLifecycleConfigs"])


def test_lustre_is_open_to_the_apps_and_to_itself_alone(gpu_team: Recipe) -> None:
    (lustre,) = gpu_team.resources("AWS::FSx::FileSystem").values()
    (domain,) = gpu_team.properties("AWS::SageMaker::Domain")
    (of_lustre,) = lustre["Properties"]["SecurityGroupIds"]
    (of_apps,) = domain["DefaultUserSettings"]["SecurityGroups"]

    rules = gpu_team.properties("AWS::EC2::SecurityGroupIngress")
    into_lustre = [one for one in rules if one["GroupId"] == of_lustre]
    into_apps = [one for one in rules if one["GroupId"] == of_apps]

    assert all(one["SourceSecurityGroupId"] in (of_apps, of_lustre) for one in into_lustre)
    for into, source in ((into_lustre, of_apps), (into_apps, of_lustre)):
        ports = {(one["FromPort"], one["ToPort"]) for one in into if one["SourceSecurityGroupId"] == source}
        assert ports == {(988, 988), (1018, 1023)}
    assert {one["SourceSecurityGroupId"]["Fn::GetAtt"][0] for one in into_apps} == {of_lustre["Fn::GetAtt"][0]}


def test_lustre_has_the_key_follows_the_bucket_and_is_kept_with_what_it_needs(gpu_team: Recipe) -> None:
    ((lustre_id, lustre),) = gpu_team.resources("AWS::FSx::FileSystem").items()
    (domain,) = gpu_team.properties("AWS::SageMaker::Domain")
    (association,) = gpu_team.resources("AWS::FSx::DataRepositoryAssociation").values()
    (group,) = lustre["Properties"]["SecurityGroupIds"]

    assert lustre["Properties"]["KmsKeyId"]["Ref"] == domain["KmsKeyId"]["Fn::GetAtt"][0]
    assert association["Properties"]["FileSystemId"] == {"Ref": lustre_id}
    assert association["Properties"]["DataRepositoryPath"] == "s3://vision-images"
    assert association["Properties"]["FileSystemPath"] == "/images"
    kept = (lustre, association, gpu_team.resources("AWS::EC2::SecurityGroup")[group["Fn::GetAtt"][0]])
    assert [one["DeletionPolicy"] for one in kept] == ["RetainExceptOnCreate"] * 3


def test_everybody_has_a_number_of_their_own(gpu_team: Recipe) -> None:
    (domain,) = gpu_team.properties("AWS::SageMaker::Domain")
    numbers = [
        one["UserSettings"]["CustomPosixUserConfig"] for one in gpu_team.properties("AWS::SageMaker::UserProfile")
    ]
    numbers.append(domain["DefaultSpaceSettings"]["CustomPosixUserConfig"])

    assert len({one["Uid"] for one in numbers}) == 4
    assert {one["Gid"] for one in numbers} == {20_000}


def test_the_script_always_runs_and_idle_apps_stop(gpu_team: Recipe) -> None:
    (domain,) = gpu_team.properties("AWS::SageMaker::Domain")
    apps = [domain["DefaultUserSettings"][f"{app}AppSettings"] for app in ("JupyterLab", "CodeEditor")]
    apps.append(domain["DefaultSpaceSettings"]["JupyterLabAppSettings"])

    for app in apps:
        assert ends(app["BuiltInLifecycleConfigArn"]).startswith(":studio-lifecycle-config/vision-git-identity-")
        idle = app["AppLifecycleManagement"]["IdleSettings"]
        assert (idle["IdleTimeoutInMinutes"], idle["MaxIdleTimeoutInMinutes"]) == (60, 720)
