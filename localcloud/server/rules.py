"""What SageMaker demands beyond the form of a request: that others are there and ready, and that nobody needs it.

See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Operations_Amazon_SageMaker_Service.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from localcloud.server.account import check_key, check_network, check_role
from localcloud.server.errors import ApiError, invalid
from localcloud.server.kinds import APP, DOMAIN, IMAGE, IMAGE_VERSION, LIFECYCLE_CONFIG, SPACE, USER_PROFILE, Kind
from localcloud.server.records import Record, Records

_IN_SPACES_ALONE = ("JupyterLab", "CodeEditor")
_OF_CLASSIC = ("JupyterServer", "KernelGateway")


def check_create(records: Records, kind: Kind, members: dict[str, Any]) -> None:
    """Refuse a resource that cannot be created.

    Raises:
        ApiError: something that it needs is missing, or contradicts it.
    """
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
        _check_aliases(records, members, members.get("Aliases", []))
    _check_references(records, kind, members)
    _check_settings(members)


def check_update(records: Records, record: Record, changed: dict[str, Any]) -> None:
    """Refuse an update that cannot be.

    Raises:
        ApiError: the resource is busy, or the update is none that SageMaker makes.
    """
    if not record.is_ready:
        raise ApiError("ResourceInUse", f"{record.kind.title(record.members)} is in the status {record.status}.")
    if record.kind is DOMAIN:
        _check_update_of_domain(records, record, changed)
    elif record.kind is SPACE:
        _check_update_of_space(records, record, changed)
    elif record.kind is IMAGE_VERSION:
        _check_aliases(records, record.members, changed["Aliases"])
    _check_references(records, record.kind, {**record.members, **changed})
    _check_settings(changed)


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
    elif record.kind is LIFECYCLE_CONFIG:
        users = [one for kind in (DOMAIN, USER_PROFILE, SPACE) for one in records.of(kind)]
        for one in (*users, *_running(records)):
            if members["StudioLifecycleConfigArn"] in _lifecycle_configs(one.members):
                yield one


def _running(records: Records, **members: Any) -> Iterator[Record]:
    yield from (app for app in records.of(APP, **members) if not app.is_over)


def _check_domain(records: Records, members: dict[str, Any]) -> None:
    if any(records.of(DOMAIN, DomainName=members["DomainName"])):
        raise ApiError("ResourceInUse", f"Domain {members['DomainName']} already exists.")
    if "VpcId" in members and not members.get("SubnetIds"):
        raise invalid("SubnetIds must be given with a VpcId.")
    if members.get("AppNetworkAccessType") == "VpcOnly":
        if "VpcId" not in members:
            raise invalid("VpcId must be given for VpcOnly.")
        if not members["DefaultUserSettings"].get("SecurityGroups"):
            raise invalid("SecurityGroups in DefaultUserSettings must be given for VpcOnly.")


def _check_update_of_domain(records: Records, record: Record, changed: dict[str, Any]) -> None:
    before = record.members
    access = changed.get("AppNetworkAccessType")
    if access not in (None, before.get("AppNetworkAccessType")) and any(_running(records, DomainId=before["DomainId"])):
        raise ApiError("ResourceInUse", "AppNetworkAccessType cannot be changed as long as apps run.")
    had_home = before.get("HomeEfsFileSystemCreation", "Enabled") == "Enabled"
    if had_home and changed.get("HomeEfsFileSystemCreation") == "Disabled":
        raise invalid("HomeEfsFileSystemCreation cannot be changed from Enabled to Disabled.")


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
        _ready(records, USER_PROFILE, _owner(members))
    settings = members.get("SpaceSettings", {})
    app_type = settings.get("AppType")
    if app_type not in (None, *_IN_SPACES_ALONE, *_OF_CLASSIC):
        raise invalid(f"AppType {app_type} is not supported for spaces.")
    _check_space_settings(records, members, settings)


def _check_update_of_space(records: Records, record: Record, changed: dict[str, Any]) -> None:
    old, new = record.members.get("SpaceSettings", {}), changed.get("SpaceSettings", {})
    if new.get("AppType", old.get("AppType")) != old.get("AppType"):
        raise invalid("Updating AppType for Space is not supported.")
    size, before = _volume(new), _volume(old)
    if size is not None and before is not None and size < before:
        raise invalid(f"EbsVolumeSizeInGb cannot be decreased from {before} to {size}.")
    _check_space_settings(records, record.members, {**new, "AppType": old.get("AppType")})


def _check_space_settings(records: Records, members: dict[str, Any], settings: dict[str, Any]) -> None:
    for other in _IN_SPACES_ALONE:
        if other != settings.get("AppType") and f"{other}AppSettings" in settings:
            raise invalid(f"{other}AppSettings cannot be given for a space with AppType {settings.get('AppType')}.")
    size, maximum = _volume(settings), _maximum(records, members)
    if size is not None and maximum is not None and size > maximum:
        raise invalid(f"EbsVolumeSizeInGb must be at most {maximum}, as the domain or the owner allows, got {size}.")


def _maximum(records: Records, members: dict[str, Any]) -> int | None:
    """Return how large a volume may be: as the owner of a private space says, else as the domain does."""
    domain = records.get(DOMAIN, members).members
    if members.get("SpaceSharingSettings", {}).get("SharingType") == "Shared":
        settings = [domain.get("DefaultSpaceSettings", {})]
    else:
        owner = records.find(USER_PROFILE, _owner(members)) if "OwnershipSettings" in members else None
        settings = [owner.members.get("UserSettings", {})] if owner else []
        settings.append(domain["DefaultUserSettings"])
    sizes = [_of(one, "SpaceStorageSettings", "DefaultEbsStorageSettings") for one in settings]
    return next((one["MaximumEbsVolumeSizeInGb"] for one in sizes if one), None)


def _check_app(records: Records, members: dict[str, Any]) -> None:
    if ("SpaceName" in members) == ("UserProfileName" in members):
        raise invalid("Either SpaceName or UserProfileName must be given.")
    _ready(records, DOMAIN, members)
    app_type = members["AppType"]
    if "UserProfileName" in members:
        _ready(records, USER_PROFILE, members)
        if app_type in _IN_SPACES_ALONE:
            raise invalid(f"AppType {app_type} runs in spaces alone.")
        return
    of_space = _ready(records, SPACE, members).members.get("SpaceSettings", {}).get("AppType")
    if app_type != of_space and (of_space is not None or app_type not in _OF_CLASSIC):
        raise invalid(f"AppType {app_type} cannot run in a space with AppType {of_space}.")
    if app_type in _IN_SPACES_ALONE and members["AppName"] != "default":
        raise invalid(f"AppName must be default, got {members['AppName']}.")


def _check_aliases(records: Records, members: dict[str, Any], aliases: list[str]) -> None:
    others = [one for one in records.of(IMAGE_VERSION, ImageName=members["ImageName"]) if one.members is not members]
    for alias in aliases:
        if any(alias in one.members.get("Aliases", ()) for one in others):
            raise ApiError("ResourceInUse", f"Alias {alias} is that of another version of {members['ImageName']}.")


def _check_references(records: Records, kind: Kind, members: dict[str, Any]) -> None:
    """Refuse what is named and not there: roles, keys, the network and lifecycle configurations of this account."""
    for name in ("ExecutionRole", "RoleArn", "DomainExecutionRoleArn"):
        for role in _values(members, name):
            check_role(role)
    if "KmsKeyId" in members:
        check_key(members["KmsKeyId"])
    for arn in _lifecycle_configs(members):
        records.with_arn(arn)
    if kind in (DOMAIN, USER_PROFILE):
        domain = members if kind is DOMAIN else records.get(DOMAIN, members).members
        groups = [
            group for name in ("SecurityGroups", "SecurityGroupIds") for one in _values(members, name) for group in one
        ]
        check_network(domain.get("VpcId"), members.get("SubnetIds", ()), groups)


def _check_settings(members: dict[str, Any]) -> None:
    """Refuse idle times and volumes that contradict each other."""
    for idle in _values(members, "IdleSettings"):
        lowest, highest = idle.get("MinIdleTimeoutInMinutes", 0), idle.get("MaxIdleTimeoutInMinutes", 525600)
        if not lowest <= idle.get("IdleTimeoutInMinutes", lowest) <= highest:
            raise invalid(f"IdleTimeoutInMinutes must be between {lowest} and {highest}.")
    for sizes in _values(members, "DefaultEbsStorageSettings"):
        if sizes["DefaultEbsVolumeSizeInGb"] > sizes["MaximumEbsVolumeSizeInGb"]:
            raise invalid("DefaultEbsVolumeSizeInGb must be at most MaximumEbsVolumeSizeInGb.")


def _lifecycle_configs(members: dict[str, Any]) -> list[str]:
    one_each = ("LifecycleConfigArn", "BuiltInLifecycleConfigArn")
    listed = (arn for arns in _values(members, "LifecycleConfigArns") for arn in arns)
    return [*(arn for name in one_each for arn in _values(members, name)), *listed]


def _ready(records: Records, kind: Kind, members: dict[str, Any]) -> Record:
    record = records.get(kind, members)
    if not record.is_ready:
        raise invalid(f"{kind.title(record.members)} is in the status {record.status}, it must be InService.")
    return record


def _owner(members: dict[str, Any]) -> dict[str, Any]:
    """Return what names the owner of a space."""
    return {"DomainId": members["DomainId"], "UserProfileName": members["OwnershipSettings"]["OwnerUserProfileName"]}


def _volume(settings: dict[str, Any]) -> int | None:
    size: int | None = _of(settings, "SpaceStorageSettings", "EbsStorageSettings").get("EbsVolumeSizeInGb")
    return size


def _of(settings: dict[str, Any], *names: str) -> dict[str, Any]:
    for name in names:
        settings = settings.get(name, {})
    return settings


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
