"""What can be granted to others than the users of a domain; a grant never denies a role that is not ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aws_cdk import aws_iam as iam

from constructs_lib.access.role_holders import user_with
from constructs_lib.access.shared_spaces import check_member
from constructs_lib.access.studio_arns import StudioArns
from constructs_lib.auth_mode import AuthMode
from constructs_lib.errors import check_no_text, check_type

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
        ValueError: there is no profile, or one of another domain, or users sign in by Identity Center.
    """
    check_type("profiles", profiles, (list, tuple), "a list of profiles")
    if domain.auth_mode is AuthMode.SSO:
        raise ValueError(
            "auth_mode must be AuthMode.IAM for grant_launch, got AuthMode.SSO, where SageMaker makes no such URLs; "
            "assign the users to the domain's application in IAM Identity Center"
        )
    if not profiles:
        raise ValueError("profiles must name at least one user, got none; pass the profiles whose URLs may be made")
    for profile in profiles:
        check_no_text("profiles", profile, "the profiles themselves")
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
    """Let an administrator see what is in the domain, stop apps and delete spaces."""
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
    if (user := _user(grantee)) is not None:
        check_member(space._domain, user)
        space._domain._shared_spaces.add_member(space.space_name, user)
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
    user = _user(grantee)
    if user is not None and not _may_start(user, space):
        raise ValueError(
            f"grantee must be a user who may start {space.space_name!r}, got {user.user_profile_name!r}, whose role is "
            "fenced off from it; make this user a member if the space is shared"
        )
    return iam.Grant.add_to_principal(
        grantee=grantee, actions=["sagemaker:StartSession"], resource_arns=[space.space_arn]
    )


def _user(grantee: iam.IGrantable) -> IUserProfile | None:
    """Return the user whose role is fenced, if the grantee is a profile or its role."""
    return user_with(getattr(grantee, "execution_role", grantee))


def _may_start(user: IUserProfile, space: ISpace) -> bool:
    is_owner = space.sharing is not None and space.sharing.owner is user
    return is_owner or space.space_name in space._domain._shared_spaces.open_to(user)
