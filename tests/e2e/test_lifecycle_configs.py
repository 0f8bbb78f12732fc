"""A script is replaced under the feet of a space that has chosen it, and the space keeps it."""

from __future__ import annotations

import base64
from pathlib import Path

import aws_cdk as cdk
import pytest

from constructs_lib import CodeEditor, Domain, JupyterLab, LifecycleConfig, NetworkAccess, UserSettings
from tests.conftest import CONTEXT
from tests.e2e.place import Place, settle

pytestmark = pytest.mark.e2e


def synthesize(place: Place, network: NetworkAccess, script: str, folder: Path, *, name: str = "setup") -> Path:
    app = cdk.App(outdir=str(folder / "cdk.out"), context=CONTEXT, builtin_cloud_formation_validation=False)
    stack = cdk.Stack(app, "Scripts")
    config = LifecycleConfig.from_script(f"#!/bin/bash\n{script}\n", name=name)
    settings = UserSettings(
        jupyter_lab=JupyterLab(lifecycle_config=config), code_editor=CodeEditor(lifecycle_configs=[config])
    )
    domain = Domain(
        stack, "Studio", network=network, default_user_settings=settings, removal_policy=cdk.RemovalPolicy.DESTROY
    )
    domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab(lifecycle_config=config))
    return Path(app.synth().directory)


def scripts(place: Place) -> dict[str, tuple[str, str]]:
    """The app and the script of each lifecycle configuration of the account."""
    sagemaker = place.client("sagemaker")
    names = [
        one["StudioLifecycleConfigName"]
        for page in sagemaker.get_paginator("list_studio_lifecycle_configs").paginate()
        for one in page["StudioLifecycleConfigs"]
    ]
    found = (sagemaker.describe_studio_lifecycle_config(StudioLifecycleConfigName=name) for name in names)
    return {
        one["StudioLifecycleConfigName"]: (
            one["StudioLifecycleConfigAppType"],
            base64.b64decode(one["StudioLifecycleConfigContent"]).decode(),
        )
        for one in found
    }


def test_a_changed_script_leaves_the_old_one_to_those_who_have_it(place: Place, tmp_path: Path) -> None:
    network = NetworkAccess.vpc_only_from_ids(**place.network())
    sagemaker = place.client("sagemaker")

    place.deploy(synthesize(place, network, "echo one", tmp_path / "one"))

    first = scripts(place)
    assert sorted(first.values()) == [
        ("CodeEditor", "#!/bin/bash\necho one\n"),
        ("JupyterLab", "#!/bin/bash\necho one\n"),
    ]
    studio = place.studio("studio")
    spec = studio.domain["DefaultUserSettings"]["JupyterLabAppSettings"]["DefaultResourceSpec"]
    old = spec["LifecycleConfigArn"]
    assert old.partition("/")[2] in first
    domain_id = studio.domain["DomainId"]
    sagemaker.create_space(
        DomainId=domain_id,
        SpaceName="forecast",
        OwnershipSettings={"OwnerUserProfileName": "alice"},
        SpaceSharingSettings={"SharingType": "Private"},
        SpaceSettings={
            "AppType": "JupyterLab",
            "JupyterLabAppSettings": {"DefaultResourceSpec": {"LifecycleConfigArn": old}},
        },
    )
    settle(lambda: sagemaker.describe_space(DomainId=domain_id, SpaceName="forecast"))

    place.deploy(synthesize(place, network, "echo two", tmp_path / "two"))

    second = scripts(place)
    assert second.items() > first.items()
    assert len(second) == 4
    studio = place.studio("studio")
    new = studio.domain["DefaultUserSettings"]["JupyterLabAppSettings"]["DefaultResourceSpec"]["LifecycleConfigArn"]
    assert new != old
    assert second[new.partition("/")[2]] == ("JupyterLab", "#!/bin/bash\necho two\n")
    spaces = {
        name: space["SpaceSettings"]["JupyterLabAppSettings"]["DefaultResourceSpec"]["LifecycleConfigArn"]
        for name, space in studio.spaces.items()
    }
    assert spaces == {"alice-lab": new, "forecast": old}

    refused = place.try_to_deploy(synthesize(place, network, "echo one", tmp_path / "back"))

    assert refused.returncode != 0
    assert place.statuses() == {"Scripts": "UPDATE_ROLLBACK_COMPLETE"}
    assert scripts(place) == second

    place.deploy(synthesize(place, network, "echo one", tmp_path / "back-by-name", name="setup-again"))

    third = scripts(place)
    assert third.items() > first.items()
    assert {name for name in third if name not in first} == {name for name in third if "setup-again" in name}

    sagemaker.delete_space(DomainId=domain_id, SpaceName="forecast")
    place.destroy(synthesize(place, network, "echo one", tmp_path / "end", name="setup-again"))

    assert scripts(place) == first
