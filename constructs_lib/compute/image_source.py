"""Where the container image of a custom image comes from."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from aws_cdk import Token
from aws_cdk import aws_ecr as ecr
from aws_cdk.aws_ecr_assets import DockerImageAsset, Platform
from constructs import Construct

from constructs_lib.environment import Environment
from constructs_lib.errors import check_no_text, check_type

_TAG = re.compile(r"\w[\w.-]{0,127}", re.ASCII)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_MAXIMUM_REFERENCE = 210  # of the 255 characters of a base image, what the address of the longest registry leaves


@dataclass(frozen=True)
class BoundImage:
    """The ARN of the repository and the address of a container image: what a source comes to in a stack."""

    repository_arn: str
    uri: str


class ImageSource(ABC):
    """Where a container image comes from."""

    @abstractmethod
    def _bind(self, scope: Construct) -> BoundImage:
        """Return the image; a scope that it was bound in already gives the same."""

    @abstractmethod
    def _problems_in(self, environment: Environment) -> Iterator[str]:
        """Say why the image cannot be pulled there, as far as that is known."""

    @abstractmethod
    def _default_name(self) -> str | None:
        """Return what to call it, if that can be told."""


@dataclass(frozen=True)
class RepositorySource(ImageSource):
    """A container image that is in a repository already; repositories of one ARN are one."""

    repository: ecr.IRepository = field(compare=False)
    tag_or_digest: str
    repository_arn: str = field(init=False)

    def __post_init__(self) -> None:
        check_no_text("repository", self.repository, "ecr.Repository.from_repository_name(...) say")
        check_type("tag_or_digest", self.tag_or_digest, str, "'2.1' say")
        object.__setattr__(self, "repository_arn", self.repository.repository_arn)
        given = self.tag_or_digest
        if Token.is_unresolved(given):
            return
        if not _TAG.fullmatch(given) and not _DIGEST.fullmatch(given):
            raise ValueError(
                "tag_or_digest must be a tag of 1..128 letters, digits, dots, hyphens and underscores, or sha256: with "
                f"64 hexadecimal digits, got {given!r}; pass one that the repository has"
            )
        if given == "latest":
            raise ValueError(
                "tag_or_digest must be one that stays with its image, got 'latest': CloudFormation would never make a "
                "new version of it; pass a tag for each build, or the digest"
            )
        name = self.repository.repository_name
        if len(name) + len(given) > _MAXIMUM_REFERENCE and not Token.is_unresolved(name):
            raise ValueError(
                f"repository and tag must be at most {_MAXIMUM_REFERENCE} characters together, "
                f"got {len(name) + len(given)}; pass a shorter tag"
            )

    def __repr__(self) -> str:
        return f"from_ecr_repository(repository, {self.tag_or_digest!r}"

    def _bind(self, scope: Construct) -> BoundImage:
        return BoundImage(self.repository_arn, self.repository.repository_uri_for_tag_or_digest(self.tag_or_digest))

    def _problems_in(self, environment: Environment) -> Iterator[str]:
        try:
            environment.check_holds(self.repository, "repository")
        except ValueError as problem:
            yield str(problem)

    def _default_name(self) -> str | None:
        name = self.repository.repository_name
        return None if Token.is_unresolved(name) else re.sub("[/_]", "-", name)


@dataclass(frozen=True)
class AssetSource(ImageSource):
    """A container image that the CDK builds from a directory."""

    directory: str

    def __post_init__(self) -> None:
        check_type("directory", self.directory, str, "the path of a directory")
        if not (Path(self.directory) / "Dockerfile").is_file():
            raise ValueError(
                f"directory must hold a Dockerfile, got {self.directory!r}, which does not; pass the path of one"
            )

    def __repr__(self) -> str:
        return f"from_asset({self.directory!r}"

    def _bind(self, scope: Construct) -> BoundImage:
        asset = scope.node.try_find_child("Asset")
        if not isinstance(asset, DockerImageAsset):
            # Studio has no instance type with an ARM processor: a build on one would make what cannot run.
            directory = str(Path(self.directory).resolve())  # the CDK would begin where its process was started
            asset = DockerImageAsset(scope, "Asset", directory=directory, platform=Platform.LINUX_AMD64)
        return BoundImage(asset.repository.repository_arn, asset.image_uri)

    def _problems_in(self, environment: Environment) -> Iterator[str]:
        yield from ()

    def _default_name(self) -> str | None:
        return None
