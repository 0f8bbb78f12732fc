"""What is deleted before what: that is all that a drain has to say to CloudFormation."""

from __future__ import annotations

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2

from constructs_lib import Domain, DomainDrain, IDomain, JupyterLab, NetworkAccess, UserProfile
from tests.drain.deletion import Deletion
from tests.templates import template_of

DRAIN, LEFTOVERS = "Custom::StudioDrain", "Custom::StudioLeftovers"
DOMAIN, PROFILE, SPACE = (f"AWS::SageMaker::{name}" for name in ("Domain", "UserProfile", "Space"))
OF_FUNCTIONS = (
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Role",
    "AWS::Lambda::Function",
    "AWS::Logs::LogGroup",
    "AWS::StepFunctions::StateMachine",
)


def deletion_of(stack: cdk.Stack) -> Deletion:
    return Deletion(template_of(stack))


def populate(domain: IDomain, name: str) -> None:
    alice = domain.add_user_profile(name)
    alice.add_private_space("Lab", app=JupyterLab())
    alice.add_shared_space(f"{name}Churn", app=JupyterLab())


def of_functions(deletion: Deletion) -> set[str]:
    """What the custom resources are served by, and may do."""
    return {one for one in deletion.of_type(*OF_FUNCTIONS) if one.startswith("Drain")}


def test_apps_are_stopped_before_anything_else_is_deleted(stack: cdk.Stack, domain: Domain) -> None:
    populate(domain, "Alice")
    DomainDrain(stack, "Drain", domain=domain)
    populate(domain, "Bob")

    deletion = deletion_of(stack)

    members = deletion.of_type(PROFILE, SPACE)
    assert len(members) == 6
    assert deletion.after(deletion.only(DRAIN)) >= {*members, deletion.only(DOMAIN)}


def test_drain_goes_before_what_stands_elsewhere_in_its_stack(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain)
    UserProfile(stack, "Alice", domain=domain).add_private_space("Lab", app=JupyterLab())

    deletion = deletion_of(stack)

    assert deletion.after(deletion.only(DRAIN)) >= deletion.of_type(PROFILE, SPACE)


def test_leftovers_are_removed_after_the_domain(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain)

    deletion = deletion_of(stack)

    assert deletion.only(LEFTOVERS) in deletion.after(deletion.only(DOMAIN))


def test_leftovers_are_removed_before_the_vpc_that_they_block(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    domain = Domain(
        stack, "Studio", network=NetworkAccess.vpc_only(vpc), removal_policy=cdk.RemovalPolicy.DESTROY, home_efs=True
    )
    DomainDrain(stack, "Drain", domain=domain)

    deletion = deletion_of(stack)

    isolated = {one for one in deletion.of_type("AWS::EC2::Subnet") if "Isolated" in one or "Private" in one}
    assert len(isolated) == 2
    assert deletion.after(deletion.only(LEFTOVERS)) >= {deletion.only("AWS::EC2::VPC"), *isolated}


@pytest.mark.parametrize("resource_type", [DRAIN, LEFTOVERS])
def test_functions_and_their_rights_outlive_what_they_serve(
    resource_type: str, stack: cdk.Stack, domain: Domain
) -> None:
    populate(domain, "Alice")
    DomainDrain(stack, "Drain", domain=domain)

    deletion = deletion_of(stack)

    of_domain = {one for one in of_functions(deletion) if one.startswith("DrainUse")}
    needed = of_functions(deletion) - (of_domain if resource_type == LEFTOVERS else set())
    assert len(of_domain) == 1
    assert len(needed) == (16 if resource_type == DRAIN else 15)
    assert deletion.after(deletion.only(resource_type)) >= needed


def test_rights_outlive_each_function_by_itself(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain)

    deletion = deletion_of(stack)

    for function in deletion.of_type("AWS::Lambda::Function", "AWS::StepFunctions::StateMachine"):
        rendered = deletion.resources[function]["Properties"]
        role, _ = rendered.get("Role", rendered.get("RoleArn"))["Fn::GetAtt"]
        policies = {
            one
            for one in deletion.of_type("AWS::IAM::ManagedPolicy")
            if deletion.resources[one]["Properties"].get("Roles") == [{"Ref": role}] and not one.startswith("DrainUse")
        }
        assert len(policies) == 1
        assert deletion.after(function) >= {role, *policies}


def test_a_stack_of_users_is_drained_by_itself(app: cdk.App, stack: cdk.Stack, domain: Domain) -> None:
    users = cdk.Stack(app, "Users")
    DomainDrain(stack, "Drain", domain=domain)
    DomainDrain(users, "Drain", domain=domain)
    UserProfile(users, "Alice", domain=domain).add_private_space("Lab", app=JupyterLab())

    for one, count in ((stack, 0), (users, 2)):
        deletion = deletion_of(one)
        members = deletion.of_type(PROFILE, SPACE)
        assert len(members) == count
        assert deletion.after(deletion.only(DRAIN)) >= members | of_functions(deletion)


def test_a_nested_stack_goes_before_the_whole_domain_is_drained(stack: cdk.Stack, domain: Domain) -> None:
    before, after = cdk.NestedStack(stack, "Before"), cdk.NestedStack(stack, "After")
    UserProfile(before, "Alice", domain=domain).add_private_space("Lab", app=JupyterLab())
    DomainDrain(stack, "Drain", domain=domain)
    UserProfile(after, "Bob", domain=domain).add_private_space("Lab", app=JupyterLab())

    deletion = deletion_of(stack)

    nested = deletion.of_type("AWS::CloudFormation::Stack")
    assert len(nested) == 2
    for one in nested:
        assert deletion.only(DRAIN) in deletion.after(one)


def test_stacks_of_users_do_not_wait_for_each_other(app: cdk.App, stack: cdk.Stack, domain: Domain) -> None:
    first, second = cdk.Stack(app, "First"), cdk.Stack(app, "Second")
    DomainDrain(first, "Drain", domain=domain)
    UserProfile(second, "Bob", domain=domain)
    DomainDrain(second, "Drain", domain=domain)
    UserProfile(first, "Alice", domain=domain)

    app.synth()

    assert {tuple(one.dependencies) for one in (first, second)} == {(stack,)}


def test_profiles_of_an_imported_domain_are_drained(stack: cdk.Stack) -> None:
    shared = Domain.from_domain_attributes(
        stack, "Shared", domain_id="d-abc123", removal_policy=cdk.RemovalPolicy.DESTROY
    )
    populate(shared, "Alice")
    DomainDrain(stack, "Drain", domain=shared)
    populate(shared, "Bob")

    deletion = deletion_of(stack)

    assert len(deletion.of_type(PROFILE, SPACE)) == 6
    assert deletion.after(deletion.only(DRAIN)) >= deletion.of_type(PROFILE, SPACE)
