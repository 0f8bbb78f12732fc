"""The subnets of a VPC that a Studio uses."""

from __future__ import annotations

from collections.abc import Iterable

from aws_cdk import aws_ec2 as ec2

MAXIMUM_SUBNETS = 16
"""How many subnets a domain takes."""


def check_vpc(given: object) -> None:
    """Refuse what is no VPC, such as a network that has one.

    Raises:
        TypeError: it is something else.
    """
    if not hasattr(given, "select_subnets"):
        raise TypeError(f"vpc must be an ec2.IVpc, got {given!r}; pass network.vpc or ec2.Vpc.from_lookup(...) say")


def select_subnets(vpc: ec2.IVpc, vpc_subnets: ec2.SubnetSelection | None) -> ec2.SelectedSubnets:
    """Return the chosen subnets of a VPC, or its private ones, or the isolated ones if there are none.

    Raises:
        ValueError: the selection finds no subnet, or the default finds public ones alone.
    """
    selection = vpc_subnets or ec2.SubnetSelection()
    try:
        selected = vpc.select_subnets(
            subnets=selection.subnets,
            subnet_type=selection.subnet_type,
            subnet_group_name=selection.subnet_group_name,
            subnet_filters=selection.subnet_filters,
            availability_zones=selection.availability_zones,
            one_per_az=selection.one_per_az,
        )
    except RuntimeError as error:  # how jsii passes on what the CDK refuses
        reason = str(error).splitlines()[0].partition(": ")[2]
        raise ValueError(
            f"vpc_subnets must select subnets of the vpc, got none: {reason}; select others, or give the VPC subnets"
        ) from None
    if vpc_subnets is None and selected.has_public:
        raise ValueError(
            "vpc must have private or isolated subnets, got public ones alone, where apps have no public address; "
            "give the VPC private subnets, or choose these with vpc_subnets"
        )
    return selected


def lack_ipv6(subnets: Iterable[ec2.ISubnet]) -> bool:
    """Tell whether one of the subnets is known to have IPv4 addresses alone; of an import, nobody knows."""
    resources = [one.node.default_child for one in subnets]
    return any(
        isinstance(one, ec2.CfnSubnet) and one.ipv6_cidr_block is None and one.ipv6_netmask_length is None
        for one in resources
    )
