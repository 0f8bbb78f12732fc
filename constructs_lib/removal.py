"""What becomes of resources when their stack no longer wants them."""

from typing import Protocol, runtime_checkable

from aws_cdk import MissingRemovalPolicies, RemovalPolicy
from constructs import Construct, IConstruct

KEEP = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
"""Kept by default, except when its own creation is rolled back: that would block the next try."""

DOMAIN_PRIORITY = 190
USER_PROFILE_PRIORITY = 180
SPACE_PRIORITY = 170


@runtime_checkable
class _HasRemovalPolicy(Protocol):
    """A construct of this library, which has applied its policy to all that stands in it."""

    @property
    def removal_policy(self) -> RemovalPolicy: ...


def apply_removal_policy(construct: IConstruct, policy: RemovalPolicy, *, scope: Construct, priority: int) -> None:
    """Give every resource of a construct the policy, unless it has one or its scope gives the same.

    Inner constructs take a lower priority, so that theirs comes first; what a user says of one resource stands.
    """
    if not (isinstance(scope, _HasRemovalPolicy) and scope.removal_policy == policy):
        MissingRemovalPolicies.of(construct).apply(policy, priority=priority)
