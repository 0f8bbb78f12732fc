"""A custom image that users run, and its next version."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ecr as ecr

from constructs_lib import CodeEditor, ContainerConfig, Domain, JupyterLab, NetworkAccess, StudioImage, UserSettings
from tests.conftest import CONTEXT
from tests.e2e.place import REGION, Place
from tests.e2e.studios import start_app

pytestmark = pytest.mark.e2e

FIRST, SECOND = (f"sha256:{digit * 64}" for digit in "12")


def test_another_digest_is_a_new_version_and_the_former_one_stays(place: Place, tmp_path: Path) -> None:
    network, sagemaker = place.network(), place.client("sagemaker")

    place.deploy(assembly(place, network, FIRST, tmp_path / "first"))

    studio = place.studio("studio")
    settings = studio.domain["DefaultUserSettings"]
    assert settings["JupyterLabAppSettings"]["CustomImages"] == [
        {"ImageName": "team", "AppImageConfigName": "team-jupyterlab"}
    ]
    assert settings["CodeEditorAppSettings"]["CustomImages"] == [
        {"ImageName": "team", "AppImageConfigName": "team-codeeditor"}
    ]
    arn = sagemaker.describe_image(ImageName="team")["ImageArn"]
    assert studio.spaces["alice-lab"]["SpaceSettings"]["JupyterLabAppSettings"]["DefaultResourceSpec"] == {
        "SageMakerImageArn": arn
    }
    assert entry_points(sagemaker) == {
        "team-codeeditor": ["entrypoint-code-editor"],
        "team-jupyterlab": ["entrypoint-jupyter-server"],
    }
    assert base_images(sagemaker) == {1: FIRST}
    start_app(place, studio.domain["DomainId"], "alice-lab")

    place.deploy(assembly(place, network, SECOND, tmp_path / "second"))

    assert base_images(sagemaker) == {1: FIRST, 2: SECOND}
    after = place.studio("studio")
    assert after.spaces == studio.spaces
    app = {"DomainId": studio.domain["DomainId"], "SpaceName": "alice-lab", "AppType": "JupyterLab"}
    assert sagemaker.describe_app(**app, AppName="default")["Status"] == "InService"

    sagemaker.delete_app(**app, AppName="default")
    place.destroy(tmp_path / "second")

    assert place.studios() == []
    assert sagemaker.list_images()["Images"] == []
    assert sagemaker.list_app_image_configs()["AppImageConfigs"] == []


def assembly(place: Place, network: dict[str, Any], digest: str, outdir: Path) -> Path:
    """Synthesize a Studio whose domain attaches an image for both apps, and a space that runs it."""
    app = cdk.App(outdir=str(outdir), context=CONTEXT, builtin_cloud_formation_validation=False)
    stack = cdk.Stack(app, "images", env=cdk.Environment(account=place.account, region=REGION))
    team = StudioImage.from_ecr_repository(
        ecr.Repository.from_repository_name(stack, "Images", "team"),
        digest,
        container=ContainerConfig(entrypoint=["entrypoint-jupyter-server"]),
        code_editor_container=ContainerConfig(entrypoint=["entrypoint-code-editor"]),
    )
    domain = Domain(
        stack,
        "Studio",
        network=NetworkAccess.vpc_only_from_ids(vpc_id=network["vpc_id"], subnet_ids=network["subnet_ids"]),
        default_user_settings=UserSettings(
            jupyter_lab=JupyterLab(custom_images=[team]), code_editor=CodeEditor(custom_images=[team])
        ),
        removal_policy=cdk.RemovalPolicy.DESTROY,
    )
    domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab(image=team))
    return Path(app.synth().directory)


def base_images(sagemaker: Any) -> dict[int, str]:
    """The digests of the versions of the image, by their numbers."""
    numbers = [one["Version"] for one in sagemaker.list_image_versions(ImageName="team")["ImageVersions"]]
    return {
        number: sagemaker.describe_image_version(ImageName="team", Version=number)["BaseImage"].split("@")[1]
        for number in numbers
    }


def entry_points(sagemaker: Any) -> dict[str, list[str]]:
    """What starts in the container of each app."""
    return {
        one["AppImageConfigName"]: one[f"{app_type}AppImageConfig"]["ContainerConfig"]["ContainerEntrypoint"]
        for app_type in ("CodeEditor", "JupyterLab")
        for one in [sagemaker.describe_app_image_config(AppImageConfigName=f"team-{app_type.lower()}")]
    }
