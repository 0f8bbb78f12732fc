"""Who has which execution role: no two users share one, unless it is made for a team."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, ref

from aws_cdk import aws_iam as iam

if TYPE_CHECKING:
    from constructs_lib.access.user_policies import UserPolicies
    from constructs_lib.domain import IDomain

_POLICIES: WeakKeyDictionary[iam.Role, ref[UserPolicies]] = WeakKeyDictionary()
_DOMAINS: WeakKeyDictionary[iam.Role, ref[IDomain]] = WeakKeyDictionary()


def policies_of(role: object) -> UserPolicies | None:
    """Return the policies of the user or of the team that has a role, if it is one of this app."""
    policies = _POLICIES.get(role) if isinstance(role, iam.Role) else None
    return None if policies is None else policies()


def is_of_domain(role: object) -> bool:
    """Whether a domain has the role, for shared spaces or as its default."""
    return isinstance(role, iam.Role) and role in _DOMAINS


def check_free_for_user(role: object) -> None:
    """Refuse a role that another user has, whose fence would shut this one out, or that a domain has.

    Raises:
        ValueError: somebody has the role.
    """
    policies = policies_of(role)
    if policies is not None and policies.statements.user_profile is not None:
        raise ValueError(
            f"execution_role must be a role that nobody else has, got that of {policies.holder}; "
            "pass another role, or a TeamExecutionRole to all profiles that share one"
        )
    if is_of_domain(role):
        raise ValueError(
            "execution_role must be a role that nothing else has, got one that a domain has for everybody; "
            "pass another role, or none for one that is made for this profile"
        )


def check_free_for_domain(role: object, domain: IDomain) -> None:
    """Refuse a role that a user or a team has, as whom others would act, or another domain, whose fence shuts it out.

    Raises:
        ValueError: somebody else has the role.
    """
    if policies := policies_of(role):
        raise ValueError(
            f"execution_role must be a role that no user has, got that of {policies.holder}, "
            "as whom others would act; pass another role, or none for one that is made for this"
        )
    if isinstance(role, iam.Role) and role in _DOMAINS and _DOMAINS[role]() is not domain:
        raise ValueError(
            "execution_role must be a role that no other domain has, got one that has; "
            "pass another role, or none for one that is made for this"
        )


def give_to_user(role: iam.Role, policies: UserPolicies) -> None:
    """Take note of a role that a user or a team has."""
    _POLICIES[role] = ref(policies)


def give_to_domain(role: iam.Role, domain: IDomain) -> None:
    """Take note of a role that a domain has."""
    _DOMAINS[role] = ref(domain)
