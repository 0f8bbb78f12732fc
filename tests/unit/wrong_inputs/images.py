"""Images of one's own: how they are made, named, started and attached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_ecr as ecr

from constructs_lib import (
    CodeEditor,
    ContainerConfig,
    Domain,
    DomainEncryption,
    JupyterLab,
    StudioImage,
    TeamExecutionRole,
    UserProfile,
    UserSettings,
)
from tests.unit.wrong_inputs.studio import NETWORK, Studio

NAME = "lower case letters and digits with single hyphens or dots inside"
TAG = "tag_or_digest must be a tag of 1..128 letters, digits, dots, hyphens and underscores, or sha256: with 64 hexadecimal digits"  # fmt: skip
REPOSITORY = "arn:aws:ecr:{}:123456789012:repository/ml/team"


def repository(studio: Studio, region: str = "eu-west-1") -> ecr.IRepository:
    return ecr.Repository.from_repository_arn(studio.stack, "Images", REPOSITORY.format(region))


def team(studio: Studio, tag: str = "2.1", **options: Any) -> StudioImage:
    return StudioImage.from_ecr_repository(repository(studio), tag, **options)


def existing(image_name: Any = "team", app_image_config_name: Any = "team", **options: Any) -> StudioImage:
    return StudioImage.from_image_attributes(
        image_name=image_name, app_image_config_name=app_image_config_name, **options
    )


def attached(studio: Studio, *images: StudioImage) -> Domain:
    return studio.domain(default_user_settings=UserSettings(jupyter_lab=JupyterLab(custom_images=images)))


def image_of_another_region(studio: Studio) -> Domain:
    here = studio.in_region("eu-west-1")
    return attached(here, StudioImage.from_ecr_repository(repository(here, "us-east-1"), "2.1"))


def image_of_another_domain(studio: Studio) -> Domain:
    image = team(studio)
    attached(studio, image)
    return studio.domain("Other", default_user_settings=UserSettings(code_editor=CodeEditor(custom_images=[image])))


def image_of_another_stack(studio: Studio) -> Domain:
    image = team(studio)
    attached(studio, image)
    return attached(Studio(studio.app, cdk.Stack(studio.app, "Production")), image)


def images_of_one_name(studio: Studio) -> Domain:
    source = repository(studio)
    return attached(studio, *(StudioImage.from_ecr_repository(source, tag) for tag in ("2.1", "2.2")))


def many(studio: Studio) -> UserSettings:
    images = [existing(f"{number:063}", f"{number:063}") for number in range(40)]
    return UserSettings(jupyter_lab=JupyterLab(custom_images=images))


def profile_with_many(studio: Studio) -> UserProfile:
    return studio.domain().add_user_profile("Alice", user_settings=many(studio))


def team_with_many(studio: Studio) -> UserProfile:
    domain = Domain(studio.stack, "Studio", network=NETWORK, encryption=DomainEncryption.aws_managed())
    role = TeamExecutionRole(studio.stack, "Team", domain=domain)
    return domain.add_user_profile("Alice", execution_role=role, user_settings=many(studio))


WRONG: dict[str, tuple[Callable[[Studio], object], str]] = {
    "tag with a slash": (lambda s: team(s, "ml/2"), f"{TAG}, got 'ml/2'; pass one that the repository has"),
    "tag that begins with a dot": (lambda s: team(s, ".2"), f"{TAG}, got '.2'; pass one that the repository has"),
    "no tag": (lambda s: team(s, ""), f"{TAG}, got ''; pass one that the repository has"),
    "tag too long": (lambda s: team(s, "a" * 129), f"{TAG}, got '{'a' * 129}'; pass one that the repository has"),
    "digest too short": (lambda s: team(s, "sha256:abc"), f"{TAG}, got 'sha256:abc'; pass one that the repository has"),
    "tag that moves": (lambda s: team(s, "latest"), "tag_or_digest must be one that stays with its image, got 'latest': CloudFormation would never make a new version of it; pass a tag for each build, or the digest"),
    "repository and tag too long": (lambda s: StudioImage.from_ecr_repository(ecr.Repository.from_repository_name(s.stack, "Images", "a" * 200), "b" * 11), "repository and tag must be at most 210 characters together, got 211; pass a shorter tag"),
    "image named in upper case": (lambda s: team(s, image_name="Team"), f"image_name must be 1..52 {NAME}, got 'Team'; pass image_name='team' say to choose it"),
    "image name too long": (lambda s: team(s, image_name="a" * 53), f"image_name must be 1..52 {NAME}, got '{'a' * 53}'; pass image_name='team' say to choose it"),
    "image name with two hyphens": (lambda s: team(s, image_name="a--b"), f"image_name must be 1..52 {NAME}, got 'a--b'; pass image_name='team' say to choose it"),
    "repository whose name is none for an image": (lambda s: StudioImage.from_ecr_repository(ecr.Repository.from_repository_name(s.stack, "Images", "ml__team"), "2.1"), f"image_name must be 1..52 {NAME}, got 'ml--team'; pass image_name='team' say to choose it"),
    "repository whose name is not known": (lambda s: StudioImage.from_ecr_repository(ecr.Repository(s.stack, "Images"), "2.1"), "image_name must be given where the name of the repository is known only when it is deployed, got none; pass image_name='team' say"),
    "no display name": (lambda s: team(s, image_display_name=""), "image_display_name must be 1..128 characters of ASCII but `{|}~, and no space around them, got ''; pass a shorter or plainer one"),
    "display name with a brace": (lambda s: team(s, image_display_name="{Team}"), "image_display_name must be 1..128 characters of ASCII but `{|}~, and no space around them, got '{Team}'; pass a shorter or plainer one"),
    "display name with a space before it": (lambda s: team(s, image_display_name=" Team"), "image_display_name must be 1..128 characters of ASCII but `{|}~, and no space around them, got ' Team'; pass a shorter or plainer one"),
    "display name too long": (lambda s: team(s, image_display_name="T" * 129), f"image_display_name must be 1..128 characters of ASCII but `{{|}}~, and no space around them, got '{'T' * 129}'; pass a shorter or plainer one"),
    "no description": (lambda s: team(s, image_description=" "), "image_description must be 1..512 characters, got ' '; pass a shorter or plainer one"),
    "description too long": (lambda s: team(s, image_description="T" * 513), f"image_description must be 1..512 characters, got '{'T' * 513}'; pass a shorter or plainer one"),
    "directory without a Dockerfile": (lambda s: StudioImage.from_asset("docs", image_name="team"), "directory must hold a Dockerfile, got 'docs', which does not; pass the path of one"),
    "existing image in upper case": (lambda s: existing("Team"), f"image_name must be 1..63 {NAME}, got 'Team'; pass image_name='team' say to choose it"),
    "existing configuration with a dot": (lambda s: existing(app_image_config_name="team.1"), "app_image_config_name must be 1..63 letters, digits and inner hyphens, got 'team.1'; pass the name that it has"),
    "existing configuration too long": (lambda s: existing(app_image_config_name="a" * 64), f"app_image_config_name must be 1..63 letters, digits and inner hyphens, got '{'a' * 64}'; pass the name that it has"),
    "version zero": (lambda s: existing(version=0), "version must be 1 or more, got 0; leave it out for the latest"),
    "two entry points": (lambda s: ContainerConfig(entrypoint=["jupyter-lab", "--debug"]), "entrypoint must have 1 items, got 2; leave the argument out, or pass further words as arguments"),
    "no entry point": (lambda s: ContainerConfig(entrypoint=[]), "entrypoint must have 1 items, got 0; leave the argument out, or pass further words as arguments"),
    "entry point too long": (lambda s: ContainerConfig(entrypoint=["a" * 257]), f"entrypoint must have items of 1..256 characters that are not blank, got '{'a' * 257}'; pass shorter ones, or say it in the image"),
    "too many arguments": (lambda s: ContainerConfig(arguments=["a"] * 51), "arguments must have 1..50 items, got 51; leave the argument out, or put them into a script of the image"),
    "argument too long": (lambda s: ContainerConfig(arguments=["a" * 65]), f"arguments must have items of 1..64 characters that are not blank, got '{'a' * 65}'; pass shorter ones, or say it in the image"),
    "blank argument": (lambda s: ContainerConfig(arguments=[" "]), "arguments must have items of 1..64 characters that are not blank, got ' '; pass shorter ones, or say it in the image"),
    "argument on a line of its own": (lambda s: ContainerConfig(arguments=["\na"]), "arguments must have items of 1..64 characters that are not blank, got '\\na'; pass shorter ones, or say it in the image"),
    "too many variables": (lambda s: ContainerConfig(environment={f"A{number}": "a" for number in range(26)}), "environment must have 1..25 items, got 26; leave the argument out, or set others in the image"),
    "variable without a value": (lambda s: ContainerConfig(environment={"A": ""}), "environment must have items of 1..256 characters that are not blank, got ''; pass shorter ones, or say it in the image"),
    "variable too long": (lambda s: ContainerConfig(environment={"A": "a" * 257}), f"environment must have items of 1..256 characters that are not blank, got '{'a' * 257}'; pass shorter ones, or say it in the image"),
    "variable of SageMaker": (lambda s: ContainerConfig(environment={"AWS_REGION": "eu-west-1"}), "environment must not have what SageMaker sets itself, got 'AWS_REGION'; leave it out, or rename it"),
    "image of another region": (image_of_another_region, "[Elsewhere/Studio] JupyterLab: repository must be in the domain's region eu-west-1, got one in us-east-1; pass a repository of eu-west-1"),
    "image of another domain": (image_of_another_domain, "[Research/Other] image_name must be unique in the account and region, got 'ml-team', which Research/Studio defines; pass another name, or attach that image: StudioImage.from_image_attributes(image_name='ml-team', app_image_config_name='ml-team-codeeditor')"),
    "image of another stack that leaves the account open": (image_of_another_stack, "[Production/Studio] image_name must be unique in the account and region, got 'ml-team', which Research/Studio defines; pass another name, or attach that image: StudioImage.from_image_attributes(image_name='ml-team', app_image_config_name='ml-team-jupyterlab'); if the stacks are for two accounts or regions, give each an env, or put each in a Stage"),
    "two images of one name": (images_of_one_name, "[Research/Studio] image_name must be unique in the account and region, dots and hyphens taken as one, got StudioImage.from_ecr_repository(repository, '2.2', image_name='ml-team') beside StudioImage.from_ecr_repository(repository, '2.1', image_name='ml-team'); pass another name, or one and the same image"),
    "more images of a profile than a policy names": (profile_with_many, "[Research/Studio/Alice] spaces and images must be few enough for a policy of 6144 characters to name those of user 'alice', got 24126; declare fewer spaces or members, attach fewer images, or grant the passing of fewer roles"),
    "more images of a team's profile than a policy names": (team_with_many, "[Research/Studio/Alice] spaces and images must be few enough for a policy of 6144 characters to name those of a team, got 24172; declare fewer spaces or members, attach fewer images, or grant the passing of fewer roles"),
}  # fmt: skip


WRONG_TYPES: dict[str, tuple[Callable[[Studio], object], str]] = {
    "repository by its name": (lambda s: StudioImage.from_ecr_repository("team", "2.1"), "repository must not be text, got 'team'; pass ecr.Repository.from_repository_name(...) say"),
    "tag by number": (lambda s: team(s, 2), "tag_or_digest must be of type str, got 2; pass '2.1' say"),
    "container as a mapping": (lambda s: team(s, container={}), "container must be of type ContainerConfig, got {}; pass ContainerConfig(...)"),
    "container of Code Editor as a list": (lambda s: team(s, code_editor_container=["code"]), "code_editor_container must be of type ContainerConfig, got ['code']; pass ContainerConfig(...)"),
    "image name by number": (lambda s: team(s, image_name=7), "image_name must be of type str, got 7; pass 'team' say"),
    "display name by number": (lambda s: team(s, image_display_name=7), "image_display_name must be of type str, got 7; pass text"),
    "directory by number": (lambda s: StudioImage.from_asset(7, image_name="team"), "directory must be of type str, got 7; pass the path of a directory"),
    "existing configuration by number": (lambda s: existing(app_image_config_name=7), "app_image_config_name must be of type str, got 7; pass the name of the app image configuration"),
    "version in words": (lambda s: existing(version="3"), "version must be of type int, got '3'; pass the number of a version"),
    "repository of an existing image by its name": (lambda s: existing(repository="team"), "repository must not be text, got 'team'; pass ecr.Repository.from_repository_name(...) say"),
    "entry point as text": (lambda s: ContainerConfig(entrypoint="jupyter-lab"), "entrypoint must be of type list or tuple, got 'jupyter-lab'; pass ['entrypoint-jupyter-server'] say"),
    "arguments as text": (lambda s: ContainerConfig(arguments="--debug"), "arguments must be of type list or tuple, got '--debug'; pass a list of words"),
    "argument by number": (lambda s: ContainerConfig(arguments=[8888]), "arguments must be of type str, got 8888; pass text"),
    "environment as a list": (lambda s: ContainerConfig(environment=["A=B"]), "environment must be of type Mapping, got ['A=B']; pass {'NAME': 'value'} say"),
}  # fmt: skip
