"""Networks, their endpoints and what these are for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_s3 as s3

from constructs_lib import NetworkAccess
from constructs_lib.network.endpoint_policy import EndpointPolicy
from constructs_lib.network.ip_address_type import IpAddressType
from constructs_lib.network.studio_endpoints import StudioEndpoints
from constructs_lib.network.studio_feature import StudioFeature
from constructs_lib.network.studio_network import StudioNetwork
from tests.unit.wrong_inputs.studio import Studio


def network(studio: Studio, **arguments: Any) -> StudioNetwork:
    return StudioNetwork(studio.stack, "Network", **arguments)


def endpoints(studio: Studio, id: str = "Endpoints", vpc: Any = None, **arguments: Any) -> StudioEndpoints:
    return StudioEndpoints(studio.stack, id, vpc=vpc or defined(studio), **arguments)


def defined(studio: Studio, **arguments: Any) -> ec2.Vpc:
    return ec2.Vpc(studio.stack, "Vpc", **{"nat_gateways": 0, "restrict_default_security_group": False, **arguments})


def imported(studio: Studio, **attributes: Any) -> ec2.IVpc:
    return ec2.Vpc.from_vpc_attributes(
        studio.stack, "Shared", vpc_id="vpc-0a1b2c3d", availability_zones=["a"], **attributes
    )


def public_alone(studio: Studio) -> ec2.Vpc:
    public = ec2.SubnetConfiguration(name="Public", subnet_type=ec2.SubnetType.PUBLIC)
    return defined(studio, subnet_configuration=[public])


def twice(studio: Studio) -> None:
    vpc = defined(studio)
    endpoints(studio, vpc=vpc)
    endpoints(studio, "More", vpc=vpc, features=[StudioFeature.MLFLOW])


def elsewhere(studio: Studio) -> None:
    StudioEndpoints(cdk.Stack(studio.app, "Elsewhere"), "Endpoints", vpc=defined(studio))


WRONG: dict[str, tuple[Callable[[Studio], object], str]] = {
    "feature without a service": (lambda s: StudioFeature.of(), "a feature must have a service, got none; pass the name of one, 'sqs' say"),
    "service as AWS has it in full": (lambda s: StudioFeature.of("com.amazonaws.eu-west-1.sqs"), "interface_services must be names without com.amazonaws and the region, got 'com.amazonaws.eu-west-1.sqs'; pass one such as 'ecr.api' or 'aws.sagemaker.studio'"),
    "service in capitals": (lambda s: StudioFeature.of("SQS"), "interface_services must be names without com.amazonaws and the region, got 'SQS'; pass one such as 'ecr.api' or 'aws.sagemaker.studio'"),
    "interface to S3": (lambda s: StudioFeature.of("s3"), "interface_services must have no gateway, got 's3'; pass gateway_services=('s3',)"),
    "gateway to a queue": (lambda s: StudioFeature.of(gateway_services=["sqs"]), "gateway_services must be dynamodb, s3 or s3express, got 'sqs'; pass it as an interface service"),
    "two wrong services": (lambda s: StudioFeature.of("SQS", gateway_services=["sns"]), "interface_services must be names without com.amazonaws and the region, got 'SQS'; pass one such as 'ecr.api' or 'aws.sagemaker.studio'\ngateway_services must be dynamodb, s3 or s3express, got 'sns'; pass it as an interface service"),
    "endpoints in public subnets": (lambda s: endpoints(s, vpc=public_alone(s)), "[Research/Endpoints] vpc must have private or isolated subnets, got public ones alone, where apps have no public address; give the VPC private subnets, or choose these with vpc_subnets"),
    "endpoints in no subnet": (lambda s: endpoints(s, vpc=imported(s, vpc_cidr_block="10.0.0.0/16")), "[Research/Endpoints] vpc_subnets must select subnets of the vpc, got none: There are no 'Public' subnet groups in this VPC. Available types: ; select others, or give the VPC subnets"),
    "endpoints in a group that is not there": (lambda s: endpoints(s, vpc_subnets=ec2.SubnetSelection(subnet_group_name="Private")), "[Research/Endpoints] vpc_subnets must select subnets of the vpc, got none: There are no subnet groups with name 'Private' in this VPC. Available names: Public,Isolated; select others, or give the VPC subnets"),
    "endpoints in subnets that no filter passes": (lambda s: endpoints(s, vpc_subnets=ec2.SubnetSelection(subnet_filters=[ec2.SubnetFilter.by_cidr_mask(8)])), "[Research/Endpoints] vpc_subnets must select subnets of the vpc, got none; select others"),
    "domain in no subnet": (lambda s: s.domain(network=NetworkAccess.vpc_only(imported(s))), "[Research/Studio] vpc_subnets must select subnets of the vpc, got none: There are no 'Public' subnet groups in this VPC. Available types: ; select others, or give the VPC subnets"),
    "endpoints without DNS names": (lambda s: endpoints(s, vpc=defined(s, enable_dns_hostnames=False)), "[Research/Endpoints] vpc must have DNS names and DNS resolution, got one without, where no service is found at its endpoint; leave out enable_dns_hostnames and enable_dns_support"),
    "endpoints without DNS": (lambda s: endpoints(s, vpc=defined(s, enable_dns_hostnames=False, enable_dns_support=False)), "[Research/Endpoints] vpc must have DNS names and DNS resolution, got one without, where no service is found at its endpoint; leave out enable_dns_hostnames and enable_dns_support"),
    "endpoints twice": (twice, "[Research/More] vpc must have one StudioEndpoints, got two; call add_feature of the first"),
    "endpoints in another stack": (elsewhere, "[Elsewhere/Endpoints] vpc must be in the stack of its endpoints, got one of Research; define the endpoints there, or import the VPC with ec2.Vpc.from_lookup"),
    "endpoints of an unknown range": (lambda s: endpoints(s, vpc=imported(s, isolated_subnet_ids=["subnet-a"])), "[Research/Endpoints] clients must be given where the address range of the vpc is not known, got none; pass clients=[domain], or vpc_cidr_block to ec2.Vpc.from_vpc_attributes"),
    "endpoints of an unknown IPv6 range": (lambda s: endpoints(s, vpc=imported(s, isolated_subnet_ids=["subnet-a"], vpc_cidr_block="10.0.0.0/16"), ip_address_type=IpAddressType.DUALSTACK), "[Research/Endpoints] clients must be given where the IPv6 range of the vpc is not known, got none; pass clients=[domain], or the ranges with ec2.Peer.ipv4(...) and ec2.Peer.ipv6(...)"),
    "IPv6 endpoints in IPv4 subnets": (lambda s: endpoints(s, ip_address_type=IpAddressType.DUALSTACK), "[Research/Endpoints] ip_address_type must be IPV4 in subnets without IPv6, got DUALSTACK; give the VPC ip_protocol=ec2.IpProtocol.DUAL_STACK"),
    "no range": (lambda s: network(s, cidr="10.0.0.0"), "[Research/Network] cidr must have a netmask of 16..28, got '10.0.0.0'; pass '10.0.0.0/16' say"),
    "malformed range": (lambda s: network(s, cidr="10.0.0/16"), "[Research/Network] cidr must be a range of IPv4 addresses, got '10.0.0/16': Expected 4 octets in '10.0.0'; pass '10.0.0.0/16' say"),
    "range within a range": (lambda s: network(s, cidr="10.0.1.0/16"), "[Research/Network] cidr must be a range of IPv4 addresses, got '10.0.1.0/16': 10.0.1.0/16 has host bits set; pass '10.0.0.0/16' say"),
    "range too wide": (lambda s: network(s, cidr="10.0.0.0/8"), "[Research/Network] cidr must have a netmask of 16..28, got '10.0.0.0/8'; pass '10.0.0.0/16' say"),
    "subnets too small": (lambda s: network(s, cidr="10.0.0.0/24", cidr_mask=29), "[Research/Network] cidr_mask must be 24..28, got 29; pass 28 say"),
    "subnets too wide": (lambda s: network(s, cidr_mask=15), "[Research/Network] cidr_mask must be 16..28, got 15; pass 28 say"),
    "subnets that do not fit in": (lambda s: network(s, cidr_mask=16), "[Research/Network] cidr_mask must leave room for the subnets of 2 zones in 10.0.0.0/16, got 131072 addresses for 65536; pass a cidr_mask above 16, or a wider cidr"),
    "subnets that leave no room for NAT": (lambda s: network(s, cidr_mask=17, nat_gateways=1), "[Research/Network] cidr_mask must leave room for the subnets of 2 zones in 10.0.0.0/16, got 65568 addresses for 65536; pass a cidr_mask above 17, or a wider cidr"),
    "range too small for the zones": (lambda s: network(s, cidr="10.0.0.0/28"), "[Research/Network] cidr must leave room for the subnets of 2 zones, of 16 addresses at least, got 10.0.0.0/28 with 16 addresses for 32; pass a wider one"),
    "default subnets that leave no room for NAT": (lambda s: network(s, max_azs=2, cidr="10.0.0.0/27", nat_gateways=1), "[Research/Network] cidr must leave room for the subnets of 2 zones, of 16 addresses at least, got 10.0.0.0/27 with 32 addresses for 64; pass a wider one"),
    "network in no zone": (lambda s: network(s, max_azs=0), "[Research/Network] max_azs must be 1..16, got 0; pass 2 say"),
    "network in zones that are not known": (lambda s: network(s, max_azs=3), "[Research/Network] max_azs must be at most 2, the zones that the CDK knows of the stack, got 3; pass less, or give the stack an account and a region"),
    "more NAT gateways than zones": (lambda s: network(s, nat_gateways=3), "[Research/Network] nat_gateways must be 0..2, one a zone at most, got 3; pass 1 say"),
    "features without endpoints": (lambda s: network(s, endpoints=False, features=[StudioFeature.KMS]), f"[Research/Network] features must be left out of a network without endpoints, got {[StudioFeature.KMS]!r}; pass endpoints=True"),
    "policy without endpoints": (lambda s: network(s, endpoints=False, endpoint_policy=EndpointPolicy.own_account()), "[Research/Network] endpoint_policy must be left out of a network without endpoints, got EndpointPolicy.own_account(); pass endpoints=True"),
    "open service as AWS has it in full": (lambda s: EndpointPolicy.own_account(open_services=["com.amazonaws.eu-west-1.ebs"]), "open_services must be names without com.amazonaws and the region, got 'com.amazonaws.eu-west-1.ebs'; pass one such as 'ecr.api' or 'aws.sagemaker.studio'"),
    "readable buckets behind an open S3": (lambda s: EndpointPolicy.own_account(open_services=["s3"], readable_buckets=[s3.Bucket.from_bucket_name(s.stack, "Mirror", "mirror")]), "readable_buckets must be left out where s3 is open to everybody, got them with open_services; take s3 out of open_services"),
    "snapshot of a network": (lambda s: network(s, removal_policy=cdk.RemovalPolicy.SNAPSHOT), "[Research/Network] removal_policy must be RemovalPolicy.RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, got 'SNAPSHOT'; CloudFormation takes no snapshots of a Studio, pass RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE"),
}  # fmt: skip

WRONG_TYPES: dict[str, tuple[Callable[[Any], object], str]] = {
    "feature of one service as text": (lambda s: StudioFeature("sqs"), "interface_services must be of type tuple, got 'sqs'; pass a tuple of names, ('ecr.api', 'ecr.dkr') say"),
    "feature of a number": (lambda s: StudioFeature.of(7), "interface_services must be of type str, got 7; pass names of services as text, 'ecr.api' say"),
    "gateway as text": (lambda s: StudioFeature.of(gateway_services="s3"), "gateway_services must not be text, got 's3'; pass a list of names"),
    "feature by its name": (lambda s: endpoints(s, features=["mlflow"]), "a feature must be a StudioFeature, got 'mlflow'; pass StudioFeature.MLFLOW say"),
    "one feature": (lambda s: endpoints(s, features=StudioFeature.KMS), f"features must be of type list or tuple, got {StudioFeature.KMS!r}; pass a list of features"),
    "endpoints of a VPC by its id": (lambda s: endpoints(s, vpc="vpc-1"), "vpc must be an ec2.IVpc, got 'vpc-1'; pass network.vpc or ec2.Vpc.from_lookup(...) say"),
    "no VPC": (lambda s: NetworkAccess.vpc_only(None), "vpc must be an ec2.IVpc, got None; pass network.vpc or ec2.Vpc.from_lookup(...) say"),
    "client by its range": (lambda s: endpoints(s, clients=["10.0.0.0/16"]), "clients must be ec2.IConnectable, got '10.0.0.0/16'; pass a domain or ec2.Peer.ipv4(...) say"),
    "clients as text": (lambda s: endpoints(s, clients="10.0.0.0/16"), "clients must be of type list or tuple, got '10.0.0.0/16'; pass a list of domains, security groups or peers"),
    "policy of endpoints in words": (lambda s: endpoints(s, policy="own"), "policy must be of type EndpointPolicy, got 'own'; pass EndpointPolicy.own_account() say"),
    "addresses of endpoints in words": (lambda s: endpoints(s, ip_address_type="DUALSTACK"), "ip_address_type must be of type IpAddressType, got 'DUALSTACK'; pass IpAddressType.DUALSTACK say"),
    "readable bucket by its name": (lambda s: EndpointPolicy.own_account(readable_buckets=["mirror"]), "readable_buckets must not be text, got 'mirror'; pass s3.Bucket.from_bucket_name(...) say"),
    "one open service": (lambda s: EndpointPolicy.own_account(open_services="ebs"), "open_services must not be text, got 'ebs'; pass a list of names"),
    "open service by a number": (lambda s: EndpointPolicy.own_account(open_services=[7]), "open_services must be of type str, got 7; pass names of services as text, 'ecr.api' say"),
    "one readable bucket": (lambda s: EndpointPolicy.own_account(readable_buckets="mirror"), "readable_buckets must not be text, got 'mirror'; pass a list of buckets"),
    "range by its mask": (lambda s: network(s, cidr=16), "cidr must be of type str, got 16; pass '10.0.0.0/16' say"),
    "netmask in words": (lambda s: network(s, cidr_mask="/20"), "cidr_mask must be of type int, got '/20'; pass a whole number"),
    "zones by name": (lambda s: network(s, max_azs=["a"]), "max_azs must be of type int, got ['a']; pass a whole number"),
    "half a NAT gateway": (lambda s: network(s, nat_gateways=0.5), "nat_gateways must be of type int, got 0.5; pass a whole number"),
    "addresses of a network in words": (lambda s: network(s, ip_address_type="ipv4"), "ip_address_type must be of type IpAddressType, got 'ipv4'; pass IpAddressType.DUALSTACK say"),
    "endpoints as a list": (lambda s: network(s, endpoints=[]), "endpoints must be of type bool, got []; pass True or False"),
    "features of a network as one": (lambda s: network(s, features=StudioFeature.KMS), f"features must be of type list or tuple, got {StudioFeature.KMS!r}; pass a list of features"),
    "policy of a network in words": (lambda s: network(s, endpoint_policy="own"), "endpoint_policy must be of type EndpointPolicy, got 'own'; pass EndpointPolicy.own_account() say"),
}  # fmt: skip
