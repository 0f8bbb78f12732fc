"""A VPC that is ready for Studio."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network

from aws_cdk import RemovalPolicies, RemovalPolicy
from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from constructs_lib.errors import check_type, located_at, refuse_all
from constructs_lib.lookup import awaits_lookup
from constructs_lib.network.endpoint_policy import EndpointPolicy
from constructs_lib.network.flow_logs import define_flow_logs
from constructs_lib.network.ip_address_type import IpAddressType
from constructs_lib.network.studio_endpoints import StudioEndpoints
from constructs_lib.network.studio_feature import StudioFeature
from constructs_lib.network.subnets import MAXIMUM_SUBNETS
from constructs_lib.removal import KEEP, check_removal_policy

_LARGEST, _SMALLEST = 16, 28  # netmasks of a VPC and its subnets
_MASK_OF_NAT = 28


class StudioNetwork(Construct):
    """A VPC for Studio: a private subnet in each zone, a flow log, and endpoints of what the Studio is used for.

    Without NAT there is no way to the internet. With it, each zone has a small public subnet too. Adding NAT later
    changes the routes of the private subnets, which are called isolated with it as well, and replaces none of them.

    The flow log keeps a year, under a key of its own. The default security group stays as AWS makes it, and nothing
    is ever in it.

    What a kept domain stands in is kept with it: the VPC, its private subnets, the flow log, and the endpoints of
    Studio itself. What leads elsewhere follows the code: the endpoints of features and all that NAT takes are deleted
    when the code no longer has them, or when the stack goes. CloudFormation cannot tell the one from the other, and a
    way out that nobody sees in the code is worse than a kept Studio without one.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-and-internet-access.html
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        cidr: str = "10.0.0.0/16",
        cidr_mask: int | None = None,
        max_azs: int = 2,
        nat_gateways: int = 0,
        ip_address_type: IpAddressType = IpAddressType.IPV4,
        endpoints: bool = True,
        features: Sequence[StudioFeature] = (),
        endpoint_policy: EndpointPolicy | None = None,
        removal_policy: RemovalPolicy = KEEP,
    ) -> None:
        """Define the network.

        Args:
            scope: the construct that the network stands in.
            id: its id there.
            cidr: the range of its addresses. It can never be changed. Default: 10.0.0.0/16.
            cidr_mask: the netmask of each private subnet, at most 28; AWS recommends 2 to 4 addresses a user, and
                each interface endpoint takes one. It can never be changed. Default: a sixteenth of the network, or
                16 addresses if that is less.
            max_azs: the number of zones, 1..16. Default: 2.
            nat_gateways: the number of NAT gateways, at most one a zone. Default: 0, there is no internet.
            ip_address_type: which addresses it has. Default: IPv4 alone.
            endpoints: whether it has endpoints of AWS services; the Studio needs none with NAT, or if its apps reach
                the internet past the VPC. Default: it has.
            features: what the Studio is used for, besides Studio itself. Default: nothing else.
            endpoint_policy: who may reach AWS through the endpoints. Default: ``EndpointPolicy.full_access()``.
            removal_policy: what becomes of the network when the stack no longer wants it, but for its ways out,
                which always go. Default: it is kept, except when its own creation is rolled back.

        Raises:
            TypeError: an argument is of another type.
            ValueError: an argument is out of range, the subnets do not fit in, or something is said of endpoints
                that are not there.
        """
        super().__init__(scope, id)
        check_type("cidr", cidr, str, "'10.0.0.0/16' say")
        for argument, number in (("cidr_mask", cidr_mask), ("max_azs", max_azs), ("nat_gateways", nat_gateways)):
            check_type(argument, number, int, "a whole number")
        check_type("ip_address_type", ip_address_type, IpAddressType, "IpAddressType.DUALSTACK say")
        check_type("endpoints", endpoints, bool, "True or False")
        check_type("features", features, (list, tuple), "a list of features")
        check_type("endpoint_policy", endpoint_policy, EndpointPolicy, "EndpointPolicy.own_account() say")
        with located_at(self):
            check_removal_policy(removal_policy)
            network = _parsed(cidr)
            mask = min(network.prefixlen + 4, _SMALLEST) if cidr_mask is None else cidr_mask
            refuse_all(
                (
                    *_problems_of_numbers(network, mask, max_azs, nat_gateways),
                    *_problems_without_endpoints(endpoints, features, endpoint_policy),
                )
            )
        self.vpc = ec2.Vpc(
            self,
            "Vpc",
            ip_addresses=ec2.IpAddresses.cidr(cidr),
            ip_protocol=_PROTOCOLS[ip_address_type],
            max_azs=max_azs,
            nat_gateways=nat_gateways,
            subnet_configuration=_subnets(mask, with_nat=nat_gateways > 0),
            flow_logs={"FlowLog": ec2.FlowLogOptions(destination=define_flow_logs(self, removal_policy))},
            restrict_default_security_group=False,  # docs/decisions/0001
        )
        """The VPC."""
        with located_at(self):
            _check_zones(max_azs, self.vpc.availability_zones)
        if nat_gateways == 0 and ip_address_type is IpAddressType.DUALSTACK:
            self.vpc.node.try_remove_child("EIGW6")  # the CDK's way to the internet, to which no route would lead
        self.endpoints = StudioEndpoints(self, "Endpoints", vpc=self.vpc, policy=endpoint_policy) if endpoints else None
        """The endpoints, if it has any."""
        self._apply(removal_policy)
        if self.endpoints is not None:
            for feature in features:
                self.endpoints.add_feature(feature)

    def _apply(self, removal_policy: RemovalPolicy) -> None:
        """Give the policy to all that is there so far, but for what leads out."""
        RemovalPolicies.of(self).apply(removal_policy, apply_to_resource_types=_KEPT)
        RemovalPolicies.of(self).destroy(apply_to_resource_types=_WAYS_OUT)
        for subnet in self.vpc.public_subnets:  # with the NAT gateway in it
            RemovalPolicies.of(subnet).destroy()
        if self.endpoints is not None:
            for of_studio in (*self.endpoints.interface_endpoints.values(), *self.endpoints.gateway_endpoints.values()):
                RemovalPolicies.of(of_studio).apply(removal_policy)


_KEPT = [
    "AWS::EC2::FlowLog",
    "AWS::EC2::RouteTable",
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::SecurityGroupEgress",
    "AWS::EC2::SecurityGroupIngress",
    "AWS::EC2::Subnet",
    "AWS::EC2::SubnetRouteTableAssociation",
    "AWS::EC2::VPC",
    "AWS::EC2::VPCCidrBlock",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Role",
    "AWS::KMS::Key",
    "AWS::Logs::LogGroup",
]
_WAYS_OUT = [
    "AWS::EC2::EgressOnlyInternetGateway",
    "AWS::EC2::InternetGateway",
    "AWS::EC2::Route",
    "AWS::EC2::VPCEndpoint",
    "AWS::EC2::VPCGatewayAttachment",
]
_PROTOCOLS = {
    IpAddressType.IPV4: ec2.IpProtocol.IPV4_ONLY,
    IpAddressType.DUALSTACK: ec2.IpProtocol.DUAL_STACK,
}


def _subnets(mask: int, *, with_nat: bool) -> list[ec2.SubnetConfiguration]:
    private = ec2.SubnetType.PRIVATE_WITH_EGRESS if with_nat else ec2.SubnetType.PRIVATE_ISOLATED
    subnets = [ec2.SubnetConfiguration(name="Isolated", subnet_type=private, cidr_mask=mask)]
    if with_nat:
        subnets.append(
            ec2.SubnetConfiguration(
                name="Nat",
                subnet_type=ec2.SubnetType.PUBLIC,
                cidr_mask=_MASK_OF_NAT,
                map_public_ip_on_launch=False,
            )
        )
    return subnets


def _parsed(cidr: str) -> IPv4Network:
    try:
        network = IPv4Network(cidr)
    except ValueError as error:
        raise ValueError(
            f"cidr must be a range of IPv4 addresses, got {cidr!r}: {error}; pass '10.0.0.0/16' say"
        ) from None
    if not _LARGEST <= network.prefixlen <= _SMALLEST:
        raise ValueError(f"cidr must have a netmask of {_LARGEST}..{_SMALLEST}, got {cidr!r}; pass '10.0.0.0/16' say")
    return network


def _problems_of_numbers(network: IPv4Network, mask: int, zones: int, nat_gateways: int) -> Iterator[str]:
    if not 1 <= zones <= MAXIMUM_SUBNETS:
        yield f"max_azs must be 1..{MAXIMUM_SUBNETS}, got {zones}; pass 2 say"
        return
    if not 0 <= nat_gateways <= zones:
        yield f"nat_gateways must be 0..{zones}, one a zone at most, got {nat_gateways}; pass 1 say"
        return
    if not network.prefixlen <= mask <= _SMALLEST:
        yield f"cidr_mask must be {network.prefixlen}..{_SMALLEST}, got {mask}; pass {_SMALLEST} say"
        return
    addresses = zones * (2 ** (32 - mask) + (2 ** (32 - _MASK_OF_NAT) if nat_gateways else 0))
    if addresses <= network.num_addresses:
        return
    if mask == _SMALLEST:
        yield (
            f"cidr must leave room for the subnets of {zones} zones, of {2 ** (32 - _SMALLEST)} addresses at least, "
            f"got {network} with {network.num_addresses} addresses for {addresses}; pass a wider one"
        )
    else:
        yield (
            f"cidr_mask must leave room for the subnets of {zones} zones in {network}, "
            f"got {addresses} addresses for {network.num_addresses}; pass a cidr_mask above {mask}, or a wider cidr"
        )


def _problems_without_endpoints(
    endpoints: bool, features: Sequence[StudioFeature], policy: EndpointPolicy | None
) -> Iterator[str]:
    for argument, given in (("features", features), ("endpoint_policy", policy)):
        if given and not endpoints:
            yield f"{argument} must be left out of a network without endpoints, got {given!r}; pass endpoints=True"


def _check_zones(max_azs: int, zones: Sequence[str]) -> None:
    if len(zones) < max_azs and not any(awaits_lookup(one) for one in zones):
        raise ValueError(
            f"max_azs must be at most {len(zones)}, the zones that the CDK knows of the stack, got {max_azs}; "
            "pass less, or give the stack an account and a region"
        )
