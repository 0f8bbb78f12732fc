from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_ecr as ecr
from syrupy.assertion import SnapshotAssertion

from constructs_lib import (
    CodeEditor,
    ContainerConfig,
    Domain,
    DomainEncryption,
    JupyterLab,
    NetworkAccess,
    SpaceSettings,
    StudioImage,
    UserSettings,
)
from tests.templates import template_of


def test_domain_and_profile_with_images(
    stack: cdk.Stack, network: NetworkAccess, template_snapshot: SnapshotAssertion
) -> None:
    team = StudioImage.from_ecr_repository(
        ecr.Repository.from_repository_name(stack, "Images", "ml/team"),
        f"sha256:{'0123456789abcdef' * 4}",
        container=ContainerConfig(
            entrypoint=["entrypoint-jupyter-server"], arguments=["--debug"], environment={"TEAM": "churn"}
        ),
        code_editor_container=ContainerConfig(entrypoint=["entrypoint-code-editor"]),
        image_display_name="Team",
        image_description="What the team works with",
    )
    existing = StudioImage.from_image_attributes(
        image_name="old.team",
        app_image_config_name="old-team",
        version=3,
        repository=ecr.Repository.from_repository_arn(
            stack, "Old", "arn:aws:ecr:eu-west-1:123456789012:repository/old"
        ),
    )
    domain = Domain(
        stack,
        "Studio",
        network=network,
        encryption=DomainEncryption.aws_managed(),
        default_user_settings=UserSettings(
            jupyter_lab=JupyterLab(image=team, custom_images=[team]),
            code_editor=CodeEditor(custom_images=[team]),
        ),
        default_space_settings=SpaceSettings(jupyter_lab=JupyterLab(custom_images=[team])),
    )
    own = UserSettings(jupyter_lab=JupyterLab(custom_images=[team, existing]))
    alice = domain.add_user_profile("Alice", user_settings=own)
    alice.add_private_space("Lab", app=JupyterLab(image=existing))
    alice.add_private_space("Code", app=CodeEditor(image=team))

    assert template_of(stack) == template_snapshot
