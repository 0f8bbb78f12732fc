"""Images of one's own, and how their containers start."""

from __future__ import annotations

from typing import Any

from aws_cdk import aws_ecr as ecr

from constructs_lib import StudioImage
from constructs_lib.compute.container_config import ContainerConfig
from tests.limits.user import user_with_lab
from tests.limits.values import CONSTRUCT, Held, Items, Made, Number, Text
from tests.unit.wrong_inputs.studio import Studio


def existing(studio: Studio, **names: Any) -> object:
    given = {"image_name": "team", "app_image_config_name": "team", **names}
    return user_with_lab(studio, custom_images=[StudioImage.from_image_attributes(**given)])


def attached(number: int) -> dict[str, str]:
    return {"AppImageConfigName": f"config-{number}", "ImageName": f"team-{number}"}


def attaching(studio: Studio, images: list[dict[str, str]]) -> object:
    custom_images = [
        StudioImage.from_image_attributes(image_name=one["ImageName"], app_image_config_name=one["AppImageConfigName"])
        for one in images
    ]
    return user_with_lab(studio, custom_images=custom_images)


def new(studio: Studio, **options: Any) -> object:
    repository = ecr.Repository.from_repository_name(studio.stack, "Repository", "team")
    name = studio.stack.node.id.lower()  # unique in the account
    image = StudioImage.from_ecr_repository(repository, "2.1", **{"image_name": name, **options})
    return user_with_lab(studio, custom_images=[image])


def starting(studio: Studio, **container: Any) -> object:
    return new(studio, container=ContainerConfig(**container))


def variable(number: int) -> dict[str, str]:
    return {"Key": f"NAME_{number}", "Value": "value"}


HELD: dict[str, Held] = {
    "CustomImages": Items(attaching, attached, most=200),
    "CustomImages[]/ImageName": Text(lambda s, v: existing(s, image_name=v), "team.image-1", "a" * 63),
    "CustomImages[]/AppImageConfigName": Text(lambda s, v: existing(s, app_image_config_name=v), "Team-1", "a" * 63),
    "CustomImages[]/ImageVersionNumber": Number(lambda s, v: existing(s, version=v), least=1),
    "ImageName": Text(lambda s, v: new(s, image_name=v), "team.image-1", "a" * 52),
    "ImageDisplayName": Text(lambda s, v: new(s, image_display_name=v), "Team image", "a" * 128),
    "ImageDescription": Text(lambda s, v: new(s, image_description=v), "What the team runs", "a" * 512),
    "ContainerConfig/ContainerArguments": Items(lambda s, v: starting(s, arguments=v), lambda number: f"--option-{number}", most=50),
    "ContainerConfig/ContainerArguments[]": Text(lambda s, v: starting(s, arguments=[v]), "--verbose", "a" * 64),
    "ContainerConfig/ContainerEntrypoint": Items(lambda s, v: starting(s, entrypoint=v), lambda number: f"start-{number}", most=1),
    "ContainerConfig/ContainerEntrypoint[]": Text(lambda s, v: starting(s, entrypoint=[v]), "entrypoint-jupyter-server", "a" * 256),
    "ContainerConfig/ContainerEnvironmentVariables": Items(lambda s, v: starting(s, environment={one["Key"]: one["Value"] for one in v}), variable, most=25),
    "ContainerConfig/ContainerEnvironmentVariables[]/Key": Text(lambda s, v: starting(s, environment={v: "value"}), "NAME", "a" * 256),
    "ContainerConfig/ContainerEnvironmentVariables[]/Value": Text(lambda s, v: starting(s, environment={"NAME": v}), "value", "a" * 256),
}  # fmt: skip

CLOSED = {CONSTRUCT: ("ImageRoleArn", "BaseImage")}

MADE = {"AppImageConfig/AppImageConfigName": Made(lambda s: new(s, image_name="a." * 25 + "aa"))}
