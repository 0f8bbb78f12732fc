"""The container image that an app of a space runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from aws_cdk import CfnMapping, Fn, Stack, Token
from constructs import Construct

from constructs_lib.compute.distribution_accounts import DISTRIBUTION_ACCOUNTS
from constructs_lib.compute.instance_type import InstanceType
from constructs_lib.environment import Environment

_ARN = r"arn:aws(-\w+)*:sagemaker:[^:]+:\d{12}:"
_NAME = r"[a-z0-9]([-.]?[a-z0-9])*"
_IMAGE_ARN = re.compile(rf"{_ARN}image/{_NAME}", re.ASCII)
_IMAGE_VERSION_ARN = re.compile(rf"{_ARN}image-version/{_NAME}/\d+", re.ASCII)

_MAPPED_ACCOUNTS: WeakKeyDictionary[Environment, str] = WeakKeyDictionary()


@dataclass(frozen=True, kw_only=True)
class StudioImage:
    """The image of a space's app: SageMaker Distribution for CPU or for GPU, or one of your own.

    CloudFormation knows images and numbered image versions, no version aliases such as ``3.2``: an image
    without a version is its latest version.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-distribution.html
    """

    _distribution: str | None = None
    _arn: str | None = None
    _is_version: bool = False

    def __post_init__(self) -> None:
        if (self._distribution is None) == (self._arn is None):
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
        """Return the latest version of any image, by its ARN.

        To run an image of yours, the roles of users must also be let describe it and pull it from its repository;
        see https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-byoi.html

        Raises:
            ValueError: the ARN is not one of a SageMaker image, whose name CloudFormation wants in lower case.
        """
        if not _IMAGE_ARN.fullmatch(image_arn) and not Token.is_unresolved(image_arn):
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
        if not _IMAGE_VERSION_ARN.fullmatch(image_version_arn) and not Token.is_unresolved(image_version_arn):
            raise ValueError(
                "image_version_arn must be arn:PARTITION:sagemaker:REGION:ACCOUNT:image-version/NAME/NUMBER "
                f"with a lower case name, got {image_version_arn!r}; "
                "pass such an ARN, or an image's to StudioImage.from_image_arn"
            )
        return StudioImage(_arn=image_version_arn, _is_version=True)

    def __repr__(self) -> str:
        if self._distribution:
            return f"StudioImage.distribution_{self._distribution}()"
        return f"StudioImage.from_image{'_version' if self._is_version else ''}_arn({self._arn!r})"

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
        if self._distribution and region and region not in DISTRIBUTION_ACCOUNTS:
            yield (
                f"image must be one that {region} has, got SageMaker Distribution, whose account there AWS does not "
                "publish; pass StudioImage.from_image_arn(...), or no image, for Studio's own choice"
            )

    def _covers(self, other: StudioImage) -> bool:
        """Tell whether a domain that allows this image allows the other; tokens are not judged."""
        if self == other or any(one._arn and Token.is_unresolved(one._arn) for one in (self, other)):
            return True
        if self._is_version:
            return False
        return self._account_and_name() == other._account_and_name()

    def _account_and_name(self) -> tuple[str, str]:
        """Return what tells images apart, but for AWS's accounts, of which each region has one."""
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
        name = Fn.select(0, Fn.split("/", after)) if Token.is_unresolved(after) else after.split("/")[0]
        return f"{before}:image/{name}", arn

    def _render(self, scope: Construct, environment: Environment) -> dict[str, str]:
        if self._is_version and self._arn:
            return {"sageMakerImageVersionArn": self._arn}
        if self._arn:
            return {"sageMakerImageArn": self._arn}
        account = DISTRIBUTION_ACCOUNTS[environment.region] if environment.region else _mapped_account(scope)
        owner = Environment(account=account, region=environment.region)
        return {"sageMakerImageArn": owner.arn("sagemaker", f"image/sagemaker-distribution-{self._distribution}")}


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
