"""File systems are not reached from everywhere."""

from collections.abc import Iterator
from ipaddress import ip_network

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part, UnresolvedProperty

_NFS = 2049
_WIDEST = {"CidrIp": 8, "CidrIpv6": 7}  # 10.0.0.0/8 and fc00::/7 are the largest private networks


def check(ingress: Part, studio: Studio) -> Iterator[Finding]:
    """Judge what a security group lets in."""
    for path, widest in _WIDEST.items():
        if ingress.below(path).exists and _is_open(ingress, path, widest) and _covers_nfs(ingress):
            got = ingress.get(path)
            yield Finding(ingress, path, f"must be a security group or a network of yours for NFS, got {got}")


def _is_open(ingress: Part, path: str, widest: int) -> bool:
    """Whether a network is larger than any that is private; what it is counts for NFS alone."""
    try:
        network = str(ingress.get(path))
    except UnresolvedProperty:
        if not _covers_nfs(ingress):
            return False
        raise
    try:
        return ip_network(network, strict=False).prefixlen < widest
    except ValueError:
        return False


def _covers_nfs(ingress: Part) -> bool:
    protocol = str(ingress.get("IpProtocol")).lower()
    if protocol not in ("tcp", "6"):
        return protocol == "-1"
    first, last = ingress.number("FromPort"), ingress.number("ToPort")
    return first is None or last is None or first == -1 or first <= _NFS <= last


NFS_CLOSED = Rule(
    name="NfsClosed",
    level=Level.ERROR,
    info="A security group lets NFS in from everywhere.",
    explanation="NFS asks for no password: whoever reaches the mount target of a file system can read every file on "
    "it.",
    fix="let port 2049 in from the security group of the domain alone",
    controls=Controls(nist=("AC-4(21)", "SC-7"), hipaa=("164.312(e)(1)",), pci_dss=("1.2.1", "1.3.1")),
    subjects=subjects.ingress,
    check=check,
)
