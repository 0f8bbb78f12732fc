from __future__ import annotations

import aws_cdk as cdk
import pytest
from aws_cdk import Duration, Size
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from syrupy.assertion import SnapshotAssertion

from constructs_lib import (
    AdministratorFence,
    AuthMode,
    CodeEditor,
    Domain,
    ExecutionRole,
    ExecutionRoleSettings,
    IdleShutdown,
    IDomain,
    InstanceType,
    JupyterLab,
    NetworkAccess,
    SpaceStorage,
    TeamExecutionRole,
    UserProfile,
    UserSettings,
)
from tests.templates import template_of


@pytest.fixture
def shared(stack: cdk.Stack) -> IDomain:
    """A domain that is not in the template."""
    policies = [
        iam.ManagedPolicy.from_managed_policy_name(stack, name, f"studio-users-{name.lower()}")
        for name in ("UserUse", "UserFence")
    ]
    return Domain.from_domain_attributes(
        stack, "Shared", domain_id="d-abc123", auth_mode=AuthMode.SSO, user_policies=policies
    )


def test_minimal_profile_has_a_role_and_its_own_statements(
    stack: cdk.Stack, shared: IDomain, template_snapshot: SnapshotAssertion
) -> None:
    shared.add_user_profile("Alice", sso_user="alice@example.com")

    assert template_of(stack) == template_snapshot


def test_profile_with_everything(stack: cdk.Stack, shared: IDomain, template_snapshot: SnapshotAssertion) -> None:
    hours = Duration.hours(3)
    alice = UserProfile(
        stack,
        "Alice",
        domain=shared,
        user_profile_name="Alice-1",
        sso_user="alice@example.com",
        execution_role=ExecutionRole(
            stack, "Role", settings=ExecutionRoleSettings(path="/studio/"), description="Alice's Studio"
        ),
        user_settings=UserSettings(
            security_groups=[ec2.SecurityGroup.from_security_group_id(stack, "Group", "sg-0a1b2c3d")],
            jupyter_lab=JupyterLab(
                instance_type=InstanceType.ML_M5_LARGE,
                idle_shutdown=IdleShutdown.after(hours, maximum=Duration.days(1)),
                code_repositories=["https://github.com/example/churn"],
            ),
            code_editor=CodeEditor(idle_shutdown=IdleShutdown.disabled()),
            storage=SpaceStorage(default=Size.gibibytes(50)),
        ),
        removal_policy=cdk.RemovalPolicy.DESTROY,
    )
    s3.Bucket.from_bucket_name(stack, "Data", "churn-data").grant_read(alice)

    assert template_of(stack) == template_snapshot


def test_users_with_members_and_remote_access(stack: cdk.Stack, template_snapshot: SnapshotAssertion) -> None:
    domain = Domain(
        stack,
        "Studio",
        network=NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"]),
        remote_access=True,
    )
    team = TeamExecutionRole(stack, "Team", domain=domain)
    alice, bob = domain.add_user_profile("Alice"), domain.add_user_profile("Bob")
    domain.add_user_profile("Carol", execution_role=team)
    lab = JupyterLab(instance_type=InstanceType.ML_M5_LARGE)
    alice.add_private_space("Lab", app=lab).grant_remote(iam.User.from_user_name(stack, "Laptop", "alice"))
    alice.add_shared_space("Churn", app=lab, members=[bob])
    alice.add_shared_space("Open", app=lab).grant_use(bob)
    broker = iam.Role(stack, "Broker", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    domain.grant_launch(broker, [alice, bob], source_vpce="vpce-0a1b2c3d")
    administrators = iam.Group(stack, "Administrators")
    domain.grant_administer(administrators)
    AdministratorFence(stack, "Fence", domain=domain, groups=[administrators])

    assert template_of(stack) == template_snapshot


def test_imported_profile_with_grants(stack: cdk.Stack, shared: IDomain, template_snapshot: SnapshotAssertion) -> None:
    role = ExecutionRole.from_execution_role_arn(stack, "Role", "arn:aws:iam::123456789012:role/studio/alice")
    alice = UserProfile.from_user_profile_attributes(
        stack, "Alice", domain=shared, user_profile_name="alice", execution_role=role
    )
    s3.Bucket.from_bucket_name(stack, "Data", "churn-data").grant_read(alice)

    assert template_of(stack) == template_snapshot
