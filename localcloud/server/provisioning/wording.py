"""Where CloudFormation words what SageMaker's API words otherwise."""

from __future__ import annotations

import uuid
from typing import Any

from localcloud.server.kinds import APP_IMAGE_CONFIG, DOMAIN, IMAGE, IMAGE_VERSION, Kind

_RENAMED = {
    IMAGE.name: {"ImageDescription": "Description", "ImageDisplayName": "DisplayName", "ImageRoleArn": "RoleArn"},
}
_UNSET = ("Description", "DisplayName")  # what UpdateImage can take away
_REMOVABLE = {
    IMAGE.name: ("ImageDescription", "ImageDisplayName"),
    IMAGE_VERSION.name: ("Alias", "Aliases"),
}
_RSTUDIO = "RStudioServerProDomainSettings"


def for_create(kind: Kind, properties: dict[str, Any]) -> dict[str, Any]:
    """Return the request that creates a resource of these properties."""
    request = _members(kind, properties)
    return {**request, "ClientToken": uuid.uuid4().hex} if kind is IMAGE_VERSION else request


def for_update(kind: Kind, old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return what a request says that changes properties; the tags are another's."""
    before, after = _members(kind, old), _members(kind, new)
    changed = {name: value for name, value in after.items() if before.get(name) != value and name != "Tags"}
    if kind is DOMAIN and "DomainSettings" in changed:
        settings = changed.pop("DomainSettings")
        changed["DomainSettingsForUpdate"] = {
            f"{name}ForUpdate" if name == _RSTUDIO else name: value for name, value in settings.items()
        }
    if kind is IMAGE and (unset := [name for name in _UNSET if name in before and name not in after]):
        changed["DeleteProperties"] = unset
    if kind is IMAGE_VERSION:
        changed.pop("Aliases", None)
        had, has = set(before.get("Aliases", ())), set(after.get("Aliases", ()))
        aliases = {"AliasesToAdd": sorted(has - had), "AliasesToDelete": sorted(had - has)}
        changed.update({name: value for name, value in aliases.items() if value})
    return changed


def lasting(kind: Kind, old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Return the properties that are gone and that no request can take away: what it does not name stays."""
    removable = ("Tags", *_REMOVABLE.get(kind.name, ()))
    return sorted(name for name, value in old.items() if value and name not in new and name not in removable)


def _members(kind: Kind, properties: dict[str, Any]) -> dict[str, Any]:
    renamed = _RENAMED.get(kind.name, {})
    members = {renamed.get(name, name): value for name, value in properties.items()}
    if kind is DOMAIN and "IpAddressType" in members.get("DomainSettings", {}):
        settings = members["DomainSettings"]
        members["DomainSettings"] = {**settings, "IpAddressType": settings["IpAddressType"].lower()}
    if kind is IMAGE_VERSION and "Alias" in members:
        members["Aliases"] = [members.pop("Alias"), *members.get("Aliases", ())]
    if kind is APP_IMAGE_CONFIG:
        members = {name: _with_map_of_variables(value) for name, value in members.items()}
    return members


def _with_map_of_variables(config: Any) -> Any:
    match config:
        case {"ContainerConfig": {"ContainerEnvironmentVariables": list(variables)} as container}:
            named = {variable["Key"]: variable["Value"] for variable in variables}
            return {**config, "ContainerConfig": {**container, "ContainerEnvironmentVariables": named}}
        case _:
            return config
