from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2

from constructs_lib import Domain, NetworkAccess
from constructs_lib.network.endpoint_policy import EndpointPolicy
from constructs_lib.network.ip_address_type import IpAddressType
from constructs_lib.network.studio_feature import StudioFeature
from constructs_lib.network.studio_network import StudioNetwork
from tests.conftest import CONTEXT
from tests.templates import properties, resources, template_of

WAYS_OUT = {
    "AWS::EC2::EgressOnlyInternetGateway",
    "AWS::EC2::InternetGateway",
    "AWS::EC2::NatGateway",
    "AWS::EC2::Route",
}


def types(stack: cdk.Stack) -> set[str]:
    return {one["Type"] for one in template_of(stack)["Resources"].values()}


def untagged(resource: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in resource["Properties"].items() if key != "Tags"}


def ranges(stack: cdk.Stack) -> list[str]:
    return sorted(one["Properties"]["CidrBlock"] for one in resources(template_of(stack), "AWS::EC2::Subnet").values())


@pytest.mark.parametrize("context", [CONTEXT, {}], ids=["with feature flags", "without"])
@pytest.mark.parametrize("ip_address_type", IpAddressType)
def test_without_nat_there_is_no_way_out(ip_address_type: IpAddressType, context: dict[str, Any]) -> None:
    stack = cdk.Stack(cdk.App(context=context, builtin_cloud_formation_validation=False), "Research")
    StudioNetwork(stack, "Network", ip_address_type=ip_address_type)

    assert types(stack).isdisjoint(WAYS_OUT)
    vpc = properties(template_of(stack), "AWS::EC2::VPC")
    assert (vpc["EnableDnsHostnames"], vpc["EnableDnsSupport"]) == (True, True)


def test_with_nat_the_private_subnets_stay_as_they_are(app: cdk.App) -> None:
    without, with_nat = cdk.Stack(app, "Without"), cdk.Stack(app, "With")
    StudioNetwork(without, "Network")
    StudioNetwork(with_nat, "Network", nat_gateways=1)

    before, after = (resources(template_of(one), "AWS::EC2::Subnet") for one in (without, with_nat))
    assert {logical_id: untagged(one) for logical_id, one in before.items()} == {
        logical_id: untagged(after[logical_id]) for logical_id in before
    }
    assert len(after) == len(before) + 2
    assert {one["Properties"]["MapPublicIpOnLaunch"] for one in after.values()} == {False}
    assert len(resources(template_of(with_nat), "AWS::EC2::NatGateway")) == 1


def test_a_domain_stands_in_the_private_subnets(stack: cdk.Stack) -> None:
    network = StudioNetwork(stack, "Network", nat_gateways=2)
    Domain(stack, "Studio", network=NetworkAccess.vpc_only(network.vpc))

    subnets = properties(template_of(stack), "AWS::SageMaker::Domain")["SubnetIds"]
    assert [one["Ref"][:25] for one in subnets] == ["NetworkVpcIsolatedSubnet1", "NetworkVpcIsolatedSubnet2"]


def test_each_subnet_has_a_sixteenth_or_what_it_is_given(app: cdk.App) -> None:
    wide, narrow, tiny = cdk.Stack(app, "Wide"), cdk.Stack(app, "Narrow"), cdk.Stack(app, "Tiny")
    StudioNetwork(wide, "Network", cidr="10.4.0.0/20")
    StudioNetwork(narrow, "Network", cidr="10.4.0.0/24", cidr_mask=25)
    StudioNetwork(tiny, "Network", cidr="10.4.0.0/25", nat_gateways=1)

    assert ranges(wide) == ["10.4.0.0/24", "10.4.1.0/24"]
    assert ranges(narrow) == ["10.4.0.0/25", "10.4.0.128/25"]
    assert ranges(tiny) == ["10.4.0.0/28", "10.4.0.16/28", "10.4.0.32/28", "10.4.0.48/28"]


def test_endpoints_follow_the_features(stack: cdk.Stack) -> None:
    network = StudioNetwork(
        stack, "Network", features=[StudioFeature.MLFLOW], endpoint_policy=EndpointPolicy.own_account()
    )

    assert network.endpoints is not None
    assert "aws.sagemaker.experiments" in network.endpoints.interface_endpoints
    found = resources(template_of(stack), "AWS::EC2::VPCEndpoint").values()
    assert all("PolicyDocument" in one["Properties"] for one in found)


def test_endpoints_may_be_left_out(stack: cdk.Stack) -> None:
    assert StudioNetwork(stack, "Network", endpoints=False).endpoints is None
    assert "AWS::EC2::VPCEndpoint" not in types(stack)


def fates(stack: cdk.Stack) -> dict[str, tuple[str | None, str | None]]:
    """What becomes of each resource, by its logical id."""
    found = template_of(stack)["Resources"]
    return {id: (one.get("DeletionPolicy"), one.get("UpdateReplacePolicy")) for id, one in found.items()}


def with_everything(stack: cdk.Stack, **arguments: Any) -> StudioNetwork:
    network = StudioNetwork(
        stack,
        "Network",
        nat_gateways=1,
        ip_address_type=IpAddressType.DUALSTACK,
        features=[StudioFeature.MLFLOW],
        **arguments,
    )
    network.vpc.add_interface_endpoint("Sqs", service=ec2.InterfaceVpcEndpointAwsService.SQS)
    return network


@pytest.mark.parametrize("ip_address_type", IpAddressType)
def test_a_network_of_studio_alone_is_kept(stack: cdk.Stack, ip_address_type: IpAddressType) -> None:
    StudioNetwork(stack, "Network", ip_address_type=ip_address_type)

    assert set(fates(stack).values()) == {("RetainExceptOnCreate", "Retain")}


@pytest.mark.parametrize("ip_address_type", IpAddressType)
@pytest.mark.parametrize(
    "more",
    [{"nat_gateways": 1}, {"nat_gateways": 2}, {"features": [StudioFeature.ECR]}],
    ids=["a NAT gateway", "two of them", "a feature"],
)
def test_what_the_code_no_longer_has_goes_and_the_rest_is_kept(
    app: cdk.App, ip_address_type: IpAddressType, more: dict[str, Any]
) -> None:
    before, after = cdk.Stack(app, "Before"), cdk.Stack(app, "After")
    StudioNetwork(before, "Network", ip_address_type=ip_address_type, **more)
    StudioNetwork(after, "Network", ip_address_type=ip_address_type)

    gone = fates(before).keys() - fates(after).keys()
    assert gone
    assert {fate for logical_id, fate in fates(before).items() if logical_id in gone} == {("Delete", "Delete")}
    assert {fates(before)[logical_id] for logical_id in fates(after)} == {("RetainExceptOnCreate", "Retain")}


def test_a_feature_that_is_added_later_goes_as_well(stack: cdk.Stack) -> None:
    network = StudioNetwork(stack, "Network")
    assert network.endpoints is not None
    network.endpoints.add_feature(StudioFeature.MLFLOW)

    (added,) = (logical_id for logical_id in fates(stack) if "SageMakerExperiments" in logical_id)
    assert fates(stack)[added] == ("Delete", "Delete")


def test_all_of_it_goes_where_it_is_told_to(app: cdk.App, stack: cdk.Stack) -> None:
    with_everything(stack, removal_policy=cdk.RemovalPolicy.DESTROY)
    cdk.RemovalPolicies.of(app).retain()

    assert set(fates(stack).values()) == {("Delete", "Delete")}


def test_what_it_is_told_stands_over_what_outer_scopes_say(app: cdk.App) -> None:
    quiet, told = cdk.Stack(app, "Quiet"), cdk.Stack(app, "Told")
    for stack in (quiet, told):
        with_everything(stack)
    cdk.RemovalPolicies.of(told).destroy()

    assert fates(told) == fates(quiet)


def test_core_endpoints_can_be_let_go(stack: cdk.Stack) -> None:
    network = StudioNetwork(stack, "Network")
    assert network.endpoints is not None
    for one in (*network.endpoints.interface_endpoints.values(), *network.endpoints.gateway_endpoints.values()):
        cdk.RemovalPolicies.of(one).destroy()

    endpoints = resources(template_of(stack), "AWS::EC2::VPCEndpoint")
    assert {one["DeletionPolicy"] for one in endpoints.values()} == {"Delete"}


@pytest.mark.parametrize("zones", [2, 3, 4])
def test_zones_that_are_still_to_be_looked_up_are_not_counted(app: cdk.App, zones: int) -> None:
    env = cdk.Environment(account="1" * 12, region="eu-west-1")

    StudioNetwork(cdk.Stack(app, "Research", env=env), "Network", max_azs=zones)


def test_zones_that_were_looked_up_are_counted() -> None:
    zones = {f"availability-zones:account={'1' * 12}:region=eu-west-1": ["eu-west-1a", "eu-west-1b", "eu-west-1c"]}
    app = cdk.App(context={**CONTEXT, **zones}, builtin_cloud_formation_validation=False)
    stack = cdk.Stack(app, "Research", env=cdk.Environment(account="1" * 12, region="eu-west-1"))
    StudioNetwork(stack, "Network", max_azs=3)

    with pytest.raises(ValueError, match=r"max_azs must be at most 3, .*, got 4"):
        StudioNetwork(stack, "Wide", max_azs=4)


def test_flow_logs_are_kept_a_year_under_a_key_for_them_alone(stack: cdk.Stack) -> None:
    StudioNetwork(stack, "Network")

    template = template_of(stack)
    (key,) = resources(template, "AWS::KMS::Key")
    logs = properties(template, "AWS::Logs::LogGroup")
    assert (logs["RetentionInDays"], logs["KmsKeyId"]) == (365, {"Fn::GetAtt": [key, "Arn"]})
    assert properties(template, "AWS::EC2::FlowLog")["TrafficType"] == "ALL"
    trust = properties(template, "AWS::IAM::Role")["AssumeRolePolicyDocument"]["Statement"][0]
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def test_two_networks_stand_in_one_stack(stack: cdk.Stack) -> None:
    StudioNetwork(stack, "One")
    StudioNetwork(stack, "Two", cidr="10.1.0.0/16")

    assert len(resources(template_of(stack), "AWS::EC2::VPC")) == 2
