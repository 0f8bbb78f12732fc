"""What makes a Studio that is meant to be destroyed go without a remainder."""

from __future__ import annotations

from typing import Any

import jsii
from aws_cdk import CfnResource, IStableAnyProducer, Lazy, RemovalPolicies, Stack
from aws_cdk import aws_sagemaker as sagemaker
from constructs import Construct

from constructs_lib.domain import Domain, IDomain
from constructs_lib.drain.drain_functions import DrainFunctions, attach
from constructs_lib.drain.nothing_kept import NothingKept
from constructs_lib.drain.statements import use_of_domain, use_of_leftovers, use_of_stack
from constructs_lib.environment import Environment
from constructs_lib.errors import check_type, located_at
from constructs_lib.inventory import Declared, Inventory, check_destroyed


class DomainDrain(Construct):
    """Empties a Studio when its stack is deleted, so that CloudFormation can delete it.

    It stops the apps that run, which CloudFormation does not, and deletes the spaces that users made only when told
    to: before the spaces, the profiles and the domain of its stack are deleted. If the domain is of its stack, it
    removes what SageMaker leaves behind afterwards, which would block the VPC: the home file system with its mount
    targets, and the two security groups for NFS. It acts only while the stack itself is being deleted; an update that
    removes or replaces it touches nothing, nor does one that removes the nested stack that it stands in, nor a creation
    that fails and is rolled back. After an hour CloudFormation gives up, and goes on when the stack is deleted again.

    Stacks that add profiles or spaces to a domain are deleted before the domain's: each needs a drain of its own,
    which concerns the profiles and spaces of its stack, those that are declared after it too. That of the domain's
    stack concerns the whole domain.

    It defines five Lambda functions, a state machine, their roles and a log group that keeps a month.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/gs-studio-delete-domain.html
    """

    def __init__(self, scope: Construct, id: str, *, domain: IDomain, delete_user_spaces: bool = False) -> None:
        """Define the drain.

        Args:
            scope: the construct that the drain stands in; what it concerns is decided by its stack.
            id: its id there.
            domain: the domain, of this app or imported; its removal policy is ``DESTROY``, and so are those of the
                profiles and spaces of the drain's stack, or the app is not synthesized.
            delete_user_spaces: whether spaces that no stack of this app declares are deleted, with their volumes: in
                the domain's stack all of them, elsewhere those of the stack's profiles. Default: they are kept, and
                as long as there are any no app is stopped, and the stack is not deleted.

        Raises:
            TypeError: an argument is of another type.
            ValueError: the domain would be kept, or has a drain in the stack, or is in another account or region.
        """
        if not isinstance(getattr(domain, "_inventory", None), Inventory):
            raise TypeError(f"domain must be a Domain, got {domain!r}; pass the domain itself")
        check_type("delete_user_spaces", delete_user_spaces, bool, "True or False")
        super().__init__(scope, id)
        self._environment = Environment.of(scope)
        with located_at(self):
            check_destroyed(domain.removal_policy)
            domain._home.check_same_as(self._environment, "a drain")
            domain._inventory.check_undrained(self._environment)
        self._nothing_kept = NothingKept()
        self.node.add_validation(self._nothing_kept)
        if isinstance(domain, Domain):
            self._nothing_kept.add(domain._resource)
        own = domain if isinstance(domain, Domain) and domain._environment is self._environment else None
        is_own = self._is_of_whole_domain = own is not None
        leftovers = [] if own is None else use_of_leftovers(own._home, own._network.vpc_id)
        of_stack = use_of_stack(Stack.of(self), leftovers=is_own)
        functions = DrainFunctions(self, "Functions", statements=[*of_stack, *leftovers])
        use = attach(
            self,
            "Use",
            functions.handler_role,
            use_of_domain(domain._arns, whole_domain=is_own, delete_user_spaces=delete_user_spaces),
        )
        self._user_profiles, self._spaces, self._other_spaces = _Names(), _Names(), _Names()
        self._resource = CfnResource(
            self,
            "Resource",
            type="Custom::StudioDrain",
            properties={
                "ServiceToken": functions.service_token,
                "DomainId": domain.domain_id,
                "WholeDomain": _text(is_own),
                "UserProfileNames": Lazy.any(self._user_profiles),
                "SpaceNames": Lazy.any(self._spaces),
                "OtherSpaceNames": Lazy.any(self._other_spaces),
                "DeleteUserSpaces": _text(delete_user_spaces),
            },
        )
        self._resource.add_resource_dependency(use)
        domain._inventory.drain(self._environment, self._follow)
        if own is not None:
            own._resource.add_resource_dependency(self._leftovers(functions.service_token, own))
        RemovalPolicies.of(self).destroy()

    def _follow(self, declared: Declared) -> None:
        """Go before a profile or a space of this stack, and know of the spaces of others.

        Nested stacks with some of the domain would be deleted at the same time as its drain, if they did not go before.
        """
        is_space = isinstance(declared.resource, sagemaker.CfnSpace)
        if declared.environment is self._environment:
            self._resource.add_resource_dependency(declared.resource)
            self._nothing_kept.add(declared.resource)
            (self._spaces if is_space else self._user_profiles).add(declared.name)
            return
        if self._is_of_whole_domain:
            declared.resource.add_resource_dependency(self._resource)
        if is_space:
            self._other_spaces.add(declared.name)

    def _leftovers(self, service_token: str, domain: Domain) -> CfnResource:
        """Define what goes after the domain, to which it therefore cannot refer: docs/decisions/0008."""
        return CfnResource(
            self,
            "Leftovers",
            type="Custom::StudioLeftovers",
            properties={
                "ServiceToken": service_token,
                "DomainLogicalId": domain._resource.logical_id,
                "VpcId": domain._network.vpc_id,
                "SubnetIds": domain._network.subnet_ids,
            },
        )


@jsii.implements(IStableAnyProducer)
class _Names:
    """Names that are complete when the app is synthesized."""

    def __init__(self) -> None:
        self._names: list[str] = []

    def add(self, name: str) -> None:
        """Take in one more."""
        self._names.append(name)

    def produce(self) -> Any:
        """Return them in one order, whichever they were declared in."""
        return sorted(self._names)


def _text(value: bool) -> str:
    """Return a truth value as CloudFormation sends it to a function."""
    return "true" if value else "false"
