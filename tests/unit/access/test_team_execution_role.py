from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3

from constructs_lib import Domain, JupyterLab, NetworkAccess, TeamExecutionRole, UserProfile
from tests.templates import resources, template_of
from tests.unit.access.policies import POLICY, attached_to, policies, role_of, templates

PROFILE = "AWS::SageMaker::UserProfile"
WHOEVER_CALLS = "${sagemaker:UserProfileName}"


def test_profiles_share_it_and_its_policies(stack: cdk.Stack, domain: Domain) -> None:
    team = TeamExecutionRole(stack, "Team", domain=domain)
    for name in ("Alice", "Bob"):
        assert domain.add_user_profile(name, execution_role=team).execution_role is team

    template = template_of(stack)
    role = role_of(template, "Team")
    arns = [one["Properties"]["UserSettings"]["ExecutionRole"] for one in resources(template, PROFILE).values()]
    assert arns == [{"Fn::GetAtt": [role, "Arn"]}] * 2
    assert attached_to(template, role) == {"StudioUserUse", "StudioUserFence", "TeamUse", "TeamFence"}
    assert not any("Alice" in path or "Bob" in path for path in policies(template))


def test_its_policies_follow_whoever_calls(stack: cdk.Stack, network: NetworkAccess) -> None:
    domain = Domain(stack, "Studio", network=network, remote_access=True)
    bob = domain.add_user_profile("Bob", execution_role=TeamExecutionRole(stack, "Team", domain=domain))
    bob.add_private_space("Lab", app=JupyterLab())

    found = {path: one for path, one in policies(template_of(stack)).items() if path.startswith("Team")}

    assert found.keys() == {"TeamUse", "TeamFence", "TeamSessionFence"}
    assert all(WHOEVER_CALLS in str(one) for one in found.values())
    assert "bob" not in str(found)
    assert "NoNamelessCalls" in found["TeamFence"]


def test_it_may_stand_in_a_stack_that_needs_the_domains(app: cdk.App, stack: cdk.Stack, domain: Domain) -> None:
    users = cdk.Stack(app, "Users")
    team = TeamExecutionRole(users, "Team", domain=domain)
    UserProfile(users, "Alice", domain=domain, execution_role=team)
    s3.Bucket(users, "Data").grant_read(team)

    template = templates(app)["Users"]

    assert stack in users.dependencies
    assert {one[:-8] for one in resources(template, POLICY)} == {"TeamUse", "TeamFence", "TeamGrants"}


def test_in_an_imported_domain_it_says_what_all_users_may_do(stack: cdk.Stack) -> None:
    domain = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123")
    TeamExecutionRole(stack, "Team", domain=domain)

    template = template_of(stack)
    found = attached_to(template, role_of(template, "Team"))
    assert found == {"TeamUse", "TeamFence", "TeamUserUse", "TeamUserFence"}


def test_it_carries_further_policies_beside_the_domains(stack: cdk.Stack, domain: Domain) -> None:
    listing = iam.PolicyStatement(actions=["s3:ListAllMyBuckets"], resources=["*"])
    extra = iam.ManagedPolicy(stack, "Extra", statements=[listing])
    TeamExecutionRole(stack, "Team", domain=domain, managed_policies=[extra], description="Runs Studio for a team")

    template = template_of(stack)
    role = role_of(template, "Team")
    assert attached_to(template, role) > {"StudioUserUse", "StudioUserFence", "Extra"}
    assert template["Resources"][role]["Properties"]["Description"] == "Runs Studio for a team"


def test_its_policies_share_its_fate(stack: cdk.Stack, domain: Domain) -> None:
    TeamExecutionRole(stack, "Kept", domain=domain)
    TeamExecutionRole(stack, "Deleted", domain=domain, removal_policy=RemovalPolicy.DESTROY)

    found = {
        logical_id: one["DeletionPolicy"]
        for logical_id, one in template_of(stack)["Resources"].items()
        if logical_id.startswith(("Kept", "Deleted"))
    }

    assert len(found) == 6
    assert all((policy == "Delete") == logical_id.startswith("Deleted") for logical_id, policy in found.items())
