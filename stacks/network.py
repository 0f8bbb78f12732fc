"""The network of a Studio that brings no VPC of its own."""

from __future__ import annotations

from aws_cdk import ArnFormat, Environment, Fn, MissingRemovalPolicies, RemovalPolicy, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from constructs import Construct

from stacks.acknowledgements import acknowledge_default_security_group

_CIDR = "10.0.0.0/16"


class NetworkStack(Stack):
    """A VPC of two zones without a way to the internet: isolated subnets, a flow log and endpoints of AWS services.

    Its default security group is left as AWS makes it and never used, see docs/decisions/0001.
    """

    def __init__(
        self, scope: Construct, id: str, *, env: Environment | None, endpoints: bool, removal_policy: RemovalPolicy
    ) -> None:
        """Define the network.

        Args:
            scope: the app.
            id: the name of the stack.
            env: where it is deployed to.
            endpoints: whether Studio reaches AWS through this VPC alone.
            removal_policy: what becomes of it when it is no longer wanted.
        """
        super().__init__(scope, id, env=env)
        log_group = logs.LogGroup(
            self,
            "FlowLogs",
            encryption_key=self._key_of_flow_logs(removal_policy),
            retention=logs.RetentionDays.ONE_YEAR,
            removal_policy=removal_policy,
        )
        self.vpc = ec2.Vpc(
            self,
            "Vpc",
            ip_addresses=ec2.IpAddresses.cidr(_CIDR),
            max_azs=2,
            nat_gateways=0,
            subnet_configuration=[
                ec2.SubnetConfiguration(name="Isolated", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED, cidr_mask=20)
            ],
            flow_logs={
                "FlowLog": ec2.FlowLogOptions(
                    destination=ec2.FlowLogDestination.to_cloud_watch_logs(log_group, self._writer_of(log_group))
                )
            },
            restrict_default_security_group=False,
        )
        acknowledge_default_security_group(self.vpc)
        if endpoints:
            self._add_endpoints()
        MissingRemovalPolicies.of(self).apply(removal_policy)

    @property
    def availability_zones(self) -> list[str]:
        """The first two zones of whichever region it is: known without an account to look them up in."""
        return [Fn.select(index, Fn.get_azs()) for index in range(2)]

    def _key_of_flow_logs(self, removal_policy: RemovalPolicy) -> kms.Key:
        """Define the key of the flow logs, which CloudWatch Logs may use for the log groups of this stack alone.

        See https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
        """
        key = kms.Key(
            self,
            "FlowLogsKey",
            description=f"Flow logs of {self.stack_name}",
            enable_key_rotation=True,
            removal_policy=removal_policy,
        )
        log_groups = self.format_arn(
            service="logs",
            resource="log-group",
            resource_name=f"{self.stack_name}-*",  # CloudFormation names them so
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )
        key.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal(f"logs.{self.region}.{self.url_suffix}")],
                actions=["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
                resources=["*"],
                conditions={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": log_groups}},
            )
        )
        return key

    def _writer_of(self, log_group: logs.ILogGroup) -> iam.IRole:
        """Define the role that writes the flow log: that of ``ec2.Vpc`` would have an inline policy."""
        role = iam.Role(
            self,
            "FlowLogRole",
            assumed_by=iam.ServicePrincipal(
                "vpc-flow-logs.amazonaws.com", conditions={"StringEquals": {"aws:SourceAccount": self.account}}
            ),
        )
        iam.ManagedPolicy(
            self,
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

    def _add_endpoints(self) -> None:
        self.vpc.add_gateway_endpoint("S3", service=ec2.GatewayVpcEndpointAwsService.S3)
        security_group = ec2.SecurityGroup(
            self, "Endpoints", vpc=self.vpc, description="Endpoints of AWS services", allow_all_outbound=False
        )
        security_group.add_ingress_rule(ec2.Peer.ipv4(_CIDR), ec2.Port.HTTPS, "HTTPS from the VPC")
        services = ec2.InterfaceVpcEndpointAwsService
        for id, service in {
            "SageMakerApi": services.SAGEMAKER_API,
            "SageMakerRuntime": services.SAGEMAKER_RUNTIME,
            "SageMakerStudio": services.SAGEMAKER_STUDIO,
            "Sts": services.STS,
            "Logs": services.CLOUDWATCH_LOGS,
        }.items():
            self.vpc.add_interface_endpoint(id, service=service, security_groups=[security_group], open=False)
