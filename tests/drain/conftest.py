from __future__ import annotations

import aws_cdk as cdk
import pytest

from constructs_lib import Domain, NetworkAccess


@pytest.fixture
def domain(stack: cdk.Stack, network: NetworkAccess) -> Domain:
    """A domain that is meant to be destroyed."""
    return Domain(stack, "Studio", network=network, removal_policy=cdk.RemovalPolicy.DESTROY)
