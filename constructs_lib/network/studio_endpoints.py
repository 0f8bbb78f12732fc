"""The endpoints of a VPC by which a Studio without internet reaches AWS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import jsii
from aws_cdk import Fn, Stack
from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from constructs_lib.environment import Environment
from constructs_lib.errors import check_type, located_at, refuse_all
from constructs_lib.network.endpoint_policy import EndpointPolicy
from constructs_lib.network.ip_address_type import IpAddressType
from constructs_lib.network.studio_feature import StudioFeature
from constructs_lib.network.subnets import check_vpc, lack_ipv6, select_subnets

_OF_SAGEMAKER = "aws.sagemaker."


@jsii.implements(ec2.IConnectable)
class StudioEndpoints(Construct):
    """The endpoints of a VPC that what people do in a Studio takes, each defined once.

    Interface endpoints have private DNS names and stand in one subnet of each zone; gateway endpoints stand in the
    route tables. All are defined beneath the VPC, which can have no two of a service; their one security group is
    defined here: it lets HTTPS in from whoever may use the endpoints, and nothing out.

    An interface endpoint costs money for each zone and hour. It holds no data, and goes when the code no longer has
    it, unless a removal policy keeps it: yours, or that of a ``StudioNetwork``, which keeps those of Studio itself.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-and-internet-access.html
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        vpc: ec2.IVpc,
        features: Sequence[StudioFeature] = (),
        vpc_subnets: ec2.SubnetSelection | None = None,
        clients: Sequence[ec2.IConnectable] | None = None,
        policy: EndpointPolicy | None = None,
        ip_address_type: IpAddressType = IpAddressType.IPV4,
    ) -> None:
        """Define the endpoints.

        Args:
            scope: the construct that the security group stands in, in the stack of the VPC.
            id: its id there.
            vpc: the VPC, with DNS names and DNS resolution on.
            features: what the Studio is used for, besides Studio itself. Default: nothing else.
            vpc_subnets: where the endpoints stand, and whose route tables lead to the gateways. Default: the private
                subnets, or the isolated ones if there are none; and all route tables of the VPC.
            clients: who may use the interface endpoints: domains, security groups, or ``ec2.Peer.ipv4(...)``; none
                as yet if the list is empty. Default: whatever stands in the primary address range of the VPC.
            policy: who may reach AWS through the endpoints. Default: ``EndpointPolicy.full_access()``, since AWS does
                not list all that Studio fetches.
            ip_address_type: which addresses the interface endpoints have. Default: IPv4, which apps with both kinds
                of addresses use as well; AWS offers IPv6 for some services only.

        Raises:
            TypeError: an argument is of another type.
            ValueError: the VPC is in another stack, has no DNS, has endpoints for Studio already or has no subnets
                for them; its address range is not known and there are no clients; or it is known to lack IPv6.
        """
        super().__init__(scope, id)
        check_vpc(vpc)
        check_type("features", features, (list, tuple), "a list of features")
        check_type("clients", clients, (list, tuple), "a list of domains, security groups or peers")
        for one in clients or ():
            if not hasattr(one, "connections"):
                raise TypeError(
                    f"clients must be ec2.IConnectable, got {one!r}; pass a domain or ec2.Peer.ipv4(...) say"
                )
        check_type("policy", policy, EndpointPolicy, "EndpointPolicy.own_account() say")
        check_type("ip_address_type", ip_address_type, IpAddressType, "IpAddressType.DUALSTACK say")
        self._vpc = vpc
        self._vpc_subnets = vpc_subnets
        self._policy = policy or EndpointPolicy.full_access()
        self._ip_address_type = ip_address_type
        self._environment = Environment.of(self)
        self._interface_endpoints: dict[str, ec2.IInterfaceVpcEndpoint] = {}
        self._gateway_endpoints: dict[str, ec2.IGatewayVpcEndpoint] = {}
        with located_at(self):
            refuse_all(self._problems())
            subnets = select_subnets(vpc, vpc_subnets).subnets
            if not subnets:
                raise ValueError("vpc_subnets must select subnets of the vpc, got none; select others")
            if ip_address_type is IpAddressType.DUALSTACK and lack_ipv6(subnets):
                raise ValueError(
                    "ip_address_type must be IPV4 in subnets without IPv6, got DUALSTACK; "
                    "give the VPC ip_protocol=ec2.IpProtocol.DUAL_STACK"
                )
            peers = self._of_vpc() if clients is None else clients
        # The CDK leaves "Default" out of logical ids.
        self._security_group = ec2.SecurityGroup(
            self, "Default", vpc=vpc, description="Endpoints of AWS services", allow_all_outbound=False
        )
        self._connections = ec2.Connections(security_groups=[self._security_group], default_port=ec2.Port.HTTPS)
        for peer in peers:
            whose = "the VPC" if clients is None else "a client"
            peer.connections.allow_to(self._security_group, ec2.Port.HTTPS, f"HTTPS from {whose}")
        for feature in (StudioFeature.CORE, *features):
            self.add_feature(feature)

    @property
    def connections(self) -> ec2.Connections:
        """How others are let in: ``domain.connections.allow_to_default_port(endpoints)``."""
        return self._connections

    @property
    def interface_endpoints(self) -> Mapping[str, ec2.IInterfaceVpcEndpoint]:
        """The interface endpoints by service, such as ``sagemaker.api`` or ``aws.sagemaker.studio``."""
        return MappingProxyType(self._interface_endpoints)

    @property
    def gateway_endpoints(self) -> Mapping[str, ec2.IGatewayVpcEndpoint]:
        """The gateway endpoints by service, such as ``s3``."""
        return MappingProxyType(self._gateway_endpoints)

    def add_feature(self, feature: StudioFeature) -> None:
        """Define the endpoints that something else takes, as far as they are not there.

        Raises:
            TypeError: it is no feature.
        """
        if not isinstance(feature, StudioFeature):
            raise TypeError(f"a feature must be a StudioFeature, got {feature!r}; pass StudioFeature.MLFLOW say")
        for service in feature.gateway_services:
            if service not in self._gateway_endpoints:
                self._gateway_endpoints[service] = self._gateway(service)
        for service in feature.interface_services:
            if service not in self._interface_endpoints:
                self._interface_endpoints[service] = self._interface(service)

    def _gateway(self, service: str) -> ec2.IGatewayVpcEndpoint:
        endpoint = self._vpc.add_gateway_endpoint(
            _id(service),
            service=ec2.GatewayVpcEndpointAwsService(service),
            subnets=None if self._vpc_subnets is None else [self._vpc_subnets],
        )
        for statement in self._policy._statements(service, self._environment):
            endpoint.add_to_policy(statement)
        return endpoint

    def _interface(self, service: str) -> ec2.IInterfaceVpcEndpoint:
        endpoint = self._vpc.add_interface_endpoint(
            _id(service),
            service=_interface_service(service),
            security_groups=[self._security_group],
            subnets=self._vpc_subnets,
            open=False,
            ip_address_type=_ADDRESSES[self._ip_address_type],
        )
        for statement in self._policy._statements(service, self._environment):
            endpoint.add_to_policy(statement)
        return endpoint

    def _problems(self) -> Iterator[str]:
        """Say why the VPC cannot have the endpoints."""
        vpc = self._vpc
        if Stack.of(vpc) is not Stack.of(self):
            yield (
                f"vpc must be in the stack of its endpoints, got one of {Stack.of(vpc).stack_name}; "
                "define the endpoints there, or import the VPC with ec2.Vpc.from_lookup"
            )
        if isinstance(vpc, ec2.Vpc) and not (vpc.dns_support_enabled and vpc.dns_hostnames_enabled):
            yield (
                "vpc must have DNS names and DNS resolution, got one without, where no service is found at its "
                "endpoint; leave out enable_dns_hostnames and enable_dns_support"
            )
        if vpc.node.try_find_child(_id(StudioFeature.CORE.interface_services[0])) is not None:
            yield "vpc must have one StudioEndpoints, got two; call add_feature of the first"

    def _of_vpc(self) -> list[ec2.IPeer]:
        """Return all of the VPC, in the addresses that the endpoints have."""
        with_ipv6 = self._ip_address_type is IpAddressType.DUALSTACK
        if not isinstance(self._vpc, ec2.Vpc):
            if with_ipv6:
                raise ValueError(
                    "clients must be given where the IPv6 range of the vpc is not known, got none; "
                    "pass clients=[domain], or the ranges with ec2.Peer.ipv4(...) and ec2.Peer.ipv6(...)"
                )
            return [ec2.Peer.ipv4(_range_of_import(self._vpc))]
        resource = self._vpc.node.default_child
        literal = resource.cidr_block if isinstance(resource, ec2.CfnVPC) else None
        ranges = [ec2.Peer.ipv4(literal or self._vpc.vpc_cidr_block)]
        if with_ipv6:
            ranges.append(ec2.Peer.ipv6(Fn.select(0, self._vpc.vpc_ipv6_cidr_blocks)))
        return ranges


_ADDRESSES = {
    IpAddressType.IPV4: None,  # what AWS does in any VPC
    IpAddressType.DUALSTACK: ec2.VpcEndpointIpAddressType.DUALSTACK,
}


def _range_of_import(vpc: ec2.IVpc) -> str:
    try:
        return vpc.vpc_cidr_block
    except RuntimeError:  # how jsii passes on what the CDK refuses
        raise ValueError(
            "clients must be given where the address range of the vpc is not known, got none; "
            "pass clients=[domain], or vpc_cidr_block to ec2.Vpc.from_vpc_attributes"
        ) from None


def _interface_service(service: str) -> ec2.InterfaceVpcEndpointAwsService:
    if service.startswith(_OF_SAGEMAKER):
        return ec2.InterfaceVpcEndpointAwsService(service.removeprefix(_OF_SAGEMAKER), "aws.sagemaker")
    return ec2.InterfaceVpcEndpointAwsService(service)


def _id(service: str) -> str:
    """Return the id of an endpoint: ``SageMakerApi`` for ``sagemaker.api``."""
    words = service.removeprefix("aws.").replace("-", ".").split(".")
    return "".join("SageMaker" if word == "sagemaker" else word.capitalize() for word in words)
