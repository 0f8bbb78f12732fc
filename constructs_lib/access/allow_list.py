"""What the users of a domain may run."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from aws_cdk import Token
from constructs import Construct

from constructs_lib.access.fence import fence_of_allow_list
from constructs_lib.access.policy_document import MAXIMUM_SIZE, Statement, size_of
from constructs_lib.compute.image import StudioImage
from constructs_lib.compute.instance_type import InstanceType
from constructs_lib.environment import Environment
from constructs_lib.errors import check_type
from constructs_lib.lifecycle.lifecycle_config import LifecycleConfig
from constructs_lib.lifecycle.owner import Owner

_ARGUMENTS = {
    "OnlyAllowedInstanceTypes": "allowed_instance_types",
    "OnlyAllowedLifecycleConfigs": "allowed_lifecycle_configs",
}


@dataclass(frozen=True)
class AllowList:
    """The instance types, images and lifecycle configurations that a domain allows; ``None`` for all of a kind.

    IAM sees only what a request names, so what is declared and what Studio would choose are judged here.
    """

    instance_types: tuple[InstanceType, ...] | None = None
    images: tuple[StudioImage, ...] | None = None
    lifecycle_configs: tuple[LifecycleConfig, ...] | None = None

    @staticmethod
    def of(
        instance_types: Sequence[InstanceType] | None,
        images: Sequence[StudioImage] | None,
        lifecycle_configs: Sequence[LifecycleConfig] | None,
    ) -> AllowList:
        """Return the list of what a domain was given.

        Raises:
            TypeError: a list, or what is in it, is of another type.
        """
        check_type("allowed_instance_types", instance_types, (list, tuple), "a list of instance types")
        check_type("allowed_images", images, (list, tuple), "a list of images")
        configs = "a list of lifecycle configurations"
        check_type("allowed_lifecycle_configs", lifecycle_configs, (list, tuple), configs)
        for instance_type in instance_types or ():
            check_type("allowed_instance_types", instance_type, InstanceType, "InstanceType.of('ml.m5.large') say")
        for image in images or ():
            check_type("allowed_images", image, StudioImage, "StudioImage.distribution_cpu() say")
        for config in lifecycle_configs or ():
            check_type("allowed_lifecycle_configs", config, LifecycleConfig, "LifecycleConfig.from_file(...) say")
        return AllowList(
            None if instance_types is None else tuple(instance_types),
            None if images is None else tuple(images),
            None if lifecycle_configs is None else tuple(lifecycle_configs),
        )

    def _problems(self, scope: Construct, environment: Environment, owner: Owner) -> Iterator[str]:
        """Say what is wrong with the list itself."""
        for argument, allowed, what in (
            ("allowed_instance_types", self.instance_types, "type"),
            ("allowed_images", self.images, "image"),
        ):
            if allowed is not None and not allowed:
                yield f"{argument} must name at least one {what}, got none; leave the argument out to allow all"
        for instance_type in self.instance_types or ():
            if not instance_type.runs_spaces:
                yield (
                    f"allowed_instance_types must run spaces, got {instance_type.name!r}; "
                    "leave it out, no space can use it"
                )
        for image in self.images or ():
            yield from image._problems_in(environment)
        if all(not any(image._problems_in(environment)) for image in self.images or ()):
            yield from self._problems_with_size(scope, environment, owner)

    def _problems_with_size(self, scope: Construct, environment: Environment, owner: Owner) -> Iterator[str]:
        for statement in self._fence(scope, environment, owner):
            if (size := size_of([statement])) > MAXIMUM_SIZE:
                argument = _ARGUMENTS.get(statement["Sid"], "allowed_images")
                yield (
                    f"{argument} must be few enough for a policy of {MAXIMUM_SIZE} characters, "
                    f"got {size} characters; name fewer"
                )

    def _problems_with_instance_type(self, instance_type: InstanceType | None) -> Iterator[str]:
        if instance_type is not None and not self._allows_instance_type(instance_type):
            yield (
                f"instance_type must be one that the domain allows ({self._instance_type_names()}), "
                f"got {instance_type.name!r}; choose one of these, or add it to the domain's allowed_instance_types"
            )

    def _problems_with_image(self, image: StudioImage, environment: Environment) -> Iterator[str]:
        if not self._allows_image(image, environment.account):
            yield (
                f"image must be one that the domain allows ({', '.join(map(repr, self.images or ()))}), "
                f"got {image!r}; choose one of these, or add it to the domain's allowed_images"
            )

    def _problems_with_lifecycle_config(self, config: LifecycleConfig) -> Iterator[str]:
        allowed = self.lifecycle_configs
        if allowed is not None and config not in allowed and not any(one._is_token for one in (config, *allowed)):
            yield (
                f"lifecycle configurations must be ones that the domain allows "
                f"({', '.join(map(repr, allowed)) or 'none'}), got {config!r}; "
                "choose one of these, or add it to the domain's allowed_lifecycle_configs"
            )

    def _problems_with_studios_choice(
        self, instance_type: InstanceType | None, image: StudioImage | None
    ) -> Iterator[str]:
        """Say why a space must not leave the choice to Studio, whose request names nothing that IAM could deny."""
        if instance_type is None and not self._allows_instance_type(InstanceType.ML_T3_MEDIUM):
            yield (
                f"instance_type must be one that the domain allows ({self._instance_type_names()}), "
                "got none, which means ml.t3.medium; choose one of these, or add it to the domain's "
                "allowed_instance_types"
            )
        if image is None:
            runs_on_gpu = instance_type is not None and instance_type.is_known and instance_type.is_gpu
            choice = StudioImage.distribution_gpu() if runs_on_gpu else StudioImage.distribution_cpu()
            if not self._allows_image(choice):
                yield (
                    f"image must be one that the domain allows ({', '.join(map(repr, self.images or ()))}), "
                    f"got none, which means {choice!r}; choose one of these, or add it to the domain's allowed_images"
                )

    def _fence(self, scope: Construct, environment: Environment, owner: Owner) -> Iterator[Statement]:
        """Return the statements that deny everything else, as far as a request names it."""
        if self.instance_types is not None:
            names = [instance_type.name for instance_type in self.instance_types]
            condition = {"ForAnyValue:StringNotEquals": {"sagemaker:InstanceTypes": names}}
            yield fence_of_allow_list("OnlyAllowedInstanceTypes", condition)
        if self.images is not None:
            yield from self._fence_of_images(scope, environment, self.images)
        if self.lifecycle_configs is not None:
            arns = [arn for config in self.lifecycle_configs for arn in config._arns(environment, owner)]
            key = "sagemaker:StudioLifecycleConfigArns"
            yield fence_of_allow_list(
                "OnlyAllowedLifecycleConfigs",
                {"ForAnyValue:ArnNotLike": {key: arns}} if arns else {"Null": {key: "false"}},
            )

    def _fence_of_images(
        self, scope: Construct, environment: Environment, images: tuple[StudioImage, ...]
    ) -> Iterator[Statement]:
        arns = {image: image._image_and_versions(scope, environment) for image in images}
        for sid, key, values in (
            ("OnlyAllowedImages", "sagemaker:ImageArns", [image for image, _ in arns.values()]),
            ("OnlyAllowedImageVersions", "sagemaker:ImageVersionArns", [versions for _, versions in arns.values()]),
        ):
            yield fence_of_allow_list(sid, {"ForAnyValue:ArnNotLike": {key: list(dict.fromkeys(values))}})
        for number, pins in enumerate(_pins_by_image(arns, environment.account), 1):
            pinned = list(dict.fromkeys(image for image, _ in pins))
            yield fence_of_allow_list(
                f"OnlyPinnedVersions{number}",
                {
                    "ForAnyValue:ArnLike": {"sagemaker:ImageArns": pinned if len(pinned) > 1 else pinned[0]},
                    "ForAllValues:ArnNotLike": {"sagemaker:ImageVersionArns": [version for _, version in pins]},
                },
            )

    def _allows_instance_type(self, instance_type: InstanceType) -> bool:
        allowed = self.instance_types
        return allowed is None or instance_type in allowed or any(one._is_token for one in (instance_type, *allowed))

    def _allows_image(self, image: StudioImage, account: str | None = None) -> bool:
        return self.images is None or any(allowed._covers(image, account) for allowed in self.images)

    def _instance_type_names(self) -> str:
        return ", ".join(sorted(one.name for one in self.instance_types or ()))


def _pins_by_image(arns: dict[StudioImage, tuple[str, str]], account: str | None) -> Collection[list[tuple[str, str]]]:
    """Group pinned versions by image, but for images that are allowed whole.

    Tokens cannot be told apart: they make one group, or none where an image that is allowed whole may be theirs.
    """
    whole = [image for image in arns if not image._is_version]
    groups: dict[str, list[tuple[str, str]]] = {}
    for pin, (image, version) in arns.items():
        if pin._is_version and not any(one._covers(pin, account) for one in whole):
            groups.setdefault("" if Token.is_unresolved(version) else image, []).append((image, version))
    return groups.values()
