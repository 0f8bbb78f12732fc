"""What all apps of spaces have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from constructs import Construct

from constructs_lib.access.allow_list import AllowList
from constructs_lib.compute.image import StudioImage
from constructs_lib.compute.instance_type import InstanceType
from constructs_lib.environment import Environment
from constructs_lib.errors import check_type
from constructs_lib.lifecycle.idle_shutdown import IdleShutdown


@dataclass(frozen=True, kw_only=True)
class App(ABC):
    """The app of a space, and what a domain or a profile says of that app by default.

    Args:
        instance_type: what it runs on. Default for a space: its owner's, then the domain's, then Studio's own choice.
        image: the container image. Default for a space: as for the instance type.
        idle_shutdown: when an idle app stops. Default for a domain: after 2 hours; for a profile: as the domain;
            for a space: as its owner, or the domain if it is shared.

    Raises:
        TypeError: an argument is of another type.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_SpaceSettings.html
    """

    app_type: ClassVar[str]
    """The name of the app as CloudFormation has it."""

    can_be_shared: ClassVar[bool]
    """Whether a shared space can run it."""

    instance_type: InstanceType | None = None
    image: StudioImage | None = None
    idle_shutdown: IdleShutdown | None = None

    def __post_init__(self) -> None:
        check_type("instance_type", self.instance_type, InstanceType, "InstanceType.of('ml.m5.large') say")
        check_type("image", self.image, StudioImage, "StudioImage.distribution_cpu() say")
        check_type("idle_shutdown", self.idle_shutdown, IdleShutdown, "IdleShutdown.after(Duration.hours(2)) say")

    def _over(self, base: Self | None) -> Self:
        """Return this app with what it leaves open taken from a more general level."""
        if base is None:
            return self
        return replace(self, **{name: value for name, value in vars(base).items() if getattr(self, name) is None})

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
            yield from self.image._problems_in(environment)
            yield from allowed._problems_with_image(self.image)

    def _problems_in_space(self, environment: Environment, allowed: AllowList, inherited: Self | None) -> Iterator[str]:
        """Say everything that a single space cannot have."""
        in_force = self._over(inherited)
        yield from in_force._problems(environment, allowed)
        yield from allowed._problems_with_studios_choice(in_force.instance_type, in_force.image)
        if self.idle_shutdown is not None:
            yield from self.idle_shutdown._problems_in_space(None if inherited is None else inherited.idle_shutdown)

    def _render(self, scope: Construct, environment: Environment) -> dict[str, Any]:
        """Return the app's settings of a domain or a profile."""
        return self._render_common(scope, environment) | {
            "appLifecycleManagement": self.idle_shutdown and self.idle_shutdown._render()
        }

    def _render_in_space(self, scope: Construct, environment: Environment) -> dict[str, Any]:
        """Return ``SpaceSettings``, as far as the app decides them."""
        settings = self._render_common(scope, environment) | {
            "appLifecycleManagement": self.idle_shutdown and self.idle_shutdown._render_in_space()
        }
        given = {name: value for name, value in settings.items() if value is not None}
        return {"appType": self.app_type} | ({self._settings_name: given} if given else {})

    def _render_common(self, scope: Construct, environment: Environment) -> dict[str, Any]:
        spec: dict[str, Any] = {}
        if self.instance_type is not None:
            spec["instanceType"] = self.instance_type.name
        if self.image is not None:
            spec |= self.image._render(scope, environment)
        return {"defaultResourceSpec": spec or None}

    @property
    @abstractmethod
    def _settings_name(self) -> str:
        """The property that holds the app's settings, at every level."""
