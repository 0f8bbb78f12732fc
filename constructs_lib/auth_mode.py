"""How users sign in to a domain."""

from enum import Enum


class AuthMode(Enum):
    """How users sign in; it can never be changed later.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/onboard-custom.html
    """

    IAM = "IAM"
    """By presigned URLs, which an IAM identity asks for."""

    SSO = "SSO"
    """By IAM Identity Center of the same region: every profile names its user there."""
