"""Studios in a network that exists, whose stacks are deployed in a few seconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.e2e.place import Place, settle
from tests.studios import studio_app, written


def synthesize(settings: dict[str, Any], folder: Path) -> Path:
    """Synthesize settings once; the CLI then works on the assembly."""
    folder.mkdir(parents=True, exist_ok=True)
    path = written(folder, yaml.safe_dump(settings))
    return Path(studio_app(path, folder / "cdk.out").synth().directory)


def open_space(place: Place, domain_id: str, owner: str, name: str) -> None:
    """Do what Studio does when a user makes a private space and opens it."""
    sagemaker = place.client("sagemaker")
    sagemaker.create_space(
        DomainId=domain_id,
        SpaceName=name,
        OwnershipSettings={"OwnerUserProfileName": owner},
        SpaceSharingSettings={"SharingType": "Private"},
        SpaceSettings={"AppType": "JupyterLab"},
    )
    settle(lambda: sagemaker.describe_space(DomainId=domain_id, SpaceName=name))
    start_app(place, domain_id, name)


def start_app(place: Place, domain_id: str, space: str) -> None:
    """Start the app of a space, and wait until it runs."""
    sagemaker = place.client("sagemaker")
    app = {"DomainId": domain_id, "SpaceName": space, "AppType": "JupyterLab", "AppName": "default"}
    sagemaker.create_app(**app, ResourceSpec={"InstanceType": "ml.t3.medium"})
    settle(lambda: sagemaker.describe_app(**app))


def apps(place: Place, domain_id: str) -> dict[str, str]:
    """The status of the app of each space."""
    pages = place.client("sagemaker").get_paginator("list_apps").paginate(DomainIdEquals=domain_id)
    return {app["SpaceName"]: app["Status"] for page in pages for app in page["Apps"]}
