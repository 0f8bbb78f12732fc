"""What a domain sets as a whole, and what users see of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aws_cdk import aws_s3 as s3

from constructs_lib import (
    AppSecurityGroups,
    DockerAccess,
    InstanceType,
    MlTool,
    NotebookSharing,
    PortalApp,
    RStudio,
    StudioPortal,
    UnifiedStudioSettings,
)
from tests.limits.parts.studios import group, groups
from tests.limits.user import KEY, ROLE, key_by_arn, role_by_arn, user_with
from tests.limits.values import CONSTRUCT, ONE, OURS, Held, Items, Text
from tests.unit.wrong_inputs.studio import Studio

APPS = ["JupyterServer", *(one.value for one in PortalApp)]
TOOLS = [one.value for one in MlTool]
TYPES = ["ml.t3.large", "ml.m5.large", "ml.c5.large"]


def docker(studio: Studio, accounts: Sequence[str]) -> object:
    return studio.domain(docker=DockerAccess.enabled(trusted_accounts=accounts))


def of_unified_studio(studio: Studio, **settings: Any) -> object:
    return studio.domain(unified_studio=UnifiedStudioSettings(**settings))


def r_studio(studio: Studio, *, arn: str = f"{ROLE}rstudio", **settings: Any) -> object:
    role = role_by_arn(studio, "RStudioRole", arn)
    return studio.domain(r_studio=RStudio(domain_execution_role=role, **settings))


def portal(studio: Studio, **hidden: Any) -> object:
    return user_with(studio, portal=StudioPortal(**hidden))


def sharing_to(studio: Studio, path: str) -> object:
    """Share to where a path leads, which the API never takes whole."""
    scheme, _, rest = path.partition("://")
    if scheme != "s3":
        raise TypeError("the library writes the scheme itself")
    name, _, prefix = rest.partition("/")
    bucket = s3.Bucket.from_bucket_name(studio.stack, "Snapshots", name)
    return user_with(studio, notebook_sharing=NotebookSharing.with_output(bucket, prefix=prefix))


def sharing_with(studio: Studio, key_arn: str) -> object:
    bucket, key = s3.Bucket.from_bucket_name(studio.stack, "Snapshots", "data"), key_by_arn(studio, key_arn)
    return user_with(studio, notebook_sharing=NotebookSharing.with_output(bucket, encryption_key=key))


HELD: dict[str, Held] = {
    # the domain
    "VpcOnlyTrustedAccounts": Items(docker, lambda number: f"{number:012}", most=20),
    "VpcOnlyTrustedAccounts[]": Text(lambda s, v: docker(s, [v]), "123456789012"),
    "DomainSettings/SecurityGroupIds": Items(lambda s, v: s.domain(app_security_groups=AppSecurityGroups.customer_managed(groups(s, v))), group, most=3),
    "UnifiedStudioSettings/DomainAccountId": Text(lambda s, v: of_unified_studio(s, domain_account=v), "123456789012"),
    "UnifiedStudioSettings/DomainId": Text(lambda s, v: of_unified_studio(s, domain_id=v), "dzd-4abc1def", "dzd_" + "a" * 32),
    "UnifiedStudioSettings/DomainRegion": Text(lambda s, v: of_unified_studio(s, domain_region=v), "eu-west-1", "us-gov-west-1"),
    "UnifiedStudioSettings/EnvironmentId": Text(lambda s, v: of_unified_studio(s, environment_id=v), "abc_def-1", "a" * 36),
    "UnifiedStudioSettings/ProjectId": Text(lambda s, v: of_unified_studio(s, project_id=v), "abc_def-1", "a" * 36),
    "UnifiedStudioSettings/ProjectS3Path": Text(lambda s, v: of_unified_studio(s, project_s3_path=v), "s3://data/churn", "s3://data/" + "a" * 90),
    # RStudio
    "DomainExecutionRoleArn": Text(lambda s, v: r_studio(s, arn=v), f"{ROLE}rstudio", f"{ROLE}{'a' * 64}"),
    "RStudioConnectUrl": Text(lambda s, v: r_studio(s, connect_url=v), "https://connect.example.com"),
    "RStudioPackageManagerUrl": Text(lambda s, v: r_studio(s, package_manager_url=v), "https://packages.example.com"),
    # the portal
    "HiddenAppTypes": Items(lambda s, v: portal(s, hidden_apps=[PortalApp(one) for one in v[1:]]), APPS.__getitem__, most=len(APPS)),
    "HiddenMlTools": Items(lambda s, v: portal(s, hidden_ml_tools=[MlTool(one) for one in v]), TOOLS.__getitem__, most=len(TOOLS)),
    "HiddenInstanceTypes": Items(lambda s, v: portal(s, hidden_instance_types=[InstanceType.of(one) for one in v]), TYPES.__getitem__, most=len(TYPES)),
    "HiddenInstanceTypes[]": Text(lambda s, v: portal(s, hidden_instance_types=[InstanceType.of(v)]), "ml.p3.2xlarge"),
    "VersionAliases": Items(lambda s, v: portal(s, hidden_image_version_aliases=v), lambda number: f"{number}.1", most=20),
    "VersionAliases[]": Text(lambda s, v: portal(s, hidden_image_version_aliases=[v]), "2.1", "1." + "1" * 126),
    "SharingSettings/S3KmsKeyId": Text(sharing_with, f"{KEY}abc", f"{KEY}{'a' * 36}"),
    "SharingSettings/S3OutputPath": Text(sharing_to, "s3://data/churn", "s3://data/" + "a" * 1014),
}  # fmt: skip

CLOSED = {
    OURS: (
        "AppSecurityGroupManagement",
        "DefaultLandingUri",
        "EnableDockerAccess",
        "HiddenAppTypes[]",
        "HiddenMlTools[]",
        "IpAddressType",
        "NotebookOutputOption",
        "RStudioServerProAppSettings/AccessStatus",
        "RStudioServerProAppSettings/UserGroup",
        "SageMakerImageName",
        "StudioWebPortal",
        "StudioWebPortalAccess",
    ),
    ONE: ("HiddenSageMakerImageVersionAliases",),
    CONSTRUCT: ("DomainSettings/SecurityGroupIds[]",),
}
