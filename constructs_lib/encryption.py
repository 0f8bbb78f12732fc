"""The key of a domain's volumes."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import RemovalPolicy
from aws_cdk import aws_kms as kms
from constructs import Construct

from constructs_lib.environment import Environment
from constructs_lib.errors import check_type
from constructs_lib.key_arn import check_key_arn, is_alias


@dataclass(frozen=True)
class VolumeKey:
    """The customer managed key of a domain, as the policies of its users name it."""

    arn: str
    grants_via_sagemaker: bool = True


@dataclass(frozen=True)
class DomainEncryption:
    """Whose key encrypts the volumes of spaces and the home file system. It can never be changed later.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest-studio.html
    """

    _key: kms.IKey | None
    _customer_managed: bool
    _grants_via_sagemaker: bool = True

    @staticmethod
    def customer_managed(key: kms.IKey | None = None, *, grants_via_sagemaker: bool = True) -> DomainEncryption:
        """Use a key of yours.

        Args:
            key: the key, whose policy must let IAM policies of the account decide. Default: a new key with
                yearly rotation, kept as the domain is.
            grants_via_sagemaker: whether users may grant the use of the key only in calls that SageMaker makes for
                them (``kms:ViaService``). Pass False where spaces do not start because ``kms:CreateGrant`` is
                denied: the grant must then be for an AWS resource (``kms:GrantIsForAWSResource``). Default: they
                may only do so through SageMaker.

        Raises:
            TypeError: an argument is of another type.
            ValueError: the ARN of the key is malformed. The domain raises it for an alias, or a key of another region.
        """
        check_key_arn("key", key)
        check_type("grants_via_sagemaker", grants_via_sagemaker, bool, "True or False")
        return DomainEncryption(key, _customer_managed=True, _grants_via_sagemaker=grants_via_sagemaker)

    @staticmethod
    def aws_managed() -> DomainEncryption:
        """Use the key that AWS manages for SageMaker in the account."""
        return DomainEncryption(None, _customer_managed=False)

    def _bind(self, scope: Construct, environment: Environment, removal_policy: RemovalPolicy) -> kms.IKey | None:
        if self._key is not None:
            _check_key(self._key, environment)
        if self._key is None and self._customer_managed:
            return kms.Key(
                scope,
                "Key",
                description="Volumes of SageMaker Studio spaces",
                enable_key_rotation=True,
                removal_policy=removal_policy,
            )
        return self._key


def _check_key(key: kms.IKey, environment: Environment) -> None:
    if is_alias(key):
        raise ValueError(
            f"encryption must have a key, got the alias {key.key_arn!r}: policies cannot name an alias; "
            "pass the key, kms.Key.from_key_arn(...) say"
        )
    environment.check_holds(key, "key")
