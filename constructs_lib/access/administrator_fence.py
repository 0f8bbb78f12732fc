"""What keeps an administrator out of what users do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aws_cdk import Resource
from aws_cdk import aws_iam as iam
from constructs import Construct

from constructs_lib.access.fence import fence_of_administrator
from constructs_lib.access.policy_document import policy_document
from constructs_lib.access.role_holders import is_of_domain, policies_of
from constructs_lib.environment import Environment
from constructs_lib.errors import check_type, located_at

if TYPE_CHECKING:
    from constructs_lib.domain import IDomain


class AdministratorFence(iam.ManagedPolicy):
    """A managed policy that denies an administrator every way into spaces, beside what ``grant_administer`` allows.

    It holds whatever else the administrator is allowed: no signing in as a user, no remote session, no code in
    somebody's space by an app, a script or an image, no change of domain, profiles or tags, and no search. A grant
    cannot deny, since it must not fence a role that is not the library's; attach this where you want it. Images,
    scripts and search are closed for the whole account, since other domains' spaces run the same ones.

    It does not bind who may change IAM policies, nor who deploys the Studio. It goes with its stack, though a Studio
    that is kept does not: ``apply_removal_policy`` keeps it too, for roles that stay.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        domain: IDomain,
        roles: Sequence[iam.IRole] | None = None,
        users: Sequence[iam.IUser] | None = None,
        groups: Sequence[iam.IGroup] | None = None,
    ) -> None:
        """Define the policy.

        Args:
            scope: the construct that the policy stands in.
            id: its id there.
            domain: the domain whose users are protected.
            roles: roles to attach it to. Default: none.
            users: IAM users to attach it to. Default: none.
            groups: IAM groups to attach it to. Default: none.

        Raises:
            TypeError: the domain is none.
            ValueError: the scope is in an account or region that the domain's stack leaves open, or a role is one of
                Studio.
        """
        check_type("domain", domain, Resource, "a Domain")
        with located_at(scope):
            domain._home.check_resolves_in(Environment.of(scope), "an AdministratorFence")
            if any(policies_of(role) or is_of_domain(role) for role in roles or ()):
                raise ValueError(
                    "roles must not be roles of Studio, whose users could not work then, got one; "
                    "pass roles that administrators take on"
                )
        statements = fence_of_administrator(domain._arns)
        super().__init__(
            scope,
            id,
            document=iam.PolicyDocument.from_json(policy_document(statements)),
            roles=roles,
            users=users,
            groups=groups,
        )
