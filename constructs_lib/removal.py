"""What becomes of resources when their stack no longer wants them."""

from aws_cdk import RemovalPolicies, RemovalPolicy
from constructs import IConstruct

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
    "AWS::SageMaker::AppImageConfig",
    "AWS::SageMaker::Domain",
    "AWS::SageMaker::Image",
    "AWS::SageMaker::ImageVersion",
    "AWS::SageMaker::Space",
    "AWS::SageMaker::StudioLifecycleConfig",
    "AWS::SageMaker::UserProfile",
]


def check_removal_policy(policy: RemovalPolicy) -> None:
    """Refuse a policy that CloudFormation has for other resources only.

    Raises:
        ValueError: it is ``SNAPSHOT``, or no policy at all.
    """
    if policy not in _ALLOWED:
        raise ValueError(
            "removal_policy must be RemovalPolicy.RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, "
            f"got {getattr(policy, 'name', policy)!r}; "
            "CloudFormation takes no snapshots of a Studio, pass RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE"
        )


def apply_removal_policy(construct: IConstruct, policy: RemovalPolicy) -> None:
    """Give all of ours that stands in a construct the policy, in two calls to the CDK however much it is.

    It is written over what outer scopes say, whose turn comes first, so that the innermost word holds.

    Raises:
        ValueError: the policy is ``SNAPSHOT``.
    """
    check_removal_policy(policy)
    RemovalPolicies.of(construct).apply(policy, apply_to_resource_types=_OURS)
