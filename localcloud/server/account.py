"""What else there is in the account that requests name: the network, roles and keys."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ministack.core.responses import get_account_id
from ministack.services import ec2, efs, iam, kms

from localcloud.server.errors import invalid


def check_network(vpc_id: str | None, subnet_ids: Iterable[str], security_group_ids: Iterable[str]) -> None:
    """Refuse a network that is not there, or not in the VPC.

    Raises:
        ApiError: it is not.
    """
    if vpc_id is not None and vpc_id not in ec2._vpcs:
        raise invalid(f"The vpc ID '{vpc_id}' does not exist")
    for what, ids, known in (
        ("subnet", subnet_ids, ec2._subnets),
        ("security group", security_group_ids, ec2._security_groups),
    ):
        for one in ids:
            found = known.get(one)
            if found is None:
                raise invalid(f"The {what} ID '{one}' does not exist")
            if vpc_id is not None and found["VpcId"] != vpc_id:
                raise invalid(f"The {what} ID '{one}' is in {found['VpcId']}, not in {vpc_id}")


def check_role(arn: str) -> None:
    """Refuse a role of this account that is not there, or that SageMaker may not take on.

    Raises:
        ApiError: it is not.
    """
    if arn.split(":")[4] != get_account_id():
        return
    role = next((role for role in iam._roles.values() if role["Arn"] == arn), None)
    if role is None or not _trusts_sagemaker(role["AssumeRolePolicyDocument"]):
        raise invalid(
            f"Could not assume role {arn}. Please ensure that the role exists and trusts sagemaker.amazonaws.com"
        )


def check_key(key: str) -> None:
    """Refuse a key of this account that is not there, be it named by id, ARN or alias.

    Raises:
        ApiError: it is not.
    """
    if key.startswith("arn:") and key.split(":")[4] != get_account_id():
        return
    if kms._resolve_key(key) is None:
        raise invalid(f"Invalid KMS key: {key}")


def make_home_file_system(domain_arn: str, domain: dict[str, Any]) -> str:
    """Make the home file system of a domain, with mount targets and the two security groups for NFS; return its id."""
    tags = [{"Key": "ManagedByAmazonSageMakerResource", "Value": domain_arn}]
    vpc_id = domain.get("VpcId")
    groups = {
        way: _make_security_group(f"security-group-for-{way}-nfs-{domain['DomainId']}", vpc_id, domain_arn)
        for way in ("inbound", "outbound")
        if vpc_id
    }
    if groups:
        for way, other in (("inbound", "outbound"), ("outbound", "inbound")):
            permission = {
                "IpProtocol": "tcp",
                "FromPort": 2049,
                "ToPort": 2049,
                "IpRanges": [],
                "Ipv6Ranges": [],
                "PrefixListIds": [],
                "UserIdGroupPairs": [{"GroupId": groups[other]}],
            }
            rules = "IpPermissions" if way == "inbound" else "IpPermissionsEgress"
            ec2._security_groups[groups[way]][rules] = [permission]
    made = _body(efs._create_file_system({"Encrypted": True, "KmsKeyId": domain.get("KmsKeyId", ""), "Tags": tags}))
    zones: set[str] = set()
    for subnet_id in domain.get("SubnetIds", ()):
        zone = ec2._subnets[subnet_id]["AvailabilityZone"]
        if zone not in zones:
            zones.add(zone)
            target = {"FileSystemId": made["FileSystemId"], "SubnetId": subnet_id}
            _body(efs._create_mount_target({**target, "SecurityGroups": [groups["inbound"]] if groups else []}))
    return str(made["FileSystemId"])


def delete_home_file_system(file_system_id: str) -> None:
    """Delete the home file system of a domain; the security groups stay, as in AWS."""
    for mount_target in _body(efs._describe_mount_targets({"FileSystemId": file_system_id}))["MountTargets"]:
        _body(efs._delete_mount_target(mount_target["MountTargetId"]))
    _body(efs._delete_file_system(file_system_id))


def _make_security_group(name: str, vpc_id: str, domain_arn: str) -> str:
    group_id = str(ec2._new_sg_id())
    ec2._security_groups[group_id] = {
        "GroupId": group_id,
        "GroupName": name,
        "Description": name,
        "VpcId": vpc_id,
        "OwnerId": domain_arn.split(":")[4],
        "IpPermissions": [],
        "IpPermissionsEgress": [],
    }
    ec2._tags[group_id] = [{"Key": "ManagedByAmazonSageMakerResource", "Value": domain_arn}]
    return group_id


def _body(answer: tuple[int, dict[str, str], bytes]) -> dict[str, Any]:
    status, _, body = answer
    if status >= 400:
        raise invalid(body.decode())
    found: dict[str, Any] = json.loads(body) if body else {}
    return found


def _trusts_sagemaker(document: str | dict[str, Any]) -> bool:
    statements = (json.loads(document) if isinstance(document, str) else document)["Statement"]
    return any(
        statement["Effect"] == "Allow" and "sagemaker.amazonaws.com" in json.dumps(statement["Principal"])
        for statement in ([statements] if isinstance(statements, dict) else statements)
    )
