"""What can be granted to others than the users of a domain; a grant never denies a role that is not ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aws_cdk import aws_iam as iam

from constructs_lib.access.role_holders import user_with
from constructs_lib.access.shared_spaces import check_profiles
from constructs_lib.access.studio_arns import StudioArns
from constructs_lib.access.team_execution_role import TeamExecutionRole
from constructs_lib.auth_mode import AuthMode

if TYPE_CHECKING:
    from constructs_lib.domain import IDomain
    from constructs_lib.space import ISpace
    from constructs_lib.user_profile import IUserProfile


def grant_launch(
    domain: IDomain, grantee: iam.IGrantable, profiles: Sequence[IUserProfile], source_vpce: str | None
) -> iam.Grant:
    """Let a sign-in broker make the URLs that open Studio as these users.

    Raises:
        TypeError: the profiles are no list of profiles.
        ValueError: there is no profile, or one of another domain, or users sign in by Identity Center, or the
            grantee is a user of Studio.
    """
    check_profiles("profiles", profiles)
    _check_outside_studio(grantee)
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
    arns = [profile.user_profile_arn for profile in profiles]
    sign_in = iam.Grant.add_to_principal(
        grantee=grantee,
        actions=["sagemaker:CreatePresignedDomainUrl"],
        resource_arns=arns,
        conditions=None if source_vpce is None else {"StringEquals": {"aws:SourceVpce": source_vpce}},
    )
    return sign_in.combine(
        iam.Grant.add_to_principal(grantee=grantee, actions=["sagemaker:DescribeUserProfile"], resource_arns=arns)
    )


def grant_administer(domain: IDomain, grantee: iam.IGrantable) -> iam.Grant:
    """Let an administrator see what is in the domain, stop apps and delete spaces.

    Raises:
        ValueError: the grantee is a user of Studio.
    """
    _check_outside_studio(grantee)
    arns = StudioArns(domain._home, domain.domain_id)
    listing = iam.Grant.add_to_principal(
        grantee=grantee,
        actions=[
            "sagemaker:ListApps",
            "sagemaker:ListDomains",
            "sagemaker:ListSpaces",
            "sagemaker:ListUserProfiles",
        ],
        resource_arns=["*"],  # listing has no resource level
    )
    describing = iam.Grant.add_to_principal(
        grantee=grantee,
        actions=[
            "sagemaker:DescribeApp",
            "sagemaker:DescribeDomain",
            "sagemaker:DescribeSpace",
            "sagemaker:DescribeUserProfile",
            "sagemaker:ListTags",
        ],
        resource_arns=[arns.apps(), arns.domain, arns.space("*"), arns.user_profile("*")],
    )
    cleaning_up = iam.Grant.add_to_principal(
        grantee=grantee,
        actions=["sagemaker:DeleteApp", "sagemaker:DeleteSpace"],
        resource_arns=[arns.apps(), arns.space("*")],
    )
    return listing.combine(describing).combine(cleaning_up)


def grant_use(space: ISpace, grantee: iam.IGrantable) -> iam.Grant:
    """Let a principal start and stop a shared space.

    Raises:
        ValueError: the space is private or not known to be shared, or the grantee is a profile that cannot use it.
    """
    if space.sharing is None or not space.sharing.is_shared:
        kind = "of unknown sharing" if space.sharing is None else "private"
        raise ValueError(
            f"space must be shared for grant_use, got {space.space_name!r}, which is {kind}; "
            "nobody but its owner starts a private space"
        )
    shared, role = space._domain._shared_spaces, _role_of(grantee)
    if user := user_with(role):
        if user.domain is not space._domain:
            raise ValueError(
                f"grantee must be a user of the space's domain, got {user.user_profile_name!r} of another, "
                "whose role is fenced off from it; give the user a profile in this domain"
            )
        shared.grant(space.space_name, user)
    elif isinstance(role, TeamExecutionRole) and space.sharing.members is not None:
        raise ValueError(
            f"grantee must not be a team's role where the space has members, got one for {space.space_name!r}, whose "
            "users IAM cannot tell apart; give the user a role of its own"
        )
    arns = StudioArns(space._domain._home, space._domain.domain_id)
    starting = iam.Grant.add_to_principal(
        grantee=grantee,
        actions=["sagemaker:CreateApp", "sagemaker:DeleteApp"],
        resource_arns=[arns.apps(space.space_name)],
        conditions={"StringEquals": {"sagemaker:SpaceSharingType": "Shared"}},
    )
    tagging = iam.Grant.add_to_principal(
        grantee=grantee,
        actions=["sagemaker:AddTags"],
        resource_arns=[arns.apps(space.space_name)],
        conditions={"Null": {"sagemaker:TaggingAction": "false"}},
    )
    describing = iam.Grant.add_to_principal(
        grantee=grantee,
        actions=["sagemaker:DescribeApp", "sagemaker:DescribeSpace"],
        resource_arns=[arns.apps(space.space_name), space.space_arn],
    )
    return starting.combine(tagging).combine(describing)


def grant_remote(space: ISpace, grantee: iam.IGrantable) -> iam.Grant:
    """Let a principal open remote sessions on a space.

    Raises:
        ValueError: the domain has no remote access, or the grantee is a profile that may not start the space.
    """
    if not space._domain.remote_access:
        raise ValueError(
            "remote_access must be on in the domain for grant_remote, got off; pass remote_access=True to the domain"
        )
    role = _role_of(grantee)
    user = user_with(role)
    if (user or isinstance(role, TeamExecutionRole)) and not _may_start(user, space):
        who = "a team" if user is None else repr(user.user_profile_name)
        raise ValueError(
            f"grantee must be one who may start {space.space_name!r}, got {who}, whose role is fenced off from it; "
            "make this user a member if the space is shared"
        )
    return iam.Grant.add_to_principal(
        grantee=grantee, actions=["sagemaker:StartSession"], resource_arns=[space.space_arn]
    )


def _role_of(grantee: iam.IGrantable) -> object:
    """Return the role that a profile stands for, or the grantee itself."""
    return getattr(grantee, "execution_role", grantee)


def _check_outside_studio(grantee: iam.IGrantable) -> None:
    role = _role_of(grantee)
    if user_with(role) or isinstance(role, TeamExecutionRole):
        raise ValueError(
            "grantee must not be a user of Studio, got one, whose fence denies it; "
            "pass a role that people take on outside Studio"
        )


def _may_start(user: IUserProfile | None, space: ISpace) -> bool:
    is_owner = user is not None and space.sharing is not None and space.sharing.owner is user
    return is_owner or space.space_name in space._domain._shared_spaces.open_to(user)
