"""Images of one's own, which a domain or a profile attaches so that users can run them."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from aws_cdk import CfnResource, Token
from aws_cdk import aws_ecr as ecr
from constructs import Construct, IConstruct

from constructs_lib.compute.container_config import ContainerConfig
from constructs_lib.compute.image_definition import define_image, place_of
from constructs_lib.compute.image_source import ImageSource
from constructs_lib.environment import Environment
from constructs_lib.errors import check_no_text, check_type

_IMAGE_NAME = re.compile(r"[a-z0-9]([-.]?[a-z0-9])*")
_APP_IMAGE_CONFIG_NAME = re.compile(r"[a-zA-Z0-9](-*[a-zA-Z0-9])*")
_DISPLAY_NAME = re.compile(r"[!-_a-z]([ -_a-z]*[!-_a-z])?")
_DESCRIPTION = re.compile(r".*\S.*", re.DOTALL)
_MAXIMUM_NAME = 63
_APP_TYPES = ("CodeEditor", "JupyterLab")
_MAXIMUM_NEW_NAME = _MAXIMUM_NAME - max(len(f"-{app_type}") for app_type in _APP_TYPES)


class CustomImage(ABC):
    """An image of the account, by name.

    Attributes:
        exists: whether something else defines it.
        image_name: its name.
        version: the version that users run, ``None`` for the latest.
    """

    exists: ClassVar[bool]

    image_name: str
    version: int | None

    @abstractmethod
    def _app_image_config_name(self, app_type: str) -> str:
        """Return the name of the configuration with which an app runs it."""

    @abstractmethod
    def _repository_arn_for(self, domain: IConstruct) -> str | None:
        """Return the ARN of the repository that the roles of a domain pull it from, if it is known."""

    @abstractmethod
    def _is_attached_by(self, other: CustomImage) -> bool:
        """Tell whether an app may run this image where the other one is attached; tokens are not judged."""

    @abstractmethod
    def _problems_in(self, environment: Environment) -> Iterator[str]:
        """Say why the image cannot be there, as far as that is known."""

    @abstractmethod
    def _define(self, domain: Construct, app_type: str) -> Sequence[CfnResource]:
        """Define what is missing of it, and return what settings that name it must depend on."""

    def _resource_names(self) -> list[str]:
        """Return what users see of it, as the ends of ARNs."""
        configurations = dict.fromkeys(self._app_image_config_name(app_type) for app_type in _APP_TYPES)
        return [
            *(f"app-image-config/{configuration}" for configuration in configurations),
            f"image/{self.image_name}",
            f"image-version/{self.image_name}/*",
        ]

    def _render_attached(self, app_type: str) -> dict[str, Any]:
        """Return the image as a setting attaches it for an app."""
        return {
            "imageName": self.image_name,
            "appImageConfigName": self._app_image_config_name(app_type),
            "imageVersionNumber": self.version,
        }

    def _render(self, environment: Environment) -> dict[str, str]:
        """Return the image as what an app runs."""
        if self.version is None:
            return {"sageMakerImageArn": environment.arn("sagemaker", f"image/{self.image_name}")}
        arn = environment.arn("sagemaker", f"image-version/{self.image_name}/{self.version}")
        return {"sageMakerImageVersionArn": arn}


@dataclass(frozen=True, kw_only=True)
class ExistingImage(CustomImage):
    """An image that something else defines; repositories of one ARN are one."""

    exists: ClassVar[bool] = True

    image_name: str
    configuration: str
    version: int | None = None
    repository: ecr.IRepository | None = field(default=None, compare=False)
    repository_arn: str | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        if not Token.is_unresolved(self.image_name):
            _check_image_name(self.image_name, _MAXIMUM_NAME)
        check_type("app_image_config_name", self.configuration, str, "the name of the app image configuration")
        check_type("version", self.version, int, "the number of a version")
        check_no_text("repository", self.repository, "ecr.Repository.from_repository_name(...) say")
        if not _is_named(_APP_IMAGE_CONFIG_NAME, self.configuration, _MAXIMUM_NAME):
            raise ValueError(
                f"app_image_config_name must be 1..{_MAXIMUM_NAME} letters, digits and inner hyphens, "
                f"got {self.configuration!r}; pass the name that it has"
            )
        if self.version is not None and self.version < 1 and not Token.is_unresolved(self.version):
            raise ValueError(f"version must be 1 or more, got {self.version}; leave it out for the latest")
        if self.repository is not None:
            object.__setattr__(self, "repository_arn", self.repository.repository_arn)

    def __repr__(self) -> str:
        version = "" if self.version is None else f", version={self.version}"
        repository = "" if self.repository is None else ", repository=repository"
        names = f"image_name={self.image_name!r}, app_image_config_name={self.configuration!r}"
        return f"StudioImage.from_image_attributes({names}{version}{repository})"

    def _app_image_config_name(self, app_type: str) -> str:
        return self.configuration

    def _repository_arn_for(self, domain: IConstruct) -> str | None:
        return self.repository_arn

    def _is_attached_by(self, other: CustomImage) -> bool:
        """An image of that name will do: what is attached says which version users choose, a space runs its own."""
        names = {self.image_name, other.image_name}
        return len(names) == 1 or any(map(Token.is_unresolved, names))

    def _problems_in(self, environment: Environment) -> Iterator[str]:
        yield from ()

    def _define(self, domain: Construct, app_type: str) -> Sequence[CfnResource]:
        return ()


@dataclass(frozen=True, kw_only=True)
class NewImage(CustomImage):
    """An image that is defined beneath the domain that attaches it first."""

    exists: ClassVar[bool] = False
    source: ImageSource
    image_name: str
    container: ContainerConfig | None = None
    code_editor_container: ContainerConfig | None = None
    image_display_name: str | None = None
    image_description: str | None = None
    version: int | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        _check_image_name(self.image_name, _MAXIMUM_NEW_NAME)
        for argument in ("container", "code_editor_container"):
            check_type(argument, getattr(self, argument), ContainerConfig, "ContainerConfig(...)")
        for argument, pattern, maximum, what in (
            ("image_display_name", _DISPLAY_NAME, 128, "characters of ASCII but `{|}~, and no space around them"),
            ("image_description", _DESCRIPTION, 512, "characters"),
        ):
            text = getattr(self, argument)
            check_type(argument, text, str, "text")
            if text is not None and not _is_named(pattern, text, maximum):
                raise ValueError(f"{argument} must be 1..{maximum} {what}, got {text!r}; pass a shorter or plainer one")

    def __repr__(self) -> str:
        given = ((one.name, getattr(self, one.name)) for one in fields(self) if one.name != "source")
        options = "".join(f", {name}={value!r}" for name, value in given if value is not None)
        return f"StudioImage.{self.source!r}{options})"

    def _app_image_config_name(self, app_type: str) -> str:
        """Return a name with hyphens for dots, which such names cannot have."""
        return f"{self.image_name.replace('.', '-')}-{app_type.lower()}"

    def _repository_arn_for(self, domain: IConstruct) -> str | None:
        return self.source._bind(place_of(domain, self.image_name)).repository_arn

    def _is_attached_by(self, other: CustomImage) -> bool:
        """Only the same one will do: nothing else defines what this one is made of."""
        return self == other

    def _problems_in(self, environment: Environment) -> Iterator[str]:
        yield from self.source._problems_in(environment)

    def _define(self, domain: Construct, app_type: str) -> Sequence[CfnResource]:
        return define_image(domain, self, app_type)

    def _once_defined(self, app_type: str) -> ExistingImage:
        """Return it as what another domain attaches."""
        return ExistingImage(image_name=self.image_name, configuration=self._app_image_config_name(app_type))

    def _render_container(self, app_type: str) -> dict[str, Any]:
        """Return how an app starts the container."""
        own = self.code_editor_container if app_type == "CodeEditor" else None
        container = own or self.container
        return {} if container is None else {"containerConfig": container._render()}


def _check_image_name(image_name: str, maximum: int) -> None:
    check_type("image_name", image_name, str, "'team' say")
    if len(image_name) > maximum or not _IMAGE_NAME.fullmatch(image_name):
        raise ValueError(
            f"image_name must be 1..{maximum} lower case letters and digits with single hyphens or dots inside, "
            f"got {image_name!r}; pass image_name='team' say to choose it"
        )


def _is_named(pattern: re.Pattern[str], text: str, maximum: int) -> bool:
    return (len(text) <= maximum and pattern.fullmatch(text) is not None) or Token.is_unresolved(text)
