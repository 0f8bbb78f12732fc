"""What can be granted to others than the users of a domain; a grant never denies a role that is not ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import TYPE_CHECKING

from aws_cdk import Token
from aws_cdk import aws_iam as iam
from constructs import Construct

from constructs_lib.access.managed_policy_principal import ManagedPolicyPrincipal
from constructs_lib.access.policy_document import Statement
from constructs_lib.access.role_holders import is_of_domain, policies_of
from constructs_lib.access.shared_spaces import check_profiles
from constructs_lib.access.use import use_of_administrator, use_of_launcher, use_of_one_shared_space
from constructs_lib.auth_mode import AuthMode
from constructs_lib.environment import Environment
from constructs_lib.errors import check_type

if TYPE_CHECKING:
    from constructs_lib.domain import IDomain
    from constructs_lib.space import ISpace
    from constructs_lib.user_profile import IUserProfile

_VPC_ENDPOINT_ID = re.compile(r"vpce-[0-9a-f]{8,17}")


def grant_launch(
    domain: IDomain, grantee: iam.IGrantable, profiles: Sequence[IUserProfile], source_vpce: str | None
) -> iam.Grant:
    """Let a sign-in broker make the URLs that open Studio as these users.

    Raises:
        TypeError: the profiles are no list of profiles, or the endpoint is no text.
        ValueError: there is no profile, or one of another domain, or users sign in by Identity Center, or the
            grantee is a role of Studio, or the endpoint has no id of one.
    """
    check_profiles("profiles", profiles)
    check_type("source_vpce", source_vpce, str, "the id of a VPC endpoint")
    _check_outside_studio(domain, grantee)
    if domain.auth_mode is AuthMode.SSO:
        raise ValueError(
            "auth_mode must be AuthMode.IAM for grant_launch, got AuthMode.SSO, where SageMaker makes no such URLs; "
            "assign the users to the domain's application in IAM Identity Center"
        )
    if not profiles:
        raise ValueError("profiles must name at least one user, got none; pass the profiles whose URLs may be made")
    for profile in profiles:
        if profile.domain is not domain:
            raise ValueError(
                f"profiles must be of this domain, got {profile.user_profile_name!r} of another; "
                "call grant_launch on that domain"
            )
    if source_vpce is not None and not _VPC_ENDPOINT_ID.fullmatch(source_vpce) and not Token.is_unresolved(source_vpce):
        raise ValueError(
            f"source_vpce must be the id of a VPC endpoint, got {source_vpce!r}; pass vpce-0a1b2c3d4e5f67890 say"
        )
    return _grant(grantee, use_of_launcher([profile.user_profile_arn for profile in profiles], source_vpce))


def grant_administer(domain: IDomain, grantee: iam.IGrantable) -> iam.Grant:
    """Let an administrator see what is in the domain, stop apps and delete spaces.

    Raises:
        ValueError: the grantee is a role of Studio.
    """
    _check_outside_studio(domain, grantee)
    return _grant(grantee, use_of_administrator(domain._arns))


def grant_use(space: ISpace, grantee: iam.IGrantable) -> iam.Grant:
    """Let a principal start and stop a shared space.

    Raises:
        ValueError: the space is private or not known to be shared, or the fence of the grantee would deny it.
    """
    if space.sharing is None or not space.sharing.is_shared:
        kind = "of unknown sharing" if space.sharing is None else "private"
        raise ValueError(
            f"space must be shared for grant_use, got {space.space_name!r}, which is {kind}; "
            "nobody but its owner starts a private space"
        )
    domain, user = space._domain, _user(space, grantee)
    if user is None:
        _check_outside_studio(domain, grantee)
    else:
        domain._shared_spaces.grant(space.space_name, user)
    return _grant(grantee, use_of_one_shared_space(domain._arns, space.space_name, domain._volume_key))


def grant_remote(space: ISpace, grantee: iam.IGrantable) -> iam.Grant:
    """Let a principal open remote sessions on a space.

    Raises:
        ValueError: the domain has no remote access, or the fence of the grantee would deny it.
    """
    if not space._domain.remote_access:
        raise ValueError(
            "remote_access must be on in the domain for grant_remote, got off; pass remote_access=True to the domain"
        )
    user = _user(space, grantee)
    if user is None:
        _check_outside_studio(space._domain, grantee)
    elif not _may_start(user, space):
        raise ValueError(
            f"grantee must be one who may start {space.space_name!r}, got user {user.user_profile_name!r}, whose role "
            "is fenced off from it; make this user a member if the space is shared, or pass the owner"
        )
    allow: Statement = {"Effect": "Allow", "Action": ["sagemaker:StartSession"], "Resource": [space.space_arn]}
    return _grant(grantee, [allow])


def _grant(grantee: iam.IGrantable, statements: Iterable[Statement]) -> iam.Grant:
    grants = (
        iam.Grant.add_to_principal(
            grantee=grantee,
            actions=_listed(one["Action"]),
            resource_arns=_listed(one["Resource"]),
            conditions=one.get("Condition"),
        )
        for one in statements
    )
    return reduce(iam.Grant.combine, grants)


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _role_of(grantee: iam.IGrantable) -> object:
    """Return the role that a profile or its principal stands for, or the grantee itself."""
    if isinstance(grantee, ManagedPolicyPrincipal):
        return grantee.role
    return getattr(grantee, "execution_role", grantee) if hasattr(grantee, "user_profile_name") else grantee


def _user(space: ISpace, grantee: iam.IGrantable) -> IUserProfile | None:
    """Return the user of the space's domain whose role the grantee is, if it is one that a fence holds."""
    policies = policies_of(_role_of(grantee))
    user = None if policies is None else policies.statements.user_profile
    return user if user is not None and user.domain is space._domain else None


def _check_outside_studio(domain: IDomain, grantee: iam.IGrantable) -> None:
    """Refuse a role whose fence would deny what is granted, or that is elsewhere than the ARNs would say."""
    role = _role_of(grantee)
    if policies := policies_of(role):
        raise ValueError(
            f"grantee must not be a role of Studio, whose fence denies this, got that of {policies.holder}; "
            "pass a role that people or services take on outside Studio"
        )
    if is_of_domain(role):
        raise ValueError(
            "grantee must not be a role of Studio, whose fence denies this, got one that a domain has for everybody; "
            "pass a role that people or services take on outside Studio"
        )
    if isinstance(role, Construct):
        domain._home.check_resolves_in(Environment.of(role), "a grantee")


def _may_start(user: IUserProfile, space: ISpace) -> bool:
    is_owner = space.sharing is not None and space.sharing.owner is user
    return is_owner or space.space_name in space._domain._shared_spaces.open_to(user)
