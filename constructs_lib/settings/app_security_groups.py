"""The security groups between apps of the whole domain and those of its users."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aws_cdk import aws_ec2 as ec2

from constructs_lib.errors import check_type
from constructs_lib.network.resource_id import check_security_groups

_MAXIMUM = 3


@dataclass(frozen=True)
class AppSecurityGroups:
    """Who makes the security groups by which RStudio, an app of the whole domain, and the apps of users talk.

    They exist only where the domain sends all traffic through its VPC.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateDomain.html
    """

    _given: tuple[ec2.ISecurityGroup, ...] | None

    @staticmethod
    def managed_by_sagemaker() -> AppSecurityGroups:
        """Let SageMaker make and change them, which RStudio demands."""
        return AppSecurityGroups(None)

    @staticmethod
    def customer_managed(security_groups: Sequence[ec2.ISecurityGroup]) -> AppSecurityGroups:
        """Use security groups of yours.

        Args:
            security_groups: 1 to 3.

        Raises:
            TypeError: the groups are no list of security groups.
            ValueError: there are none or more than 3. The domain raises it where it has RStudio, or where its apps
                reach the internet past its VPC.
        """
        check_type("security_groups", security_groups, (list, tuple), "a list of security groups")
        check_security_groups(security_groups)
        if not 1 <= len(security_groups) <= _MAXIMUM:
            raise ValueError(
                f"security_groups must be 1..{_MAXIMUM}, got {len(security_groups)}; "
                f"pass at least one and at most {_MAXIMUM}"
            )
        return AppSecurityGroups(tuple(security_groups))

    def _problems(self, app_network_access_type: str, *, has_r_studio: bool) -> Iterator[str]:
        if app_network_access_type != "VpcOnly":
            yield (
                "app_security_groups must be with NetworkAccess.vpc_only, got them with public_internet, where there "
                "are none; leave them out"
            )
        if self._given is not None and has_r_studio:
            yield (
                "app_security_groups must be managed_by_sagemaker() in a domain with RStudio, got customer_managed; "
                "leave them out"
            )

    def _render_management(self) -> str:
        return "Service" if self._given is None else "Customer"

    def _render(self) -> dict[str, Any]:
        """Return what stands in ``DomainSettings``."""
        return {} if self._given is None else {"securityGroupIds": [one.security_group_id for one in self._given]}
