"""What nobody knows yet at synth: tokens, and what the CDK puts in place of a look-up that is to come."""

import re

from aws_cdk import Token

# A parameter of SSM, a zone, and the ids of a VPC and its subnets, as the CDK has them until its CLI has looked them up
# and synthesizes again. Those of security groups and keys look like any other.
_PARAMETER = "dummy-value-for-"
_DUMMY = re.compile(r"dummy1[abc]|(vpc|[ps])-(12345|67890)")


def awaits_lookup(text: str) -> bool:
    """Tell whether a text holds the place of what the CDK is about to look up."""
    return _PARAMETER in text or _DUMMY.fullmatch(text) is not None


def is_unresolved(text: str) -> bool:
    """Tell whether nobody knows yet what a text will be: it has a token in it, or awaits a look-up."""
    return awaits_lookup(text) or Token.is_unresolved(text)
