from __future__ import annotations

import aws_cdk as cdk
import pytest
from aws_cdk import Duration, Size
from syrupy.assertion import SnapshotAssertion

from constructs_lib import (
    CodeEditor,
    Domain,
    IdleShutdown,
    InstanceType,
    IUserProfile,
    JupyterLab,
    Space,
    SpaceSharing,
    StudioImage,
    UserProfile,
)
from tests.templates import template_of


@pytest.fixture
def alice(stack: cdk.Stack) -> IUserProfile:
    """A profile that is not in the template."""
    domain = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123")
    return UserProfile.from_user_profile_attributes(stack, "Alice", domain=domain, user_profile_name="alice")


def test_minimal_space_is_kept(stack: cdk.Stack, alice: IUserProfile, template_snapshot: SnapshotAssertion) -> None:
    alice.add_private_space("Lab", app=JupyterLab())

    assert template_of(stack) == template_snapshot


def test_spaces_with_everything(stack: cdk.Stack, alice: IUserProfile, template_snapshot: SnapshotAssertion) -> None:
    alice.add_shared_space(
        "Churn",
        app=JupyterLab(
            instance_type=InstanceType.ML_M5_LARGE,
            image=StudioImage.distribution_cpu(),
            idle_shutdown=IdleShutdown.after(Duration.hours(1)),
            code_repositories=["https://github.com/example/churn"],
        ),
        storage=Size.gibibytes(100),
        space_name="Churn-1",
        space_display_name="Churn model",
    )
    Space(
        stack,
        "Code",
        domain=alice.domain,
        sharing=SpaceSharing.private(alice),
        app=CodeEditor(
            instance_type=InstanceType.ML_G5_XLARGE,
            image=StudioImage.distribution_gpu(),
            idle_shutdown=IdleShutdown.after(Duration.days(365)),
        ),
        storage=Size.tebibytes(16),
        removal_policy=cdk.RemovalPolicy.DESTROY,
    )

    assert template_of(stack) == template_snapshot


def test_imported_space_is_known_by_its_arn(
    stack: cdk.Stack, alice: IUserProfile, template_snapshot: SnapshotAssertion
) -> None:
    space = Space.from_space_attributes(stack, "Lab", domain=alice.domain, space_name="alice-lab")
    cdk.CfnOutput(stack, "SpaceArn", value=space.space_arn)

    assert template_of(stack) == template_snapshot
