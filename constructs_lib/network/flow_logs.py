"""The record of what passes through a VPC."""

from __future__ import annotations

from aws_cdk import ArnFormat, RemovalPolicy, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from constructs import Construct


def define_flow_logs(scope: Construct, removal_policy: RemovalPolicy) -> ec2.FlowLogDestination:
    """Define a log group that keeps a year, with a key and a role of its own: docs/decisions/0006."""
    stack = Stack.of(scope)
    log_group = logs.LogGroup(
        scope,
        "FlowLogs",
        encryption_key=_key(scope, stack, removal_policy),
        retention=logs.RetentionDays.ONE_YEAR,
        removal_policy=removal_policy,
    )
    return ec2.FlowLogDestination.to_cloud_watch_logs(log_group, _writer(scope, stack, log_group))


def _key(scope: Construct, stack: Stack, removal_policy: RemovalPolicy) -> kms.Key:
    """Define the key of the flow logs, which CloudWatch Logs may use for the log groups of this stack alone.

    See https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    """
    key = kms.Key(
        scope,
        "FlowLogsKey",
        description=f"Flow logs of {stack.stack_name}",
        enable_key_rotation=True,
        removal_policy=removal_policy,
    )
    log_groups = stack.format_arn(
        service="logs",
        resource="log-group",
        resource_name=f"{stack.stack_name}-*",  # CloudFormation names them so
        arn_format=ArnFormat.COLON_RESOURCE_NAME,
    )
    key.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[iam.ServicePrincipal(f"logs.{stack.region}.{stack.url_suffix}")],
            actions=["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
            resources=["*"],
            conditions={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": log_groups}},
        )
    )
    return key


def _writer(scope: Construct, stack: Stack, log_group: logs.ILogGroup) -> iam.IRole:
    """Define the role that writes the flow log: that of ``ec2.Vpc`` would have an inline policy."""
    role = iam.Role(
        scope,
        "FlowLogRole",
        assumed_by=iam.ServicePrincipal(
            "vpc-flow-logs.amazonaws.com", conditions={"StringEquals": {"aws:SourceAccount": stack.account}}
        ),
    )
    iam.ManagedPolicy(
        scope,
        "FlowLogUse",
        roles=[role],
        statements=[
            iam.PolicyStatement(
                actions=["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                resources=[log_group.log_group_arn],
            )
        ],
    )
    return role.without_policy_updates()
