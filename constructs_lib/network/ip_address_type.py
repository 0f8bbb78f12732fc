"""Which versions of the internet protocol a network speaks."""

from enum import Enum


class IpAddressType(Enum):
    """Which addresses there are in a network, and which of them the apps of a domain use.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DomainSettings.html
    """

    IPV4 = "IPV4"
    """IPv4 alone."""

    DUALSTACK = "DUALSTACK"
    """IPv4 and IPv6, in subnets that have both."""
