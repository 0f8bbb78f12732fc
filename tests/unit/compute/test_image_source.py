from __future__ import annotations

import json
from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ecr as ecr
from constructs import Construct

from constructs_lib import StudioImage
from constructs_lib.compute.image_source import AssetSource, RepositorySource
from constructs_lib.environment import Environment

DIGEST = f"sha256:{'0123456789abcdef' * 4}"


@pytest.fixture
def directory(tmp_path: Path) -> str:
    folder = tmp_path / "image"
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM public.ecr.aws/sagemaker/sagemaker-distribution:3.2-cpu\n")
    return str(folder)


def uri(stack: cdk.Stack, tag_or_digest: str) -> str:
    repository = ecr.Repository.from_repository_arn(
        stack, "Images", "arn:aws:ecr:eu-west-1:123456789012:repository/ml/team"
    )
    return str(stack.resolve(RepositorySource(repository, tag_or_digest)._bind(stack).uri)["Fn::Join"][1][-1])


@pytest.mark.parametrize("tag", ["2.1", "_", "latest-cpu", "a" * 128])
def test_a_tag_stands_behind_a_colon(tag: str, stack: cdk.Stack) -> None:
    assert uri(stack, tag) == f"/ml/team:{tag}"


def test_a_digest_stands_behind_an_at_sign(stack: cdk.Stack) -> None:
    assert uri(stack, DIGEST) == f"/ml/team@{DIGEST}"


def test_takes_a_token_for_a_tag(stack: cdk.Stack) -> None:
    repository = ecr.Repository(stack, "Images")
    tag = cdk.CfnParameter(stack, "Tag").value_as_string

    bound = RepositorySource(repository, tag)._bind(stack)

    assert stack.resolve(bound.uri)["Fn::Join"][1][-2:] == [":", {"Ref": "Tag"}]


@pytest.mark.parametrize(("name", "default"), [("team", "team"), ("ml/churn_model.v2", "ml-churn-model.v2")])
def test_the_image_is_called_as_its_repository(name: str, default: str, stack: cdk.Stack) -> None:
    image = StudioImage.from_ecr_repository(ecr.Repository.from_repository_name(stack, "Images", name), "2.1")

    assert image._custom is not None
    assert image._custom.image_name == default


def test_a_repository_of_another_region_is_refused_where_both_are_known(stack: cdk.Stack) -> None:
    repository = ecr.Repository.from_repository_arn(
        stack, "Images", "arn:aws:ecr:us-east-1:999999999999:repository/team"
    )
    image = StudioImage.from_ecr_repository(repository, "2.1")

    (problem,) = image._problems_in(Environment("123456789012", "eu-west-1"))
    assert problem == (
        "repository must be in the domain's region eu-west-1, got one in us-east-1; pass a repository of eu-west-1"
    )
    for region in ("us-east-1", None):
        assert [*image._problems_in(Environment("123456789012", region))] == []


def test_an_asset_is_built_once_for_the_processors_of_studio(app: cdk.App, stack: cdk.Stack, directory: str) -> None:
    source = AssetSource(directory)

    first, second = source._bind(stack), source._bind(stack)

    assert first.uri == second.uri
    assets = json.loads((Path(app.synth().directory) / "Research.assets.json").read_text())["dockerImages"]
    assert [one["source"]["platform"] for one in assets.values()] == ["linux/amd64"]


def test_another_content_of_the_directory_is_another_tag(stack: cdk.Stack, directory: str) -> None:
    before = AssetSource(directory)._bind(Construct(stack, "Before")).uri
    (Path(directory) / "Dockerfile").write_text("FROM public.ecr.aws/sagemaker/sagemaker-distribution:3.3-cpu\n")

    assert AssetSource(directory)._bind(Construct(stack, "After")).uri != before
