"""How the apps of a domain reach a network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aws_cdk import Token
from aws_cdk import aws_ec2 as ec2
from constructs import Construct


@dataclass(frozen=True)
class BoundNetwork:
    """The VPC, subnets and security groups of one domain; what network access comes to in a stack."""

    vpc_id: str
    subnet_ids: list[str]
    security_groups: list[ec2.ISecurityGroup]


@dataclass(frozen=True)
class NetworkAccess:
    """The VPC of a domain, and whether its apps also reach the internet past it.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html
    """

    _app_network_access_type: str
    _bind: Callable[[Construct], BoundNetwork]

    @staticmethod
    def vpc_only(
        vpc: ec2.IVpc,
        *,
        vpc_subnets: ec2.SubnetSelection | None = None,
        security_groups: Sequence[ec2.ISecurityGroup] | None = None,
    ) -> NetworkAccess:
        """Send all traffic of the apps through a VPC.

        Args:
            vpc: a VPC from which SageMaker, S3, STS and CloudWatch Logs can be reached, by endpoints or a NAT.
            vpc_subnets: 1 to 16 subnets. Default: the private ones, or the isolated ones if there are none.
            security_groups: 1 to 5. Default: a new one that lets everything out and nothing in.

        Raises:
            ValueError: there are no security groups in the list or more than 5.
        """
        return NetworkAccess("VpcOnly", _of_vpc(vpc, vpc_subnets, security_groups, needs_security_group=True))

    @staticmethod
    def vpc_only_from_ids(
        *, vpc_id: str, subnet_ids: Sequence[str], security_group_ids: Sequence[str] | None = None
    ) -> NetworkAccess:
        """Send all traffic of the apps through a VPC that is known by its ids, without a look-up.

        Args:
            vpc_id: the id of the VPC.
            subnet_ids: the ids of 1 to 16 of its subnets.
            security_group_ids: 1 to 5 ids. Default: a new security group that lets everything out and nothing in.

        Raises:
            ValueError: an id has another form, or there are too few or too many.
        """
        return NetworkAccess("VpcOnly", _of_ids(vpc_id, subnet_ids, security_group_ids, needs_security_group=True))

    @staticmethod
    def public_internet(
        vpc: ec2.IVpc,
        *,
        vpc_subnets: ec2.SubnetSelection | None = None,
        security_groups: Sequence[ec2.ISecurityGroup] | None = None,
    ) -> NetworkAccess:
        """Let the apps reach the internet through a network of SageMaker's, and file systems through the VPC.

        Args:
            vpc: the VPC of the file systems.
            vpc_subnets: 1 to 16 subnets. Default: the private ones, or the isolated ones if there are none.
            security_groups: 1 to 5. Default: none.

        Raises:
            ValueError: there are no security groups in the list or more than 5.
        """
        return NetworkAccess(
            "PublicInternetOnly", _of_vpc(vpc, vpc_subnets, security_groups, needs_security_group=False)
        )

    @staticmethod
    def public_internet_from_ids(
        *, vpc_id: str, subnet_ids: Sequence[str], security_group_ids: Sequence[str] | None = None
    ) -> NetworkAccess:
        """Let the apps reach the internet past a VPC that is known by its ids, without a look-up.

        Args:
            vpc_id: the id of the VPC of the file systems.
            subnet_ids: the ids of 1 to 16 of its subnets.
            security_group_ids: 1 to 5 ids. Default: none.

        Raises:
            ValueError: an id has another form, or there are too few or too many.
        """
        return NetworkAccess(
            "PublicInternetOnly", _of_ids(vpc_id, subnet_ids, security_group_ids, needs_security_group=False)
        )


def _of_vpc(
    vpc: ec2.IVpc,
    vpc_subnets: ec2.SubnetSelection | None,
    security_groups: Sequence[ec2.ISecurityGroup] | None,
    *,
    needs_security_group: bool,
) -> Callable[[Construct], BoundNetwork]:
    if security_groups is not None:
        _check_count("security_groups", security_groups, 5)

    def bind(scope: Construct) -> BoundNetwork:
        selection = vpc_subnets or ec2.SubnetSelection()
        subnet_ids = vpc.select_subnets(
            subnets=selection.subnets,
            subnet_type=selection.subnet_type,
            subnet_group_name=selection.subnet_group_name,
            subnet_filters=selection.subnet_filters,
            availability_zones=selection.availability_zones,
            one_per_az=selection.one_per_az,
        ).subnet_ids
        _check_count("vpc_subnets", subnet_ids, 16)
        groups = _security_groups(scope, vpc, security_groups, needs_security_group)
        return BoundNetwork(vpc.vpc_id, subnet_ids, groups)

    return bind


def _of_ids(
    vpc_id: str, subnet_ids: Sequence[str], security_group_ids: Sequence[str] | None, *, needs_security_group: bool
) -> Callable[[Construct], BoundNetwork]:
    _check_id("vpc_id", vpc_id, "vpc-")
    _check_count("subnet_ids", subnet_ids, 16)
    for subnet_id in subnet_ids:
        _check_id("subnet_ids", subnet_id, "subnet-")
    if security_group_ids is not None:
        _check_count("security_group_ids", security_group_ids, 5)
        for security_group_id in security_group_ids:
            _check_id("security_group_ids", security_group_id, "sg-")

    def bind(scope: Construct) -> BoundNetwork:
        groups: list[ec2.ISecurityGroup] | None = None
        if security_group_ids is not None:
            groups = [ec2.SecurityGroup.from_security_group_id(scope, one, one) for one in security_group_ids]
        vpc = ec2.Vpc.from_vpc_attributes(scope, "Vpc", vpc_id=vpc_id, availability_zones=["unknown"])
        return BoundNetwork(vpc_id, list(subnet_ids), _security_groups(scope, vpc, groups, needs_security_group))

    return bind


def _security_groups(
    scope: Construct,
    vpc: ec2.IVpc,
    given: Sequence[ec2.ISecurityGroup] | None,
    needs_security_group: bool,
) -> list[ec2.ISecurityGroup]:
    if given is not None:
        return list(given)
    if not needs_security_group:
        return []
    return [ec2.SecurityGroup(scope, "SecurityGroup", vpc=vpc, description="Apps of SageMaker Studio")]


def _check_count(argument: str, given: Sequence[object], maximum: int) -> None:
    if not 1 <= len(given) <= maximum:
        raise ValueError(f"{argument} must be 1..{maximum}, got {len(given)}; pass at least one and at most {maximum}")


def _check_id(argument: str, given: str, prefix: str) -> None:
    if not (given.startswith(prefix) and given.replace("-", "").isalnum()) and not Token.is_unresolved(given):
        raise ValueError(f"{argument} must start with {prefix!r}, got {given!r}; pass an id such as {prefix}0a1b2c3d")
