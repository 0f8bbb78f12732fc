"""The network of a Studio that brings no VPC of its own."""

from __future__ import annotations

from aws_cdk import Environment, Fn, RemovalPolicy, Stack
from constructs import Construct

from constructs_lib import IpAddressType, StudioFeature, StudioNetwork
from stacks.acknowledgements import acknowledge_default_security_group
from stacks.settings import NetworkEntry


class NetworkStack(Stack):
    """A network of two zones, with endpoints where Studio has no other way to AWS."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        env: Environment | None,
        settings: NetworkEntry,
        endpoints: bool,
        removal_policy: RemovalPolicy,
    ) -> None:
        """Define the network.

        Args:
            scope: the app.
            id: the name of the stack.
            env: where it is deployed to.
            settings: the settings of the network.
            endpoints: whether Studio reaches AWS through this VPC alone.
            removal_policy: what becomes of it when it is no longer wanted.
        """
        super().__init__(scope, id, env=env)
        # The CDK leaves "Default" out of logical ids.
        self.vpc = StudioNetwork(
            self,
            "Default",
            nat_gateways=settings.nat_gateways,
            ip_address_type=IpAddressType(settings.ip_address_type),
            endpoints=endpoints,
            features=[getattr(StudioFeature, name) for name in settings.features],
            removal_policy=removal_policy,
        ).vpc
        acknowledge_default_security_group(self.vpc)

    @property
    def availability_zones(self) -> list[str]:
        """The first two zones of whichever region it is: known without an account to look them up in."""
        return [Fn.select(index, Fn.get_azs()) for index in range(2)]
