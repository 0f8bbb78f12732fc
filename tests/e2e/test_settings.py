"""Settings of a domain and a profile: what SageMaker then says, and what changes in place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam

from constructs_lib import (
    DockerAccess,
    Domain,
    InstanceType,
    JupyterLab,
    MlTool,
    NetworkAccess,
    PortalApp,
    RStudio,
    RStudioAccess,
    StudioPortal,
    UnifiedStudioSettings,
    UserSettings,
)
from tests.conftest import CONTEXT
from tests.e2e.place import REGION, Place

pytestmark = pytest.mark.e2e


def synthesized(
    place: Place, folder: Path, network: dict[str, Any], *, hidden: list[MlTool], docker: DockerAccess
) -> Path:
    app = cdk.App(outdir=str(folder), context=CONTEXT, builtin_cloud_formation_validation=False)
    stack = cdk.Stack(app, "settings", env=cdk.Environment(account=place.account, region=REGION))
    role = iam.Role(stack, "RStudio", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))
    domain = Domain(
        stack,
        "Studio",
        network=NetworkAccess.vpc_only_from_ids(vpc_id=network["vpc_id"], subnet_ids=network["subnet_ids"]),
        docker=docker,
        r_studio=RStudio(domain_execution_role=role),
        unified_studio=UnifiedStudioSettings(portal_access=True),
        default_user_settings=UserSettings(portal=StudioPortal(hidden_ml_tools=hidden)),
        removal_policy=cdk.RemovalPolicy.DESTROY,
    )
    alice = domain.add_user_profile(
        "Alice",
        user_settings=UserSettings(
            portal=StudioPortal(hidden_apps=[PortalApp.CANVAS]), r_studio_access=RStudioAccess.administrator()
        ),
    )
    alice.add_private_space("Lab", app=JupyterLab(instance_type=InstanceType.ML_T3_MEDIUM))
    return Path(app.synth().directory)


def test_settings_are_there_and_change_in_place(place: Place, tmp_path: Path) -> None:
    network = place.network()
    sagemaker = place.client("sagemaker")
    first = synthesized(
        place,
        tmp_path / "first",
        network,
        hidden=[MlTool.JUMP_START],
        docker=DockerAccess.enabled(trusted_accounts=["123456789012"]),
    )
    place.deploy(first)
    before = place.studio("studio")
    domain_id = before.domain["DomainId"]

    domain = before.domain
    assert domain["AppSecurityGroupManagement"] == "Service"
    assert domain["DomainSettings"]["DockerSettings"] == {
        "EnableDockerAccess": "ENABLED",
        "VpcOnlyTrustedAccounts": ["123456789012"],
    }
    assert domain["DomainSettings"]["UnifiedStudioSettings"] == {"StudioWebPortalAccess": "ENABLED"}
    assert domain["DefaultUserSettings"]["StudioWebPortalSettings"] == {
        "HiddenAppTypes": ["JupyterServer"],
        "HiddenInstanceTypes": [],
        "HiddenMlTools": ["JumpStart"],
        "HiddenSageMakerImageVersionAliases": [],
    }
    alice = sagemaker.describe_user_profile(DomainId=domain_id, UserProfileName="alice")["UserSettings"]
    assert alice["RStudioServerProAppSettings"] == {"AccessStatus": "ENABLED", "UserGroup": "R_STUDIO_ADMIN"}
    assert alice["StudioWebPortalSettings"] == {
        "HiddenAppTypes": ["JupyterServer", "Canvas"],
        "HiddenInstanceTypes": [],
        "HiddenMlTools": ["JumpStart"],
        "HiddenSageMakerImageVersionAliases": [],
    }

    second = synthesized(place, tmp_path / "second", network, hidden=[MlTool.PROJECTS], docker=DockerAccess.disabled())
    place.deploy(second)
    after = place.studio("studio")

    assert after.domain["DomainId"] == domain_id
    assert after.domain["CreationTime"] == domain["CreationTime"]
    assert after.domain["DomainSettings"]["DockerSettings"]["EnableDockerAccess"] == "DISABLED"
    changed = sagemaker.describe_user_profile(DomainId=domain_id, UserProfileName="alice")
    assert changed["UserSettings"]["StudioWebPortalSettings"]["HiddenMlTools"] == ["Projects"]
    place.destroy(second)
