"""The security groups that SageMaker made for the home file system of a domain, and keeps."""

from __future__ import annotations

from typing import Any

from .domain_tag import domain_of
from .remains import Remains


class NfsSecurityGroups:
    """The two groups of a domain, whose rules refer to each other, so that neither can go before the rules."""

    def __init__(self, ec2: Any, domain_arn: str, vpc_id: str) -> None:
        """Ask EC2 of the groups in a VPC that belong to the domain with this ARN."""
        self._ec2 = ec2
        self._domain_arn = domain_arn
        self._vpc_id = vpc_id
        domain_id = domain_arn.partition("/")[2]
        self._names = [f"security-group-for-{way}-nfs-{domain_id}" for way in ("inbound", "outbound")]

    def delete(self, remains: Remains) -> None:
        """Take the rules out of both groups, and ask for the deletion of the groups."""
        groups = self._all()
        for group in groups:
            self._revoke(group, "IpPermissions", self._ec2.revoke_security_group_ingress, remains)
            self._revoke(group, "IpPermissionsEgress", self._ec2.revoke_security_group_egress, remains)
        for group in groups:
            remains.request(_name(group), self._ec2.delete_security_group, GroupId=group["GroupId"])

    def _revoke(self, group: dict[str, Any], rules: str, revoke: Any, remains: Remains) -> None:
        if group[rules]:
            remains.request(_name(group), revoke, GroupId=group["GroupId"], IpPermissions=group[rules])

    def _all(self) -> list[dict[str, Any]]:
        pages = self._ec2.get_paginator("describe_security_groups").paginate(
            Filters=[{"Name": "group-name", "Values": self._names}, {"Name": "vpc-id", "Values": [self._vpc_id]}]
        )
        return [group for page in pages for group in page["SecurityGroups"] if self._is_of_domain(group)]

    def _is_of_domain(self, group: dict[str, Any]) -> bool:
        return (
            group["GroupName"] in self._names
            and group["VpcId"] == self._vpc_id
            and domain_of(group) in (self._domain_arn, None)
        )


def _name(group: dict[str, Any]) -> str:
    return f"security group {group['GroupId']} {group['GroupName']}"
