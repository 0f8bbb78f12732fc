from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from syrupy.assertion import SnapshotAssertion

from constructs_lib.network.endpoint_policy import EndpointPolicy
from constructs_lib.network.ip_address_type import IpAddressType
from constructs_lib.network.studio_endpoints import StudioEndpoints
from constructs_lib.network.studio_feature import StudioFeature
from constructs_lib.network.studio_network import StudioNetwork
from tests.templates import template_of


def test_network_with_everything(stack: cdk.Stack, template_snapshot: SnapshotAssertion) -> None:
    StudioNetwork(
        stack,
        "Network",
        cidr="10.4.0.0/18",
        cidr_mask=21,
        nat_gateways=1,
        ip_address_type=IpAddressType.DUALSTACK,
        features=[StudioFeature.MLFLOW, StudioFeature.of("sqs", gateway_services=["dynamodb"])],
        endpoint_policy=EndpointPolicy.own_account(),
    )

    assert template_of(stack) == template_snapshot


def test_endpoints_in_a_vpc_of_elsewhere(stack: cdk.Stack, template_snapshot: SnapshotAssertion) -> None:
    vpc = ec2.Vpc.from_vpc_attributes(
        stack,
        "Shared",
        vpc_id="vpc-0a1b2c3d",
        availability_zones=["eu-west-1a", "eu-west-1b"],
        isolated_subnet_ids=["subnet-0a", "subnet-0b"],
        isolated_subnet_route_table_ids=["rtb-0a", "rtb-0b"],
    )
    office = ec2.Peer.ipv4("192.168.0.0/24")
    StudioEndpoints(stack, "Endpoints", vpc=vpc, clients=[office], features=[StudioFeature.REMOTE_ACCESS])

    assert template_of(stack) == template_snapshot
