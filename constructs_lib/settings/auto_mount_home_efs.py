"""Whether the home file system is mounted in private spaces."""

from enum import Enum


class AutoMountHomeEfs(Enum):
    """Whether private spaces mount the home file system of their domain, as ``user-default-efs``.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-automount.html
    """

    ENABLED = "Enabled"
    """They do, in a domain that has one."""

    DISABLED = "Disabled"
    """They do not."""

    AS_DOMAIN = "DefaultAsDomain"
    """They do as the domain says: for a profile that said something else before."""
