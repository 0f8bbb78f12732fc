from __future__ import annotations

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2

from constructs_lib import Domain, NetworkAccess
from tests.templates import properties, template_of

BY_ID = {"vpc_id": "vpc-0a1b2c3d", "subnet_ids": ["subnet-0a1b2c3d"]}


@pytest.mark.parametrize(
    "network",
    [
        NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"]),
        NetworkAccess.public_internet_from_ids(
            vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"], security_group_ids=["sg-0a1b2c3d"]
        ),
    ],
)
def test_repr_can_be_pasted_and_is_equal(network: NetworkAccess) -> None:
    assert eval(repr(network)) == network


def test_is_equal_by_value(vpc: ec2.IVpc) -> None:
    assert NetworkAccess.vpc_only(vpc) == NetworkAccess.vpc_only(vpc) != NetworkAccess.public_internet(vpc)


def test_subnets_may_be_a_token_for_a_list(stack: cdk.Stack) -> None:
    subnets = cdk.CfnParameter(stack, "Subnets", type="List<AWS::EC2::Subnet::Id>")
    network = NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=subnets.value_as_list)
    Domain(stack, "Studio", network=network)

    assert properties(template_of(stack), "AWS::SageMaker::Domain")["SubnetIds"] == {"Ref": "Subnets"}


def test_ids_may_be_tokens(stack: cdk.Stack) -> None:
    def parameter(name: str) -> str:
        return cdk.CfnParameter(stack, name).value_as_string

    network = NetworkAccess.vpc_only_from_ids(
        vpc_id=parameter("Vpc"), subnet_ids=[parameter("Subnet")], security_group_ids=[parameter("Group")]
    )
    Domain(stack, "Studio", network=network)

    rendered = properties(template_of(stack), "AWS::SageMaker::Domain")
    assert (rendered["VpcId"], rendered["SubnetIds"]) == ({"Ref": "Vpc"}, [{"Ref": "Subnet"}])
    assert rendered["DefaultUserSettings"]["SecurityGroups"] == [{"Ref": "Group"}]


@pytest.mark.parametrize(
    ("selection", "subnets"),
    [
        (ec2.SubnetSelection(subnet_group_name="Second"), ["VpcSecondSubnet1", "VpcSecondSubnet2"]),
        (ec2.SubnetSelection(subnet_group_name="First", availability_zones=["b"]), ["VpcFirstSubnet2"]),
        (ec2.SubnetSelection(subnet_group_name="First", one_per_az=True), ["VpcFirstSubnet1", "VpcFirstSubnet2"]),
        (
            ec2.SubnetSelection(subnet_filters=[ec2.SubnetFilter.by_cidr_mask(28)]),
            ["VpcSecondSubnet1", "VpcSecondSubnet2"],
        ),
        (ec2.SubnetSelection(subnet_type=ec2.SubnetType.PUBLIC), ["VpcPublicSubnet1", "VpcPublicSubnet2"]),
    ],
)
def test_selection_of_subnets_is_followed(selection: ec2.SubnetSelection, subnets: list[str], stack: cdk.Stack) -> None:
    isolated, public = ec2.SubnetType.PRIVATE_ISOLATED, ec2.SubnetType.PUBLIC
    vpc = ec2.Vpc(
        stack,
        "Vpc",
        availability_zones=["a", "b"],
        restrict_default_security_group=False,
        nat_gateways=0,
        subnet_configuration=[
            ec2.SubnetConfiguration(name="First", subnet_type=isolated, cidr_mask=24),
            ec2.SubnetConfiguration(name="Second", subnet_type=isolated, cidr_mask=28),
            ec2.SubnetConfiguration(name="Public", subnet_type=public, cidr_mask=24),
        ],
    )
    Domain(stack, "Studio", network=NetworkAccess.vpc_only(vpc, vpc_subnets=selection))

    rendered = properties(template_of(stack), "AWS::SageMaker::Domain")["SubnetIds"]
    assert [
        one["Ref"].partition("Subnet")[0] + "Subnet" + one["Ref"].partition("Subnet")[2][0] for one in rendered
    ] == subnets


def test_public_subnets_can_be_chosen_on_purpose(stack: cdk.Stack) -> None:
    public = ec2.SubnetConfiguration(name="Public", subnet_type=ec2.SubnetType.PUBLIC)
    vpc = ec2.Vpc(stack, "Vpc", subnet_configuration=[public], restrict_default_security_group=False)
    selection = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PUBLIC)
    Domain(stack, "Studio", network=NetworkAccess.vpc_only(vpc, vpc_subnets=selection))

    assert len(properties(template_of(stack), "AWS::SageMaker::Domain")["SubnetIds"]) == 2
