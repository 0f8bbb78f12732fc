"""What a Studio without internet is used for, and the services of AWS that it must reach for that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from constructs_lib.errors import check_no_text, check_type, refuse_all

_SERVICE = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*", re.ASCII)
GATEWAYS = ("dynamodb", "s3", "s3express")
"""The services that are reached by gateway endpoints."""


@dataclass(frozen=True)
class StudioFeature:
    """Something that people do in a Studio, with the endpoints that it takes where there is no internet.

    The constants follow the pages of AWS; ``StudioFeature.of`` is the door for everything else. A service that AWS
    does not have in the region of the VPC fails the deployment.

    Attributes:
        interface_services: services that are reached by interface endpoints, as AWS names them without the region
            and without ``com.amazonaws``: ``ecr.api``, or ``aws.sagemaker.studio``.
        gateway_services: services that are reached by gateway endpoints: ``s3``, ``dynamodb``, ``s3express``.
        page: the page of AWS that says so.

    Raises:
        TypeError: the services are no tuples of text.
        ValueError: there is no service, or one of them has another form.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-and-internet-access.html
    """

    interface_services: tuple[str, ...]
    gateway_services: tuple[str, ...] = ()
    page: str | None = None

    CORE: ClassVar[StudioFeature]
    """Studio itself, its spaces, jobs and endpoints of models: every Studio has it."""

    ATHENA: ClassVar[StudioFeature]
    """Queries of Athena over tables in Glue."""

    BEDROCK: ClassVar[StudioFeature]
    """Foundation models of Bedrock."""

    CANVAS: ClassVar[StudioFeature]
    """Canvas, with Data Wrangler in it, but for its ready-to-use and generative models."""

    CANVAS_GENERATIVE_AI: ClassVar[StudioFeature]
    """The generative models of Canvas."""

    CANVAS_READY_TO_USE_MODELS: ClassVar[StudioFeature]
    """The ready-to-use models of Canvas."""

    CLOUDWATCH: ClassVar[StudioFeature]
    """Metrics and alarms."""

    CODE_ARTIFACT: ClassVar[StudioFeature]
    """Packages for pip, conda and npm from repositories of yours."""

    CODE_COMMIT: ClassVar[StudioFeature]
    """Git repositories of CodeCommit; others cannot be reached without internet."""

    ECR: ClassVar[StudioFeature]
    """Images in ECR that are built, pushed or pulled in a space or a job."""

    EFS: ClassVar[StudioFeature]
    """The API of EFS, which mount helpers ask; the files themselves take mount targets."""

    EMR: ClassVar[StudioFeature]
    """Clusters of EMR."""

    EMR_SERVERLESS: ClassVar[StudioFeature]
    """Applications of EMR Serverless, with sessions through Apache Livy."""

    EXPERIMENTS: ClassVar[StudioFeature]
    """Metrics that jobs write into the experiments of SageMaker."""

    FEATURE_STORE: ClassVar[StudioFeature]
    """Feature Store, with its offline store as tables in Glue that Athena queries."""

    FSX: ClassVar[StudioFeature]
    """The API of FSx; the files themselves take the network interfaces of the file system."""

    GLUE: ClassVar[StudioFeature]
    """The catalogue of Glue, its jobs and interactive sessions."""

    KMS: ClassVar[StudioFeature]
    """Encryption by the code of users; that of volumes and buckets takes no endpoint."""

    LAKE_FORMATION: ClassVar[StudioFeature]
    """Tables that Lake Formation governs."""

    MLFLOW: ClassVar[StudioFeature]
    """MLflow on SageMaker."""

    PARTNER_APPS: ClassVar[StudioFeature]
    """Apps of partners, such as Comet and Fiddler."""

    PROJECTS: ClassVar[StudioFeature]
    """Projects of SageMaker, from templates of Service Catalog."""

    Q_DEVELOPER: ClassVar[StudioFeature]
    """Amazon Q Developer in JupyterLab and Code Editor; AWS has its endpoints in few regions."""

    R_STUDIO: ClassVar[StudioFeature]
    """RStudio, which checks its licence out of License Manager."""

    REDSHIFT: ClassVar[StudioFeature]
    """Queries of Redshift."""

    REMOTE_ACCESS: ClassVar[StudioFeature]
    """Sessions from an editor on somebody's machine."""

    SECRETS_MANAGER: ClassVar[StudioFeature]
    """Passwords of databases, tokens of Git."""

    SYSTEMS_MANAGER: ClassVar[StudioFeature]
    """Parameters of Systems Manager."""

    def __post_init__(self) -> None:
        for argument, services in (
            ("interface_services", self.interface_services),
            ("gateway_services", self.gateway_services),
        ):
            check_type(argument, services, tuple, "a tuple of names, ('ecr.api', 'ecr.dkr') say")
            for one in services:
                check_type(argument, one, str, "names of services as text, 'ecr.api' say")
        refuse_all(self._problems())

    @staticmethod
    def of(*interface_services: str, gateway_services: Sequence[str] = ()) -> StudioFeature:
        """Return what takes some other services.

        Nothing is known of these here. With ``EndpointPolicy.own_account()`` they are for the account alone; the
        deployment fails at a service that takes no policy, until it is one of its ``open_services``.

        Args:
            interface_services: services with interface endpoints, such as ``sqs``.
            gateway_services: services with gateway endpoints, such as ``dynamodb``.

        Raises:
            TypeError: the services are no text.
            ValueError: there is no service, or one of them has another form.
        """
        check_no_text("gateway_services", gateway_services, "a list of names")
        return StudioFeature(interface_services, tuple(gateway_services))

    def _problems(self) -> Iterator[str]:
        """Say which services nobody can make an endpoint of."""
        if not self.interface_services and not self.gateway_services:
            yield "a feature must have a service, got none; pass the name of one, 'sqs' say"
        for one in self.interface_services:
            if one in GATEWAYS:
                yield f"interface_services must have no gateway, got {one!r}; pass gateway_services=({one!r},)"
        yield from problems_of_names("interface_services", self.interface_services)
        for one in self.gateway_services:
            if one not in GATEWAYS:
                yield (
                    f"gateway_services must be {', '.join(GATEWAYS[:-1])} or {GATEWAYS[-1]}, got {one!r}; "
                    "pass it as an interface service"
                )


def problems_of_names(argument: str, services: Iterable[str]) -> Iterator[str]:
    """Say which services are not named as AWS names them, without the region."""
    for one in services:
        if one.startswith("com.amazonaws") or not _SERVICE.fullmatch(one):
            yield (
                f"{argument} must be names without com.amazonaws and the region, got {one!r}; "
                "pass one such as 'ecr.api' or 'aws.sagemaker.studio'"
            )


_SAGEMAKER = "https://docs.aws.amazon.com/sagemaker/latest/dg"
_AWS = "https://docs.aws.amazon.com"

StudioFeature.CORE = StudioFeature(
    ("sagemaker.api", "sagemaker.runtime", "aws.sagemaker.studio", "sts", "logs"),
    ("s3",),
    page=f"{_SAGEMAKER}/studio-updated-and-internet-access.html",
)
StudioFeature.ATHENA = StudioFeature(("athena", "glue"), page=f"{_AWS}/athena/latest/ug/interface-vpc-endpoint.html")
StudioFeature.BEDROCK = StudioFeature(
    ("bedrock", "bedrock-runtime"), page=f"{_AWS}/bedrock/latest/userguide/vpc-interface-endpoints.html"
)
StudioFeature.CANVAS = StudioFeature(
    (
        "application-autoscaling",
        "athena",
        "aws.sagemaker.notebook",
        "ec2",
        "ecr.api",
        "ecr.dkr",
        "emr-serverless",
        "glue",
        "monitoring",
        "rds",
        "redshift-data",
        "secretsmanager",
        "ssm",
    ),
    page=f"{_SAGEMAKER}/canvas-vpc.html",
)
StudioFeature.CANVAS_GENERATIVE_AI = StudioFeature(("bedrock-runtime", "kendra"), page=f"{_SAGEMAKER}/canvas-vpc.html")
StudioFeature.CANVAS_READY_TO_USE_MODELS = StudioFeature(
    ("comprehend", "rekognition", "textract"), page=f"{_SAGEMAKER}/canvas-vpc.html"
)
StudioFeature.CLOUDWATCH = StudioFeature(
    ("monitoring",),
    page=f"{_AWS}/AmazonCloudWatch/latest/monitoring/cloudwatch-and-interface-VPC.html",
)
StudioFeature.CODE_ARTIFACT = StudioFeature(
    ("codeartifact.api", "codeartifact.repositories"),
    page=f"{_AWS}/codeartifact/latest/ug/create-vpc-endpoints.html",
)
StudioFeature.CODE_COMMIT = StudioFeature(
    ("codecommit", "git-codecommit"),
    page=f"{_AWS}/codecommit/latest/userguide/codecommit-and-interface-VPC.html",
)
StudioFeature.ECR = StudioFeature(("ecr.api", "ecr.dkr"), page=f"{_AWS}/AmazonECR/latest/userguide/vpc-endpoints.html")
StudioFeature.EFS = StudioFeature(("elasticfilesystem",), page=f"{_AWS}/efs/latest/ug/efs-vpc-endpoints.html")
StudioFeature.EMR = StudioFeature(("elasticmapreduce",), page=f"{_SAGEMAKER}/studio-notebooks-emr-networking.html")
StudioFeature.EMR_SERVERLESS = StudioFeature(
    ("emr-serverless", "emr-serverless-services.livy"),
    page=f"{_AWS}/emr/latest/EMR-Serverless-UserGuide/emr-serverless-vpc-endpoint.html",
)
StudioFeature.EXPERIMENTS = StudioFeature(("sagemaker.metrics",), page=f"{_SAGEMAKER}/interface-vpc-endpoint.html")
StudioFeature.FEATURE_STORE = StudioFeature(
    ("athena", "glue", "sagemaker.featurestore-runtime"),
    page=f"{_SAGEMAKER}/feature-store-storage-configurations-online-store.html",
)
StudioFeature.FSX = StudioFeature(("fsx",), page=f"{_AWS}/fsx/latest/LustreGuide/fsx-vpc-endpoints.html")
StudioFeature.GLUE = StudioFeature(("glue",), page=f"{_AWS}/glue/latest/dg/vpc-interface-endpoints.html")
StudioFeature.KMS = StudioFeature(("kms",), page=f"{_AWS}/kms/latest/developerguide/kms-vpc-endpoint.html")
StudioFeature.LAKE_FORMATION = StudioFeature(
    ("glue", "lakeformation"), page=f"{_AWS}/lake-formation/latest/dg/privatelink.html"
)
StudioFeature.MLFLOW = StudioFeature(
    ("aws.sagemaker.experiments",), page=f"{_SAGEMAKER}/mlflow-interface-endpoint-create.html"
)
StudioFeature.PARTNER_APPS = StudioFeature(
    ("aws.sagemaker.partner-app",), page=f"{_SAGEMAKER}/partner-apps-onboard.html"
)
StudioFeature.PROJECTS = StudioFeature(
    ("servicecatalog",), page=f"{_SAGEMAKER}/studio-updated-and-internet-access.html"
)
StudioFeature.Q_DEVELOPER = StudioFeature(
    ("codewhisperer", "q"), page=f"{_AWS}/amazonq/latest/qdeveloper-ug/vpc-interface-endpoints.html"
)
StudioFeature.R_STUDIO = StudioFeature(("license-manager",), page=f"{_SAGEMAKER}/rstudio-network.html")
StudioFeature.REDSHIFT = StudioFeature(
    ("redshift", "redshift-data"),
    page=f"{_AWS}/redshift/latest/mgmt/security-private-link.html",
)
StudioFeature.REMOTE_ACCESS = StudioFeature(
    ("ssm", "ssmmessages"),
    page=f"{_SAGEMAKER}/remote-access-remote-setup-vpc-subnets-without-internet-access.html",
)
StudioFeature.SECRETS_MANAGER = StudioFeature(
    ("secretsmanager",), page=f"{_AWS}/secretsmanager/latest/userguide/vpc-endpoint-overview.html"
)
StudioFeature.SYSTEMS_MANAGER = StudioFeature(
    ("ssm",), page=f"{_AWS}/systems-manager/latest/userguide/setup-create-vpc.html"
)
