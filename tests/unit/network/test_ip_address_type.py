from __future__ import annotations

from collections.abc import Callable

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from constructs_lib import NetworkAccess
from constructs_lib.network.ip_address_type import IpAddressType

BY_ID = NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"])


def test_the_types_are_those_of_the_schema() -> None:
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", "AWS::SageMaker::Domain").schema

    assert sorted(one.value for one in IpAddressType) == sorted(schema["definitions"]["IpAddressType"]["enum"])


@pytest.mark.parametrize("access", [NetworkAccess.vpc_only, NetworkAccess.public_internet])
def test_both_kinds_of_addresses_take_subnets_that_have_both(
    stack: cdk.Stack, vpc: ec2.IVpc, access: Callable[[ec2.IVpc], NetworkAccess]
) -> None:
    dual = ec2.Vpc(stack, "Dual", ip_protocol=ec2.IpProtocol.DUAL_STACK, restrict_default_security_group=False)

    assert list(access(dual)._problems(IpAddressType.DUALSTACK)) == []
    assert list(access(vpc)._problems(IpAddressType.IPV4)) == []
    assert list(access(vpc)._problems(IpAddressType.DUALSTACK)) == [
        "ip_address_type must be IPV4 in subnets without IPv6, got DUALSTACK; "
        "give the VPC ip_protocol=ec2.IpProtocol.DUAL_STACK"
    ]


def test_subnets_of_elsewhere_are_not_judged(stack: cdk.Stack) -> None:
    shared = ec2.Vpc.from_vpc_attributes(
        stack, "Shared", vpc_id="vpc-0a1b2c3d", availability_zones=["a"], private_subnet_ids=["subnet-0a1b2c3d"]
    )

    assert list(NetworkAccess.vpc_only(shared)._problems(IpAddressType.DUALSTACK)) == []
    assert list(BY_ID._problems(IpAddressType.DUALSTACK)) == []


def test_subnets_that_somebody_gave_ipv6_are_known_to_have_it(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    for subnet in vpc.isolated_subnets:
        resource = subnet.node.default_child
        assert isinstance(resource, ec2.CfnSubnet)
        resource.ipv6_cidr_block = "2001:db8::/64"

    assert list(NetworkAccess.vpc_only(vpc)._problems(IpAddressType.DUALSTACK)) == []
