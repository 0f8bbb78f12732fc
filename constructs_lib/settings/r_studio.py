"""RStudio: the app of a whole domain, who may use it, and the sessions that it starts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aws_cdk import aws_iam as iam
from constructs import Construct

from constructs_lib.access.allow_list import AllowList
from constructs_lib.access.role_arn import check_role_arn
from constructs_lib.compute.image import StudioImage
from constructs_lib.compute.instance_type import InstanceType
from constructs_lib.environment import Environment
from constructs_lib.errors import check_at_most, check_distinct, check_type
from constructs_lib.lookup import is_unresolved

_URL = re.compile(r"https?://\S+")
_MAXIMUM_IMAGES = 200


@dataclass(frozen=True, kw_only=True)
class RStudio:
    """RStudio Server Pro in a domain. It needs a licence of Posit in AWS License Manager, and the home file system.

    Args:
        domain_execution_role: the role that RStudio itself runs as; it needs the rights to check the licence out.
        instance_type: what it runs on. It can never be changed: another one makes another domain, without the
            profiles, spaces and volumes of this one. Default: SageMaker's own choice.
        image: what it runs; as the instance type, it can never be changed. Default: SageMaker's own choice.
        connect_url: the address of an RStudio Connect server, for publishing. Default: none.
        package_manager_url: the address of an RStudio Package Manager server. Default: none.

    Raises:
        TypeError: an argument is of another type.
        ValueError: an address is none of HTTP.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/rstudio.html
    """

    domain_execution_role: iam.IRole
    instance_type: InstanceType | None = None
    image: StudioImage | None = None
    connect_url: str | None = None
    package_manager_url: str | None = None

    def __post_init__(self) -> None:
        check_role_arn("domain_execution_role", self.domain_execution_role)
        check_type("instance_type", self.instance_type, InstanceType, "InstanceType.of('ml.t3.medium') say")
        check_type("image", self.image, StudioImage, "StudioImage.from_image_arn(...) say")
        for argument in ("connect_url", "package_manager_url"):
            url = getattr(self, argument)
            check_type(argument, url, str, "'https://connect.example.com' say")
            if url is not None and not _URL.fullmatch(url) and not is_unresolved(url):
                raise ValueError(f"{argument} must be an address of HTTP, got {url!r}; pass https://HOST say")

    def _problems(self, environment: Environment, allowed: AllowList) -> Iterator[str]:
        yield from _problems("RStudio", self.instance_type, self.image, environment, allowed)

    def _render(self, scope: Construct, environment: Environment) -> dict[str, Any]:
        return {
            "domainExecutionRoleArn": self.domain_execution_role.role_arn,
            "defaultResourceSpec": _resource_spec(scope, environment, self.instance_type, self.image),
            "rStudioConnectUrl": self.connect_url,
            "rStudioPackageManagerUrl": self.package_manager_url,
        }


@dataclass(frozen=True)
class RStudioAccess:
    """Whether a user has RStudio, and whether as its administrator.

    For a profile it can never be changed: another word makes another profile, which CloudFormation refuses as long
    as the name is the same, and with another name the spaces of the old one stay behind.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/rstudio-add-user.html
    """

    _status: str
    _group: str | None = None

    @staticmethod
    def user() -> RStudioAccess:
        """Let the user work in RStudio."""
        return RStudioAccess("ENABLED", "R_STUDIO_USER")

    @staticmethod
    def administrator() -> RStudioAccess:
        """Let the user work in RStudio, and open its administrative dashboard."""
        return RStudioAccess("ENABLED", "R_STUDIO_ADMIN")

    @staticmethod
    def disabled() -> RStudioAccess:
        """Keep the user out of RStudio."""
        return RStudioAccess("DISABLED")

    @property
    def _is_enabled(self) -> bool:
        return self._status == "ENABLED"

    def _render(self) -> dict[str, Any]:
        return {"accessStatus": self._status, "userGroup": self._group}


@dataclass(frozen=True, kw_only=True)
class RSession:
    """The sessions that RStudio starts for users; CloudFormation has them for the whole domain alone.

    Args:
        instance_type: what a session runs on. Default: RStudio's own choice.
        image: the image of a session. Default: RStudio's own choice.
        custom_images: images that exist, at most 200, which users may choose:
            ``StudioImage.from_image_attributes``. Default: none.

    Raises:
        TypeError: an argument is of another type.
        ValueError: there are too many images, or one stands twice or is not made for sessions of RStudio.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/rstudio-byoi.html
    """

    instance_type: InstanceType | None = None
    image: StudioImage | None = None
    custom_images: Sequence[StudioImage] | None = None

    def __post_init__(self) -> None:
        check_type("instance_type", self.instance_type, InstanceType, "InstanceType.of('ml.m5.large') say")
        check_type("image", self.image, StudioImage, "StudioImage.from_image_arn(...) say")
        check_type("custom_images", self.custom_images, (list, tuple), "a list of images")
        for one in self.custom_images or ():
            check_type("custom_images", one, StudioImage, "StudioImage.from_image_attributes(...) say")
        if self.custom_images is not None:
            check_at_most("custom_images", self.custom_images, _MAXIMUM_IMAGES)
            check_distinct("custom_images", self.custom_images)
            object.__setattr__(self, "custom_images", tuple(self.custom_images))

    def _problems(self, environment: Environment, allowed: AllowList) -> Iterator[str]:
        yield from _problems("sessions of RStudio", self.instance_type, self.image, environment, allowed)
        for image in self.custom_images or ():
            yield from allowed._problems_with_image(image, environment)
            if not image._exists:
                yield (
                    f"custom_images must exist for sessions of RStudio, got {image!r}: CloudFormation has no app image "
                    "configuration for them; make it by the API, and pass StudioImage.from_image_attributes(...)"
                )

    def _render(self, scope: Construct, environment: Environment) -> dict[str, Any]:
        images = [one._render_custom("RSession") for one in self.custom_images or ()]
        return {
            "defaultResourceSpec": _resource_spec(scope, environment, self.instance_type, self.image),
            "customImages": images or None,
        }


def _problems(
    what: str,
    instance_type: InstanceType | None,
    image: StudioImage | None,
    environment: Environment,
    allowed: AllowList,
) -> Iterator[str]:
    if instance_type is not InstanceType.SYSTEM:
        yield from allowed._problems_with_instance_type(instance_type)
    if image is None:
        return
    if image._arn is None and not image._exists:
        yield (
            f"image must be one for {what}, got {image!r}; "
            "pass StudioImage.from_image_arn(...), or leave it out for SageMaker's own choice"
        )
    else:
        yield from allowed._problems_with_image(image, environment)


def _resource_spec(
    scope: Construct, environment: Environment, instance_type: InstanceType | None, image: StudioImage | None
) -> dict[str, str] | None:
    spec = {} if instance_type is None else {"instanceType": instance_type.name}
    if image is not None:
        spec |= image._render(scope, environment)
    return spec or None
