"""What an app declares in a domain, and who must know of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aws_cdk import RemovalPolicy
from aws_cdk import aws_sagemaker as sagemaker

from constructs_lib.environment import Environment


@dataclass(frozen=True, eq=False)
class Declared:
    """A user profile or a space of this app.

    Attributes:
        name: its name in the domain.
        resource: its L1.
        environment: that of its stack; each stack has one of its own.
    """

    name: str
    resource: sagemaker.CfnUserProfile | sagemaker.CfnSpace
    environment: Environment


class Inventory:
    """The user profiles and spaces declared in one domain, whichever stacks they stand in."""

    def __init__(self) -> None:
        self._declared: list[Declared] = []
        self._followers: list[Callable[[Declared], None]] = []
        self._drained: set[Environment] = set()

    @property
    def is_drained(self) -> bool:
        """Whether some stack has a drain of the domain."""
        return bool(self._drained)

    def add(self, declared: Declared) -> None:
        """Take in a profile or a space, and tell who follows."""
        self._declared.append(declared)
        for notify in self._followers:
            notify(declared)

    def check_undrained(self, environment: Environment) -> None:
        """Refuse a second drain of the domain in one stack.

        Raises:
            ValueError: the stack with this environment has one.
        """
        if environment in self._drained:
            raise ValueError("domain must have one drain in a stack, got a second; leave out one of the two")

    def drain(self, environment: Environment, notify: Callable[[Declared], None]) -> None:
        """Tell the drain of a stack of each profile and space, now and whenever one is declared.

        Args:
            environment: that of the stack.
            notify: what is called with each.
        """
        self._drained.add(environment)
        self.follow(notify)

    def follow(self, notify: Callable[[Declared], None]) -> None:
        """Tell of each profile and space, now and whenever one is declared.

        Args:
            notify: what is called with each.
        """
        self._followers.append(notify)
        for declared in self._declared:
            notify(declared)


def check_destroyed(policy: RemovalPolicy) -> None:
    """Refuse the removal policy of a domain that has a drain, which would empty what is kept.

    Raises:
        ValueError: the domain is not deleted.
    """
    if policy is not RemovalPolicy.DESTROY:
        raise ValueError(
            f"removal_policy of a domain with a drain must be RemovalPolicy.DESTROY, "
            f"got {getattr(policy, 'name', policy)!r}; pass RemovalPolicy.DESTROY to the domain, or leave out the drain"
        )
