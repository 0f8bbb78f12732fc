"""What becomes of resources when their stack no longer wants them."""

from typing import Protocol, runtime_checkable

from aws_cdk import MissingRemovalPolicies, RemovalPolicies, RemovalPolicy
from constructs import Construct, IConstruct

KEEP = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
"""Kept by default, except when its own creation is rolled back: that would block the next try."""


@runtime_checkable
class _HasRemovalPolicy(Protocol):
    """A construct of this library, which has applied its policy to all that stands in it."""

    @property
    def removal_policy(self) -> RemovalPolicy: ...


def apply_removal_policy(construct: IConstruct, policy: RemovalPolicy, *, scope: Construct) -> None:
    """Give all that stands in a construct the policy, however many resources it is.

    What a user says of a single resource stands, unless the policy differs from the one of the scope: the scope's
    is applied first, and only an overwriting one can then change it.
    """
    if not isinstance(scope, _HasRemovalPolicy):
        MissingRemovalPolicies.of(construct).apply(policy)
    elif scope.removal_policy != policy:
        RemovalPolicies.of(construct).apply(policy)
