"""What roles of a Studio must never do, whatever other policies somebody attaches to them.

Each denial is meant to be total, hence the ``*``: what is left is narrowed by the condition, or by ``NotResource``.
A negated condition is true where its key is absent, so that what has no owner is nobody's.
See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from constructs_lib.access.policy_document import Statement
from constructs_lib.access.studio_arns import StudioArns

_LOOKING = ["sagemaker:DescribeApp", "sagemaker:DescribeDomain", "sagemaker:DescribeSpace"]
_APPS = ["sagemaker:CreateApp", "sagemaker:DeleteApp"]
_PROFILE = ["sagemaker:CreatePresignedDomainUrl", "sagemaker:DescribeUserProfile"]
_SPACES = ["sagemaker:CreateSpace", "sagemaker:DeleteSpace", "sagemaker:UpdateSpace"]

# What runs code in spaces of others.
_IMAGES = [
    "sagemaker:CreateAppImageConfig",
    "sagemaker:CreateImage",
    "sagemaker:CreateImageVersion",
    "sagemaker:DeleteAppImageConfig",
    "sagemaker:DeleteImage",
    "sagemaker:DeleteImageVersion",
    "sagemaker:UpdateAppImageConfig",
    "sagemaker:UpdateImage",
    "sagemaker:UpdateImageVersion",
]
_SCRIPTS = [
    "sagemaker:CreateStudioLifecycleConfig",
    "sagemaker:DeleteStudioLifecycleConfig",
    "sagemaker:DescribeStudioLifecycleConfig",  # a script may hold secrets
]

# What decides for others; that belongs to those who deploy the Studio. Notebook instances run as a role of choice.
_ADMINISTRATION = [
    "sagemaker:CreateDomain",
    "sagemaker:CreateNotebookInstance",
    "sagemaker:CreateNotebookInstanceLifecycleConfig",
    "sagemaker:CreatePresignedNotebookInstanceUrl",
    "sagemaker:CreateUserProfile",
    "sagemaker:DeleteDomain",
    "sagemaker:DeleteUserProfile",
    "sagemaker:UpdateDomain",
    "sagemaker:UpdateNotebookInstance",
    "sagemaker:UpdateNotebookInstanceLifecycleConfig",
    "sagemaker:UpdateUserProfile",
]


def fence_of_one_user(arns: StudioArns, user_profile_name: str, role_arns: Sequence[str]) -> list[Statement]:
    """Return what keeps one user to the own spaces and the own profile, and to passing these roles."""
    user_profile = arns.user_profile(user_profile_name)
    of_others = {"ArnNotEquals": {"sagemaker:OwnerUserProfileArn": user_profile}}
    return [
        _deny("OnlyOwnSpaces", _SPACES, of_others),
        _deny("OnlyOwnPrivateApps", _APPS, {**of_others, "StringNotEquals": {"sagemaker:SpaceSharingType": "Shared"}}),
        _deny_but("OnlyOwnProfile", _PROFILE, [user_profile]),
        _deny_but("OnlyPassableRoles", "iam:PassRole", role_arns),
    ]


def fence_of_nameless_calls() -> list[Statement]:
    """Return what closes a team's role to calls that name no user, where its policy variable means nothing."""
    actions = sorted([*_APPS, *_PROFILE, *_SPACES, "sagemaker:StartSession"])
    return [_deny("NoNamelessCalls", actions, {"Null": {"sagemaker:UserProfileName": "true"}})]


def fence_of_all_users(arns: StudioArns, *, remote_access: bool) -> list[Statement]:
    """Return what keeps every role of a domain to using that domain: no administration, no tags afterwards."""
    return [
        _deny("NoAdministration", sorted([*_ADMINISTRATION, *_IMAGES, *_SCRIPTS, "sagemaker:DeleteTags"])),
        *_only_tags_of_what_is_created(arns),
        _deny("NoOwnerlessApps", _APPS, {"Null": {"sagemaker:OwnerUserProfileArn": "true"}}),
        _deny_but(
            "OnlyThisDomain",
            sorted([*_APPS, *_LOOKING, "sagemaker:StartSession"]),
            [arns.apps(), arns.domain, arns.space("*")],
        ),
        *([] if remote_access else [_no_spaces_with_remote_access()]),
    ]


def fence_of_no_user(arns: StudioArns, role_arn: str) -> list[Statement]:
    """Return what keeps a role that stands for no user from acting as one."""
    return [
        _deny("NoSpacesNorSignIn", sorted([*_APPS, *_SPACES, *_PROFILE, "sagemaker:StartSession"])),
        _no_tags("NoTags", arns, "app", "space"),
        _deny_but("OnlyPassableRoles", "iam:PassRole", [role_arn]),
    ]


def fence_of_members(arns: StudioArns, user_profile_name: str, space_names: Sequence[str]) -> list[Statement]:
    """Return what keeps one user to the shared spaces named, besides those that the user owns."""
    of_others = {"ArnNotEquals": {"sagemaker:OwnerUserProfileArn": arns.user_profile(user_profile_name)}}
    return [_deny_but("OnlySharedSpacesOfMember", _APPS, [arns.apps(name) for name in space_names], of_others)]


def fence_of_sessions(arns: StudioArns, user_profile_name: str, space_names: Sequence[str]) -> list[Statement]:
    """Return what keeps one user's remote sessions to the spaces named, and to those that the user makes."""
    of_others = {"ArnNotEquals": {"aws:ResourceTag/sagemaker:user-profile-arn": arns.user_profile(user_profile_name)}}
    spaces = [arns.space(name) for name in space_names]
    return [_deny_but("OnlyOwnSessions", "sagemaker:StartSession", spaces, of_others)]


def fence_without_sessions() -> list[Statement]:
    """Return what keeps a user from all remote sessions."""
    return [_deny("NoSessions", "sagemaker:StartSession")]


def fence_of_administrator(arns: StudioArns) -> list[Statement]:
    """Return what keeps an administrator out of the spaces of a domain, and from becoming one of its users."""
    way_in = [
        "sagemaker:AddTags",
        "sagemaker:CreateApp",
        "sagemaker:CreatePresignedDomainUrl",
        "sagemaker:CreateSpace",
        "sagemaker:DeleteTags",
        "sagemaker:StartSession",
        "sagemaker:UpdateSpace",
    ]
    of_domain = [arns.apps(), arns.domain, arns.space("*"), arns.user_profile("*")]
    to_sagemaker = {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}
    return [
        _deny("NoWayIn", way_in) | {"Resource": of_domain},
        _deny("NoAdministration", sorted([*_ADMINISTRATION, *_IMAGES, *_SCRIPTS, "sagemaker:Search"])),
        _deny("NoRolesOfUsers", "iam:PassRole", to_sagemaker),
    ]


def fence_of_allow_list(sid: str, condition: dict[str, Any]) -> Statement:
    """Return what keeps apps and spaces to what the domain allows."""
    return _deny(sid, ["sagemaker:CreateApp", "sagemaker:CreateSpace", "sagemaker:UpdateSpace"], condition)


def _no_spaces_with_remote_access() -> Statement:
    enabled = {"StringEquals": {"sagemaker:RemoteAccess": "ENABLED"}}
    return _deny("NoSpacesWithRemoteAccess", ["sagemaker:CreateSpace", "sagemaker:UpdateSpace"], enabled)


def _only_tags_of_what_is_created(arns: StudioArns) -> list[Statement]:
    """Return what forbids tags later, which could say that a space is somebody else's to open."""
    while_making_a_space = {"StringNotEquals": {"sagemaker:TaggingAction": "CreateSpace"}}
    while_making_anything = {"Null": {"sagemaker:TaggingAction": "true"}}
    return [
        _no_tags("OnlyTagsOfNewSpaces", arns, "space", condition=while_making_a_space),
        _no_tags("OnlyTagsOfNewApps", arns, "app", condition=while_making_anything),
        _no_tags("NoTagsOfDomainsNorProfiles", arns, "domain", "user-profile"),
    ]


def _no_tags(sid: str, arns: StudioArns, *kinds: str, condition: dict[str, Any] | None = None) -> Statement:
    resources = [arns.anywhere(kind) for kind in kinds]
    return _deny(sid, "sagemaker:AddTags", condition) | {"Resource": resources if len(kinds) > 1 else resources[0]}


def _deny(sid: str, actions: str | list[str], condition: dict[str, Any] | None = None) -> Statement:
    statement: Statement = {"Sid": sid, "Effect": "Deny", "Action": actions, "Resource": "*"}
    return statement if condition is None else statement | {"Condition": condition}


def _deny_but(
    sid: str, actions: str | list[str], left_out: Sequence[str], condition: dict[str, Any] | None = None
) -> Statement:
    """Return a denial of all resources but some; without any left out it is one of all."""
    statement = _deny(sid, actions, condition)
    if left_out:
        statement["NotResource"] = left_out[0] if len(left_out) == 1 else list(left_out)
        del statement["Resource"]
    return statement
