"""What SageMaker demands beyond the form of a request: that others are there and ready, and that nobody needs it.

See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Operations_Amazon_SageMaker_Service.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from localcloud.server.account import check_network, check_role
from localcloud.server.errors import ApiError, invalid
from localcloud.server.kinds import APP, DOMAIN, IMAGE, IMAGE_VERSION, LIFECYCLE_CONFIG, SPACE, USER_PROFILE, Kind
from localcloud.server.records import Record, Records

_APPS_IN_SPACES = ("JupyterLab", "CodeEditor", "JupyterServer", "KernelGateway")
_OF_A_SPACE = {"JupyterLab", "CodeEditor"}


def check_create(records: Records, kind: Kind, members: dict[str, Any]) -> None:
    """Refuse a resource that cannot be created.

    Raises:
        ApiError: something that it needs is missing, or contradicts it.
    """
    _check_references(records, members)
    if kind is DOMAIN:
        _check_domain(records, members)
    elif kind is USER_PROFILE:
        _check_user_profile(_ready(records, DOMAIN, members), members)
    elif kind is SPACE:
        _ready(records, DOMAIN, members)
        _check_space(records, members)
    elif kind is APP:
        _check_app(records, members)
    elif kind is IMAGE_VERSION:
        _ready(records, IMAGE, members)


def check_update(records: Records, record: Record, members: dict[str, Any]) -> None:
    """Refuse an update that cannot be.

    Raises:
        ApiError: the resource is busy, or the update is none that SageMaker makes.
    """
    _check_references(records, members)
    if not record.is_ready:
        raise ApiError("ResourceInUse", f"{record.kind.title(record.members)} is in the status {record.status}.")
    if record.kind is SPACE:
        old, new = record.members.get("SpaceSettings", {}), members.get("SpaceSettings", {})
        if new.get("AppType", old.get("AppType")) != old.get("AppType"):
            raise invalid("Updating AppType for Space is not supported.")
        size, before = _volume(new), _volume(old)
        if size is not None and before is not None and size < before:
            raise invalid(f"EbsVolumeSizeInGb cannot be decreased from {before} to {size}.")


def check_delete(records: Records, record: Record) -> None:
    """Refuse to delete what others need.

    Raises:
        ApiError: they are named.
    """
    title = record.kind.title(record.members)
    if record.kind is APP and record.is_over:
        raise invalid(f"{title} has already been deleted.")
    needed_by = [one.kind.title(one.members) for one in _dependents(records, record)]
    if needed_by:
        raise ApiError("ResourceInUse", f"Unable to delete {title} because it has {', '.join(needed_by)}.")


def _dependents(records: Records, record: Record) -> Iterator[Record]:
    members = record.members
    if record.kind is DOMAIN:
        yield from records.of(USER_PROFILE, DomainId=members["DomainId"])
        yield from records.of(SPACE, DomainId=members["DomainId"])
    elif record.kind is USER_PROFILE:
        of_domain = {"DomainId": members["DomainId"]}
        owner = {"OwnerUserProfileName": members["UserProfileName"]}
        yield from records.of(SPACE, **of_domain, OwnershipSettings=owner)
        yield from _running(records, **of_domain, UserProfileName=members["UserProfileName"])
    elif record.kind is SPACE:
        yield from _running(records, DomainId=members["DomainId"], SpaceName=members["SpaceName"])
    elif record.kind is IMAGE:
        yield from records.of(IMAGE_VERSION, ImageName=members["ImageName"])
    elif record.kind is LIFECYCLE_CONFIG:
        arn = members["StudioLifecycleConfigArn"]
        for kind in (DOMAIN, USER_PROFILE, SPACE):
            yield from (one for one in records.of(kind) if arn in _values(one.members, "LifecycleConfigArn"))


def _running(records: Records, **members: Any) -> Iterator[Record]:
    yield from (app for app in records.of(APP, **members) if not app.is_over)


def _check_domain(records: Records, members: dict[str, Any]) -> None:
    if any(records.of(DOMAIN, DomainName=members["DomainName"])):
        raise ApiError("ResourceInUse", f"Domain {members['DomainName']} already exists.")
    if "VpcId" in members and not members.get("SubnetIds"):
        raise invalid("SubnetIds must be given with a VpcId.")
    if members.get("AppNetworkAccessType") == "VpcOnly" and "VpcId" not in members:
        raise invalid("VpcId must be given for VpcOnly.")
    security_groups = [group for groups in _values(members, "SecurityGroups") for group in groups]
    check_network(members.get("VpcId"), members.get("SubnetIds", ()), security_groups)


def _check_user_profile(domain: Record, members: dict[str, Any]) -> None:
    is_sso = domain.members["AuthMode"] == "SSO"
    given = [name for name in ("SingleSignOnUserIdentifier", "SingleSignOnUserValue") if name in members]
    if is_sso and len(given) < 2:
        raise invalid(
            "SingleSignOnUserIdentifier and SingleSignOnUserValue are required in a domain with AuthMode SSO."
        )
    if not is_sso and given:
        raise invalid(f"{given[0]} is not supported in a domain with AuthMode IAM.")


def _check_space(records: Records, members: dict[str, Any]) -> None:
    ownership, sharing = members.get("OwnershipSettings"), members.get("SpaceSharingSettings")
    if (ownership is None) != (sharing is None):
        raise invalid("OwnershipSettings and SpaceSharingSettings must be given together.")
    if ownership is not None:
        owner = {"DomainId": members["DomainId"], "UserProfileName": ownership["OwnerUserProfileName"]}
        _ready(records, USER_PROFILE, owner)
    settings = members.get("SpaceSettings", {})
    app_type = settings.get("AppType")
    if app_type is not None and app_type not in _APPS_IN_SPACES:
        raise invalid(f"AppType {app_type} is not supported for spaces.")
    for other in _OF_A_SPACE - {app_type}:
        if f"{other}AppSettings" in settings:
            raise invalid(f"{other}AppSettings cannot be given for a space with AppType {app_type}.")


def _check_app(records: Records, members: dict[str, Any]) -> None:
    if ("SpaceName" in members) == ("UserProfileName" in members):
        raise invalid("Either SpaceName or UserProfileName must be given.")
    _ready(records, DOMAIN, members)
    if "UserProfileName" in members:
        _ready(records, USER_PROFILE, members)
        return
    space = _ready(records, SPACE, members)
    app_type = space.members.get("SpaceSettings", {}).get("AppType")
    if members["AppType"] != app_type:
        raise invalid(f"AppType {members['AppType']} cannot run in a space with AppType {app_type}.")
    if members["AppName"] != "default":
        raise invalid(f"AppName must be default, got {members['AppName']}.")


def _check_references(records: Records, members: dict[str, Any]) -> None:
    """Refuse roles and lifecycle configurations of this account that are not there."""
    for role in (*_values(members, "ExecutionRole"), *_values(members, "RoleArn")):
        check_role(role)
    for arn in _values(members, "LifecycleConfigArn"):
        records.with_arn(arn)


def _ready(records: Records, kind: Kind, members: dict[str, Any]) -> Record:
    record = records.get(kind, members)
    if not record.is_ready:
        raise invalid(f"{kind.title(record.members)} is in the status {record.status}, it must be InService.")
    return record


def _volume(settings: dict[str, Any]) -> int | None:
    size: int | None = settings.get("SpaceStorageSettings", {}).get("EbsStorageSettings", {}).get("EbsVolumeSizeInGb")
    return size


def _values(value: Any, name: str) -> Iterator[Any]:
    """Yield what stands under a name, however deep."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key == name:
                yield one
            yield from _values(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from _values(one, name)
