"""JupyterLab."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from aws_cdk import Token
from constructs import Construct

from constructs_lib.apps.app import App
from constructs_lib.environment import Environment
from constructs_lib.errors import check_type

_REPOSITORY_URL = re.compile(r"https://(?=.{3})[.\-\w]+(/[.\-\w]+)*/?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class JupyterLab(App):
    """JupyterLab: of a space, where it may be edited together if the space is shared, or by default.

    Args:
        instance_type: what it runs on. Default for a space: its owner's, then the domain's, then Studio's own choice.
        image: the container image. Default for a space: as for the instance type.
        idle_shutdown: when an idle app stops. Default for a domain: after 2 hours; for a profile: as the domain;
            for a space: as its owner, or the domain if it is shared.
        code_repositories: HTTPS URLs of Git repositories that JupyterLab offers to clone, at most 10.
            Default: none.

    Raises:
        TypeError: an argument is of another type.
        ValueError: there are too many repositories, or one has no plain HTTPS URL.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-jl.html
    """

    app_type: ClassVar[str] = "JupyterLab"
    can_be_shared: ClassVar[bool] = True

    code_repositories: Sequence[str] | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.code_repositories is not None:
            object.__setattr__(self, "code_repositories", _repository_urls(self.code_repositories))

    def _render_common(self, scope: Construct, environment: Environment) -> dict[str, Any]:
        repositories = [{"repositoryUrl": url} for url in self.code_repositories or ()]
        return super()._render_common(scope, environment) | {"codeRepositories": repositories or None}

    @property
    def _settings_name(self) -> str:
        return "jupyterLabAppSettings"


def _repository_urls(urls: Sequence[str]) -> tuple[str, ...]:
    check_type("code_repositories", urls, (list, tuple), "a list of URLs")
    if len(urls) > 10:
        raise ValueError(f"code_repositories must be at most 10, got {len(urls)}; leave out {len(urls) - 10}")
    for url in urls:
        if not (len(url) <= 256 and _REPOSITORY_URL.fullmatch(url)) and not Token.is_unresolved(url):
            raise ValueError(
                "code_repositories must be https:// URLs of at most 256 letters, digits, dots, hyphens, underscores "
                f"and slashes, got {url!r}; pass the HTTPS address without user, port or query"
            )
    return tuple(urls)
