"""The managed policies that stand once in a domain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from aws_cdk import aws_iam as iam
from constructs import Construct

from constructs_lib.access.execution_role import IExecutionRole
from constructs_lib.access.fence import fence_of_all_users, fence_of_no_user
from constructs_lib.access.policy_document import Statement, in_policies, policy_document
from constructs_lib.access.use import use_of_all_users, use_of_images, use_of_shared_spaces
from constructs_lib.errors import located_at

if TYPE_CHECKING:
    from constructs_lib.domain import IDomain


def _numbered(*ids: str) -> frozenset[str]:
    return frozenset(f"{id}{number}" for id in ids for number in ("", *range(2, 100)))


IDS_OF_ALL_USERS = _numbered("UserFence", "UserUse")
"""The ids of what ``define_policies_of_all_users`` defines."""

IDS_OF_DOMAIN = IDS_OF_ALL_USERS | _numbered("SpaceUse") | {"DefaultFence", "SpaceFence"}
"""The ids of what ``define_policies_of_domain`` defines."""


def define_policies_of_all_users(
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
    arns = domain._arns
    images = (*domain.default_user_settings._custom_images(), *domain.default_space_settings._custom_images())
    use = [*use_of_all_users(arns, domain._volume_key), *use_of_images(domain, dict.fromkeys(images))]
    fence = [
        *fence_of_all_users(arns, remote_access=domain.remote_access),
        *domain._allowed._fence(scope, domain._home, domain._companions.owner),
    ]
    return (
        *_define_all(scope, "UserUse", use, users),
        *_define_all(scope, "UserFence", fence, [*users, *fenced]),
    )


def define_policies_of_domain(
    scope: Construct, domain: IDomain, *, space_role: IExecutionRole, default_role: IExecutionRole | None
) -> tuple[iam.ManagedPolicy, ...]:
    """Define all policies of a domain, and return those that its users' roles carry.

    Args:
        scope: the construct that the policies stand in.
        domain: the domain.
        space_role: the role of shared spaces; one of another app is left as it is.
        default_role: the role of profiles made elsewhere without one. Default: it is left as it is.

    Raises:
        ValueError: the domain allows more of a kind than a policy can name.
    """
    if isinstance(space_role, iam.Role):
        images = domain.default_space_settings._custom_images()
        use = [*use_of_shared_spaces(domain._arns, domain._volume_key), *use_of_images(domain, images)]
        _define_all(scope, "SpaceUse", use, [space_role])
    given = {"SpaceFence": space_role, "DefaultFence": default_role}
    fenced = {id: role for id, role in given.items() if isinstance(role, iam.Role)}
    for id, role in fenced.items():
        _define(scope, id, fence_of_no_user(domain._arns, role.role_arn), [role])
    return define_policies_of_all_users(scope, domain, fenced=fenced.values())


def _define_all(
    scope: Construct, id: str, statements: Iterable[Statement], roles: Iterable[iam.Role]
) -> list[iam.ManagedPolicy]:
    """Define as many policies as the statements need: IAM takes only so much in one."""
    with located_at(scope):
        policies = in_policies(statements)
    return [
        _define(scope, id if number == 1 else f"{id}{number}", some, roles) for number, some in enumerate(policies, 1)
    ]


def _define(scope: Construct, id: str, statements: Iterable[Statement], roles: Iterable[iam.Role]) -> iam.ManagedPolicy:
    document = iam.PolicyDocument.from_json(policy_document(statements))
    return iam.ManagedPolicy(scope, id, document=document, roles=list(roles))
