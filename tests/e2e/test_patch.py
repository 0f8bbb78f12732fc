"""Settings that only the API has are set when a stack is deployed, follow it, and are taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3

from constructs_lib import (
    CanvasSettings,
    CanvasWorkspace,
    Domain,
    DomainSettingsPatch,
    EmrSettings,
    ExecutionRoleSessionNameMode,
    IdleShutdown,
    JupyterLab,
    NetworkAccess,
    StudioImage,
    UserSettings,
)
from tests.conftest import CONTEXT
from tests.e2e.place import REGION, Place

BY_USER = {"execution_role_session_name_mode": ExecutionRoleSessionNameMode.USER_IDENTITY}
PORTAL: dict[str, list[str]] = {
    "HiddenAppTypes": ["JupyterServer"],
    "HiddenInstanceTypes": [],
    "HiddenMlTools": [],
    "HiddenSageMakerImageVersionAliases": [],
}
ROLE = "arn:aws:iam::123456789012:role/emr"

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def network(place: Place) -> dict[str, Any]:
    return place.network()


def test_settings_are_set_and_follow_the_domain_and_are_taken_back(
    place: Place, network: dict[str, Any], tmp_path: Path
) -> None:
    place.deploy(synthesized(place, network, tmp_path / "first", "patched", everything=True))

    first = place.studio("patched").domain
    users = first["DefaultUserSettings"]
    lab = users["JupyterLabAppSettings"]
    assert first["Status"] == "InService"
    assert users["CanvasAppSettings"] == {
        "KendraSettings": {"Status": "ENABLED"},
        "WorkspaceSettings": {"S3ArtifactPath": "s3://artifacts/canvas"},
    }
    assert lab["EmrSettings"] == {"ExecutionRoleArns": [ROLE]}
    assert lab["DefaultResourceSpec"]["SageMakerImageVersionAlias"] == "3.2"
    assert "sagemaker-distribution-cpu" in lab["DefaultResourceSpec"]["SageMakerImageArn"]
    assert users["StudioWebPortalSettings"] == {**PORTAL, "ExecutionRoleSessionNameMode": "USER_IDENTITY"}
    assert idle_minutes(first) == 120

    # CloudFormation updates the domain itself, and by that drops what it knows nothing of.
    place.deploy(synthesized(place, network, tmp_path / "second", "patched", hours=5, **BY_USER))

    second = place.studio("patched").domain
    users = second["DefaultUserSettings"]
    assert idle_minutes(second) == 300
    assert users["StudioWebPortalSettings"] == {**PORTAL, "ExecutionRoleSessionNameMode": "USER_IDENTITY"}
    assert "SageMakerImageVersionAlias" not in users["JupyterLabAppSettings"]["DefaultResourceSpec"]
    assert "KendraSettings" not in users.get("CanvasAppSettings", {})

    place.deploy(synthesized(place, network, tmp_path / "third", "patched", hours=5))

    third = place.studio("patched").domain
    assert third["DefaultUserSettings"]["StudioWebPortalSettings"] == {
        **PORTAL,
        "ExecutionRoleSessionNameMode": "STATIC",
    }
    assert idle_minutes(third) == 300
    assert not [one for one in place.resources("patched") if one.startswith("Patch")]


def test_what_sagemaker_refuses_is_rolled_back_and_a_stack_with_a_patch_goes(
    place: Place, network: dict[str, Any], tmp_path: Path
) -> None:
    right = synthesized(place, network, tmp_path / "right", "refused", everything=True)
    place.deploy(right)
    before = place.studio("refused").domain
    wrong = synthesized(place, network, tmp_path / "wrong", "refused", **BY_USER)
    template = wrong / "refused.template.json"
    template.write_text(template.read_text().replace('"USER_IDENTITY"', '"ANYBODY"'))

    result = place.try_to_deploy(wrong)

    assert result.returncode != 0
    assert "ExecutionRoleSessionNameMode" in result.stdout + result.stderr
    assert place.statuses()["refused"] == "UPDATE_ROLLBACK_COMPLETE"
    assert place.studio("refused").domain == before

    place.destroy(right)

    assert "refused" not in place.statuses()
    assert "refused" not in [one.domain["DomainName"] for one in place.studios()]


def synthesized(
    place: Place,
    network: dict[str, Any],
    folder: Path,
    name: str,
    *,
    hours: int = 2,
    everything: bool = False,
    **patch: Any,
) -> Path:
    """Synthesize a Studio with a patch, or without one if it is to set nothing."""
    app = cdk.App(outdir=str(folder), context=CONTEXT, builtin_cloud_formation_validation=False)
    stack = cdk.Stack(app, name, env=cdk.Environment(account=place.account, region=REGION))
    idle = IdleShutdown.after(cdk.Duration.hours(hours))
    domain = Domain(
        stack,
        "Studio",
        domain_name=name,
        network=NetworkAccess.vpc_only_from_ids(**network),
        default_user_settings=UserSettings(
            jupyter_lab=JupyterLab(image=StudioImage.distribution_cpu(), idle_shutdown=idle)
        ),
        removal_policy=cdk.RemovalPolicy.DESTROY,
    )
    if everything:
        bucket = s3.Bucket.from_bucket_name(stack, "Bucket", "artifacts")
        patch = {
            **BY_USER,
            "canvas": CanvasSettings(kendra=True, workspace=CanvasWorkspace(bucket=bucket, prefix="canvas")),
            "emr": EmrSettings(execution_roles=[iam.Role.from_role_arn(stack, "Emr", ROLE)]),
            "jupyter_lab_image_version_alias": "3.2",
        }
    if patch:
        DomainSettingsPatch(stack, "Patch", domain=domain, **patch)
    return Path(app.synth().directory)


def idle_minutes(domain: dict[str, Any]) -> int:
    lab = domain["DefaultUserSettings"]["JupyterLabAppSettings"]
    minutes: int = lab["AppLifecycleManagement"]["IdleSettings"]["IdleTimeoutInMinutes"]
    return minutes
