from __future__ import annotations

from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ecr as ecr
from aws_cdk.aws_ecr_assets import DockerImageAsset

from constructs_lib import ContainerConfig, StudioImage
from constructs_lib.environment import Environment

HERE = Environment("123456789012", "eu-west-1")
ENTRY_POINT = ContainerConfig(entrypoint=["entrypoint-jupyter-server"])


@pytest.fixture
def repository(stack: cdk.Stack) -> ecr.IRepository:
    return ecr.Repository.from_repository_name(stack, "Images", "team")


def existing(version: int | None = None) -> StudioImage:
    return StudioImage.from_image_attributes(image_name="team", app_image_config_name="Team-1", version=version)


def test_equal_images_are_one(repository: ecr.IRepository) -> None:
    first, second = (
        StudioImage.from_ecr_repository(repository, "2.1", image_name="team", container=ENTRY_POINT) for _ in range(2)
    )

    assert len({first, second, existing(), existing()}) == 2
    assert first != StudioImage.from_ecr_repository(repository, "2.2", image_name="team", container=ENTRY_POINT)


@pytest.mark.parametrize("version", [None, 3])
def test_repr_of_an_image_that_exists_can_be_pasted(version: int | None) -> None:
    assert eval(repr(existing(version))) == existing(version)


def test_repr_of_a_new_image_says_what_was_given(repository: ecr.IRepository) -> None:
    image = StudioImage.from_ecr_repository(repository, "2.1", image_display_name="Team")

    assert repr(image) == (
        "StudioImage.from_ecr_repository(repository, '2.1', image_name='team', image_display_name='Team')"
    )


def test_what_exists_needs_nothing_and_is_attached_as_it_is(stack: cdk.Stack) -> None:
    image = existing()

    assert (image._is_custom, image._exists) == (True, True)
    assert image._define(stack, "JupyterLab") == ()
    for app_type in ("JupyterLab", "CodeEditor"):
        assert image._render_custom(app_type) == {
            "imageName": "team",
            "appImageConfigName": "Team-1",
            "imageVersionNumber": None,
        }


def test_a_version_that_exists_is_attached_and_run_by_its_number(stack: cdk.Stack) -> None:
    image = existing(version=3)

    assert image._render_custom("JupyterLab")["imageVersionNumber"] == 3
    arn = image._render(stack, HERE)["sageMakerImageVersionArn"]
    assert arn.endswith(":sagemaker:eu-west-1:123456789012:image-version/team/3")
    assert image._image_and_versions(stack, HERE) == (arn.replace("image-version/team/3", "image/team"), arn)


def test_a_new_image_is_run_at_its_latest_version(stack: cdk.Stack, repository: ecr.IRepository) -> None:
    image = StudioImage.from_ecr_repository(repository, "2.1")

    assert (image._is_custom, image._exists) == (True, False)
    (arn,) = image._render(stack, HERE).values()
    assert image._render(stack, HERE) == {"sageMakerImageArn": arn}
    assert arn.endswith(":sagemaker:eu-west-1:123456789012:image/team")
    assert image._image_and_versions(stack, HERE) == (arn, arn.replace(":image/", ":image-version/") + "/*")


def test_each_app_has_a_configuration_whose_name_has_no_dots(repository: ecr.IRepository) -> None:
    image = StudioImage.from_ecr_repository(repository, "2.1", image_name="team.v2")

    assert [image._render_custom(app_type)["appImageConfigName"] for app_type in ("JupyterLab", "CodeEditor")] == [
        "team-v2-jupyterlab",
        "team-v2-codeeditor",
    ]


def test_the_longest_name_leaves_room_for_its_configurations(repository: ecr.IRepository) -> None:
    image = StudioImage.from_ecr_repository(repository, "2.1", image_name="a" * 52)

    assert len(image._render_custom("JupyterLab")["appImageConfigName"]) == 63


def test_tokens_name_what_exists() -> None:
    name, config = cdk.Fn.import_value("Image"), cdk.Fn.import_value("Config")
    image = StudioImage.from_image_attributes(image_name=name, app_image_config_name=config)

    assert image._render_custom("JupyterLab")["imageName"] == name


@pytest.mark.parametrize(
    ("allowed", "is_covered"),
    [
        (StudioImage.from_image_arn("arn:aws:sagemaker:eu-west-1:123456789012:image/team"), True),
        (StudioImage.from_image_arn("arn:aws:sagemaker:eu-west-1:123456789012:image/other"), False),
        (StudioImage.from_image_version_arn("arn:aws:sagemaker:eu-west-1:123456789012:image-version/team/2"), False),
        (StudioImage.distribution_cpu(), False),
        (StudioImage.from_image_attributes(image_name="team", app_image_config_name="other"), True),
        (StudioImage.from_image_attributes(image_name="team", app_image_config_name="Team-1", version=2), False),
    ],
)
def test_an_allowed_image_covers_those_of_its_name(
    allowed: StudioImage, is_covered: bool, repository: ecr.IRepository
) -> None:
    for image in (StudioImage.from_ecr_repository(repository, "2.1"), existing(), existing(version=3)):
        assert allowed._covers(image) == is_covered


@pytest.mark.parametrize(("account", "is_covered"), [("123456789012", False), ("999999999999", True), (None, True)])
def test_an_image_of_yours_is_in_the_account_of_the_domain(
    account: str | None, is_covered: bool, repository: ecr.IRepository
) -> None:
    image = StudioImage.from_ecr_repository(repository, "2.1")
    by_arn = StudioImage.from_image_arn("arn:aws:sagemaker:eu-west-1:999999999999:image/team")

    assert by_arn._covers(image, account) == is_covered
    assert image._covers(by_arn, account) == is_covered


def test_repositories_are_the_same_by_their_arn(stack: cdk.Stack, repository: ecr.IRepository, tmp_path: Path) -> None:
    (tmp_path / "image").mkdir()
    (tmp_path / "image" / "Dockerfile").write_text("FROM scratch\n")
    asset = DockerImageAsset(stack, "Asset", directory=str(tmp_path / "image"))
    assert asset.repository is not asset.repository, "what the CDK wraps anew each time"

    def new(repository: ecr.IRepository) -> StudioImage:
        return StudioImage.from_ecr_repository(repository, "2.1", image_name="team")

    def old(repository: ecr.IRepository) -> StudioImage:
        return StudioImage.from_image_attributes(image_name="team", app_image_config_name="team", repository=repository)

    for image in (new, old):
        assert len({image(asset.repository), image(asset.repository)}) == 1
        assert image(asset.repository) != image(repository)


def test_a_space_runs_whatever_version_of_an_attached_image(repository: ecr.IRepository) -> None:
    new, other = (StudioImage.from_ecr_repository(repository, tag, image_name="team") for tag in ("2.1", "2.2"))
    here = StudioImage.from_image_attributes(image_name="team", app_image_config_name="team-jupyterlab", version=1)
    another = StudioImage.from_image_attributes(image_name="other", app_image_config_name="Team-1")
    unknown = StudioImage.from_image_attributes(image_name=cdk.Fn.import_value("Image"), app_image_config_name="team")

    for attached in (existing(), existing(version=2), here, new, unknown):
        assert here._is_attached_by(attached)
    for attached in (another, StudioImage.from_image_arn("arn:aws:sagemaker:eu-west-1:123456789012:image/team")):
        assert not here._is_attached_by(attached)
    assert new._is_attached_by(new) and unknown._is_attached_by(another)
    for attached in (other, existing(), another):
        assert not new._is_attached_by(attached), "nothing would define what it is made of"


def test_an_image_that_is_called_as_one_of_aws_is_another(repository: ecr.IRepository) -> None:
    image = StudioImage.from_ecr_repository(repository, "2.1", image_name="sagemaker-distribution-cpu")

    assert not StudioImage.distribution_cpu()._covers(image)
