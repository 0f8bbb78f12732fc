from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from contextlib import contextmanager

import aws_cdk as cdk
import jsii._reference_map as jsii_references
import pytest
from aws_cdk import aws_iam as iam

from constructs_lib import (
    Domain,
    ExecutionRole,
    JupyterLab,
    NetworkAccess,
    SpaceSettings,
    TeamExecutionRole,
    UserProfile,
    UserSettings,
)
from constructs_lib.access import role_holders
from constructs_lib.access.role_holders import is_of_domain, policies_of


def test_the_user_of_a_role_is_known_whatever_kind_of_role_it_is(stack: cdk.Stack, domain: Domain) -> None:
    plain = iam.Role(stack, "Plain", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))
    alice, bob = domain.add_user_profile("Alice"), domain.add_user_profile("Bob", execution_role=plain)
    imported = ExecutionRole.from_execution_role_arn(stack, "Role", "arn:aws:iam::123456789012:role/carol")
    domain.add_user_profile("Carol", execution_role=imported)
    team = TeamExecutionRole(stack, "Team", domain=domain)

    def holder(role: object) -> UserProfile | str | None:
        policies = policies_of(role)
        return None if policies is None else policies.statements.user_profile or policies.holder

    roles = (alice.execution_role, plain, team, imported, domain.space_execution_role, alice)
    assert [holder(one) for one in roles] == [alice, bob, "a team", None, None, None]


def test_a_domain_has_the_roles_that_it_made_or_was_given(stack: cdk.Stack, network: NetworkAccess) -> None:
    given, other = ExecutionRole(stack, "Given"), ExecutionRole(stack, "Other")
    domain = Domain(stack, "Studio", network=network, default_user_settings=UserSettings(execution_role=given))

    assert all(map(is_of_domain, (given, domain.default_execution_role, domain.space_execution_role)))
    assert not any(map(is_of_domain, (other, domain.add_user_profile("Alice").execution_role, domain, None)))


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


@contextmanager
def forgotten_by_jsii() -> Iterator[None]:
    """Let jsii, which keeps all it ever saw, forget what the block defined."""
    known = jsii_references._refs._refs
    before = set(known)
    yield
    for reference in set(known) - before:
        del known[reference]
    gc.collect()


def test_nothing_of_an_app_is_kept_alive(network: NetworkAccess) -> None:
    counts = len(role_holders._POLICIES), len(role_holders._DOMAINS)

    def studio() -> list[weakref.ref[object]]:
        app = cdk.App(builtin_cloud_formation_validation=False)
        domain = Domain(cdk.Stack(app, "Studio"), "Domain", network=network, remote_access=True)
        alice = domain.add_user_profile("Alice")
        role = ExecutionRole(domain.stack, "Role")
        bob = domain.add_user_profile("Bob", execution_role=role)
        iam.Role(domain.stack, "Jobs", assumed_by=iam.AccountRootPrincipal()).grant_pass_role(bob)
        alice.add_shared_space("Churn", app=JupyterLab(), members=[bob]).grant_use(bob)
        assert (len(role_holders._POLICIES), len(role_holders._DOMAINS)) == (counts[0] + 2, counts[1] + 2)
        return [weakref.ref(one) for one in (app, domain, alice, bob, role, policies_of(role))]

    with forgotten_by_jsii():
        references = studio()

    assert [one() for one in references] == [None] * 6
    assert (len(role_holders._POLICIES), len(role_holders._DOMAINS)) == counts
