"""JupyterLab."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from aws_cdk import Token
from aws_cdk import aws_iam as iam
from constructs import Construct

from constructs_lib.access.allow_list import AllowList
from constructs_lib.apps.app import App
from constructs_lib.apps.emr_settings import EmrSettings
from constructs_lib.environment import Environment
from constructs_lib.errors import check_at_most, check_type
from constructs_lib.lifecycle.owner import Owner

_REPOSITORY_URL = re.compile(r"https://(?=.{3})[.\-\w]+(/[.\-\w]+)*/?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class JupyterLab(App):
    """JupyterLab: of a space, where it may be edited together if the space is shared, or by default.

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
        code_repositories: HTTPS URLs of Git repositories that JupyterLab offers to clone, at most 10.
            Default: none.
        emr: the roles for Amazon EMR; for a profile, since CloudFormation has them nowhere else. Default: none.

    Raises:
        TypeError: an argument is of another type.
        ValueError: as for every app, or there are too many repositories, or one has no plain HTTPS URL.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-jl.html
    """

    app_type: ClassVar[str] = "JupyterLab"
    can_be_shared: ClassVar[bool] = True

    code_repositories: Sequence[str] | None = None
    emr: EmrSettings | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        check_type("emr", self.emr, EmrSettings, "EmrSettings(...)")
        if self.code_repositories is not None:
            object.__setattr__(self, "code_repositories", _repository_urls(self.code_repositories))

    def _emr_roles(self) -> tuple[iam.IRole, ...]:
        return () if self.emr is None else (*self.emr.assumable_roles, *self.emr.execution_roles)

    def _problems_in_space(
        self, environment: Environment, allowed: AllowList, inherited: JupyterLab | None
    ) -> Iterator[str]:
        yield from super()._problems_in_space(environment, allowed, inherited)
        if self.emr is not None:
            yield (
                "emr must be left out of a space, got some: a space has none of its own; "
                "pass it in the user_settings of the owner"
            )

    def _render(self, scope: Construct, environment: Environment, owner: Owner) -> dict[str, Any]:
        return super()._render(scope, environment, owner) | {"emrSettings": self.emr and self.emr._render()}

    def _render_common(self, scope: Construct, environment: Environment, owner: Owner) -> dict[str, Any]:
        repositories = [{"repositoryUrl": url} for url in self.code_repositories or ()]
        return super()._render_common(scope, environment, owner) | {"codeRepositories": repositories or None}

    @property
    def _settings_name(self) -> str:
        return "jupyterLabAppSettings"


def _repository_urls(urls: Sequence[str]) -> tuple[str, ...]:
    check_type("code_repositories", urls, (list, tuple), "a list of URLs")
    check_at_most("code_repositories", urls, 10)
    for url in urls:
        if not (len(url) <= 256 and _REPOSITORY_URL.fullmatch(url)) and not Token.is_unresolved(url):
            raise ValueError(
                "code_repositories must be https:// URLs of at most 256 letters, digits, dots, hyphens, underscores "
                f"and slashes, got {url!r}; pass the HTTPS address without user, port or query"
            )
    return tuple(urls)
