"""What a settings file asks of the SageMaker API, written down apart from the code that renders it."""

from __future__ import annotations

from typing import Any

Entry = dict[str, Any]

_IMAGES = "arn:aws:sagemaker:us-east-1:885854791233:image"
"""Where the images of SageMaker Distribution are in us-east-1, as the guide of SageMaker lists it."""


def domain(entry: Entry) -> Entry:
    """What the domain's description must be, but for the ids of what is defined with it."""
    app = {
        "AppLifecycleManagement": _idle(entry["idle_shutdown_minutes"], always=True),
        "CustomImages": [],
        "LifecycleConfigArns": [],
    }
    storage = {
        "DefaultEbsStorageSettings": {
            "DefaultEbsVolumeSizeInGb": entry["storage"]["default_gb"],
            "MaximumEbsVolumeSizeInGb": entry["storage"]["maximum_gb"],
        }
    }
    return {
        "DomainName": entry["name"],
        "Status": "InService",
        "AuthMode": entry["auth_mode"],
        "AppNetworkAccessType": entry["network_access"],
        "HomeEfsFileSystemCreation": "Enabled" if entry["home_efs"] else "Disabled",
        "TagPropagation": "ENABLED",
        "DefaultUserSettings": {
            "JupyterLabAppSettings": app,
            "CodeEditorAppSettings": app,
            "SpaceStorageSettings": storage,
            "DefaultLandingUri": "studio::",
            "StudioWebPortal": "ENABLED",
            "SharingSettings": {"NotebookOutputOption": "Disabled"},
        },
        "DomainSettings": {"DockerSettings": {"EnableDockerAccess": "DISABLED"}},
        "DefaultSpaceSettings": {"JupyterLabAppSettings": app, "SpaceStorageSettings": storage},
    }


def space(entry: Entry, *, owner: str, sharing: str) -> Entry:
    """What the description of a space must be."""
    resources = {}
    if "instance_type" in entry:
        resources["InstanceType"] = entry["instance_type"]
    if "image" in entry:
        resources["SageMakerImageArn"] = f"{_IMAGES}/sagemaker-distribution-{entry['image']}"
    app: Entry = {}
    if resources:
        app["DefaultResourceSpec"] = resources
    if "idle_shutdown_minutes" in entry:
        app["AppLifecycleManagement"] = _idle(entry["idle_shutdown_minutes"], always=False)
    settings: Entry = {"AppType": entry["app"]}
    if app:
        settings[f"{entry['app']}AppSettings"] = app
    if "storage_gb" in entry:
        settings["SpaceStorageSettings"] = {"EbsStorageSettings": {"EbsVolumeSizeInGb": entry["storage_gb"]}}
    return {
        "SpaceName": entry["name"],
        "Status": "InService",
        "OwnershipSettings": {"OwnerUserProfileName": owner},
        "SpaceSharingSettings": {"SharingType": sharing},
        "SpaceSettings": settings,
    }


def spaces(settings: Entry) -> dict[str, Entry]:
    """What the descriptions of all spaces must be, by their names."""
    private = {
        one["name"]: space(one, owner=user["name"], sharing="Private")
        for user in settings["users"]
        for one in user.get("spaces", [])
    }
    shared = {
        one["name"]: space(one, owner=one["owner"], sharing="Shared") for one in settings.get("shared_spaces", [])
    }
    return private | shared


def _idle(minutes: int, *, always: bool) -> Entry:
    idle: Entry = {"IdleTimeoutInMinutes": minutes}
    return {"IdleSettings": idle | ({"LifecycleManagement": "ENABLED"} if always else {})}
