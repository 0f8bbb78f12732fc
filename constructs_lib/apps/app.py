"""What all apps of spaces have in common."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from constructs import Construct

from constructs_lib.access.allow_list import AllowList
from constructs_lib.compute.image import StudioImage
from constructs_lib.compute.instance_type import InstanceType
from constructs_lib.environment import Environment
from constructs_lib.errors import check_at_most, check_distinct, check_type
from constructs_lib.lifecycle.idle_shutdown import IdleShutdown
from constructs_lib.lifecycle.lifecycle_config import LifecycleConfig
from constructs_lib.lifecycle.owner import Owner
from constructs_lib.lookup import is_unresolved

_MAXIMUM_CUSTOM_IMAGES = 200
_MAXIMUM_LIFECYCLE_CONFIGS = 30
_TRAINING_PLAN_ARN = re.compile(r"arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:training-plan/.+", re.ASCII)

_OF_A_SETTING_ONLY = ("custom_images", "lifecycle_configs", "built_in_lifecycle_config")


@dataclass(frozen=True, kw_only=True)
class App(ABC):
    """The app of a space, and what a domain or a profile says of that app by default.

    Args:
        instance_type: what it runs on. Default for a space: its owner's, then the domain's, then Studio's own choice.
        image: the container image. Default for a space: as for the instance type.
        custom_images: images of yours that users may choose, at most 200, and as many as IAM takes, see
            ``StudioImage``; for a domain or a profile. Default for a domain: none; for a profile: as the domain.
        idle_shutdown: when an idle app stops. Default for a domain: after 2 hours; for a profile: as the domain;
            for a space: as its owner, or the domain if it is shared.
        lifecycle_config: the script that runs when the app starts; users may choose another one for spaces that they
            make. Default: as for the instance type, without a script of Studio's.
        lifecycle_configs: the scripts that users may choose besides, at most 30 with the default one; for a domain or
            a profile. Default for a domain: none; for a profile: as the domain.
        built_in_lifecycle_config: the script that always runs, before the other one, and that users cannot choose
            away; for a domain or a profile. Default for a domain: none; for a profile: as the domain.
        training_plan_arn: the training plan whose reserved capacity the app runs on. Default: none.

    Raises:
        TypeError: an argument is of another type.
        ValueError: there is too much of something, or something stands twice, or the training plan has no ARN.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_SpaceSettings.html
    """

    app_type: ClassVar[str]
    """The name of the app as CloudFormation has it."""

    can_be_shared: ClassVar[bool]
    """Whether a shared space can run it."""

    instance_type: InstanceType | None = None
    image: StudioImage | None = None
    custom_images: Sequence[StudioImage] | None = None
    idle_shutdown: IdleShutdown | None = None
    lifecycle_config: LifecycleConfig | None = None
    lifecycle_configs: Sequence[LifecycleConfig] | None = None
    built_in_lifecycle_config: LifecycleConfig | None = None
    training_plan_arn: str | None = None

    def __post_init__(self) -> None:
        check_type("instance_type", self.instance_type, InstanceType, "InstanceType.of('ml.m5.large') say")
        check_type("image", self.image, StudioImage, "StudioImage.distribution_cpu() say")
        check_type("idle_shutdown", self.idle_shutdown, IdleShutdown, "IdleShutdown.after(Duration.hours(2)) say")
        for argument in ("lifecycle_config", "built_in_lifecycle_config"):
            check_type(argument, getattr(self, argument), LifecycleConfig, "LifecycleConfig.from_file(...) say")
        self._take_list("custom_images", StudioImage, "StudioImage.from_ecr_repository(...)", _MAXIMUM_CUSTOM_IMAGES)
        self._take_list(
            "lifecycle_configs", LifecycleConfig, "LifecycleConfig.from_file(...)", _MAXIMUM_LIFECYCLE_CONFIGS
        )
        if len(configs := self._offered_lifecycle_configs()) > _MAXIMUM_LIFECYCLE_CONFIGS:
            raise ValueError(
                f"lifecycle_configs must be at most {_MAXIMUM_LIFECYCLE_CONFIGS} with the default one, "
                f"got {len(configs)}; leave out {len(configs) - _MAXIMUM_LIFECYCLE_CONFIGS}"
            )
        _check_training_plan(self.training_plan_arn)

    def _take_list(self, argument: str, kind: type, make: str, maximum: int) -> None:
        given = getattr(self, argument)
        if given is None:
            return
        check_type(argument, given, (list, tuple), f"a list such as [{make}]")
        for one in given:
            check_type(argument, one, kind, f"{make} say")
        check_at_most(argument, given, maximum)
        check_distinct(argument, given)
        object.__setattr__(self, argument, tuple(given))

    def _over(self, base: Self | None) -> Self:
        """Return this app with what it leaves open taken from a more general level."""
        if base is None:
            return self
        return replace(self, **{name: value for name, value in vars(base).items() if getattr(self, name) is None})

    def _in_space(self, inherited: Self | None) -> Self:
        """Return this app as a space says it: instance type and image together, or neither of them.

        Nobody says whether SageMaker takes the one that is left out from the owner's settings.
        """
        if inherited is None or (self.instance_type is None and self.image is None):
            return self
        return replace(
            self,
            instance_type=self.instance_type or inherited.instance_type,
            image=self.image or inherited.image,
        )

    def _in_profile(self, base: Self | None) -> Self:
        """Return this app as a profile says it, with what must stand in its list of scripts.

        With a default script of its own it still offers those of the domain; a list of its own has in it the default of
        the domain, which goes on being the default.
        """
        if base is None:
            return self
        if self.lifecycle_configs is None:
            offered = None if self.lifecycle_config is None else base._offered_lifecycle_configs()
        elif self.lifecycle_config is None and base.lifecycle_config is not None:
            offered = tuple(dict.fromkeys((base.lifecycle_config, *self.lifecycle_configs)))
        else:
            offered = tuple(self.lifecycle_configs)
        return replace(self, lifecycle_configs=offered)

    def _offered_lifecycle_configs(self) -> tuple[LifecycleConfig, ...]:
        """The scripts among which users choose: the default one first."""
        default = () if self.lifecycle_config is None else (self.lifecycle_config,)
        return tuple(dict.fromkeys((*default, *(self.lifecycle_configs or ()))))

    def _all_lifecycle_configs(self) -> tuple[LifecycleConfig, ...]:
        built_in = () if self.built_in_lifecycle_config is None else (self.built_in_lifecycle_config,)
        return tuple(dict.fromkeys((*built_in, *self._offered_lifecycle_configs())))

    def _problems(self, environment: Environment, allowed: AllowList) -> Iterator[str]:
        """Say everything that cannot be, whatever the level."""
        if self.instance_type is not None and not self.instance_type.runs_spaces:
            yield (
                f"instance_type must be one that runs {self.app_type}, got {self.instance_type.name!r}; "
                "pass one such as InstanceType.ML_T3_MEDIUM"
            )
        else:
            yield from allowed._problems_with_instance_type(self.instance_type)
        if self.image is not None:
            yield from self.image._problems_on(self.instance_type)
        for image in dict.fromkeys((*([] if self.image is None else [self.image]), *(self.custom_images or ()))):
            yield from image._problems_in(environment)
            yield from allowed._problems_with_image(image, environment)
        for config in self._all_lifecycle_configs():
            yield from config._problems_on(self.app_type)
            yield from config._problems_in(environment)
            yield from allowed._problems_with_lifecycle_config(config)

    def _problems_of_setting(self, environment: Environment, allowed: AllowList) -> Iterator[str]:
        """Say everything that a domain or a profile cannot have."""
        yield from self._problems(environment, allowed)
        for image in self.custom_images or ():
            if not image._is_custom:
                yield (
                    f"custom_images must be images of yours, got {image!r}; leave it out, "
                    "or pass StudioImage.from_ecr_repository(...) or .from_image_attributes(...)"
                )
        yield from self._problems_with_unattached_image(self.image, self.custom_images)

    def _problems_in_space(self, environment: Environment, allowed: AllowList, inherited: Self | None) -> Iterator[str]:
        """Say everything that a single space cannot have."""
        in_force = self._over(inherited)
        yield from in_force._problems(environment, allowed)
        yield from allowed._problems_with_studios_choice(in_force.instance_type, in_force.image)
        if self.idle_shutdown is not None:
            yield from self.idle_shutdown._problems_in_space(None if inherited is None else inherited.idle_shutdown)
        for argument in _OF_A_SETTING_ONLY:
            if getattr(self, argument) is not None:
                yield (
                    f"{argument} must be left out of a space, got some: a space has none of its own; "
                    "pass it in the settings of the owner or the domain"
                )
        attached = None if inherited is None else inherited.custom_images
        yield from self._problems_with_unattached_image(self.image, attached)

    def _problems_with_unattached_image(
        self, image: StudioImage | None, attached: Sequence[StudioImage] | None
    ) -> Iterator[str]:
        """Say that a custom image cannot run where it is not attached; ``None`` if that is unknown, of an import."""
        if image is not None and image._is_custom and not _is_attached(image, attached):
            yield (
                f"image must be attached for {self.app_type}, got {image!r}, which is not; "
                f"pass {self.app_type}(custom_images=[...]) in the settings of the owner or the domain"
            )

    def _render(self, scope: Construct, environment: Environment, owner: Owner) -> dict[str, Any]:
        """Return the app's settings of a domain or a profile.

        Args:
            scope: the construct that says them.
            environment: where it is.
            owner: whose the lifecycle configurations are.
        """
        arns = [config._arn(environment, owner, self.app_type) for config in self._offered_lifecycle_configs()]
        images = [image._render_custom(self.app_type) for image in self.custom_images or ()]
        built_in = self.built_in_lifecycle_config
        return self._render_common(scope, environment, owner) | {
            "appLifecycleManagement": self.idle_shutdown and self.idle_shutdown._render(),
            "customImages": None if self.custom_images is None else images,
            "lifecycleConfigArns": None if self.lifecycle_configs is None and not arns else arns,
            "builtInLifecycleConfigArn": built_in and built_in._arn(environment, owner, self.app_type),
        }

    def _render_in_space(self, scope: Construct, environment: Environment, owner: Owner) -> dict[str, Any]:
        """Return ``SpaceSettings``, as far as the app decides them."""
        settings = self._render_common(scope, environment, owner) | {
            "appLifecycleManagement": self.idle_shutdown and self.idle_shutdown._render_in_space()
        }
        given = {name: value for name, value in settings.items() if value is not None}
        return {"appType": self.app_type} | ({self._settings_name: given} if given else {})

    def _render_common(self, scope: Construct, environment: Environment, owner: Owner) -> dict[str, Any]:
        spec: dict[str, Any] = {}
        if self.instance_type is not None:
            spec["instanceType"] = self.instance_type.name
        if self.image is not None:
            spec |= self.image._render(scope, environment)
        if self.lifecycle_config is not None:
            spec["lifecycleConfigArn"] = self.lifecycle_config._arn(environment, owner, self.app_type)
        if self.training_plan_arn is not None:
            spec["trainingPlanArn"] = self.training_plan_arn
        return {"defaultResourceSpec": spec or None}

    @property
    @abstractmethod
    def _settings_name(self) -> str:
        """The property that holds the app's settings, at every level."""


def _is_attached(image: StudioImage, attached: Sequence[StudioImage] | None) -> bool:
    return attached is None or any(image._is_attached_by(one) for one in attached)


def _check_training_plan(arn: str | None) -> None:
    check_type("training_plan_arn", arn, str, "the ARN as text")
    if arn is None or is_unresolved(arn):
        return
    if len(arn) > 2048 or not _TRAINING_PLAN_ARN.fullmatch(arn):
        raise ValueError(
            "training_plan_arn must be arn:PARTITION:sagemaker:REGION:ACCOUNT:training-plan/NAME, "
            f"got {arn!r}; pass such an ARN"
        )
