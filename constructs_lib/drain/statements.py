"""What the functions of a drain may do: what they call, and no more.

See https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
"""

from __future__ import annotations

from typing import Any

from aws_cdk import Aws, ScopedAws, Stack

from constructs_lib.access.policy_document import Statement
from constructs_lib.access.studio_arns import StudioArns
from constructs_lib.environment import Environment

WILDCARDS = {
    "List": "what is listed has no resource level (service authorization reference of Amazon SageMaker AI)",
    "DeleteApps": "the names of apps are not known beforehand; the resource names the one domain that is deleted",
    "DeleteSpaces": "the names of spaces that users made are not known beforehand; the resource names the one domain "
    "that is deleted",
    "LookForDomain": "it is the domain of the same stack, to which what is deleted after it cannot refer: "
    "docs/decisions/0008; it is read, not changed",
    "Find": "EC2 and EFS list without a resource level; they are read, not changed",
    "HomeFileSystem": "SageMaker makes the file system; the condition is the tag by which it marks its own",
    "NetworkInterfaces": "EFS makes the network interfaces; the condition is the VPC of the domain",
    "NfsSecurityGroups": "SageMaker makes the security groups; the condition is the VPC of the domain",
}
"""Why a statement has resources with a wildcard, by its Sid."""


def use_of_stack(stack: Stack, *, leftovers: bool) -> list[Statement]:
    """Return what tells whether the stack itself is being deleted and, for leftovers, which domain it had.

    A nested stack is deleted by an update too: the outermost one tells.
    """
    domain = ["cloudformation:DescribeStackResource"] if leftovers else []
    statements = [_allow("Stack", [*domain, "cloudformation:DescribeStacks"], Aws.STACK_ID)]
    root = stack
    while (outer := root.nested_stack_parent) is not None:
        root = outer
    if root is not stack:
        statements.append(_allow("RootStack", ["cloudformation:DescribeStacks"], ScopedAws(root).stack_id))
    return statements


def use_of_domain(arns: StudioArns, *, whole_domain: bool, delete_user_spaces: bool) -> list[Statement]:
    """Return what empties one domain: for the drain of its own stack, all of it."""
    profiles = ["sagemaker:ListUserProfiles"] if whole_domain else []
    spaces = [_allow("DeleteSpaces", ["sagemaker:DeleteSpace"], arns.space("*"))] if delete_user_spaces else []
    return [
        _allow("List", ["sagemaker:ListApps", "sagemaker:ListSpaces", *profiles], "*"),
        _allow("Domain", ["sagemaker:DescribeDomain"], arns.domain),
        _allow("DeleteApps", ["sagemaker:DeleteApp"], arns.apps()),
        *spaces,
    ]


def use_of_leftovers(home: Environment, vpc_id: str) -> list[Statement]:
    """Return what removes the home file system and the security groups that a domain leaves behind.

    EFS wants the right to delete the network interface of a mount target from whoever deletes the mount target. The
    ARN of a VPC has the account that owns it, which may share it with the one of the domain.

    See https://docs.aws.amazon.com/efs/latest/ug/API_DeleteMountTarget.html
    """
    domains = home.arn("sagemaker", "domain/*")
    anybodys = Environment(account="*", region=home.region, is_of_stack=False)
    in_vpc = {"ArnLike": {"ec2:Vpc": anybodys.arn("ec2", f"vpc/{vpc_id}")}}
    return [
        _allow("LookForDomain", ["sagemaker:DescribeDomain"], domains),
        _allow(
            "Find",
            [
                "ec2:DescribeSecurityGroups",
                "elasticfilesystem:DescribeFileSystems",
                "elasticfilesystem:DescribeMountTargets",
            ],
            "*",
        ),
        _allow(
            "HomeFileSystem",
            ["elasticfilesystem:DeleteFileSystem", "elasticfilesystem:DeleteMountTarget"],
            home.arn("elasticfilesystem", "file-system/*"),
            {"StringLike": {"aws:ResourceTag/ManagedByAmazonSageMakerResource": domains}},
        ),
        _allow("NetworkInterfaces", ["ec2:DeleteNetworkInterface"], home.arn("ec2", "network-interface/*"), in_vpc),
        _allow(
            "NfsSecurityGroups",
            ["ec2:DeleteSecurityGroup", "ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress"],
            home.arn("ec2", "security-group/*"),
            in_vpc,
        ),
    ]


def use_of_log_group(log_group_arn: str) -> Statement:
    """Return what writes the logs of a function."""
    return _allow("Logs", ["logs:CreateLogStream", "logs:PutLogEvents"], log_group_arn)


def use_of_handler(function_arn: str) -> Statement:
    """Return what calls a function of ours, and waits for one that has been asleep."""
    return _allow("Handler", ["lambda:GetFunction", "lambda:InvokeFunction"], function_arn)


def use_of_waiter(state_machine_arn: str) -> Statement:
    """Return what begins to wait for the end."""
    return _allow("Wait", ["states:StartExecution"], state_machine_arn)


def use_of_passes(function_arns: list[str]) -> Statement:
    """Return what calls the functions of the framework, pass by pass."""
    return _allow("Passes", ["lambda:InvokeFunction"], function_arns)


def _allow(
    sid: str, actions: list[str], resource: str | list[str], condition: dict[str, Any] | None = None
) -> Statement:
    statement: Statement = {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource}
    return statement if condition is None else statement | {"Condition": condition}
