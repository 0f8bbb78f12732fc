"""Where a stack is deployed to, and what SageMaker has there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from weakref import WeakKeyDictionary

from aws_cdk import Aws, IResource, Stack, Token
from constructs import IConstruct

# Regions whose CloudFormation registry lacks the type: a test holds this to cfn-lint's schemas.
_REGIONS_WITHOUT = {
    "AWS::SageMaker::Domain": frozenset({"ca-west-1", "mx-central-1"}),
    "AWS::SageMaker::UserProfile": frozenset({"ap-south-2", "ap-southeast-4", "ca-west-1", "mx-central-1"}),
    "AWS::SageMaker::Space": frozenset(
        {
            "ap-south-2",
            "ap-southeast-4",
            "ca-west-1",
            "cn-north-1",
            "cn-northwest-1",
            "mx-central-1",
            "us-gov-east-1",
            "us-gov-west-1",
        }
    ),
}

_ENVIRONMENTS: WeakKeyDictionary[Stack, Environment] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Environment:
    """The account and the region of one stack, ``None`` where the stack leaves them open.

    That of an import is not of a stack: what it leaves open is unknown.
    """

    account: str | None
    region: str | None
    is_of_stack: bool = True

    @staticmethod
    def of(scope: IConstruct) -> Environment:
        """Return the environment of the stack that a construct stands in."""
        known = getattr(scope, "_environment", None)
        if isinstance(known, Environment):  # a construct of this library, which knows without asking the CDK
            return known
        stack = scope if isinstance(scope, Stack) else Stack.of(scope)
        if stack not in _ENVIRONMENTS:
            account, region = stack.environment.removeprefix("aws://").split("/")
            _ENVIRONMENTS[stack] = Environment(
                account=None if account == "unknown-account" else account,
                region=None if region == "unknown-region" else region,
            )
        return _ENVIRONMENTS[stack]

    def check_has(self, resource_type: str) -> None:
        """Refuse a resource type that CloudFormation lacks in this region.

        Raises:
            ValueError: the region is known to lack the type.
        """
        if self.region in _REGIONS_WITHOUT[resource_type]:
            raise ValueError(
                f"{resource_type} must be in a region where CloudFormation has it, got {self.region}; "
                "deploy the stack to another region"
            )

    def check_same_as(self, other: Environment, what: str) -> None:
        """Refuse another account or region than this one, as far as they are known.

        Raises:
            ValueError: the two differ.
        """
        for name, mine, theirs in (
            ("account", self.account, other.account),
            ("region", self.region, other.region),
        ):
            if mine != theirs and (self.is_of_stack or (mine and theirs)):
                raise ValueError(
                    f"{what} must be in the {name} of the domain, {mine or 'which is open'}, got {theirs or 'none'}; "
                    "give both stacks the same env"
                )

    def check_resolves_in(self, other: Environment, what: str) -> None:
        """Refuse another environment than this one where this one is open: its references would mean the other.

        Raises:
            ValueError: the other one says what this one leaves open.
        """
        for name, mine, theirs in (
            ("account", self.account, other.account),
            ("region", self.region, other.region),
        ):
            if mine is None and theirs is not None:
                raise ValueError(
                    f"{what} must leave the {name} open as the domain does, whose ARNs it would misread, got {theirs}; "
                    "give both stacks the same env"
                )

    def check_holds(self, resource: IResource, argument: str) -> None:
        """Refuse a resource of another region, as far as both are known.

        Raises:
            ValueError: the regions differ.
        """
        region = resource.env.region
        if self.region and region != self.region and not Token.is_unresolved(region):
            raise ValueError(
                f"{argument} must be in the domain's region {self.region}, got one in {region}; "
                f"pass a {argument} of {self.region}"
            )

    def arn(self, service: str, resource: str) -> str:
        """Return the ARN of a resource in this environment; what the stack leaves open stays open."""
        pseudo = _pseudo_parameters()
        return f"arn:{pseudo.partition}:{service}:{self.region_reference}:{self.account_reference}:{resource}"

    @property
    def account_reference(self) -> str:
        """The account's number, or a reference to ``AWS::AccountId`` where the stack leaves it open."""
        return self.account or _pseudo_parameters().account

    @property
    def region_reference(self) -> str:
        """The region's name, or a reference to ``AWS::Region`` where the stack leaves it open."""
        return self.region or _pseudo_parameters().region


@dataclass(frozen=True)
class _PseudoParameters:
    partition: str
    region: str
    account: str


@cache
def _pseudo_parameters() -> _PseudoParameters:
    return _PseudoParameters(partition=Aws.PARTITION, region=Aws.REGION, account=Aws.ACCOUNT_ID)
