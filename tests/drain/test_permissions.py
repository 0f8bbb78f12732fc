"""What the functions of a drain may do: what they call, on what is theirs to touch, and nothing else."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest

from constructs_lib import Domain, DomainDrain, UserProfile
from tests.drain.handler.operations import OPERATIONS
from tests.templates import Template, resources, template_of

EU = cdk.Environment(account="123456789012", region="eu-west-1")
IN_EU = "eu-west-1:123456789012"
PREFIXES = {"efs": "elasticfilesystem"}
LOOK = ["cloudformation:DescribeStacks"]
LOGS = {"logs:CreateLogStream", "logs:PutLogEvents"}
CALLED = {f"{PREFIXES.get(service, service)}:{name}" for service, names in OPERATIONS.items() for name in names}
OF_EFS = {"ec2:DeleteNetworkInterface"}  # EFS asks for it when a mount target is deleted
OF_LEFTOVERS = {one for one in CALLED if one.startswith(("ec2:", "elasticfilesystem:"))} | OF_EFS


@pytest.fixture
def stack(app: cdk.App) -> cdk.Stack:
    return cdk.Stack(app, "Research", env=EU)


@pytest.fixture
def users(app: cdk.App) -> cdk.Stack:
    return cdk.Stack(app, "Users", env=EU)


def text(value: Any) -> Any:
    """An ARN with its references in angle brackets."""
    match value:
        case {"Fn::Join": [str(delimiter), parts]}:
            return delimiter.join(map(text, parts))
        case {"Fn::GetAtt": [logical_id, attribute]}:
            return f"<{logical_id}.{attribute}>"
        case {"Ref": name}:
            return f"<{name}>"
        case {"Fn::GetStackOutput": {"OutputName": name}}:
            return f"<{name}>"
        case list():
            return [text(one) for one in value]
    return value


def statements_of(template: Template, role: str) -> list[dict[str, Any]]:
    """The statements of all policies of the one role whose logical id begins so."""
    (logical_id,) = (one for one in resources(template, "AWS::IAM::Role") if one.startswith(role))
    return [
        {key: text(value) for key, value in statement.items()}
        for policy in resources(template, "AWS::IAM::ManagedPolicy").values()
        if {"Ref": logical_id} in policy["Properties"].get("Roles", [])
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
    ]


def of_handler(template: Template) -> dict[str, dict[str, Any]]:
    """The statements of the role of our functions, by their Sids."""
    return {one["Sid"]: one for one in statements_of(template, "DrainFunctionsHandlerRole")}


def actions(statements: dict[str, dict[str, Any]]) -> set[str]:
    return {action for one in statements.values() for action in one["Action"]}


def test_functions_may_do_what_they_call_and_nothing_else(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain, delete_user_spaces=True)

    assert actions(of_handler(template_of(stack))) == CALLED | OF_EFS | LOGS


def test_spaces_cannot_be_deleted_unless_they_are_meant_to_be(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain)

    assert actions(of_handler(template_of(stack))) == (CALLED | OF_EFS | LOGS) - {"sagemaker:DeleteSpace"}


@pytest.mark.parametrize("delete_user_spaces", [True, False])
def test_a_stack_of_users_may_not_touch_what_the_domain_leaves_behind(
    delete_user_spaces: bool, stack: cdk.Stack, users: cdk.Stack, domain: Domain
) -> None:
    UserProfile(users, "Alice", domain=domain)
    DomainDrain(users, "Drain", domain=domain, delete_user_spaces=delete_user_spaces)

    of_whole_domain = {"cloudformation:DescribeStackResource", "sagemaker:ListUserProfiles"}
    left_out = OF_LEFTOVERS | of_whole_domain | (set() if delete_user_spaces else {"sagemaker:DeleteSpace"})
    assert actions(of_handler(template_of(users))) == (CALLED | LOGS) - left_out


def test_everything_is_bound_to_the_domain_its_stack_or_its_vpc(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain, delete_user_spaces=True)

    found = of_handler(template_of(stack))

    sagemaker, efs, ec2 = (f"arn:<AWS::Partition>:{one}:{IN_EU}" for one in ("sagemaker", "elasticfilesystem", "ec2"))
    studio = "<Studio43727D10.DomainId>"
    in_vpc = {"ArnLike": {"ec2:Vpc": "arn:<AWS::Partition>:ec2:eu-west-1:*:vpc/vpc-0a1b2c3d"}}
    of_sagemaker = {"StringLike": {"aws:ResourceTag/ManagedByAmazonSageMakerResource": f"{sagemaker}:domain/*"}}
    rendered = {
        sid: (
            one["Resource"],
            {operator: {k: text(v) for k, v in c.items()} for operator, c in one["Condition"].items()},
        )
        if "Condition" in one
        else one["Resource"]
        for sid, one in found.items()
    }
    assert rendered == {
        "Logs": "<DrainFunctionsLogs1458B57E.Arn>",
        "Stack": "<AWS::StackId>",
        "List": "*",
        "Find": "*",
        "Domain": f"{sagemaker}:domain/{studio}",
        "DeleteApps": f"{sagemaker}:app/{studio}/*",
        "DeleteSpaces": f"{sagemaker}:space/{studio}/*",
        "LookForDomain": f"{sagemaker}:domain/*",
        "HomeFileSystem": (f"{efs}:file-system/*", of_sagemaker),
        "NetworkInterfaces": (f"{ec2}:network-interface/*", in_vpc),
        "NfsSecurityGroups": (f"{ec2}:security-group/*", in_vpc),
    }
    for sid in ("List", "Find", "LookForDomain"):
        assert all(action.partition(":")[2].startswith(("Describe", "List")) for action in found[sid]["Action"])


def test_what_goes_after_the_domain_needs_nothing_that_refers_to_it(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain, delete_user_spaces=True)

    template = template_of(stack)

    (policy,) = (
        one
        for logical_id, one in resources(template, "AWS::IAM::ManagedPolicy").items()
        if logical_id.startswith("DrainFunctionsHandlerRoleUse")
    )
    allowed = {action for one in policy["Properties"]["PolicyDocument"]["Statement"] for action in one["Action"]}
    assert allowed == OF_LEFTOVERS | LOGS | {
        "cloudformation:DescribeStackResource",
        "cloudformation:DescribeStacks",
        "sagemaker:DescribeDomain",
    }


def test_a_nested_stack_is_looked_at_with_the_outermost_one(stack: cdk.Stack, domain: Domain) -> None:
    inner = cdk.NestedStack(cdk.NestedStack(stack, "Outer"), "Inner")
    DomainDrain(inner, "Drain", domain=domain)

    found = of_handler(template_of(inner))

    assert (found["Stack"]["Action"], found["Stack"]["Resource"]) == (LOOK, "<AWS::StackId>")
    assert (found["RootStack"]["Action"], found["RootStack"]["Resource"]) == (LOOK, "<referencetoResearchAWSStackId>")


def test_imported_domain_is_named_where_it_is(stack: cdk.Stack) -> None:
    shared = Domain.from_domain_attributes(
        stack, "Shared", domain_id="d-abc123", removal_policy=cdk.RemovalPolicy.DESTROY
    )
    DomainDrain(stack, "Drain", domain=shared)

    found = of_handler(template_of(stack))

    assert found["DeleteApps"]["Resource"] == f"arn:<AWS::Partition>:sagemaker:{IN_EU}:app/d-abc123/*"


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (
            "DrainFunctionsBeginRole",
            {
                "logs:CreateLogStream": "DrainFunctionsLogs",
                "logs:PutLogEvents": "DrainFunctionsLogs",
                "lambda:GetFunction": "DrainFunctionsOnEvent",
                "lambda:InvokeFunction": "DrainFunctionsOnEvent",
                "states:StartExecution": "DrainFunctionsProviderwaiterstatemachine",
            },
        ),
        (
            "DrainFunctionsWaitRole",
            {
                "logs:CreateLogStream": "DrainFunctionsLogs",
                "logs:PutLogEvents": "DrainFunctionsLogs",
                "lambda:GetFunction": "DrainFunctionsIsComplete",
                "lambda:InvokeFunction": "DrainFunctionsIsComplete",
            },
        ),
        (
            "DrainFunctionsProviderwaiterstatemachineRole",
            {
                "lambda:InvokeFunction": [
                    "DrainFunctionsProviderframeworkisComplete",
                    "DrainFunctionsProviderframeworkonTimeout",
                ]
            },
        ),
    ],
)
def test_the_framework_calls_our_functions_and_nothing_else(
    role: str, allowed: dict[str, Any], stack: cdk.Stack, domain: Domain
) -> None:
    DomainDrain(stack, "Drain", domain=domain)

    found = {action: one["Resource"] for one in statements_of(template_of(stack), role) for action in one["Action"]}

    assert {action: _without_hashes(resource) for action, resource in found.items()} == allowed


def test_no_role_has_a_policy_of_aws_or_an_inline_one(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain)

    template = template_of(stack)

    roles = {one: role["Properties"] for one, role in resources(template, "AWS::IAM::Role").items() if "Drain" in one}
    assert len(roles) == 4
    assert not any({"ManagedPolicyArns", "Policies"} & role.keys() for role in roles.values())
    assert not resources(template, "AWS::IAM::Policy")
    assert {role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["Service"] for role in roles.values()} == {
        "lambda.amazonaws.com",
        "states.amazonaws.com",
    }


def test_each_function_has_the_role_that_is_meant_for_it(stack: cdk.Stack, domain: Domain) -> None:
    DomainDrain(stack, "Drain", domain=domain)

    found = {
        one["Properties"]["Handler"]: one["Properties"]["Role"]["Fn::GetAtt"][0][:-8]
        for one in resources(template_of(stack), "AWS::Lambda::Function").values()
    }

    assert found == {
        "handler.index.on_event": "DrainFunctionsHandlerRole",
        "handler.index.is_complete": "DrainFunctionsHandlerRole",
        "framework.onEvent": "DrainFunctionsBeginRole",
        "framework.isComplete": "DrainFunctionsWaitRole",
        "framework.onTimeout": "DrainFunctionsWaitRole",
    }


def _without_hashes(resource: Any) -> Any:
    if isinstance(resource, list):
        return [_without_hashes(one) for one in resource]
    return resource.strip("<>").partition(".")[0][:-8]
