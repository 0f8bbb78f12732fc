"""A stack to do something wrong in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_kms as kms

from constructs_lib import (
    Domain,
    DomainDrain,
    DomainEncryption,
    IDomain,
    InstanceType,
    JupyterLab,
    NetworkAccess,
    Space,
    SpaceSettings,
    StudioImage,
    UserProfile,
    UserSettings,
)

CPU, GPU = StudioImage.distribution_cpu(), StudioImage.distribution_gpu()
T3, G5 = InstanceType.ML_T3_MEDIUM, InstanceType.ML_G5_XLARGE
EU = cdk.Environment(account="1" * 12, region="eu-west-1")
NETWORK = NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"])


@dataclass
class Studio:
    """A stack to do something wrong in."""

    app: cdk.App
    stack: cdk.Stack

    def domain(self, id: str = "Studio", **arguments: Any) -> Domain:
        return Domain(self.stack, id, **{"network": NETWORK, **arguments})

    def user(self, **domain: Any) -> UserProfile:
        return self.domain(**domain).add_user_profile("Alice")

    def imported(self, **domain: Any) -> IDomain:
        return Domain.from_domain_attributes(self.stack, "Shared", domain_id="d-abc123", **domain)

    def imported_user(self, **domain: Any) -> UserProfile:
        return self.imported(**domain).add_user_profile("Alice")

    def drain(self, delete_user_spaces: Any = False, **domain: Any) -> DomainDrain:
        return DomainDrain(self.stack, "Drain", domain=self.domain(**domain), delete_user_spaces=delete_user_spaces)

    def drained(self) -> Domain:
        domain = self.domain(removal_policy=cdk.RemovalPolicy.DESTROY)
        DomainDrain(self.stack, "Drain", domain=domain)
        return domain

    def lab(self, user_settings: UserSettings | None = None, **space: Any) -> Space:
        """A private space, with what is wrong about it or about what its owner says."""
        return (
            self.domain()
            .add_user_profile("Alice", user_settings=user_settings)
            .add_private_space("Lab", **{"app": JupyterLab(), **space})
        )

    def churn(self, default_space_settings: SpaceSettings | None = None, **space: Any) -> Space:
        return self.user(default_space_settings=default_space_settings).add_shared_space(
            "Churn", **{"app": JupyterLab(), **space}
        )

    def key_of(self, region: str) -> Domain:
        key = kms.Key.from_key_arn(self.stack, "Key", f"arn:aws:kms:{region}:{'1' * 12}:key/abc")
        return self.domain(encryption=DomainEncryption.customer_managed(key))

    def in_region(self, region: str) -> Studio:
        return Studio(self.app, cdk.Stack(self.app, "Elsewhere", env=cdk.Environment(account="1" * 12, region=region)))
