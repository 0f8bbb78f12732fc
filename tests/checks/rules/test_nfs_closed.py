from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import found, resource

PARAMETERS = {"Network": {"Type": "String"}, "Port": {"Type": "Number"}}
GIVEN, PORT, NO_VALUE = {"Ref": "Network"}, {"Ref": "Port"}, {"Ref": "AWS::NoValue"}
EVERYWHERE, EVERYWHERE_6 = {"CidrIp": "0.0.0.0/0"}, {"CidrIpv6": "::/0"}
NFS, HTTPS, ALL = (
    {"IpProtocol": one, "FromPort": port, "ToPort": port} for one, port in (("tcp", 2049), ("tcp", 443), ("-1", -1))
)


def ports(first: Any, last: Any, protocol: Any = "tcp") -> dict[str, Any]:
    return {"IpProtocol": protocol, "FromPort": first, "ToPort": last}


COMPLIANT = [
    pytest.param(
        {**NFS, "SourceSecurityGroupId": {"Fn::GetAtt": ["Studio", "SecurityGroupIdForDomainBoundary"]}},
        id="a security group",
    ),
    pytest.param({**NFS, "CidrIp": "10.0.0.0/8"}, id="a network"),
    pytest.param({**NFS, "CidrIpv6": "fd00::/8"}, id="a network of IPv6"),
    pytest.param({**NFS, "CidrIp": {"Fn::GetAtt": ["Vpc", "CidrBlock"]}}, id="the network of the VPC"),
    pytest.param({**NFS, "CidrIp": NO_VALUE, "SourcePrefixListId": "pl-12345678"}, id="a list of prefixes"),
    pytest.param({**ports(PORT, PORT), "CidrIp": "10.0.0.0/8"}, id="a network, whatever the port"),
    pytest.param({**HTTPS, **EVERYWHERE}, id="HTTPS"),
    pytest.param({**HTTPS, "CidrIp": GIVEN}, id="HTTPS, whatever the network"),
    pytest.param({**ports(2050, 65535), **EVERYWHERE}, id="ports above"),
    pytest.param({**ports("0", "2048"), **EVERYWHERE}, id="ports below, as strings"),
    pytest.param({**ports(2049, 2049, "udp"), **EVERYWHERE}, id="UDP, which EFS does not take"),
    pytest.param({**ports(8, -1, "icmp"), **EVERYWHERE}, id="ICMP"),
]
NON_COMPLIANT = [
    pytest.param({**NFS, **EVERYWHERE}, "", "CidrIp", id="NFS"),
    pytest.param({**NFS, **EVERYWHERE_6}, "", "CidrIpv6", id="NFS from IPv6"),
    pytest.param({**ports("2049", "2049"), **EVERYWHERE}, "", "CidrIp", id="a port as a string"),
    pytest.param({**ports(0, 65535), **EVERYWHERE}, "", "CidrIp", id="all ports"),
    pytest.param({**ports(111, 2049), **EVERYWHERE}, "", "CidrIp", id="ports up to it"),
    pytest.param({**ports(2049, 2050), **EVERYWHERE}, "", "CidrIp", id="ports from it"),
    pytest.param({**ports(-1, -1), **EVERYWHERE}, "", "CidrIp", id="all ports by minus one"),
    pytest.param({"IpProtocol": "tcp", **EVERYWHERE}, "", "CidrIp", id="no ports"),
    pytest.param({"IpProtocol": "tcp", "FromPort": 443, **EVERYWHERE}, "", "CidrIp", id="no last port"),
    pytest.param({"IpProtocol": "tcp", "ToPort": 443, **EVERYWHERE}, "", "CidrIp", id="no first port"),
    pytest.param({**ports(2049, 2049, "6"), **EVERYWHERE}, "", "CidrIp", id="TCP by its number"),
    pytest.param({**ports(2049, 2049, 6), **EVERYWHERE}, "", "CidrIp", id="TCP by a number"),
    pytest.param({**ports(2049, 2049, "TCP"), **EVERYWHERE}, "", "CidrIp", id="TCP in capitals"),
    pytest.param({**ALL, **EVERYWHERE_6}, "", "CidrIpv6", id="all protocols"),
    pytest.param({**ports(443, 443, -1), **EVERYWHERE}, "", "CidrIp", id="all protocols, where ports do not count"),
    pytest.param({**NFS, "CidrIp": "10.0.0.0/0"}, "", "CidrIp", id="everywhere by another address"),
    pytest.param({**NFS, "CidrIpv6": "0:0:0:0:0:0:0:0/0"}, "", "CidrIpv6", id="everywhere in full"),
    pytest.param({**NFS, "CidrIp": "128.0.0.0/1"}, "", "CidrIp", id="half of everywhere"),
    pytest.param({**NFS, "CidrIp": GIVEN}, "[Unresolved]", "CidrIp", id="a parameter"),
    pytest.param(
        {**NFS, "CidrIpv6": {"Fn::ImportValue": "a:Network"}}, "[Unresolved]", "CidrIpv6", id="an export of no stack"
    ),
    pytest.param(
        {**NFS, "CidrIp": {"Fn::If": ["IsOpen", "0.0.0.0/0", "10.0.0.0/8"]}}, "[Unresolved]", "CidrIp", id="a condition"
    ),
    pytest.param({**ports(PORT, 3000), **EVERYWHERE}, "[Unresolved]", "FromPort", id="a port by a parameter"),
    pytest.param({**ports(1, PORT), **EVERYWHERE}, "[Unresolved]", "ToPort", id="a last port by a parameter"),
    pytest.param({**ports(1, 2, GIVEN), **EVERYWHERE}, "[Unresolved]", "IpProtocol", id="a protocol by a parameter"),
]


def judged(resources: dict[str, Any]) -> set[tuple[str, str, str]]:
    around = {"Studio": resource("Domain"), "Vpc": resource("EC2.VPC", CidrBlock="10.0.0.0/16")}
    return {one for one in found({**around, **resources}, Parameters=PARAMETERS) if one[0].startswith("NfsClosed")}


@pytest.mark.parametrize("ingress", COMPLIANT)
def test_compliant(ingress: dict[str, Any]) -> None:
    assert judged({"Mount": resource("EC2.SecurityGroup", SecurityGroupIngress=[ingress])}) == set()
    assert judged({"Mount": resource("EC2.SecurityGroupIngress", **ingress)}) == set()


@pytest.mark.parametrize(("ingress", "detail", "path"), NON_COMPLIANT)
def test_non_compliant(ingress: dict[str, Any], detail: str, path: str) -> None:
    within = {"Mount": resource("EC2.SecurityGroup", SecurityGroupIngress=[{**HTTPS, **EVERYWHERE}, ingress])}
    assert judged(within) == {(f"NfsClosed{detail}", "Mount", f"SecurityGroupIngress.1.{path}")}
    assert judged({"Mount": resource("EC2.SecurityGroupIngress", **ingress)}) == {(f"NfsClosed{detail}", "Mount", path)}


def test_ingress_on_a_condition() -> None:
    rules = [{"Fn::If": ["IsOpen", {**NFS, **EVERYWHERE}, NO_VALUE]}]
    group = resource("EC2.SecurityGroup", SecurityGroupIngress=rules)
    assert judged({"Mount": group}) == {("NfsClosed", "Mount", "SecurityGroupIngress.0.CidrIp")}


def test_ingress_by_a_parameter() -> None:
    group = resource("EC2.SecurityGroup", SecurityGroupIngress=GIVEN)
    assert {one[:2] for one in judged({"Mount": group})} == {("NfsClosed[Unresolved]", "Mount")}
