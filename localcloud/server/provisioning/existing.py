"""Resources of the emulator's own types that are there already, for stacks that take them over.

It reads the records themselves: CloudFormation looks for such resources on the event loop, where no client may wait.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ministack.services import ec2, iam

from localcloud.server.provisioning.resource import Provisioned

Record = dict[str, Any]


def find(type_name: str, physical_id: str) -> Provisioned | None:
    """Return a resource of one of ``TYPES``, None if there is none."""
    known = _KNOWN[type_name]
    record = known.get(physical_id)
    if record is None:
        return None
    return Provisioned(physical_id, {name: record[member] for name, member in known.attributes.items()})


def _stored(service: Any, name: str) -> Callable[[str], Record | None]:
    def get(physical_id: str) -> Record | None:
        record: Record | None = getattr(service, name).get(physical_id)
        return record

    return get


def _association(association_id: str) -> Record | None:
    associations = (one for table in ec2._route_tables.values() for one in table["Associations"])
    return next((one for one in associations if one["RouteTableAssociationId"] == association_id), None)


def _rule(permissions: str) -> Callable[[str], Record | None]:
    def get(rule_id: str) -> Record | None:
        rules = (one for group in ec2._security_groups.values() for one in group[permissions])
        return next((one for one in rules if one.get("SecurityGroupRuleId") == rule_id), None)

    return get


@dataclass(frozen=True)
class _Known:
    """What the emulator knows of a type.

    Attributes:
        get: returns the record of a resource by its physical id.
        attributes: the member of the record that an attribute is, by the name of the attribute.
    """

    get: Callable[[str], Record | None]
    attributes: dict[str, str]


_KNOWN = {
    "AWS::EC2::FlowLog": _Known(_stored(ec2, "_flow_logs"), {"Id": "FlowLogId"}),
    "AWS::EC2::RouteTable": _Known(_stored(ec2, "_route_tables"), {"RouteTableId": "RouteTableId"}),
    "AWS::EC2::SecurityGroup": _Known(
        _stored(ec2, "_security_groups"), {"Id": "GroupId", "GroupId": "GroupId", "VpcId": "VpcId"}
    ),
    "AWS::EC2::SecurityGroupEgress": _Known(_rule("IpPermissionsEgress"), {"Id": "SecurityGroupRuleId"}),
    "AWS::EC2::SecurityGroupIngress": _Known(_rule("IpPermissions"), {"Id": "SecurityGroupRuleId"}),
    "AWS::EC2::Subnet": _Known(
        _stored(ec2, "_subnets"), {"SubnetId": "SubnetId", "AvailabilityZone": "AvailabilityZone", "VpcId": "VpcId"}
    ),
    "AWS::EC2::SubnetRouteTableAssociation": _Known(_association, {"Id": "RouteTableAssociationId"}),
    "AWS::EC2::VPC": _Known(
        _stored(ec2, "_vpcs"),
        {
            "VpcId": "VpcId",
            "CidrBlock": "CidrBlock",
            "DefaultSecurityGroup": "DefaultSecurityGroupId",
            "DefaultNetworkAcl": "DefaultNetworkAclId",
        },
    ),
    "AWS::EC2::VPCEndpoint": _Known(
        _stored(ec2, "_vpc_endpoints"),
        {name: name for name in ("CreationTimestamp", "DnsEntries", "NetworkInterfaceIds")} | {"Id": "VpcEndpointId"},
    ),
    "AWS::IAM::ManagedPolicy": _Known(
        _stored(iam, "_policies"),
        {"PolicyArn": "Arn"}
        | {
            name: name
            for name in (
                "PolicyId",
                "AttachmentCount",
                "DefaultVersionId",
                "IsAttachable",
                "CreateDate",
                "UpdateDate",
            )
        },
    ),
}
TYPES = tuple(_KNOWN)
"""The types that this module knows."""
