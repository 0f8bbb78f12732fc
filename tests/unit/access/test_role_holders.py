from __future__ import annotations

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam

from constructs_lib import Domain, ExecutionRole, NetworkAccess, SpaceSettings, UserSettings
from constructs_lib.access.role_holders import user_with


def test_the_user_of_a_role_is_known_whatever_kind_of_role_it_is(stack: cdk.Stack, domain: Domain) -> None:
    plain = iam.Role(stack, "Plain", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))
    alice, bob = domain.add_user_profile("Alice"), domain.add_user_profile("Bob", execution_role=plain)
    imported = ExecutionRole.from_execution_role_arn(stack, "Role", "arn:aws:iam::123456789012:role/carol")
    domain.add_user_profile("Carol", execution_role=imported)

    found = [user_with(one) for one in (alice.execution_role, plain, imported, domain.space_execution_role)]

    assert found == [alice, bob, None, None]


def test_imported_roles_may_be_shared_and_be_the_domains_too(stack: cdk.Stack, network: NetworkAccess) -> None:
    role = ExecutionRole.from_execution_role_arn(stack, "Role", "arn:aws:iam::123456789012:role/team")
    domain = Domain(stack, "Studio", network=network, default_user_settings=UserSettings(execution_role=role))

    for name in ("Alice", "Bob"):
        assert domain.add_user_profile(name, execution_role=role).execution_role is role


def test_a_role_for_everybody_may_be_the_domains_default_and_that_of_spaces(
    stack: cdk.Stack, network: NetworkAccess
) -> None:
    role = ExecutionRole(stack, "Role")
    domain = Domain(
        stack,
        "Studio",
        network=network,
        default_user_settings=UserSettings(execution_role=role),
        default_space_settings=SpaceSettings(execution_role=role),
    )

    assert domain.default_execution_role is domain.space_execution_role is role


def test_a_role_is_free_after_the_profile_that_was_to_have_it_is_refused(stack: cdk.Stack, domain: Domain) -> None:
    role = ExecutionRole(stack, "Role")
    domain.add_user_profile("Alice")
    with pytest.raises(ValueError, match="user_profile_name must be unique"):
        domain.add_user_profile("Again", user_profile_name="alice", execution_role=role)

    assert domain.add_user_profile("Bob", execution_role=role).execution_role is role
