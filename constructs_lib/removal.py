"""What becomes of resources when their stack no longer wants them."""

from typing import Protocol, runtime_checkable

from aws_cdk import MissingRemovalPolicies, RemovalPolicies, RemovalPolicy
from constructs import Construct, IConstruct

KEEP = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
"""Kept by default, except when its own creation is rolled back: that would block the next try."""

_ALLOWED = (RemovalPolicy.RETAIN, KEEP, RemovalPolicy.DESTROY)

# What this library defines; a bucket that somebody puts into a domain keeps a policy of its own.
_OURS = [
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::SecurityGroupEgress",
    "AWS::EC2::SecurityGroupIngress",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Role",
    "AWS::KMS::Key",
    "AWS::SageMaker::Domain",
    "AWS::SageMaker::Space",
    "AWS::SageMaker::UserProfile",
]


@runtime_checkable
class _HasRemovalPolicy(Protocol):
    """A construct of this library, which has applied its policy to all that stands in it."""

    @property
    def removal_policy(self) -> RemovalPolicy: ...


def check_removal_policy(policy: RemovalPolicy) -> None:
    """Refuse a policy that CloudFormation has for other resources only.

    Raises:
        ValueError: it is ``SNAPSHOT``.
    """
    if policy not in _ALLOWED:
        raise ValueError(
            f"removal_policy must be RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, got {policy.name}; "
            "CloudFormation takes no snapshots of a Studio, pass RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE"
        )


def apply_removal_policy(
    construct: IConstruct, policy: RemovalPolicy, *, scope: Construct, outer: RemovalPolicy | None = None
) -> None:
    """Give all that stands in a construct the policy, however many resources it is.

    The innermost word holds, and in doubt what holds a volume is kept: a policy is written over what an outer scope
    says, but destroying what the owner or the domain destroys too leaves alone what has a policy of its own.

    Args:
        construct: the construct that the policy is for.
        policy: what becomes of it.
        scope: the construct that it stands in.
        outer: the policy of its owner or its domain.
    """
    if isinstance(scope, _HasRemovalPolicy) and scope.removal_policy == policy:
        return
    if policy == RemovalPolicy.DESTROY and outer in (None, policy):
        MissingRemovalPolicies.of(construct).apply(policy)
    else:
        overwrite_removal_policy(construct, policy)


def overwrite_removal_policy(construct: IConstruct, policy: RemovalPolicy) -> None:
    """Give all that stands in a construct the policy, whatever was said before.

    Raises:
        ValueError: the policy is ``SNAPSHOT``.
    """
    check_removal_policy(policy)
    RemovalPolicies.of(construct).apply(policy, apply_to_resource_types=_OURS)
