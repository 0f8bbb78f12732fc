"""The function that makes directories on one file system."""

from __future__ import annotations

from pathlib import Path

from aws_cdk import Acknowledgment, Duration, IgnoreMode, RemovalPolicies, Validations
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_efs as efs
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import custom_resources as cr
from constructs import Construct

from constructs_lib.access.policy_document import Statement, policy_document
from constructs_lib.drain.statements import use_of_handler, use_of_log_group
from constructs_lib.function_acknowledgements import acknowledge_findings

_CODE = str(Path(__file__).parent / "directory_handler")
_ROOT = "/mnt/files"
_WHY = {
    "CloudWatchLogGroupEncrypted": "the logs name directories and hold nothing of the users; CloudWatch Logs encrypts "
    "them with a key of its own, and they go with the stack",
    "LambdaConcurrency": "the functions run when the stack is deployed; what is reserved for them the other functions "
    "of the account would lack all the time",
    "LambdaDLQ": "CloudFormation waits for each answer and reports what fails; nobody would read a queue",
    "LambdaInsideVPC": "the function that makes directories is inside the VPC; the one of the CDK that answers "
    "CloudFormation is outside, so that a VPC without internet needs no endpoint for it",
}
_NETWORK_INTERFACES = (
    "Lambda makes the network interfaces of a function in a VPC by its role, and their names are not known beforehand "
    "(AWS Lambda developer guide, execution role permissions for a VPC)"
)


class DirectoryFunction(Construct):
    """A Lambda function that mounts the whole of a file system as root, in its subnets, and makes directories there.

    It has the security group of the file system. The provider framework of the CDK calls it, and answers
    CloudFormation from outside the VPC. Both roles have managed policies of their own. All of it goes with the stack,
    whatever becomes of the file system.

    Attributes:
        service_token: what a custom resource is served by.

    See https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html
    """

    def __init__(
        self,
        file_system: efs.FileSystem,
        id: str,
        *,
        vpc: ec2.IVpc,
        vpc_subnets: ec2.SubnetSelection,
    ) -> None:
        super().__init__(file_system, id)
        (security_group,) = file_system.connections.security_groups
        group_id = security_group.security_group_id
        reach = ec2.CfnSecurityGroupIngress(
            self,
            "Nfs",
            group_id=group_id,
            source_security_group_id=group_id,
            description="The function that makes directories",
            ip_protocol="tcp",
            from_port=2049,
            to_port=2049,
        )
        access_point = efs.AccessPoint(
            self,
            "Root",
            file_system=file_system,
            path="/",
            posix_user=efs.PosixUser(uid="0", gid="0"),
        )
        log_group = logs.LogGroup(self, "Logs", retention=logs.RetentionDays.ONE_MONTH)
        logging = use_of_log_group(log_group.log_group_arn)
        role = _role(self, "HandlerRole")
        policy = _attach(
            role,
            [
                logging,
                _use_of_root(file_system.file_system_arn, access_point.access_point_arn),
                _use_of_network_interfaces(),
            ],
        )
        Validations.of(policy).acknowledge(
            Acknowledgment(id="AwsSolutions::AwsSolutions-IAM5[Resource::*]", reason=_NETWORK_INTERFACES)
        )
        handler = lambda_.Function(
            self,
            "OnEvent",
            runtime=lambda_.Runtime.PYTHON_3_14,
            handler="index.on_event",
            code=lambda_.Code.from_asset(_CODE, exclude=["/*", "!/index.py"], ignore_mode=IgnoreMode.GIT),
            environment={"ROOT": _ROOT},
            role=role,
            log_group=log_group,
            memory_size=256,
            timeout=Duration.minutes(1),
            vpc=vpc,
            vpc_subnets=vpc_subnets,
            allow_public_subnet=True,
            security_groups=[security_group],
        )
        mounted = handler.node.default_child
        assert isinstance(mounted, lambda_.CfnFunction)
        mounted.file_system_configs = [
            lambda_.CfnFunction.FileSystemConfigProperty(arn=access_point.access_point_arn, local_mount_path=_ROOT)
        ]
        handler.node.add_dependency(file_system.mount_targets_available, reach)
        framework_role = _role(self, "FrameworkRole")
        provider = cr.Provider(
            self,
            "Provider",
            on_event_handler=handler,
            framework_on_event_role=framework_role.without_policy_updates(),
            log_group=log_group,
        )
        _attach(framework_role, [logging, use_of_handler(handler.function_arn)])
        acknowledge_findings(self, _WHY)
        RemovalPolicies.of(self).destroy()
        self.service_token = provider.service_token


def _role(scope: Construct, id: str) -> iam.Role:
    return iam.Role(scope, id, assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))


def _attach(role: iam.Role, statements: list[Statement]) -> iam.CfnManagedPolicy:
    """Define a policy for a role, beneath it: a function depends on what stands there."""
    return iam.CfnManagedPolicy(role, "Use", policy_document=policy_document(statements), roles=[role.role_name])


def _use_of_root(file_system_arn: str, access_point_arn: str) -> Statement:
    """Return what mounts a file system as root, through one access point."""
    return {
        "Sid": "Root",
        "Effect": "Allow",
        "Action": [
            "elasticfilesystem:ClientMount",
            "elasticfilesystem:ClientRootAccess",
            "elasticfilesystem:ClientWrite",
        ],
        "Resource": file_system_arn,
        "Condition": {"StringEquals": {"elasticfilesystem:AccessPointArn": access_point_arn}},
    }


def _use_of_network_interfaces() -> Statement:
    """Return what Lambda needs to put a function into a VPC.

    See https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
    """
    return {
        "Sid": "NetworkInterfaces",
        "Effect": "Allow",
        "Action": [
            "ec2:AssignPrivateIpAddresses",
            "ec2:CreateNetworkInterface",
            "ec2:DeleteNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:UnassignPrivateIpAddresses",
        ],
        "Resource": "*",
    }
