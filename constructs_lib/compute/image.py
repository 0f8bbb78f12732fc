"""The container image that an app of a space runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from aws_cdk import CfnMapping, CfnResource, Fn, Stack
from aws_cdk import aws_ecr as ecr
from constructs import Construct

from constructs_lib.compute.container_config import ContainerConfig
from constructs_lib.compute.custom_image import CustomImage, ExistingImage, NewImage
from constructs_lib.compute.distribution_accounts import DISTRIBUTION_ACCOUNTS
from constructs_lib.compute.image_source import AssetSource, ImageSource, RepositorySource
from constructs_lib.compute.instance_type import InstanceType
from constructs_lib.environment import Environment
from constructs_lib.lookup import is_unresolved

_ARN = r"(?=.{,256}$)arn:aws(-\w+)*:sagemaker:[a-z0-9-]+:\d{12}:"
_NAME = r"[a-z0-9]([-.]?[a-z0-9])*"
_IMAGE_ARN = re.compile(rf"{_ARN}image/{_NAME}", re.ASCII)
_IMAGE_VERSION_ARN = re.compile(rf"{_ARN}image-version/{_NAME}/\d+", re.ASCII)

_MAPPED_ACCOUNTS: WeakKeyDictionary[Environment, str] = WeakKeyDictionary()


@dataclass(frozen=True, kw_only=True)
class StudioImage:
    """The image of a space's app: SageMaker Distribution for CPU or for GPU, or one of your own.

    CloudFormation knows images and numbered image versions, no version aliases such as ``3.2``: an image
    without a version is its latest version.

    An image of yours is a custom image: ``from_ecr_repository``, ``from_asset`` or ``from_image_attributes``. A domain
    or a profile attaches it, ``JupyterLab(custom_images=[...])`` say, and their roles may then pull it. Its container
    runs as user 1000 of group 100, with the volume of the space on ``/home/sagemaker-user``; CloudFormation cannot
    set others for the apps of spaces. The size of policies limits how many there can be, by the length of their names:
    7 to 13 that a profile attaches, 50 to 80 that a domain does.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-distribution.html and
    https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-byoi-specs.html
    """

    _distribution: str | None = None
    _arn: str | None = None
    _is_version: bool = False
    _custom: CustomImage | None = None

    def __post_init__(self) -> None:
        if [self._distribution, self._arn, self._custom].count(None) != 2:
            raise TypeError("an image comes from a method: StudioImage.distribution_cpu(), or another of the class")

    @staticmethod
    def distribution_cpu() -> StudioImage:
        """Return the latest SageMaker Distribution for instance types without a GPU.

        AWS publishes its account in most regions; a space in another one is refused.
        """
        return StudioImage(_distribution="cpu")

    @staticmethod
    def distribution_gpu() -> StudioImage:
        """Return the latest SageMaker Distribution for instance types with NVIDIA GPUs.

        AWS publishes its account in most regions; a space in another one is refused.
        """
        return StudioImage(_distribution="gpu")

    @staticmethod
    def from_image_arn(image_arn: str) -> StudioImage:
        """Return the latest version of any image, by its ARN; it is not attached, and no role may pull it by this.

        See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-byoi.html

        Raises:
            ValueError: the ARN is not one of a SageMaker image, whose name CloudFormation wants in lower case.
        """
        if not _IMAGE_ARN.fullmatch(image_arn) and not is_unresolved(image_arn):
            raise ValueError(
                "image_arn must be arn:PARTITION:sagemaker:REGION:ACCOUNT:image/NAME with a lower case name, "
                f"got {image_arn!r}; pass such an ARN, or a version's to StudioImage.from_image_version_arn"
            )
        return StudioImage(_arn=image_arn)

    @staticmethod
    def from_image_version_arn(image_version_arn: str) -> StudioImage:
        """Return one version of any image, by its ARN; what the roles of users need is as for the image.

        Raises:
            ValueError: the ARN is not one of a SageMaker image version.
        """
        if not _IMAGE_VERSION_ARN.fullmatch(image_version_arn) and not is_unresolved(image_version_arn):
            raise ValueError(
                "image_version_arn must be arn:PARTITION:sagemaker:REGION:ACCOUNT:image-version/NAME/NUMBER "
                f"with a lower case name, got {image_version_arn!r}; "
                "pass such an ARN, or an image's to StudioImage.from_image_arn"
            )
        return StudioImage(_arn=image_version_arn, _is_version=True)

    @staticmethod
    def from_ecr_repository(
        repository: ecr.IRepository,
        tag_or_digest: str,
        *,
        image_name: str | None = None,
        container: ContainerConfig | None = None,
        code_editor_container: ContainerConfig | None = None,
        image_display_name: str | None = None,
        image_description: str | None = None,
    ) -> StudioImage:
        """Return a custom image of a container image in a repository.

        Beneath the domain that attaches it, these are defined: an image, its version, a configuration for each app
        that it is attached for, and a role that SageMaker pulls it as. Another tag or digest makes a new version: an
        app runs it from its next start on, and the former version stays for those that run.

        Another domain of the account and region attaches it with ``from_image_attributes``. Its configurations are
        called ``NAME-jupyterlab`` and ``NAME-codeeditor``, after the image, with hyphens for dots.

        CloudFormation compares the text alone: a tag that moves to another container image makes no new version.

        Args:
            repository: a repository of the domain's region; one of another account must let this one pull.
            tag_or_digest: a tag that is never moved, or a digest such as ``sha256:...``; a token is taken for a tag.
            image_name: 1 to 52 lower case letters and digits with single hyphens or dots inside, unique in the
                account and region. Default: the name of the repository with hyphens for ``/`` and ``_``.
            container: how apps start it. Default: as the image says.
            code_editor_container: how Code Editor starts it: it needs another entry point than JupyterLab. Default:
                as ``container``.
            image_display_name: the name that people see, 1 to 128 characters. Default: the image name.
            image_description: 1 to 512 characters. Default: none.

        Raises:
            TypeError: an argument is of another type.
            ValueError: an argument is malformed, the tag is ``latest``, or the name is left out and cannot be told.
        """
        return _new(
            RepositorySource(repository, tag_or_digest),
            image_name,
            container=container,
            code_editor_container=code_editor_container,
            image_display_name=image_display_name,
            image_description=image_description,
        )

    @staticmethod
    def from_asset(
        directory: str,
        *,
        image_name: str,
        container: ContainerConfig | None = None,
        code_editor_container: ContainerConfig | None = None,
        image_display_name: str | None = None,
        image_description: str | None = None,
    ) -> StudioImage:
        """Return a custom image that the CDK builds from a directory, for the processors that Studio has.

        What is in the directory decides the tag, so that a change of it is a new version. A build with arguments of
        its own is an ``aws_ecr_assets.DockerImageAsset``, whose ``repository`` and ``image_tag`` are what
        ``from_ecr_repository`` takes.

        The roles of users may then pull every container asset of the account and region: the CDK keeps them in one
        repository, and IAM cannot tell apart what is in one. Where that is too much, push the image into a repository
        of its own, and pass that to ``from_ecr_repository``.

        Args:
            directory: the path of a directory with a ``Dockerfile``, which whoever deploys needs Docker to build.
            image_name: as for ``from_ecr_repository``.
            container: as for ``from_ecr_repository``.
            code_editor_container: as for ``from_ecr_repository``.
            image_display_name: as for ``from_ecr_repository``.
            image_description: as for ``from_ecr_repository``.

        Raises:
            TypeError: an argument is of another type.
            ValueError: an argument is malformed, or the directory has no ``Dockerfile``.
        """
        return _new(
            AssetSource(directory),
            image_name,
            container=container,
            code_editor_container=code_editor_container,
            image_display_name=image_display_name,
            image_description=image_description,
        )

    @staticmethod
    def from_image_attributes(
        *,
        image_name: str,
        app_image_config_name: str,
        version: int | None = None,
        repository: ecr.IRepository | None = None,
    ) -> StudioImage:
        """Return a custom image that something else defines in the domain's account and region.

        If another domain of the app defines it, say that this one needs that: ``second.node.add_dependency(first)``.

        Args:
            image_name: its name, in lower case.
            app_image_config_name: the name of the configuration, which is one for the app that attaches it:
                ``NAME-jupyterlab`` or ``NAME-codeeditor`` if a domain of this library defines it.
            version: the version to run, 1 or more. Default: the latest.
            repository: the repository that it is pulled from. Default: unknown; the roles of users then need the right
                to pull it from elsewhere.

        Raises:
            TypeError: an argument is of another type.
            ValueError: a name is malformed, or the version is below 1.
        """
        custom = ExistingImage(
            image_name=image_name, configuration=app_image_config_name, version=version, repository=repository
        )
        return StudioImage(_custom=custom, _is_version=version is not None)

    def __repr__(self) -> str:
        if self._custom:
            return repr(self._custom)
        if self._distribution:
            return f"StudioImage.distribution_{self._distribution}()"
        return f"StudioImage.from_image{'_version' if self._is_version else ''}_arn({self._arn!r})"

    @property
    def _is_custom(self) -> bool:
        """Whether users can run it only where it is attached."""
        return self._custom is not None

    @property
    def _exists(self) -> bool:
        """Whether it can be attached without being defined."""
        return self._custom is not None and self._custom.exists

    def _define(self, domain: Construct, app_type: str) -> Sequence[CfnResource]:
        """Define what an app of a domain needs to run it, once, and return what must exist before it is attached.

        Raises:
            ValueError: another image of that name is defined in the account and region.
        """
        return () if self._custom is None else self._custom._define(domain, app_type)

    def _render_custom(self, app_type: str) -> dict[str, Any]:
        """Return the image as a setting attaches it for an app."""
        assert self._custom is not None, "no other image is attached"
        return self._custom._render_attached(app_type)

    def _problems_on(self, instance_type: InstanceType | None) -> Iterator[str]:
        """Say why the image cannot run on the type; own images and newer types are not judged."""
        if instance_type is None or not instance_type.is_known:
            return
        if self._distribution == "cpu" and instance_type.is_gpu:
            yield (
                f"image must be the GPU one on {instance_type.name}, which has GPUs, got the CPU one; "
                "pass StudioImage.distribution_gpu(), or an instance type without GPUs"
            )
        if self._distribution == "gpu" and not instance_type.is_gpu:
            yield (
                f"image must be the CPU one on {instance_type.name}, which has no GPU, got the GPU one; "
                "pass StudioImage.distribution_cpu(), or an instance type of the families g or p"
            )

    def _problems_in(self, environment: Environment) -> Iterator[str]:
        """Say why the image cannot be had in the region, as far as that is known."""
        region = environment.region
        if self._custom:
            yield from self._custom._problems_in(environment)
        if self._arn and region and not is_unresolved(self._arn) and (there := self._arn.split(":")[3]) != region:
            yield f"image must be in the domain's region {region}, got {self!r} of {there}; pass one of {region}"
        if self._distribution and region and region not in DISTRIBUTION_ACCOUNTS:
            yield (
                f"image must be one that {region} has, got SageMaker Distribution, whose account there AWS does not "
                "publish; pass StudioImage.from_image_arn(...), or no image, for Studio's own choice"
            )

    def _is_attached_by(self, other: StudioImage) -> bool:
        """Tell whether an app may run this image where the other one is attached; tokens are not judged."""
        if self._custom is None or other._custom is None:
            return False
        return self._custom._is_attached_by(other._custom)

    def _covers(self, other: StudioImage, account: str | None = None) -> bool:
        """Tell whether a domain that allows this image allows the other; tokens are not judged.

        Args:
            other: the other image.
            account: the account of the domain. Default: it is unknown, and may be that of an ARN.
        """
        if self == other or any(one._arn and is_unresolved(one._arn) for one in (self, other)):
            return True
        if self._is_version:
            return False
        accounts, names = zip(*(one._account_and_name(account) for one in (self, other)), strict=True)
        return len({*names}) == 1 and (len({*accounts}) == 1 or (None in accounts and "AWS" not in accounts))

    def _account_and_name(self, account_of_domain: str | None) -> tuple[str | None, str]:
        """Return what tells images apart: AWS has an account in each region, ``None`` is one that is unknown."""
        if self._custom:
            return account_of_domain, self._custom.image_name
        if self._arn is None:
            return "AWS", f"sagemaker-distribution-{self._distribution}"
        _, _, _, _, account, resource = self._arn.split(":", 5)
        return "AWS" if account in DISTRIBUTION_ACCOUNTS.values() else account, resource.split("/")[1]

    def _image_and_versions(self, scope: Construct, environment: Environment) -> tuple[str, str]:
        """Return the ARNs that a policy names for the image, or for the one version: the image's and the version's."""
        arn = next(iter(self._render(scope, environment).values()))
        if not self._is_version:
            before, after = _halves(arn, ":image/")
            return arn, f"{before}:image-version/{after}/*"
        before, after = _halves(arn, ":image-version/")
        name = Fn.select(0, Fn.split("/", after)) if is_unresolved(after) else after.split("/")[0]
        return f"{before}:image/{name}", arn

    def _render(self, scope: Construct, environment: Environment) -> dict[str, str]:
        if self._custom:
            return self._custom._render(environment)
        if self._is_version and self._arn:
            return {"sageMakerImageVersionArn": self._arn}
        if self._arn:
            return {"sageMakerImageArn": self._arn}
        account = DISTRIBUTION_ACCOUNTS[environment.region] if environment.region else _mapped_account(scope)
        owner = Environment(account=account, region=environment.region)
        return {"sageMakerImageArn": owner.arn("sagemaker", f"image/sagemaker-distribution-{self._distribution}")}


def _new(source: ImageSource, image_name: str | None, **options: Any) -> StudioImage:
    name = source._default_name() if image_name is None else image_name
    if name is None:
        raise ValueError(
            "image_name must be given where the name of the repository is known only when it is deployed, got none; "
            "pass image_name='team' say"
        )
    return StudioImage(_custom=NewImage(source=source, image_name=name, **options))


def _halves(arn: str, middle: str) -> tuple[str, str]:
    """Cut an ARN in two; one that is a token whole is cut when it is deployed."""
    before, found, after = arn.partition(middle)
    if found:
        return before, after
    parts = Fn.split(middle, arn)
    return Fn.select(0, parts), Fn.select(1, parts)


def _mapped_account(scope: Construct) -> str:
    """Return the account in whichever region the stack is deployed to: one mapping a stack, one look-up."""
    environment = Environment.of(scope)
    if environment not in _MAPPED_ACCOUNTS:
        mapping = CfnMapping(
            Stack.of(scope),
            "SageMakerDistributionAccounts",
            mapping={region: {"account": account} for region, account in DISTRIBUTION_ACCOUNTS.items()},
            lazy=True,
        )
        _MAPPED_ACCOUNTS[environment] = mapping.find_in_map(environment.region_reference, "account")
    return _MAPPED_ACCOUNTS[environment]
