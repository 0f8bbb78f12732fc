from __future__ import annotations

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2

from constructs_lib import Domain, IpAddressType, NetworkAccess
from constructs_lib.environment import Environment
from tests.templates import properties, resources, template_of

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


def test_ids_may_be_those_that_a_look_up_is_to_find(stack: cdk.Stack) -> None:
    def looked_up(name: str) -> str:
        return f"dummy-value-for-/network/{name}"  # as of ssm.StringParameter.value_from_lookup

    network = NetworkAccess.vpc_only_from_ids(
        vpc_id=looked_up("vpc"), subnet_ids=[looked_up("a"), looked_up("b")], security_group_ids=[looked_up("apps")]
    )
    Domain(stack, "Studio", network=network)

    assert properties(template_of(stack), "AWS::SageMaker::Domain")["VpcId"] == looked_up("vpc")


def test_a_vpc_may_be_one_that_a_look_up_is_to_find(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Research", env=cdk.Environment(account="1" * 12, region="eu-west-1"))
    vpc = ec2.Vpc.from_lookup(stack, "Vpc", vpc_name="research")
    Domain(stack, "Studio", network=NetworkAccess.vpc_only(vpc))
    subnet_ids = vpc.select_subnets(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS).subnet_ids
    by_ids = NetworkAccess.vpc_only_from_ids(vpc_id=vpc.vpc_id, subnet_ids=subnet_ids)
    Domain(stack, "Other", network=by_ids)

    subnets = [
        one["Properties"]["SubnetIds"] for one in resources(template_of(stack), "AWS::SageMaker::Domain").values()
    ]
    assert subnets[0] == subnets[1]


@pytest.mark.parametrize(
    ("ip_address_type", "ranges"),
    [
        (None, ["0.0.0.0/0"]),
        (IpAddressType.IPV4, ["0.0.0.0/0"]),
        (IpAddressType.DUALSTACK, ["0.0.0.0/0", "::/0"]),
    ],
)
def test_the_security_group_lets_out_what_the_apps_have_addresses_for(
    stack: cdk.Stack, vpc: ec2.IVpc, ip_address_type: IpAddressType | None, ranges: list[str]
) -> None:
    NetworkAccess.vpc_only(vpc)._bind(stack, Environment.of(stack), ip_address_type)

    rules = properties(template_of(stack), "AWS::EC2::SecurityGroup")["SecurityGroupEgress"]
    assert [one.get("CidrIp") or one["CidrIpv6"] for one in rules] == ranges
