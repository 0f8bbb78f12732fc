"""What tells two versions of a domain apart."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import jsii
from aws_cdk import IStableAnyProducer, Stack
from aws_cdk import aws_sagemaker as sagemaker


@jsii.implements(IStableAnyProducer)
class DomainDigest:
    """A digest of the properties of a domain, when all that is said of it has been said, tags included."""

    def __init__(self, resource: sagemaker.CfnDomain) -> None:
        """Name the domain."""
        self._resource = resource

    def produce(self) -> Any:
        """Return the digest; what is overridden in the template is not in it, which the L1 does not tell."""
        properties = Stack.of(self._resource).resolve(self._resource._cfn_properties)
        return hashlib.sha256(json.dumps(properties, sort_keys=True).encode()).hexdigest()[:16]
