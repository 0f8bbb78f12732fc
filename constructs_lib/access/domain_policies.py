"""The managed policies that stand once in a domain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from aws_cdk import aws_iam as iam
from constructs import Construct

from constructs_lib.access.fence import fence_of_all_users, fence_of_bystander
from constructs_lib.access.policy_document import Statement, in_policies, policy_document
from constructs_lib.access.studio_arns import StudioArns
from constructs_lib.access.use import use_of_all_users, use_of_shared_spaces
from constructs_lib.errors import located_at

if TYPE_CHECKING:
    from constructs_lib.domain import IDomain

IDS_FOR_USERS = frozenset({"UserFence", *(f"UserFence{number}" for number in range(2, 10)), "UserUse"})
"""The ids of what ``define_user_policies`` defines."""


def define_user_policies(
    scope: Construct, domain: IDomain, *, users: Iterable[iam.Role] = (), fenced: Iterable[iam.Role] = ()
) -> tuple[iam.ManagedPolicy, ...]:
    """Define what all users of a domain may do, ``UserUse``, and may never do, ``UserFence``.

    Args:
        scope: the construct that the policies stand in.
        domain: the domain.
        users: the roles of users to attach both to. Default: none; each role names the policies itself.
        fenced: roles of others, to attach ``UserFence`` to. Default: none.

    Raises:
        ValueError: the domain allows more of a kind than a policy can name.
    """
    arns = StudioArns(domain._home, domain.domain_id)
    fence = [
        *fence_of_all_users(arns, remote_access=domain.remote_access),
        *domain._allowed._fence(scope, domain._home),
    ]
    with located_at(scope):
        fences = in_policies(fence)
    return (
        _define(scope, "UserUse", use_of_all_users(arns, domain._volume_key), users),
        *(
            _define(scope, "UserFence" if number == 1 else f"UserFence{number}", statements, [*users, *fenced])
            for number, statements in enumerate(fences, 1)
        ),
    )


def define_space_policies(scope: Construct, domain: IDomain, role: iam.Role) -> None:
    """Define what everybody may do inside a shared space, and may never do there."""
    arns = StudioArns(domain._home, domain.domain_id)
    _define(scope, "SpaceUse", use_of_shared_spaces(arns, domain._volume_key), [role])
    _define(scope, "SpaceFence", fence_of_bystander(arns, role.role_arn), [role])


def define_default_fence(scope: Construct, domain: IDomain, role: iam.Role) -> None:
    """Define what profiles made elsewhere without a role of their own may never do."""
    arns = StudioArns(domain._home, domain.domain_id)
    _define(scope, "DefaultFence", fence_of_bystander(arns, role.role_arn), [role])


def _define(scope: Construct, id: str, statements: Iterable[Statement], roles: Iterable[iam.Role]) -> iam.ManagedPolicy:
    document = iam.PolicyDocument.from_json(policy_document(statements))
    return iam.ManagedPolicy(scope, id, document=document, roles=list(roles))
