"""The settings of one Studio, as ``studio.yaml`` has them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    field_validator,
    model_validator,
)

from stacks.values import (
    Account,
    AppName,
    Apps,
    Distinct,
    DomainName,
    Feature,
    FindingId,
    Gibibytes,
    HiddenApp,
    HiddenTool,
    ImageDigest,
    ImageOfSpace,
    ImageTag,
    ImageVersion,
    InstanceTypeName,
    KeyArn,
    MinutesOfSpace,
    MinutesOrOff,
    NameOfImage,
    NameOfScript,
    NameOfSpace,
    NameOfUserOrRole,
    PathOfScript,
    Region,
    RepositoryName,
    SecurityGroupId,
    SubnetId,
    Tags,
    VpcId,
)
from stacks.words import APPS


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _refuse_blank(cls, value: Any) -> Any:
        """Refuse a key without a value, which somebody forgot to write: it must not mean what no key means."""
        if value is None:
            raise ValueError("must have a value, got nothing; write one, or leave the key out")
        return value


class VpcEntry(_Model):
    """A VPC that exists."""

    vpc_id: VpcId
    subnet_ids: Annotated[list[SubnetId], Field(min_length=1, max_length=16)]
    security_group_ids: Annotated[list[SecurityGroupId], Field(min_length=1, max_length=4)] | None = Field(
        default=None, description="Absent: a new one that lets everything out and nothing in"
    )


class KeyEntry(_Model):
    """A customer managed key that exists."""

    key_arn: KeyArn


class StorageEntry(_Model):
    """The volumes of spaces, in GiB."""

    default_gb: Gibibytes | None = Field(default=None, description="Absent: 20, or the maximum if that is less")
    maximum_gb: Gibibytes | None = Field(default=None, description="Absent: 100, or the default if that is more")

    @model_validator(mode="after")
    def _check_order(self) -> StorageEntry:
        if self.default_gb is not None and self.maximum_gb is not None and self.default_gb > self.maximum_gb:
            raise ValueError(f"default_gb must be at most maximum_gb, {self.maximum_gb}, got {self.default_gb}")
        return self


class NetworkEntry(_Model):
    """What the VPC that is defined has, besides what every Studio needs."""

    features: Annotated[list[Feature], Distinct] = Field(
        default=[],
        description="What the Studio is used for: its VPC has the endpoints of these too, with VpcOnly alone",
    )
    nat_gateways: Annotated[int, Field(ge=0, le=2)] = Field(
        default=0, description="One serves both zones, two survive the loss of one; 0: no way to the internet"
    )
    ip_address_type: Literal["IPV4", "DUALSTACK"] = Field(
        default="IPV4", description="DUALSTACK: the network and the apps have IPv6 addresses too"
    )


class DockerEntry(_Model):
    """Docker in JupyterLab and Code Editor."""

    trusted_accounts: Annotated[list[Account], Field(max_length=20), Distinct] = Field(
        default=[], description="Whose repositories apps may pull from, with VpcOnly alone"
    )


class HiddenEntry(_Model):
    """What the portal does not show; it is out of sight, and not denied."""

    apps: Annotated[list[HiddenApp], Distinct] = []
    tools: Annotated[list[HiddenTool], Distinct] = []
    image_versions: Annotated[list[ImageVersion], Field(max_length=20), Distinct] = Field(
        default=[], description="Versions of SageMaker Distribution"
    )


class ImageEntry(_Model):
    """A container image of the team, which spaces name as theirs and users may choose."""

    name: NameOfImage = Field(description="Unique in the account and region")
    repository: RepositoryName
    tag: ImageTag | None = Field(default=None, description="A tag that is never moved; or else a digest")
    digest: ImageDigest | None = None
    apps: Apps = Field(default=[*APPS], description="Which may run it")

    @model_validator(mode="after")
    def _check_one(self) -> ImageEntry:
        if (self.tag is None) == (self.digest is None):
            got = "none" if self.tag is None else "both"
            raise ValueError(f"must have a tag or a digest, got {got}; write one of the two")
        return self


class ScriptEntry(_Model):
    """A script that runs when an app starts, or that users may choose for that."""

    name: NameOfScript
    file: PathOfScript = Field(description="The path from the folder of this file")
    apps: Apps = Field(default=[*APPS], description="Which may run it")
    run: Literal["Always", "Default", "Offered"] = Field(
        description="Always: nobody can choose it away; Default: unless a space or its user chooses another; "
        "Offered: where a space or its user chooses it"
    )


class DrainEntry(_Model):
    """What happens before a Studio is deleted: apps are stopped, and then what SageMaker leaves behind goes too."""

    delete_user_spaces: bool = Field(
        default=False,
        description="Whether spaces that users made are deleted too, with their volumes; else they stop the deletion",
    )


class DomainEntry(_Model):
    """The domain, and what holds for all its users."""

    name: DomainName = Field(description="The domain's name and the stacks' prefix; it can never change")
    account: Account | None = Field(
        default=None, description="With region; absent: the stacks can be deployed anywhere"
    )
    region: Region | None = None
    auth_mode: Literal["IAM", "SSO"] = "IAM"
    network_access: Literal["VpcOnly", "PublicInternetOnly"] = "VpcOnly"
    vpc: VpcEntry | None = Field(default=None, description="Absent: a VPC is defined")
    network: NetworkEntry = Field(default=NetworkEntry(), description="Only without vpc")
    encryption: Annotated[
        Annotated[Literal["CustomerManaged", "AwsManaged"], Tag("<name>")] | Annotated[KeyEntry, Tag("<key>")],
        Discriminator(lambda value: "<key>" if isinstance(value, dict | KeyEntry) else "<name>"),
    ] = Field(default="CustomerManaged", description="It can never change")
    home_efs: bool = Field(default=False, description="It can be switched on later, and never off again")
    idle_shutdown_minutes: MinutesOrOff = 120
    storage: StorageEntry = StorageEntry()
    instance_types: Annotated[list[InstanceTypeName], Field(min_length=1)] | None = Field(
        default=None,
        description="What users may run, the first by default unless Studio's ml.t3.medium is among them; absent: all",
    )
    remote_access: bool = Field(
        default=False, description="Whether users may open remote sessions, from an editor on their own machine"
    )
    docker: DockerEntry | None = Field(default=None, description="Absent: apps may not use Docker")
    hidden: HiddenEntry = HiddenEntry()
    images: list[ImageEntry] = []
    scripts: list[ScriptEntry] = []
    source_identity: bool = Field(
        default=False, description="Whether CloudTrail records the user, where users share a role too"
    )
    removal_policy: Literal["Retain", "Delete"] = "Retain"
    drain: DrainEntry | None = Field(
        default=None, description="Only with removal_policy Delete; absent: a Studio that is in use is not deleted"
    )

    @field_validator("drain")
    @classmethod
    def _check_destroyed(cls, drain: DrainEntry | None, info: ValidationInfo) -> DrainEntry | None:
        if info.data.get("removal_policy") == "Retain":
            raise ValueError(
                "must come with removal_policy: Delete, got Retain, by which nothing is deleted; "
                "write removal_policy: Delete, or leave out drain"
            )
        return drain


class SpaceEntry(_Model):
    """A space: one instance, one app, one volume."""

    name: NameOfSpace
    app: AppName
    instance_type: InstanceTypeName | None = None
    image: ImageOfSpace | None = Field(
        default=None,
        description="cpu, gpu, one of domain.images, or the ARN of an image or an image version; "
        "absent: Studio's own choice",
    )
    script: str | None = Field(
        default=None,
        description="One of domain.scripts that does not always run; absent: that of the app with run: Default",
    )
    storage_gb: Gibibytes | None = None
    idle_shutdown_minutes: MinutesOfSpace = None


class SharedSpaceEntry(SpaceEntry):
    """A space that users of the domain share."""

    owner: str
    members: list[str] | None = Field(
        default=None,
        description="Who may start and stop it besides its owner, not who enters it while it runs; absent: every user",
    )


class RoleEntry(_Model):
    """An execution role that several users share: what one of them may reach in AWS, all may."""

    name: NameOfUserOrRole


class UserEntry(_Model):
    """A user, with private spaces."""

    name: NameOfUserOrRole
    sso_user: Annotated[str, Field(min_length=1, max_length=256)] | None = Field(
        default=None, description="The name in IAM Identity Center; needed with auth_mode SSO, refused with IAM"
    )
    role: str | None = Field(default=None, description="One of the roles; absent: a role for this user alone")
    spaces: list[SpaceEntry] = []


class AcknowledgementEntry(_Model):
    """A finding of StudioChecks that is meant to be, wherever it is found."""

    finding: FindingId = Field(description="Its id, as make synth shows it without Studio::")
    reason: Annotated[str, Field(min_length=1)] = Field(description="Why; it stands in cdk.out/validation-report.json")


class StudioSettings(_Model):
    """A whole Studio."""

    domain: DomainEntry
    roles: list[RoleEntry] = []
    users: list[UserEntry] = []
    shared_spaces: list[SharedSpaceEntry] = []
    acknowledgements: list[AcknowledgementEntry] = []
    tags: Tags = Field(default={}, description="At most 45: the CDK adds its own to subnets")
