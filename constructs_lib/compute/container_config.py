"""How the container of an image of one's own is started."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from aws_cdk import Token

from constructs_lib.errors import check_type

_NOT_BLANK = re.compile(r"(?!\s*$).+")
_MAXIMUM_ARGUMENTS = 50
_MAXIMUM_VARIABLES = 25
_SET_BY_SAGEMAKER = frozenset(
    {
        "AWS_ACCOUNT_ID",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_DEFAULT_REGION",
        "AWS_REGION",
        "SAGEMAKER_APP_TYPE",
        "SAGEMAKER_SPACE_NAME",
    }
)


@dataclass(frozen=True, kw_only=True)
class ContainerConfig:
    """What starts in the container of a custom image, in place of what the image itself says.

    Args:
        entrypoint: the program, one word of 1 to 256 characters. Default: the ``ENTRYPOINT`` of the image.
        arguments: its arguments, 1 to 50 of 1 to 64 characters. Default: the ``CMD`` of the image.
        environment: 1 to 25 variables, names and values of 1 to 256 characters. Default: none but SageMaker's.

    Raises:
        TypeError: an argument is of another type.
        ValueError: there is too much of something, it is blank or too long, or a variable is one that SageMaker sets.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerConfig.html
    """

    entrypoint: Sequence[str] | None = None
    arguments: Sequence[str] | None = None
    environment: Mapping[str, str] | None = field(default=None, hash=False)

    def __post_init__(self) -> None:
        check_type("entrypoint", self.entrypoint, (list, tuple), "['entrypoint-jupyter-server'] say")
        check_type("arguments", self.arguments, (list, tuple), "a list of words")
        check_type("environment", self.environment, Mapping, "{'NAME': 'value'} say")
        if self.entrypoint is not None:
            _check_count("entrypoint", len(self.entrypoint), 1, "pass further words as arguments")
            _check_words("entrypoint", self.entrypoint, 256)
            object.__setattr__(self, "entrypoint", tuple(self.entrypoint))
        if self.arguments is not None:
            _check_count("arguments", len(self.arguments), _MAXIMUM_ARGUMENTS, "put them into a script of the image")
            _check_words("arguments", self.arguments, 64)
            object.__setattr__(self, "arguments", tuple(self.arguments))
        if self.environment is not None:
            _check_count("environment", len(self.environment), _MAXIMUM_VARIABLES, "set others in the image")
            _check_words("environment", (*self.environment, *self.environment.values()), 256)
            _check_free(self.environment)
            object.__setattr__(self, "environment", MappingProxyType(dict(self.environment)))

    def __repr__(self) -> str:
        given = ((name, dict(value) if isinstance(value, Mapping) else value) for name, value in vars(self).items())
        options = (f"{name}={value!r}" for name, value in given if value is not None)
        return f"ContainerConfig({', '.join(options)})"

    def _render(self) -> dict[str, Any]:
        variables = [{"key": key, "value": value} for key, value in (self.environment or {}).items()]
        return {
            "containerEntrypoint": None if self.entrypoint is None else list(self.entrypoint),
            "containerArguments": None if self.arguments is None else list(self.arguments),
            "containerEnvironmentVariables": variables or None,
        }


def _check_count(argument: str, count: int, maximum: int, fix: str) -> None:
    if not 1 <= count <= maximum:
        allowed = "1" if maximum == 1 else f"1..{maximum}"
        raise ValueError(f"{argument} must have {allowed} items, got {count}; leave the argument out, or {fix}")


def _check_words(argument: str, words: Iterable[str], maximum: int) -> None:
    for word in words:
        check_type(argument, word, str, "text")
        if not (len(word) <= maximum and _NOT_BLANK.match(word)) and not Token.is_unresolved(word):
            raise ValueError(
                f"{argument} must have items of 1..{maximum} characters that are not blank, got {word!r}; "
                "pass shorter ones, or say it in the image"
            )


def _check_free(environment: Mapping[str, str]) -> None:
    if taken := sorted(_SET_BY_SAGEMAKER & {*environment}):
        raise ValueError(
            f"environment must not have what SageMaker sets itself, got {taken[0]!r}; leave it out, or rename it"
        )
