"""How the apps of a domain reach a network."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aws_cdk import Token
from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from constructs_lib.environment import Environment
from constructs_lib.errors import check_distinct, check_no_text
from constructs_lib.network.ip_address_type import IpAddressType
from constructs_lib.network.resource_id import check_id, check_security_groups
from constructs_lib.network.subnets import MAXIMUM_SUBNETS, check_vpc, lack_ipv6, select_subnets

_MAXIMUM_SECURITY_GROUPS = 4  # of the five that a network interface takes, SageMaker adds one


@dataclass(frozen=True)
class BoundNetwork:
    """The VPC, subnets and security groups of one domain: what its network access comes to in a stack."""

    vpc_id: str
    subnet_ids: list[str]
    security_groups: list[ec2.ISecurityGroup]


@dataclass(frozen=True)
class NetworkAccess:
    """The VPC of a domain, and whether its apps also reach the internet past it.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html
    """

    _app_network_access_type: str
    _network: _Network

    @staticmethod
    def vpc_only(
        vpc: ec2.IVpc,
        *,
        vpc_subnets: ec2.SubnetSelection | None = None,
        security_groups: Sequence[ec2.ISecurityGroup] | None = None,
    ) -> NetworkAccess:
        """Send all traffic of the apps through a VPC.

        Args:
            vpc: a VPC from which SageMaker, S3, STS and CloudWatch Logs can be reached, by endpoints or a NAT: that
                of a ``StudioNetwork``, or one with ``StudioEndpoints``.
            vpc_subnets: 1 to 16 subnets. Default: the private ones, or the isolated ones if there are none.
            security_groups: 1 to 4. Default: a new one that lets everything out and nothing in.

        Raises:
            TypeError: an id is given in place of a VPC or a security group.
            ValueError: there are no security groups in the list or more than 4, or one stands twice or has an id of
                another form. The domain raises it where the selection finds no subnet or more than 16, the default
                finds public ones alone, or an imported VPC or subnet has an id of another form.
        """
        return NetworkAccess("VpcOnly", _GivenVpc(vpc, vpc_subnets, _given(security_groups)))

    @staticmethod
    def vpc_only_from_ids(
        *, vpc_id: str, subnet_ids: Sequence[str], security_group_ids: Sequence[str] | None = None
    ) -> NetworkAccess:
        """Send all traffic of the apps through a VPC that is known by its ids, without a look-up.

        Args:
            vpc_id: the id of the VPC.
            subnet_ids: the ids of 1 to 16 of its subnets, or a token for such a list.
            security_group_ids: 1 to 4 ids. Default: a new security group that lets everything out and nothing in.

        Raises:
            ValueError: an id has another form or stands twice, or there are too few or too many.
        """
        return NetworkAccess("VpcOnly", _VpcOfIds.checked(vpc_id, subnet_ids, security_group_ids))

    @staticmethod
    def public_internet(
        vpc: ec2.IVpc,
        *,
        vpc_subnets: ec2.SubnetSelection | None = None,
        security_groups: Sequence[ec2.ISecurityGroup] | None = None,
    ) -> NetworkAccess:
        """Let the apps reach the internet through a network of SageMaker's, and file systems through the VPC.

        Args:
            vpc: the VPC of the file systems.
            vpc_subnets: 1 to 16 subnets. Default: the private ones, or the isolated ones if there are none.
            security_groups: 1 to 4. Default: none.

        Raises:
            TypeError: an id is given in place of a VPC or a security group.
            ValueError: there are no security groups in the list or more than 4, or one stands twice or has an id of
                another form. The domain raises it where the selection finds no subnet or more than 16, the default
                finds public ones alone, or an imported VPC or subnet has an id of another form.
        """
        return NetworkAccess("PublicInternetOnly", _GivenVpc(vpc, vpc_subnets, _given(security_groups)))

    @staticmethod
    def public_internet_from_ids(
        *, vpc_id: str, subnet_ids: Sequence[str], security_group_ids: Sequence[str] | None = None
    ) -> NetworkAccess:
        """Let the apps reach the internet past a VPC that is known by its ids, without a look-up.

        Args:
            vpc_id: the id of the VPC of the file systems.
            subnet_ids: the ids of 1 to 16 of its subnets, or a token for such a list.
            security_group_ids: 1 to 4 ids. Default: none.

        Raises:
            ValueError: an id has another form or stands twice, or there are too few or too many.
        """
        return NetworkAccess("PublicInternetOnly", _VpcOfIds.checked(vpc_id, subnet_ids, security_group_ids))

    def _problems(self, ip_address_type: IpAddressType) -> Iterator[str]:
        """Say why the apps cannot have these addresses here."""
        if ip_address_type is IpAddressType.DUALSTACK and self._network.lacks_ipv6():
            yield (
                "ip_address_type must be IPV4 in subnets without IPv6, got DUALSTACK; "
                "give the VPC ip_protocol=ec2.IpProtocol.DUAL_STACK"
            )

    def __repr__(self) -> str:
        return f"NetworkAccess.{_FACTORIES[self._app_network_access_type]}{self._network}"

    def _bind(
        self, scope: Construct, environment: Environment, ip_address_type: IpAddressType | None = None
    ) -> BoundNetwork:
        bound = self._network.bind(scope, environment)
        if not bound.security_groups and self._app_network_access_type == "VpcOnly":
            vpc = self._network.vpc(scope)
            bound.security_groups.append(
                ec2.SecurityGroup(
                    scope,
                    "SecurityGroup",
                    vpc=vpc,
                    description="Apps of SageMaker Studio",
                    allow_all_ipv6_outbound=ip_address_type is IpAddressType.DUALSTACK,
                )
            )
        return bound


_FACTORIES = {"VpcOnly": "vpc_only", "PublicInternetOnly": "public_internet"}


class _Network(ABC):
    """A VPC, as a user has it at hand."""

    @abstractmethod
    def bind(self, scope: Construct, environment: Environment) -> BoundNetwork: ...

    @abstractmethod
    def vpc(self, scope: Construct) -> ec2.IVpc: ...

    def lacks_ipv6(self) -> bool:
        """Tell whether its subnets are known to have IPv4 addresses alone."""
        return False


@dataclass(frozen=True)
class _GivenVpc(_Network):
    given: ec2.IVpc
    vpc_subnets: ec2.SubnetSelection | None
    security_groups: tuple[ec2.ISecurityGroup, ...]

    def __post_init__(self) -> None:
        check_no_text("vpc", self.given, "an ec2.IVpc, or ids to vpc_only_from_ids")
        check_vpc(self.given)

    def bind(self, scope: Construct, environment: Environment) -> BoundNetwork:
        environment.check_holds(self.given, "vpc")
        selected = select_subnets(self.given, self.vpc_subnets)
        subnet_ids = selected.subnet_ids
        vpc_id = self.given.vpc_id
        check_id("vpc", vpc_id, "vpc-")
        _check_ids("vpc_subnets", subnet_ids, "subnet-", MAXIMUM_SUBNETS)
        return BoundNetwork(vpc_id, subnet_ids, list(self.security_groups))

    def vpc(self, scope: Construct) -> ec2.IVpc:
        return self.given

    def lacks_ipv6(self) -> bool:
        return lack_ipv6(select_subnets(self.given, self.vpc_subnets).subnets)

    def __repr__(self) -> str:
        return f"({self.given!r})"


@dataclass(frozen=True)
class _VpcOfIds(_Network):
    vpc_id: str
    subnet_ids: tuple[str, ...]
    security_group_ids: tuple[str, ...]

    @staticmethod
    def checked(vpc_id: str, subnet_ids: Sequence[str], security_group_ids: Sequence[str] | None) -> _VpcOfIds:
        check_id("vpc_id", vpc_id, "vpc-")
        check_no_text("subnet_ids", subnet_ids, "a list of ids")
        check_no_text("security_group_ids", security_group_ids, "a list of ids")
        if not Token.is_unresolved(subnet_ids):
            _check_ids("subnet_ids", subnet_ids, "subnet-", MAXIMUM_SUBNETS)
        if security_group_ids is not None:
            if Token.is_unresolved(security_group_ids):
                raise ValueError(
                    "security_group_ids must be a list whose length is known, got a token for a list; "
                    "pass the ids one by one, with Fn.select(0, ...) for the first"
                )
            _check_ids("security_group_ids", security_group_ids, "sg-", _MAXIMUM_SECURITY_GROUPS)
        return _VpcOfIds(vpc_id, tuple(subnet_ids), tuple(security_group_ids or ()))

    def bind(self, scope: Construct, environment: Environment) -> BoundNetwork:
        groups: list[ec2.ISecurityGroup] = [
            ec2.SecurityGroup.from_security_group_id(scope, f"SecurityGroup{index}", one)
            for index, one in enumerate(self.security_group_ids)
        ]
        return BoundNetwork(self.vpc_id, list(self.subnet_ids), groups)

    def vpc(self, scope: Construct) -> ec2.IVpc:
        # A zone has to be named, though no subnet is.
        return ec2.Vpc.from_vpc_attributes(scope, "Vpc", vpc_id=self.vpc_id, availability_zones=["unknown"])

    def __repr__(self) -> str:
        given = f"vpc_id={self.vpc_id!r}, subnet_ids={list(self.subnet_ids)}"
        groups = f", security_group_ids={list(self.security_group_ids)}" if self.security_group_ids else ""
        return f"_from_ids({given}{groups})"


def _given(security_groups: Sequence[ec2.ISecurityGroup] | None) -> tuple[ec2.ISecurityGroup, ...]:
    if security_groups is None:
        return ()
    ids = check_security_groups(security_groups)
    _check_count("security_groups", ids, _MAXIMUM_SECURITY_GROUPS)
    check_distinct("security_groups", ids)
    return tuple(security_groups)


def _check_count(argument: str, given: Sequence[object], maximum: int) -> None:
    if not 1 <= len(given) <= maximum:
        raise ValueError(f"{argument} must be 1..{maximum}, got {len(given)}; pass at least one and at most {maximum}")


def _check_ids(argument: str, given: Sequence[str], prefix: str, maximum: int) -> None:
    _check_count(argument, given, maximum)
    for one in given:
        check_id(argument, one, prefix)
    check_distinct(argument, given)
