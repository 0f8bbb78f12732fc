"""The rules of security groups by which apps reach a file system."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from aws_cdk import Stack, Stage, Token
from aws_cdk import aws_ec2 as ec2
from constructs import Construct, IConstruct

from constructs_lib.storage.reference import element_of

if TYPE_CHECKING:
    from constructs_lib.domain import IDomain

EFS_PORTS = ((2049, 2049),)
"""See https://docs.aws.amazon.com/efs/latest/ug/network-access.html."""

LUSTRE_PORTS = ((988, 988), (1018, 1023))
"""See https://docs.aws.amazon.com/fsx/latest/LustreGuide/limit-access-security-groups.html."""

Ports = tuple[tuple[int, int], ...]

_DESCRIPTION = "File system of SageMaker Studio"
_OPENED: WeakKeyDictionary[IConstruct, set[tuple[str, str]]] = WeakKeyDictionary()


def place_of_rules(user: Construct, domain: IDomain, *groups: ec2.ISecurityGroup) -> Construct:
    """Return where rules between groups stand: beneath the domain, whose users have them in common.

    If the domain's stack does not refer to both groups anyway, a rule there could close a circle between stacks, and
    stands beneath the user.
    """
    here = Stack.of(domain)
    if Stack.of(user) is not here:
        ids = _ids_in(domain)
        stacks = {here, *filter(None, map(_stack_of, ids))}
        for one in (group.security_group_id for group in groups):
            if Token.is_unresolved(one) and one not in ids and _stack_of(one) not in stacks:
                return user
    assert isinstance(domain, Construct), "whatever has children is one"
    return domain


def open_one_way(scope: Construct, apps: ec2.ISecurityGroup, file_system: ec2.ISecurityGroup, ports: Ports) -> None:
    """Let apps connect to a file system.

    EC2 takes a rule once, and so it is defined once in a stage, by whoever needs it first. The logical id is that of
    the two groups: with another user first, it is the same rule still.
    """
    to, source = (_identity(scope, group) for group in (file_system, apps))
    opened = _OPENED.setdefault(Stage.of(scope) or scope.node.root, set())
    if (to, source) in opened:
        return
    opened.add((to, source))
    name = f"{_short(to)}From{_short(source)}"
    apps_id, file_system_id = apps.security_group_id, file_system.security_group_id
    for first, last in ports:
        id = f"Mount{name}At{first}"
        ec2.CfnSecurityGroupIngress(
            scope,
            id,
            group_id=file_system_id,
            source_security_group_id=apps_id,
            description=_DESCRIPTION,
            ip_protocol="tcp",
            from_port=first,
            to_port=last,
        ).override_logical_id(id)
        if not apps.allow_all_outbound:
            id = f"Reach{name}At{first}"
            ec2.CfnSecurityGroupEgress(
                scope,
                id,
                group_id=apps_id,
                destination_security_group_id=file_system_id,
                description=_DESCRIPTION,
                ip_protocol="tcp",
                from_port=first,
                to_port=last,
            ).override_logical_id(id)


def open_both_ways(scope: Construct, apps: ec2.ISecurityGroup, file_system: ec2.ISecurityGroup, ports: Ports) -> None:
    """Let apps connect to a file system whose servers also connect to their clients.

    A group that both are in has such rules from the CDK.
    """
    if _identity(scope, apps) != _identity(scope, file_system):
        open_one_way(scope, apps, file_system, ports)
        open_one_way(scope, file_system, apps, ports)


def _ids_in(domain: IDomain) -> list[str]:
    """Return what a domain's stack refers to: its VPC, and the groups of its apps and of what it permits them."""
    settings = domain.default_user_settings
    permitted = (group for one in settings.custom_file_systems or () for group in one._security_groups)
    ids = [group.security_group_id for group in (*(settings.security_groups or ()), *permitted)]
    return ids if domain._vpc_id is None else [domain._vpc_id, *ids]


def _identity(scope: Construct, group: ec2.ISecurityGroup) -> str:
    """Tell a group from others, whichever construct stands for it."""
    group_id = group.security_group_id
    if not Token.is_unresolved(group_id):
        return group_id
    element = element_of(group_id)
    place = "" if element is None else element.node.addr
    return place + json.dumps(Stack.of(scope).resolve(group_id))


def _short(identity: str) -> str:
    return hashlib.sha256(identity.encode()).hexdigest()[:8]


def _stack_of(id: str) -> Stack | None:
    element = element_of(id)
    return None if element is None else Stack.of(element)
