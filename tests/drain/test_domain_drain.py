from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2

from constructs_lib import Domain, DomainDrain, IDomain, JupyterLab, NetworkAccess, Space, SpaceSharing, UserProfile
from constructs_lib.drain.handler.deadline import PASS, TOTAL_TIMEOUT
from tests.templates import Template, properties, resources, template_of

DESTROY = cdk.RemovalPolicy.DESTROY
DRAIN, LEFTOVERS = "Custom::StudioDrain", "Custom::StudioLeftovers"


@pytest.fixture
def shared(stack: cdk.Stack) -> IDomain:
    """A domain that is not in the template."""
    return Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123", removal_policy=DESTROY)


def told(template: Template, resource_type: str = DRAIN) -> dict[str, Any]:
    """What the function is told of a custom resource."""
    return {key: value for key, value in properties(template, resource_type).items() if key != "ServiceToken"}


def test_knows_the_whole_domain_of_its_stack(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain)
    bob = domain.add_user_profile("Bob")
    domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab())
    bob.add_shared_space("Churn", app=JupyterLab())

    assert told(template_of(stack)) == {
        "DomainId": {"Fn::GetAtt": ["Studio43727D10", "DomainId"]},
        "WholeDomain": "true",
        "UserProfileNames": ["alice", "bob"],
        "SpaceNames": ["alice-lab", "churn"],
        "OtherSpaceNames": [],
        "DeleteUserSpaces": "false",
    }


def test_deletes_what_users_made_only_when_told_to(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain, delete_user_spaces=True)

    assert told(template_of(stack))["DeleteUserSpaces"] == "true"


def test_knows_what_domain_there_was_without_a_reference(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain)

    template = template_of(stack)

    assert told(template, LEFTOVERS) == {
        "DomainLogicalId": "Studio43727D10",
        "VpcId": "vpc-0a1b2c3d",
        "SubnetIds": ["subnet-0a1b2c3d"],
    }
    assert set(resources(template, "AWS::SageMaker::Domain")) == {"Studio43727D10"}


def test_follows_another_logical_id_of_the_domain(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain)
    resource = domain.node.default_child
    assert isinstance(resource, cdk.CfnResource)
    resource.override_logical_id("Renamed")

    assert told(template_of(stack), LEFTOVERS)["DomainLogicalId"] == "Renamed"


def test_leftovers_refer_to_the_vpc_of_the_stack(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    domain = Domain(stack, "Studio", network=NetworkAccess.vpc_only(vpc), removal_policy=DESTROY)
    DomainDrain(stack, "Drain", domain=domain)

    template = template_of(stack)

    rendered = properties(template, "AWS::SageMaker::Domain")
    (vpc_id,) = resources(template, "AWS::EC2::VPC")
    assert told(template, LEFTOVERS)["VpcId"] == rendered["VpcId"] == {"Ref": vpc_id}
    assert told(template, LEFTOVERS)["SubnetIds"] == rendered["SubnetIds"]
    assert len(rendered["SubnetIds"]) == 2


def test_stacks_of_users_know_their_own_and_the_spaces_of_others(
    app: cdk.App, stack: cdk.Stack, domain: Domain
) -> None:
    users = cdk.Stack(app, "Users")
    domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab())
    DomainDrain(stack, "Drain", domain=domain)
    DomainDrain(users, "Drain", domain=domain, delete_user_spaces=True)
    UserProfile(users, "Bob", domain=domain).add_private_space("Code", app=JupyterLab())
    domain.add_user_profile("Carol").add_shared_space("Churn", app=JupyterLab())

    first, second = told(template_of(stack)), told(template_of(users))

    assert (first["UserProfileNames"], second["UserProfileNames"]) == (["alice", "carol"], ["bob"])
    assert (first["SpaceNames"], second["SpaceNames"]) == (["alice-lab", "churn"], ["bob-code"])
    assert (first["OtherSpaceNames"], second["OtherSpaceNames"]) == (["bob-code"], ["alice-lab", "churn"])
    assert (first["WholeDomain"], second["WholeDomain"]) == ("true", "false")
    assert (first["DeleteUserSpaces"], second["DeleteUserSpaces"]) == ("false", "true")


def test_a_drain_in_another_stack_adds_nothing_to_that_of_the_domain(
    app: cdk.App, stack: cdk.Stack, domain: Domain
) -> None:
    users = cdk.Stack(app, "Users")
    DomainDrain(users, "Drain", domain=domain)

    assert resources(template_of(users), DRAIN)
    assert not resources(template_of(users), LEFTOVERS)
    assert not [one for one in template_of(stack)["Resources"] if "Drain" in one]
    assert "DependsOn" not in resources(template_of(stack), "AWS::SageMaker::Domain")["Studio43727D10"]


def test_an_imported_domain_leaves_nothing_behind_that_is_ours(stack: cdk.Stack, shared: IDomain) -> None:
    shared.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab())
    DomainDrain(stack, "Drain", domain=shared)

    template = template_of(stack)

    assert not resources(template, LEFTOVERS)
    assert told(template) == {
        "DomainId": "d-abc123",
        "WholeDomain": "false",
        "UserProfileNames": ["alice"],
        "SpaceNames": ["alice-lab"],
        "OtherSpaceNames": [],
        "DeleteUserSpaces": "false",
    }


def test_imports_are_not_declared(stack: cdk.Stack, shared: IDomain) -> None:
    DomainDrain(stack, "Drain", domain=shared)
    bob = UserProfile.from_user_profile_attributes(stack, "Bob", domain=shared, user_profile_name="bob")
    Space.from_space_attributes(stack, "Lab", domain=shared, space_name="bob-lab", sharing=SpaceSharing.private(bob))

    assert told(template_of(stack))["UserProfileNames"] == told(template_of(stack))["SpaceNames"] == []


def test_a_space_of_an_imported_owner_is_declared(stack: cdk.Stack, shared: IDomain) -> None:
    DomainDrain(stack, "Drain", domain=shared)
    bob = UserProfile.from_user_profile_attributes(stack, "Bob", domain=shared, user_profile_name="bob")
    bob.add_private_space("Lab", app=JupyterLab())

    template = template_of(stack)

    (space,) = resources(template, "AWS::SageMaker::Space")
    (drain,) = resources(template, DRAIN).values()
    assert told(template)["SpaceNames"] == ["bob-lab"]
    assert space in drain["DependsOn"]


def test_what_is_refused_is_not_declared(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain)
    alice = domain.add_user_profile("Alice")
    with pytest.raises(ValueError):
        domain.add_user_profile("Alice2", user_profile_name="alice")
    with pytest.raises(ValueError):
        alice.add_private_space("Lab", app=JupyterLab(), storage=cdk.Size.gibibytes(2))

    assert (told(template_of(stack))["UserProfileNames"], told(template_of(stack))["SpaceNames"]) == (["alice"], [])


def test_may_stand_in_the_domain(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(domain, "Drain", domain=domain)

    assert told(template_of(stack))["WholeDomain"] == "true"


def test_two_domains_of_one_stack_have_a_drain_each(stack: cdk.Stack, domain: Domain, network: NetworkAccess) -> None:
    other = Domain(stack, "Other", network=network, removal_policy=DESTROY)
    DomainDrain(stack, "Drain", domain=domain)
    DomainDrain(stack, "OtherDrain", domain=other)
    other.add_user_profile("Bob")

    found = {
        one["Properties"]["DomainId"]["Fn::GetAtt"][0]: one["Properties"]["UserProfileNames"]
        for one in resources(template_of(stack), DRAIN).values()
    }

    assert {name[:5]: names for name, names in found.items()} == {"Studi": [], "Other": ["bob"]}


def test_nobody_else_takes_part_without_a_drain(stack: cdk.Stack, domain: Domain) -> None:
    domain.add_user_profile("Alice")

    assert not {"AWS::Lambda::Function", DRAIN, LEFTOVERS} & {
        one["Type"] for one in template_of(stack)["Resources"].values()
    }


@pytest.mark.parametrize("outer", [cdk.RemovalPolicies, cdk.MissingRemovalPolicies])
def test_is_deleted_with_its_stack_whatever_the_stack_keeps(outer: Any, stack: cdk.Stack, domain: Domain) -> None:
    outer.of(stack).retain()
    DomainDrain(stack, "Drain", domain=domain)

    found = {
        logical_id: (one["DeletionPolicy"], one["UpdateReplacePolicy"])
        for logical_id, one in template_of(stack)["Resources"].items()
        if logical_id.startswith("Drain")
    }

    assert len(found) == 18
    assert set(found.values()) == {("Delete", "Delete")}


def kept_domain(stack: cdk.Stack, network: NetworkAccess) -> str:
    domain = Domain(stack, "Studio", network=network, removal_policy=DESTROY)
    DomainDrain(stack, "Drain", domain=domain)
    cdk.RemovalPolicies.of(domain).retain()
    return "Research/Studio"


def kept_domain_of_another_stack(stack: cdk.Stack, network: NetworkAccess) -> str:
    domain = Domain(cdk.Stack(stack, "Other"), "Studio", network=network, removal_policy=DESTROY)
    DomainDrain(stack, "Drain", domain=domain)
    cdk.RemovalPolicies.of(domain).retain()
    return "Research/Other/Studio"


def kept_profile(stack: cdk.Stack, network: NetworkAccess) -> str:
    domain = Domain(stack, "Studio", network=network, removal_policy=DESTROY)
    domain.add_user_profile("Alice", removal_policy=cdk.RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
    DomainDrain(stack, "Drain", domain=domain)
    return "Research/Studio/Alice"


def kept_space(stack: cdk.Stack, network: NetworkAccess) -> str:
    domain = Domain(stack, "Studio", network=network, removal_policy=DESTROY)
    DomainDrain(stack, "Drain", domain=domain)
    lab = domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab())
    lab.apply_removal_policy(cdk.RemovalPolicy.RETAIN)
    return "Research/Studio/Alice/Lab"


@pytest.mark.parametrize("keep", [kept_domain, kept_domain_of_another_stack, kept_profile, kept_space])
def test_what_is_kept_in_the_end_is_refused(
    keep: Callable[[cdk.Stack, NetworkAccess], str], app: cdk.App, stack: cdk.Stack, network: NetworkAccess
) -> None:
    path = keep(stack, network)

    with pytest.raises(RuntimeError, match=f"what a drain empties must be deleted with its stack, got {path} that is "):
        app.synth()


def test_what_another_stack_keeps_is_its_own_affair(app: cdk.App, stack: cdk.Stack, domain: Domain) -> None:
    users = cdk.Stack(app, "Users")
    DomainDrain(users, "Drain", domain=domain)
    domain.add_user_profile("Alice", removal_policy=cdk.RemovalPolicy.RETAIN)

    assert told(template_of(users))["UserProfileNames"] == []


def test_a_drained_domain_may_be_told_again_to_go(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain)
    domain.apply_removal_policy(DESTROY)

    (rendered,) = resources(template_of(stack), "AWS::SageMaker::Domain").values()
    assert rendered["DeletionPolicy"] == "Delete"


def test_a_domain_may_be_destroyed_at_last(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(stack, "Studio", network=network)
    domain.apply_removal_policy(DESTROY)
    DomainDrain(stack, "Drain", domain=domain)

    assert resources(template_of(stack), DRAIN)


def test_a_refused_drain_defines_nothing(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain)
    with pytest.raises(ValueError):
        DomainDrain(stack, "Again", domain=domain)

    assert not [one for one in template_of(stack)["Resources"] if one.startswith("Again")]


def test_waits_as_long_as_cloudformation_does(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain)

    template = template_of(stack)

    parts = properties(template, "AWS::StepFunctions::StateMachine")["DefinitionString"]["Fn::Join"][1]
    definition = json.loads("".join(part if isinstance(part, str) else "ARN" for part in parts))
    (retry,) = definition["States"]["framework-isComplete-task"]["Retry"]
    assert (retry["IntervalSeconds"], retry["MaxAttempts"], retry["BackoffRate"]) == (30, 120, 1)
    assert retry["IntervalSeconds"] * retry["MaxAttempts"] == TOTAL_TIMEOUT == 3600
    timeouts = {
        one["Properties"]["Handler"]: one["Properties"]["Timeout"]
        for one in resources(template, "AWS::Lambda::Function").values()
    }
    assert timeouts["handler.index.is_complete"] > PASS


def test_every_function_writes_logs_that_end(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain)

    template = template_of(stack)

    groups = resources(template, "AWS::Logs::LogGroup")
    assert {one["Properties"]["RetentionInDays"] for one in groups.values()} == {30}
    assert {one["DeletionPolicy"] for one in groups.values()} == {"Delete"}
    functions = resources(template, "AWS::Lambda::Function").values()
    assert len(functions) == 5
    for function in functions:
        assert function["Properties"]["LoggingConfig"]["LogGroup"]["Ref"] in groups
    assert "LoggingConfiguration" not in properties(template, "AWS::StepFunctions::StateMachine")
