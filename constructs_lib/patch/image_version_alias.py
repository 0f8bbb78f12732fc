"""Versions of SageMaker Distribution by their aliases, ``3.2`` say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aws_cdk import Token

from constructs_lib.apps.app import App
from constructs_lib.compute.image import StudioImage
from constructs_lib.errors import check_type

_NUMBER = r"(0|[1-9]\d*)"
_ALIAS = re.compile(rf"{_NUMBER}(\.{_NUMBER}){{0,2}}", re.ASCII)
_MAXIMUM_LENGTH = 128


def check_image_version_alias(argument: str, alias: str | None) -> None:
    """Refuse what is no version of SageMaker Distribution.

    Raises:
        TypeError: it is no text.
        ValueError: it is not one to three numbers.
    """
    check_type(argument, alias, str, "'3.2' say")
    if (
        alias is not None
        and not (len(alias) <= _MAXIMUM_LENGTH and _ALIAS.fullmatch(alias))
        and not Token.is_unresolved(alias)
    ):
        raise ValueError(f"{argument} must be one to three numbers with dots between, got {alias!r}; pass '3.2' say")


def problems_with_image(argument: str, app: App | None, *, is_known: bool) -> Iterator[str]:
    """Say why an app cannot have an alias: it is a version of the image that the domain names.

    Args:
        argument: the argument that is the alias.
        app: what the domain says of the app.
        is_known: whether that is all that the domain says of it.
    """
    image = None if app is None else app.image
    if image is None:
        if is_known:
            yield (
                f"{argument} must be with an image of the domain, got none, of which it would be a version; "
                "pass image=StudioImage.distribution_cpu() for the app in the settings of the domain"
            )
    elif not _is_distribution(image):
        yield (
            f"{argument} must be with SageMaker Distribution, which alone has such aliases, got {image!r}; "
            "leave it out, or pass image=StudioImage.distribution_cpu() for the app in the settings of the domain"
        )


def _is_distribution(image: StudioImage) -> bool:
    if image._arn is None:
        return image._distribution is not None
    return Token.is_unresolved(image._arn) or ":image/sagemaker-distribution-" in image._arn
