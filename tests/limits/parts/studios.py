"""Domains, users and spaces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aws_cdk import aws_ec2 as ec2

from constructs_lib import (
    AuthMode,
    Domain,
    DomainEncryption,
    ExecutionRole,
    JupyterLab,
    NetworkAccess,
    SpaceSettings,
    UserProfile,
    UserSettings,
)
from tests.limits.user import KEY, ROLE, key_by_arn, user_with
from tests.limits.values import OURS, Held, Items, Text
from tests.unit.wrong_inputs.studio import Studio

LAB = JupyterLab()


def network(studio: Studio, **ids: Any) -> Domain:
    given = {"vpc_id": "vpc-0a1b2c3d", "subnet_ids": ["subnet-0a1b2c3d"], **ids}
    return studio.domain(network=NetworkAccess.public_internet_from_ids(**given))


def owned_by(studio: Studio, name: str) -> object:
    domain = studio.imported()
    alice = UserProfile.from_user_profile_attributes(studio.stack, "Alice", domain=domain, user_profile_name=name)
    return alice.add_private_space("Lab", app=LAB, space_name="lab")


def in_domain(studio: Studio, domain_id: str) -> object:
    domain = Domain.from_domain_attributes(studio.stack, "Shared", domain_id=domain_id)
    return domain.add_user_profile("Alice").add_private_space("Lab", app=LAB)


def with_role(studio: Studio, arn: str) -> object:
    return user_with(studio, execution_role=ExecutionRole.from_execution_role_arn(studio.stack, "Role", arn))


def groups(studio: Studio, ids: Sequence[str]) -> list[ec2.ISecurityGroup]:
    return [
        ec2.SecurityGroup.from_security_group_id(studio.stack, f"Group{number}", id) for number, id in enumerate(ids)
    ]


def subnet(number: int) -> str:
    return f"subnet-{number:08x}"


def group(number: int) -> str:
    return f"sg-{number:08x}"


HELD: dict[str, Held] = {
    # names and ids
    "Domain/DomainName": Text(lambda s, v: s.domain(domain_name=v), "research-1", "a" * 63),
    "UserProfile/UserProfileName": Text(lambda s, v: s.imported().add_user_profile("Alice", user_profile_name=v), "alice-1", "a" * 63),
    "OwnershipSettings/OwnerUserProfileName": Text(owned_by, "alice-1", "a" * 63),
    "UserProfile/DomainId": Text(in_domain, "d-abc123", "d-" + "a" * 61),
    "Space/DomainId": Text(in_domain, "d-abc123", "d-" + "a" * 61),
    "SingleSignOnUserValue": Text(lambda s, v: s.imported(auth_mode=AuthMode.SSO).add_user_profile("Alice", sso_user=v), "alice@example.com", "a" * 256),
    "Space/SpaceName": Text(lambda s, v: s.imported_user().add_private_space("Lab", app=LAB, space_name=v), "lab-1", "a" * 63),
    "SpaceDisplayName": Text(lambda s, v: s.imported_user().add_private_space("Lab", app=LAB, space_display_name=v), "Alice's lab", "a" * 64),
    "Domain/KmsKeyId": Text(lambda s, v: s.domain(encryption=DomainEncryption.customer_managed(key_by_arn(s, v))), f"{KEY}abc", f"{KEY}{'a' * 36}"),
    # the network
    "Domain/VpcId": Text(lambda s, v: network(s, vpc_id=v), "vpc-0a1b2c3d", "vpc-0a1b2c3d4e5f60718"),
    "Domain/SubnetIds": Items(lambda s, v: network(s, subnet_ids=v), subnet, most=16),
    "Domain/SubnetIds[]": Text(lambda s, v: network(s, subnet_ids=[v]), "subnet-0a1b2c3d", "subnet-0a1b2c3d4e5f60718"),
    "SecurityGroups[]": Text(lambda s, v: network(s, security_group_ids=[v]), "sg-0a1b2c3d", "sg-0a1b2c3d4e5f60718"),
    "DefaultUserSettings/SecurityGroups": Items(lambda s, v: s.domain(default_user_settings=UserSettings(security_groups=groups(s, v))), group, most=4),
    "DefaultSpaceSettings/SecurityGroups": Items(lambda s, v: s.domain(default_space_settings=SpaceSettings(security_groups=groups(s, v))), group, most=5),
    "UserSettings/SecurityGroups": Items(lambda s, v: user_with(s, security_groups=groups(s, v)), group, most=4),
    # roles
    "ExecutionRole": Text(with_role, f"{ROLE}studio/alice", f"{ROLE}{'a' * 64}"),
    # tags
    "Tags": Items(lambda s, v: s.domain(tags={one["Key"]: one["Value"] for one in v}), lambda number: {"Key": f"{number:02}", "Value": "x"}, most=50),
    "Tags[]/Key": Text(lambda s, v: s.domain(tags={v: "x"}), "cost-center", "a" * 128),
    "Tags[]/Value": Text(lambda s, v: s.domain(tags={"team": v}), "churn", "a" * 128),
}  # fmt: skip

CLOSED = {
    OURS: (
        "AppNetworkAccessType",
        "AuthMode",
        "ExecutionRoleIdentityConfig",
        "HomeEfsFileSystemCreation",
        "RemoteAccess",
        "SharingType",
        "SingleSignOnUserIdentifier",
        "SpaceSettings/AppType",
        "SpaceManagedResources",
        "TagPropagation",
    ),
}
