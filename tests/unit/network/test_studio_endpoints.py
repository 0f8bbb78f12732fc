from __future__ import annotations

import re
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_s3 as s3

from constructs_lib import Domain, NetworkAccess
from constructs_lib.network.endpoint_policy import KEPT_OPEN, EndpointPolicy
from constructs_lib.network.ip_address_type import IpAddressType
from constructs_lib.network.studio_endpoints import StudioEndpoints
from constructs_lib.network.studio_feature import StudioFeature
from tests.conftest import ROOT
from tests.templates import properties, resources, template_of
from tests.unit.network.test_studio_feature import CONSTANTS

ENDPOINT, GROUP, INGRESS = "AWS::EC2::VPCEndpoint", "AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress"
CORE = {"s3", "sagemaker.api", "sagemaker.runtime", "studio", "sts", "logs"}


def service_of(endpoint: dict[str, Any]) -> str:
    """The name of a service, without what stands before it."""
    name = endpoint["Properties"]["ServiceName"]
    return str(name["Fn::Join"][1][-1]).lstrip(".")


def endpoints(stack: cdk.Stack) -> dict[str, dict[str, Any]]:
    found = resources(template_of(stack), ENDPOINT).values()
    by_service = {service_of(one): one["Properties"] for one in found}
    assert len(by_service) == len(found)
    return by_service


def imported(stack: cdk.Stack, **attributes: Any) -> ec2.IVpc:
    return ec2.Vpc.from_vpc_attributes(
        stack,
        "Shared",
        vpc_id="vpc-0a1b2c3d",
        availability_zones=["a", "b"],
        isolated_subnet_ids=["subnet-a", "subnet-b"],
        isolated_subnet_route_table_ids=["rtb-a", "rtb-b"],
        **attributes,
    )


def dual_stack(stack: cdk.Stack) -> ec2.Vpc:
    return ec2.Vpc(
        stack, "Dual", ip_protocol=ec2.IpProtocol.DUAL_STACK, nat_gateways=0, restrict_default_security_group=False
    )


def test_studio_alone_takes_the_services_of_the_core(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    StudioEndpoints(stack, "Endpoints", vpc=vpc)

    found = endpoints(stack)

    assert found.keys() == CORE
    assert all(one["PrivateDnsEnabled"] for service, one in found.items() if service != "s3")
    assert all("PolicyDocument" not in one and "IpAddressType" not in one for one in found.values())
    assert found["studio"]["ServiceName"]["Fn::Join"][1][0] == "aws.sagemaker."


def test_what_features_share_is_defined_once(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    defined = StudioEndpoints(
        stack, "Endpoints", vpc=vpc, features=[StudioFeature.ATHENA, StudioFeature.GLUE, StudioFeature.CORE]
    )
    defined.add_feature(StudioFeature.FEATURE_STORE)
    defined.add_feature(StudioFeature.of("sqs", gateway_services=["s3", "dynamodb"]))

    assert endpoints(stack).keys() == CORE | {"athena", "glue", "sagemaker.featurestore-runtime", "sqs", "dynamodb"}
    assert set(defined.gateway_endpoints) == {"s3", "dynamodb"}
    assert "aws.sagemaker.studio" in defined.interface_endpoints


def test_the_vpc_alone_is_let_in_and_nothing_out(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    StudioEndpoints(stack, "Endpoints", vpc=vpc)

    group = properties(template_of(stack), GROUP)
    assert [rule["CidrIp"] for rule in group["SecurityGroupEgress"]] == ["255.255.255.255/32"]
    assert [(one["CidrIp"], one["FromPort"], one["ToPort"]) for one in group["SecurityGroupIngress"]] == [
        ("10.0.0.0/16", 443, 443)
    ]


def test_all_interface_endpoints_have_the_one_security_group(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    StudioEndpoints(stack, "Endpoints", vpc=vpc, features=[StudioFeature.MLFLOW])

    template = template_of(stack)
    (group,) = resources(template, GROUP)
    groups = [one["Properties"].get("SecurityGroupIds") for one in resources(template, ENDPOINT).values()]
    assert groups.count([{"Fn::GetAtt": [group, "GroupId"]}]) == len(groups) - 1 == 6


def test_of_a_vpc_of_elsewhere_the_range_must_be_known(stack: cdk.Stack) -> None:
    StudioEndpoints(stack, "Endpoints", vpc=imported(stack, vpc_cidr_block="10.9.0.0/16"))

    template = template_of(stack)
    assert properties(template, GROUP)["SecurityGroupIngress"][0]["CidrIp"] == "10.9.0.0/16"
    found = endpoints(stack)
    assert found["sts"]["SubnetIds"] == ["subnet-a", "subnet-b"]
    assert found["s3"]["RouteTableIds"] == ["rtb-a", "rtb-b"]


def test_a_domain_may_be_the_only_client(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    domain = Domain(stack, "Studio", network=NetworkAccess.vpc_only(vpc))
    StudioEndpoints(stack, "Endpoints", vpc=vpc, clients=[domain])

    template = template_of(stack)
    assert all("SecurityGroupIngress" not in one["Properties"] for one in resources(template, GROUP).values())
    rule = properties(template, INGRESS)
    assert (rule["FromPort"], rule["SourceSecurityGroupId"]["Fn::GetAtt"][0][:6]) == (443, "Studio")


def test_a_domain_of_another_stack_is_let_in_without_a_cycle(app: cdk.App, stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    defined = StudioEndpoints(stack, "Endpoints", vpc=vpc, clients=[])
    studio = cdk.Stack(app, "Studio")
    domain = Domain(studio, "Studio", network=NetworkAccess.vpc_only(vpc))

    domain.connections.allow_to_default_port(defined)

    app.synth()
    assert properties(template_of(studio), INGRESS)["FromPort"] == 443
    assert INGRESS not in {one["Type"] for one in template_of(stack)["Resources"].values()}


def test_peers_may_be_clients(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    StudioEndpoints(stack, "Endpoints", vpc=vpc, clients=[ec2.Peer.ipv4("192.168.0.0/24")])

    assert [rule["CidrIp"] for rule in properties(template_of(stack), GROUP)["SecurityGroupIngress"]] == [
        "192.168.0.0/24"
    ]


def test_endpoints_stand_where_they_are_put(stack: cdk.Stack) -> None:
    vpc = imported(stack, vpc_cidr_block="10.9.0.0/16")
    chosen = ec2.SubnetSelection(subnets=vpc.isolated_subnets[:1])
    StudioEndpoints(stack, "Endpoints", vpc=vpc, vpc_subnets=chosen)

    found = endpoints(stack)
    assert found["logs"]["SubnetIds"] == ["subnet-a"]
    assert found["s3"]["RouteTableIds"] == ["rtb-a"]


def test_both_kinds_of_addresses_are_let_in(stack: cdk.Stack) -> None:
    StudioEndpoints(stack, "Endpoints", vpc=dual_stack(stack), ip_address_type=IpAddressType.DUALSTACK)

    found = endpoints(stack)
    assert {one.get("IpAddressType") for service, one in found.items() if service != "s3"} == {"dualstack"}
    ranges = [(one.get("CidrIp"), "CidrIpv6" in one) for one in _ingress(stack)]
    assert sorted(ranges, key=str) == [("10.0.0.0/16", False), (None, True)]


def _ingress(stack: cdk.Stack) -> list[dict[str, Any]]:
    template = template_of(stack)
    inline = properties(template, GROUP).get("SecurityGroupIngress", [])
    return [*inline, *(one["Properties"] for one in resources(template, INGRESS).values())]


def test_ipv4_endpoints_stand_in_any_vpc(stack: cdk.Stack) -> None:
    StudioEndpoints(stack, "Endpoints", vpc=dual_stack(stack))

    assert [one["CidrIp"] for one in _ingress(stack)] == ["10.0.0.0/16"]


def test_own_account_lets_no_other_credentials_through(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    assets = s3.Bucket.from_bucket_name(stack, "Assets", "assets-193858265520-eu-west-1")
    policy = EndpointPolicy.own_account(readable_buckets=[assets])
    StudioEndpoints(
        stack, "Endpoints", vpc=vpc, policy=policy, features=[StudioFeature.REMOTE_ACCESS, StudioFeature.MLFLOW]
    )

    found = endpoints(stack)
    for service in ("sagemaker.api", "sagemaker.runtime", "sts", "logs"):
        assert found[service]["PolicyDocument"]["Statement"] == [of_account("aws:PrincipalAccount")]
    for service in ("ssm", "ssmmessages"):
        assert "PolicyDocument" not in found[service]
    for service, action in (("studio", "sagemaker:*"), ("experiments", "sagemaker-mlflow:*")):
        (statement,) = found[service]["PolicyDocument"]["Statement"]
        assert (statement["Action"], "Condition" in statement) == (action, False)
        assert {"Ref": "AWS::AccountId"} in statement["Resource"]["Fn::Join"][1]
    own, reading = found["s3"]["PolicyDocument"]["Statement"]
    assert own == of_account("aws:PrincipalAccount", "aws:ResourceAccount")
    assert (reading["Action"], "Condition" in reading) == (["s3:GetObject", "s3:ListBucket"], False)
    names = [str(one) for one in reading["Resource"]]
    for name in (
        "-starport-layer-bucket",
        "jumpstart-cache-prod-",
        "jumpstart-private-cache-prod-",
        "sagemaker-sample-files",
        "assets-193858265520",
    ):
        assert sorted(one.endswith("/*']]}") for one in names if name in one) == [False, True]


def of_account(*keys: str) -> dict[str, Any]:
    """A statement that lets all through whose values of the keys are the account."""
    condition = {"StringEquals": {key: {"Ref": "AWS::AccountId"} for key in keys}}
    return {"Action": "*", "Condition": condition, "Effect": "Allow", "Principal": {"AWS": "*"}, "Resource": "*"}


def test_own_account_closes_what_it_knows_nothing_of(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    other = StudioFeature.of("sqs", "ec2", gateway_services=["dynamodb"])
    StudioEndpoints(
        stack, "Endpoints", vpc=vpc, policy=EndpointPolicy.own_account(), features=[other, StudioFeature.ECR]
    )

    found = endpoints(stack)
    for service in ("sqs", "ec2", "ecr.api", "ecr.dkr"):
        assert found[service]["PolicyDocument"]["Statement"] == [of_account("aws:PrincipalAccount")]
    assert found["dynamodb"]["PolicyDocument"]["Statement"] == [
        of_account("aws:PrincipalAccount", "aws:ResourceAccount")
    ]


def test_own_account_leaves_open_what_it_is_told_to(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    policy = EndpointPolicy.own_account(open_services=["email-smtp", "logs"])
    StudioEndpoints(
        stack, "Endpoints", vpc=vpc, policy=policy, features=[StudioFeature.of("email-smtp"), StudioFeature.KMS]
    )

    found = endpoints(stack)
    assert {service for service, one in found.items() if "PolicyDocument" not in one} == {"email-smtp", "logs"}


def test_the_guide_names_what_own_account_leaves_open() -> None:
    paragraph = next(one for one in (ROOT / "docs/network.md").read_text().split("\n\n") if "keep full access:" in one)

    assert set(re.findall(r"`([a-z.-]+)`", paragraph)) == KEPT_OPEN.keys()
    assert KEPT_OPEN.keys() < {service for feature in CONSTANTS.values() for service in feature.interface_services}


@pytest.mark.parametrize(
    "policy",
    [EndpointPolicy.full_access(), EndpointPolicy.own_account(), EndpointPolicy.own_account(open_services=["ebs"])],
)
def test_repr_of_a_policy_can_be_pasted(policy: EndpointPolicy) -> None:
    assert eval(repr(policy)) == policy
