"""Who may reach AWS through the endpoints of a VPC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import Aws
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3

from constructs_lib.environment import Environment
from constructs_lib.errors import check_no_text, check_type, refuse_all
from constructs_lib.network.studio_feature import GATEWAYS, problems_of_names

KEPT_OPEN = {
    "aws.sagemaker.notebook": "a browser calls it, by an address that SageMaker has signed",
    "aws.sagemaker.partner-app": "a browser calls it, by an address that SageMaker has signed",
    "codewhisperer": "people sign in to Amazon Q by themselves, with no account of AWS",
    "q": "people sign in to Amazon Q by themselves, with no account of AWS",
    "ssm": "AWS does not say whose credentials the agent of a remote session has",
    "ssmmessages": "AWS does not say whose credentials the agent of a remote session has",
}
"""The services that a policy for the own account would break, or might, and why: they keep full access."""

# Browsers call these too, and AWS does not say as whom, but shows policies that name the resources of an account.
_ACTIONS_ON_OWN_RESOURCES = {
    "aws.sagemaker.experiments": "sagemaker-mlflow:*",
    "aws.sagemaker.studio": "sagemaker:*",
}


@dataclass(frozen=True)
class EndpointPolicy:
    """Who may reach the services behind the endpoints of a VPC, besides what IAM and the resources say.

    See https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
    """

    _own_account: bool
    _readable_buckets: tuple[s3.IBucket, ...] = ()
    _open_services: tuple[str, ...] = ()

    @staticmethod
    def full_access() -> EndpointPolicy:
        """Let everybody through, as AWS does without a policy; IAM and the policies of resources decide alone."""
        return EndpointPolicy(_own_account=False)

    @staticmethod
    def own_account(
        *, readable_buckets: Sequence[s3.IBucket] = (), open_services: Sequence[str] = ()
    ) -> EndpointPolicy:
        """Let identities of the account through alone, so that nobody carries data out with somebody else's keys.

        Through gateway endpoints, S3 among them, these reach buckets and tables of the account alone; of the buckets
        of AWS, anybody may read the layers of images in ECR, the models of JumpStart and the samples of SageMaker.
        Through the endpoints of Studio and MLflow, anybody reaches what the account has of them, and nothing else.
        Which resources an identity of the account reaches through any other endpoint is left to IAM.

        The endpoints of Systems Manager, Amazon Q, partner apps and notebooks, which Canvas takes, keep full access:
        whoever calls them has no credentials of the account, or AWS does not say so.

        It was not tried on an account, and AWS does not list all that Studio fetches: try it before you rely on it.

        Args:
            readable_buckets: what else anybody may read and list through the endpoint of S3: a bucket of another
                account, or that of a service that signs addresses for you, such as the assets of CodeArtifact.
                Default: none.
            open_services: services whose endpoints keep full access as well: those of ``StudioFeature.of`` that take
                no policy, at which the deployment fails, and those that are called with other credentials.
                Default: none.

        Raises:
            TypeError: a bucket is given by its name, or a service as no text.
            ValueError: a service has another form, or S3 is among them and there are buckets too.
        """
        check_no_text("readable_buckets", readable_buckets, "a list of buckets")
        for bucket in readable_buckets:
            check_no_text("readable_buckets", bucket, "s3.Bucket.from_bucket_name(...) say")
        check_no_text("open_services", open_services, "a list of names")
        for service in open_services:
            check_type("open_services", service, str, "names of services as text, 'ecr.api' say")
        refuse_all(problems_of_names("open_services", open_services))
        if readable_buckets and "s3" in open_services:
            raise ValueError(
                "readable_buckets must be left out where s3 is open to everybody, got them with open_services; "
                "take s3 out of open_services"
            )
        return EndpointPolicy(
            _own_account=True, _readable_buckets=tuple(readable_buckets), _open_services=tuple(open_services)
        )

    def __repr__(self) -> str:
        if not self._own_account:
            return "EndpointPolicy.full_access()"
        given = {"readable_buckets": self._readable_buckets, "open_services": self._open_services}
        arguments = ", ".join(f"{argument}={list(value)}" for argument, value in given.items() if value)
        return f"EndpointPolicy.own_account({arguments})"

    def _statements(self, service: str, environment: Environment) -> list[iam.PolicyStatement]:
        """Return the policy of an endpoint, or nothing for full access."""
        if not self._own_account or service in KEPT_OPEN or service in self._open_services:
            return []
        if action := _ACTIONS_ON_OWN_RESOURCES.get(service):
            return [_allow([action], [environment.arn("sagemaker", "*")])]
        keys = ["aws:PrincipalAccount", *(["aws:ResourceAccount"] if service in GATEWAYS else [])]
        own = _allow(["*"], ["*"], equal=dict.fromkeys(keys, environment.account_reference))
        return [own, self._reading(environment)] if service == "s3" else [own]

    def _reading(self, environment: Environment) -> iam.PolicyStatement:
        buckets = [*_buckets_of_aws(environment), *(one.bucket_arn for one in self._readable_buckets)]
        return _allow(
            ["s3:GetObject", "s3:ListBucket"], [resource for one in buckets for resource in (one, f"{one}/*")]
        )


def _allow(actions: list[str], resources: list[str], *, equal: dict[str, str] | None = None) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        principals=[iam.AnyPrincipal()],
        actions=actions,
        resources=resources,
        conditions=None if equal is None else {"StringEquals": equal},
    )


def _buckets_of_aws(environment: Environment) -> list[str]:
    """Return the buckets that AWS keeps for Studio in accounts of its own.

    See https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html and
    https://docs.aws.amazon.com/sagemaker/latest/dg/canvas-vpc.html
    """
    region = environment.region_reference
    names = (
        f"jumpstart-cache-prod-{region}",
        f"jumpstart-private-cache-prod-{region}",  # models whose terms somebody has to accept
        f"prod-{region}-starport-layer-bucket",
        "sagemaker-sample-files",
    )
    return [f"arn:{Aws.PARTITION}:s3:::{name}" for name in names]
