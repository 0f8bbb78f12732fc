"""The settings of one Studio, as ``studio.yaml`` has them."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    field_validator,
    model_validator,
)

from constructs_lib import InstanceType, StudioChecks, StudioImage
from constructs_lib.errors import closest, refuse_all
from constructs_lib.lifecycle.idle_shutdown import MAXIMUM_MINUTES, MINIMUM_MINUTES
from constructs_lib.storage.space_storage import MAXIMUM_GIB, MINIMUM_GIB
from constructs_lib.tags import tag_problems
from constructs_lib.user_profile import TAKEN_IDS

# What a text must look like, with the words for it.
FORMS = {
    (_NAME := r"^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$"): "1..63 letters, digits and inner hyphens",
    (_DOMAIN_NAME := r"^[a-zA-Z](-*[a-zA-Z0-9]){0,62}$"): (
        "1..63 letters, digits and inner hyphens with a letter first, since the stacks are named after it"
    ),
    (_ACCOUNT := r"^[0-9]{12}$"): "12 digits in quotes",
    (_REGION := r"^[a-z]{2,4}(-[a-z]+)+-[0-9]+$"): "a region such as eu-west-1",
    (_VPC_ID := r"^vpc-[0-9a-f]{8,17}$"): "the id of a VPC, vpc-0a1b2c3d4e5f67890 say",
    (_SUBNET_ID := r"^subnet-[0-9a-f]{8,17}$"): "the id of a subnet, subnet-0a1b2c3d4e5f67890 say",
    (_SECURITY_GROUP_ID := r"^sg-[0-9a-f]{8,17}$"): "the id of a security group, sg-0a1b2c3d4e5f67890 say",
    (
        _KEY_ARN
        := r"^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"
    ): ("the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID"),
}

# Ids that the stacks and the CDK use themselves: beneath the stack, where users and roles are, and beneath a user.
_TAKEN_BY_STACK = frozenset(
    {
        "BootstrapVersion",
        "CDKMetadata",
        "CheckBootstrapVersion",
        "Default",
        "Drain",
        "Exports",
        "SageMakerDistributionAccounts",
    }
)
_TAKEN_BY_USER = TAKEN_IDS | {"ExecutionRoleArn"}


def read_image(name: str) -> StudioImage:
    """Return the image that ``cpu``, ``gpu`` or an ARN stands for.

    Raises:
        ValueError: it is none of these.
    """
    if name == "cpu":
        return StudioImage.distribution_cpu()
    if name == "gpu":
        return StudioImage.distribution_gpu()
    if ":image-version/" in name:
        return StudioImage.from_image_version_arn(name)
    if name.startswith("arn:"):
        return StudioImage.from_image_arn(name)
    raise ValueError(f"must be cpu, gpu, or the ARN of an image or an image version, got {name!r}")


def _not_of(taken: frozenset[str]) -> AfterValidator:
    def check(name: str) -> str:
        if name in taken:
            raise ValueError(f"must not be {name!r}, which the stacks use themselves; choose another name")
        return name

    return AfterValidator(check)


def _check_image(name: str) -> str:
    read_image(name)
    return name


def _check_instance_type(name: str) -> str:
    if not re.fullmatch(r"ml\.[a-z0-9-]+\.[a-z0-9-]+", name):
        raise ValueError(f"must have the form ml.FAMILY.SIZE, got {name!r}; write one such as ml.m5.large")
    if not InstanceType.of(name).runs_spaces:
        raise ValueError(f"must be an instance type that runs spaces, got {name!r}; write one such as ml.m5.large")
    return name


def _check_finding(id: str) -> str:
    name, _, detail = id.partition("[")
    known = StudioChecks().rule_ids
    if name not in known:
        close = closest(name, known)
        fix = f"did you mean {close!r}?" if close else "write an id that make synth shows, without Studio::"
        raise ValueError(f"must be a finding of StudioChecks, got {id!r}; {fix}")
    if detail and not re.fullmatch(r"[^\[\](){}]+\]", detail):
        raise ValueError(
            f"must have the form Studio-NAME or Studio-NAME[DETAIL], got {id!r}; write it as make synth does"
        )
    return id


def _check_tags(tags: dict[str, str]) -> dict[str, str]:
    refuse_all(tag_problems(tags))
    return tags


def _off_to_none(value: Any) -> Any:
    """Take ``off``, which YAML 1.1 reads as false, for None."""
    return None if value is False or value == "off" else value


def _refuse_off(value: Any) -> Any:
    if value is False or value == "off":
        raise ValueError(
            f"must be {MINIMUM_MINUTES}..{MAXIMUM_MINUTES} minutes, got off, which only the domain can say; "
            "write a long time"
        )
    return value


Minutes = Annotated[int, Field(ge=MINIMUM_MINUTES, le=MAXIMUM_MINUTES)]
Gibibytes = Annotated[int, Field(ge=MINIMUM_GIB, le=MAXIMUM_GIB)]
InstanceTypeName = Annotated[str, AfterValidator(_check_instance_type)]


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

    vpc_id: Annotated[str, Field(pattern=_VPC_ID)]
    subnet_ids: Annotated[list[Annotated[str, Field(pattern=_SUBNET_ID)]], Field(min_length=1, max_length=16)]
    security_group_ids: (
        Annotated[list[Annotated[str, Field(pattern=_SECURITY_GROUP_ID)]], Field(min_length=1, max_length=4)] | None
    ) = Field(default=None, description="Absent: a new one that lets everything out and nothing in")


class KeyEntry(_Model):
    """A customer managed key that exists."""

    key_arn: Annotated[str, Field(pattern=_KEY_ARN)]


class StorageEntry(_Model):
    """The volumes of spaces, in GiB."""

    default_gb: Gibibytes | None = Field(default=None, description="Absent: 20, or the maximum if that is less")
    maximum_gb: Gibibytes | None = Field(default=None, description="Absent: 100, or the default if that is more")

    @model_validator(mode="after")
    def _check_order(self) -> StorageEntry:
        if self.default_gb is not None and self.maximum_gb is not None and self.default_gb > self.maximum_gb:
            raise ValueError(f"default_gb must be at most maximum_gb, {self.maximum_gb}, got {self.default_gb}")
        return self


class DrainEntry(_Model):
    """What happens before a Studio is deleted: apps are stopped, and then what SageMaker leaves behind goes too."""

    delete_user_spaces: bool = Field(
        default=False,
        description="Whether spaces that users made are deleted too, with their volumes; else they stop the deletion",
    )


class DomainEntry(_Model):
    """The domain, and what holds for all its users."""

    name: Annotated[
        str, Field(pattern=_DOMAIN_NAME, description="The domain's name and the stacks' prefix; it can never change")
    ]
    account: Annotated[str, Field(pattern=_ACCOUNT)] | None = Field(
        default=None, description="With region; absent: the stacks can be deployed anywhere"
    )
    region: Annotated[str, Field(pattern=_REGION)] | None = None
    auth_mode: Literal["IAM", "SSO"] = "IAM"
    network_access: Literal["VpcOnly", "PublicInternetOnly"] = "VpcOnly"
    vpc: VpcEntry | None = Field(default=None, description="Absent: a VPC is defined")
    encryption: Annotated[
        Annotated[Literal["CustomerManaged", "AwsManaged"], Tag("<name>")] | Annotated[KeyEntry, Tag("<key>")],
        Discriminator(lambda value: "<key>" if isinstance(value, dict | KeyEntry) else "<name>"),
    ] = Field(default="CustomerManaged", description="It can never change")
    home_efs: bool = Field(default=False, description="It can be switched on later, and never off again")
    idle_shutdown_minutes: Annotated[
        Minutes | None,
        BeforeValidator(_off_to_none, json_schema_input_type=Minutes | Literal[False, "off"]),
    ] = 120
    storage: StorageEntry = StorageEntry()
    instance_types: Annotated[list[InstanceTypeName], Field(min_length=1)] | None = Field(
        default=None,
        description="What users may run, the first by default unless Studio's ml.t3.medium is among them; absent: all",
    )
    remote_access: bool = Field(
        default=False, description="Whether users may open remote sessions, from an editor on their own machine"
    )
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

    name: Annotated[str, Field(pattern=_NAME), _not_of(_TAKEN_BY_USER)]
    app: Literal["JupyterLab", "CodeEditor"]
    instance_type: InstanceTypeName | None = None
    image: Annotated[str, AfterValidator(_check_image)] | None = Field(
        default=None, description="cpu, gpu, or the ARN of an image or an image version; absent: Studio's own choice"
    )
    storage_gb: Gibibytes | None = None
    idle_shutdown_minutes: Annotated[Minutes | None, BeforeValidator(_refuse_off)] = None


class SharedSpaceEntry(SpaceEntry):
    """A space that users of the domain share."""

    owner: str
    members: list[str] | None = Field(
        default=None,
        description="Who may start and stop it besides its owner, not who enters it while it runs; absent: every user",
    )


class RoleEntry(_Model):
    """An execution role that several users share: what one of them may reach in AWS, all may."""

    name: Annotated[str, Field(pattern=_NAME), _not_of(_TAKEN_BY_STACK)]


class UserEntry(_Model):
    """A user, with private spaces."""

    name: Annotated[str, Field(pattern=_NAME), _not_of(_TAKEN_BY_STACK)]
    sso_user: Annotated[str, Field(min_length=1, max_length=256)] | None = Field(
        default=None, description="The name in IAM Identity Center; needed with auth_mode SSO, refused with IAM"
    )
    role: str | None = Field(default=None, description="One of the roles; absent: a role for this user alone")
    spaces: list[SpaceEntry] = []


class AcknowledgementEntry(_Model):
    """A finding of StudioChecks that is meant to be, wherever it is found."""

    finding: Annotated[str, AfterValidator(_check_finding)] = Field(
        description="Its id, as make synth shows it without Studio::"
    )
    reason: Annotated[str, Field(min_length=1)] = Field(description="Why; it stands in cdk.out/validation-report.json")


class StudioSettings(_Model):
    """A whole Studio."""

    domain: DomainEntry
    roles: list[RoleEntry] = []
    users: list[UserEntry] = []
    shared_spaces: list[SharedSpaceEntry] = []
    acknowledgements: list[AcknowledgementEntry] = []
    tags: Annotated[dict[str, str], Field(max_length=45), AfterValidator(_check_tags)] = Field(
        default={}, description="At most 45: the CDK adds its own to subnets"
    )
