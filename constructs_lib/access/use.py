"""What roles of a Studio may do: the least that works.

The fence denies what these statements leave out, so that no policy beside them opens it.
See https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from constructs_lib.access.policy_document import Statement
from constructs_lib.access.studio_arns import StudioArns
from constructs_lib.encryption import VolumeKey

if TYPE_CHECKING:
    from constructs_lib.compute.image import StudioImage
    from constructs_lib.domain import IDomain

# On all resources, since listing has no resource level: whoever may list sees every name of the account.
_LISTING = ["sagemaker:ListApps", "sagemaker:ListDomains", "sagemaker:ListSpaces", "sagemaker:ListUserProfiles"]


def use_of_one_user(arns: StudioArns, user_profile_name: str) -> list[Statement]:
    """Return what one user alone may do: sign in to the own profile, and everything with the own spaces."""
    user_profile = arns.user_profile(user_profile_name)
    return [
        {
            "Sid": "Self",
            "Effect": "Allow",
            "Action": [
                "sagemaker:CreatePresignedDomainUrl",
                "sagemaker:DescribeUserProfile",
                "sagemaker:ListTags",
            ],
            "Resource": user_profile,
        },
        {
            "Sid": "OwnSpaces",
            "Effect": "Allow",
            "Action": [
                "sagemaker:CreateApp",
                "sagemaker:CreateSpace",
                "sagemaker:DeleteApp",
                "sagemaker:DeleteSpace",
                "sagemaker:UpdateSpace",
            ],
            "Resource": [arns.apps(), arns.space("*")],
            "Condition": {"ArnEquals": {"sagemaker:OwnerUserProfileArn": user_profile}},
        },
    ]


def use_of_all_users(arns: StudioArns, key: VolumeKey | None) -> list[Statement]:
    """Return what all users of a domain may do: see it, start and stop shared spaces, and run apps."""
    return [
        {
            "Sid": "List",
            "Effect": "Allow",
            "Action": _LISTING,
            "Resource": "*",
        },
        {
            "Sid": "SharedApps",
            "Effect": "Allow",
            "Action": ["sagemaker:CreateApp", "sagemaker:DeleteApp"],
            "Resource": arns.apps(),
            "Condition": {
                "Null": {"sagemaker:OwnerUserProfileArn": "false"},
                "StringEquals": {"sagemaker:SpaceSharingType": "Shared"},
            },
        },
        {
            "Sid": "TagNewSpaces",
            "Effect": "Allow",
            "Action": "sagemaker:AddTags",
            "Resource": arns.space("*"),
            "Condition": {"StringEquals": {"sagemaker:TaggingAction": "CreateSpace"}},
        },
        {
            "Sid": "TagNewApps",
            "Effect": "Allow",
            "Action": "sagemaker:AddTags",
            "Resource": arns.apps(),
            "Condition": {"Null": {"sagemaker:TaggingAction": "false"}},
        },
        *use_of_shared_spaces(arns, key),
    ]


def use_of_shared_spaces(arns: StudioArns, key: VolumeKey | None) -> list[Statement]:
    """Return what everybody may do inside a shared space: see it, write its logs and use its key, no more."""
    return [
        {
            "Sid": "Describe",
            "Effect": "Allow",
            "Action": ["sagemaker:DescribeApp", "sagemaker:DescribeDomain", "sagemaker:DescribeSpace"],
            "Resource": [arns.apps(), arns.domain, arns.space("*")],
        },
        {
            "Sid": "Logs",
            "Effect": "Allow",
            "Action": [
                "logs:CreateLogGroup",
                "logs:CreateLogStream",
                "logs:DescribeLogStreams",
                "logs:PutLogEvents",
            ],
            "Resource": [
                arns.environment.arn("logs", "log-group:/aws/sagemaker/studio"),
                arns.environment.arn("logs", f"log-group:/aws/sagemaker/studio:log-stream:{arns.domain_id}/*"),
            ],
        },
        *([] if key is None else use_of_key(arns, key)),
    ]


def use_of_images(domain: IDomain, images: Iterable[StudioImage]) -> list[Statement]:
    """Return what lets a role see custom images and pull them, in statements of which one policy need not hold all."""
    custom = [image._custom for image in images if image._custom is not None]
    repository_arns = dict.fromkeys(arn for one in custom if (arn := one._repository_arn_for(domain)) is not None)
    environment = domain._arns.environment
    return [
        *(
            {
                "Sid": f"Image{number}",
                "Effect": "Allow",
                "Action": [
                    "sagemaker:DescribeAppImageConfig",
                    "sagemaker:DescribeImage",
                    "sagemaker:DescribeImageVersion",
                    "sagemaker:ListImageVersions",
                ],
                "Resource": [environment.arn("sagemaker", name) for name in one._resource_names()],
            }
            for number, one in enumerate(custom, 1)
        ),
        *(use_of_repositories(list(repository_arns)) if repository_arns else []),
    ]


def use_of_repositories(repository_arns: Sequence[str]) -> list[Statement]:
    """Return what lets a role pull container images; signing in to the registry has no resource level."""
    return [
        {
            "Sid": "SignInToRegistry",
            "Effect": "Allow",
            "Action": "ecr:GetAuthorizationToken",
            "Resource": "*",
        },
        {
            "Sid": "PullImages",
            "Effect": "Allow",
            "Action": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            "Resource": list(repository_arns),
        },
    ]


def use_of_sessions(arns: StudioArns, user_profile_name: str, space_names: Sequence[str]) -> list[Statement]:
    """Return what lets one user open remote sessions: on the spaces named, and on those that the user makes."""
    return [
        *([_sessions([arns.space(name) for name in space_names])] if space_names else []),
        {
            "Sid": "SessionsOnSpacesMadeInStudio",
            "Effect": "Allow",
            "Action": "sagemaker:StartSession",
            "Resource": arns.space("*"),
            "Condition": {
                "ArnEquals": {"aws:ResourceTag/sagemaker:user-profile-arn": arns.user_profile(user_profile_name)}
            },
        },
    ]


def use_of_launcher(user_profile_arns: Sequence[str], source_vpce: str | None) -> list[Statement]:
    """Return what lets a sign-in broker open Studio as these users."""
    sign_in: Statement = {
        "Effect": "Allow",
        "Action": ["sagemaker:CreatePresignedDomainUrl"],
        "Resource": list(user_profile_arns),
    }
    if source_vpce is not None:
        sign_in["Condition"] = {"StringEquals": {"aws:SourceVpce": source_vpce}}
    describe = {"Effect": "Allow", "Action": ["sagemaker:DescribeUserProfile"], "Resource": list(user_profile_arns)}
    return [sign_in, describe]


def use_of_administrator(arns: StudioArns) -> list[Statement]:
    """Return what lets an administrator see what is in a domain, stop apps and delete spaces."""
    return [
        {
            "Effect": "Allow",
            "Action": _LISTING,
            "Resource": ["*"],
        },
        {
            "Effect": "Allow",
            "Action": [
                "sagemaker:DescribeApp",
                "sagemaker:DescribeDomain",
                "sagemaker:DescribeSpace",
                "sagemaker:DescribeUserProfile",
                "sagemaker:ListTags",
            ],
            "Resource": [arns.apps(), arns.domain, arns.space("*"), arns.user_profile("*")],
        },
        {
            "Effect": "Allow",
            "Action": ["sagemaker:DeleteApp", "sagemaker:DeleteSpace"],
            "Resource": [arns.apps(), arns.space("*")],
        },
    ]


def use_of_one_shared_space(arns: StudioArns, space_name: str, key: VolumeKey | None) -> list[Statement]:
    """Return what lets others than users start and stop one shared space."""
    return [
        {
            "Effect": "Allow",
            "Action": ["sagemaker:CreateApp", "sagemaker:DeleteApp"],
            "Resource": [arns.apps(space_name)],
            "Condition": {"StringEquals": {"sagemaker:SpaceSharingType": "Shared"}},
        },
        {
            "Effect": "Allow",
            "Action": ["sagemaker:AddTags"],
            "Resource": [arns.apps(space_name)],
            "Condition": {"Null": {"sagemaker:TaggingAction": "false"}},
        },
        {
            "Effect": "Allow",
            "Action": ["sagemaker:DescribeApp", "sagemaker:DescribeSpace"],
            "Resource": [arns.apps(space_name), arns.space(space_name)],
        },
        *([] if key is None else use_of_key(arns, key)),
    ]


def _sessions(spaces: list[str]) -> Statement:
    return {"Sid": "Sessions", "Effect": "Allow", "Action": "sagemaker:StartSession", "Resource": spaces}


def use_of_key(arns: StudioArns, key: VolumeKey) -> list[Statement]:
    """Return what lets a volume be encrypted: a grant for SageMaker, and a look at the key."""
    sagemaker = f"sagemaker.{arns.environment.region_reference}.amazonaws.com"
    return [
        {
            "Sid": "GrantVolumeKey",
            "Effect": "Allow",
            "Action": "kms:CreateGrant",
            "Resource": key.arn,
            "Condition": (
                {"StringEquals": {"kms:ViaService": sagemaker}}
                if key.grants_via_sagemaker
                else {"Bool": {"kms:GrantIsForAWSResource": "true"}}
            ),
        },
        {"Sid": "DescribeVolumeKey", "Effect": "Allow", "Action": "kms:DescribeKey", "Resource": key.arn},
    ]
