"""Refuses to empty what is kept."""

from __future__ import annotations

import jsii
from aws_cdk import CfnDeletionPolicy, CfnResource
from constructs import IValidation


@jsii.implements(IValidation)
class NothingKept:
    """Finds what would outlive its stack, when all that says so has been said, aspects and removal policies included.

    CloudFormation would keep it, and the drain would take away what stands in it.
    """

    def __init__(self) -> None:
        self._resources: list[CfnResource] = []

    def add(self, resource: CfnResource) -> None:
        """Take in one more resource that is to go."""
        self._resources.append(resource)

    def validate(self) -> list[str]:
        """Return what is wrong with each resource that is kept."""
        kept = [one for one in self._resources if one.cfn_options.deletion_policy is not CfnDeletionPolicy.DELETE]
        return [
            f"what a drain empties must be deleted with its stack, got {path} that is kept; "
            "pass RemovalPolicy.DESTROY, or leave out the drain"
            for path in (one.node.path.removesuffix("/Resource") for one in kept)
        ]
