"""The images and scripts of a team, which spaces name and users may choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypedDict

from aws_cdk import aws_ecr as ecr
from constructs import Construct

from constructs_lib import LifecycleConfig, StudioImage
from stacks.problems import Problems
from stacks.settings import DomainEntry, ImageEntry, ScriptEntry
from stacks.values import AppName, image_of_arn
from stacks.words import DISTRIBUTIONS


class OfferOptions(TypedDict):
    """The arguments of an app, in the settings of a domain, by which it is offered what a team has."""

    custom_images: list[StudioImage] | None
    lifecycle_config: LifecycleConfig | None
    lifecycle_configs: list[LifecycleConfig] | None
    built_in_lifecycle_config: LifecycleConfig | None


@dataclass(frozen=True)
class Offers:
    """What the settings offer, but for what was refused."""

    _images: Sequence[tuple[ImageEntry, StudioImage]]
    _scripts: Sequence[tuple[ScriptEntry, LifecycleConfig]]

    @staticmethod
    def of(scope: Construct, settings: DomainEntry, *, folder: Path, problems: Problems) -> Offers:
        """Read the scripts, and refer to the repositories of the images.

        Args:
            scope: where the repositories are imported: the stack of the domain.
            settings: the settings of the domain.
            folder: where the paths of scripts begin.
            problems: where everything that is refused is noted.
        """
        images, scripts = [], []
        for index, image in enumerate(settings.images):
            with problems.at(("domain", "images", index)):
                images.append((image, _image(scope, image)))
        for index, script in enumerate(settings.scripts):
            with problems.at(("domain", "scripts", index)):
                scripts.append((script, LifecycleConfig.from_file(folder / script.file, name=script.name)))
        return Offers(images, scripts)

    def options(self, app: AppName) -> OfferOptions:
        """Return what the domain offers of it to the users of an app."""
        return {
            "custom_images": [one for image, one in self._images if app in image.apps] or None,
            "lifecycle_config": next(iter(self._run(app, "Default")), None),
            "lifecycle_configs": self._run(app, "Offered") or None,
            "built_in_lifecycle_config": next(iter(self._run(app, "Always")), None),
        }

    def image(self, name: str | None) -> StudioImage | None:
        """Return the image that a space names."""
        if name is None:
            return None
        if name.startswith("arn:"):
            return image_of_arn(name)
        return DISTRIBUTIONS.get(name) or next((one for image, one in self._images if image.name == name), None)

    def script(self, name: str | None) -> LifecycleConfig | None:
        """Return the script that a space names."""
        return next((one for script, one in self._scripts if script.name == name), None)

    def _run(self, app: AppName, run: Literal["Always", "Default", "Offered"]) -> list[LifecycleConfig]:
        return [one for script, one in self._scripts if script.run == run and app in script.apps]


def _image(scope: Construct, image: ImageEntry) -> StudioImage:
    repository = ecr.Repository.from_repository_name(scope, f"Repository-{image.name}", image.repository)
    tag_or_digest = image.tag or image.digest
    assert tag_or_digest is not None, "the settings have one of the two"
    return StudioImage.from_ecr_repository(repository, tag_or_digest, image_name=image.name)
