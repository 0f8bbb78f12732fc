"""Single values of the settings: what each must look like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from constructs_lib import InstanceType, MlTool, PortalApp, StudioChecks, StudioFeature, StudioImage
from constructs_lib.errors import refuse_all
from constructs_lib.lifecycle.idle_shutdown import MAXIMUM_MINUTES, MINIMUM_MINUTES
from constructs_lib.storage.space_storage import MAXIMUM_GIB, MINIMUM_GIB
from constructs_lib.tags import tag_problems
from constructs_lib.user_profile import TAKEN_IDS
from stacks.problems import hint
from stacks.words import DISTRIBUTIONS

# What a text must look like, with the words for it.
FORMS = {
    (_NAME := r"^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$"): "1..63 letters, digits and inner hyphens",
    (_DOMAIN_NAME := r"^[a-zA-Z](-*[a-zA-Z0-9]){0,62}$"): (
        "1..63 letters, digits and inner hyphens with a letter first, since the stacks are named after it"
    ),
    (_IMAGE_NAME := r"^[a-z0-9](-?[a-z0-9]){0,51}$"): "1..52 lower case letters and digits with single inner hyphens",
    (_SCRIPT_NAME := r"^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,31}$"): "1..32 letters, digits and inner hyphens",
    (_ACCOUNT := r"^[0-9]{12}$"): "12 digits in quotes",
    (_REGION := r"^[a-z]{2,4}(-[a-z]+)+-[0-9]+$"): "a region such as eu-west-1",
    (_VPC_ID := r"^vpc-[0-9a-f]{8,17}$"): "the id of a VPC, vpc-0a1b2c3d4e5f67890 say",
    (_SUBNET_ID := r"^subnet-[0-9a-f]{8,17}$"): "the id of a subnet, subnet-0a1b2c3d4e5f67890 say",
    (_SECURITY_GROUP_ID := r"^sg-[0-9a-f]{8,17}$"): "the id of a security group, sg-0a1b2c3d4e5f67890 say",
    (
        _KEY_ARN
        := r"^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"
    ): ("the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID"),
    (_REPOSITORY := r"^([a-z0-9]+([._-][a-z0-9]+)*/)*[a-z0-9]+([._-][a-z0-9]+)*$"): (
        "the name of a repository in the domain's account and region, ml/team say"
    ),
    (_TAG := r"^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}$"): "a tag of letters, digits, dots, hyphens and underscores",
    (_DIGEST := r"^sha256:[0-9a-f]{64}$"): "sha256: with 64 hexadecimal digits",
    (_VERSION := r"^(0|[1-9][0-9]*)[.](0|[1-9][0-9]*)$"): "a version MAJOR.MINOR in quotes, '2.1' say",
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

_APPS = [app.value for app in PortalApp]
_TOOLS = [tool.value for tool in MlTool]
_FEATURES = [name for name, one in vars(StudioFeature).items() if isinstance(one, StudioFeature) and name != "CORE"]


def image_of_arn(arn: str) -> StudioImage:
    """Return the image, or the version of an image, that an ARN names.

    Raises:
        ValueError: the ARN names neither.
    """
    if ":image-version/" in arn:
        return StudioImage.from_image_version_arn(arn)
    return StudioImage.from_image_arn(arn)


def _not_of(taken: frozenset[str]) -> AfterValidator:
    def check(name: str) -> str:
        if name in taken:
            raise ValueError(f"must not be {name!r}, which the stacks use themselves; choose another name")
        return name

    return AfterValidator(check)


def _one_of(words: Sequence[str]) -> AfterValidator:
    def check(word: str) -> str:
        if word not in words:
            fix = hint(word, words, f"write one of {', '.join(words)}")
            raise ValueError(f"must be a name that is known here, got {word!r}; {fix}")
        return word

    return AfterValidator(check)


def _check_distinct(words: list[str]) -> list[str]:
    if twice := next((word for index, word in enumerate(words) if word in words[:index]), None):
        raise ValueError(f"must differ from each other, got {twice!r} twice; write it once")
    return words


def _check_image(name: str) -> str:
    if name.startswith("arn:"):
        try:
            image_of_arn(name)
        except ValueError:
            raise ValueError(
                "must be arn:PARTITION:sagemaker:REGION:ACCOUNT:image/NAME or :image-version/NAME/NUMBER with a lower "
                f"case name, got {name!r}; write the ARN of an image or an image version"
            ) from None
    return name


def _check_instance_type(name: str) -> str:
    if not re.fullmatch(r"ml\.[a-z0-9-]+\.[a-z0-9-]+", name):
        raise ValueError(f"must have the form ml.FAMILY.SIZE, got {name!r}; write one such as ml.m5.large")
    if not InstanceType.of(name).runs_spaces:
        raise ValueError(f"must be an instance type that runs spaces, got {name!r}; write one such as ml.m5.large")
    return name


def _check_path(path: str) -> str:
    if "\0" in path:
        raise ValueError(
            f"must be a path without NUL, got {path!r}; write the path of a script from the folder of this file"
        )
    return path


def _check_finding(id: str) -> str:
    name = id.partition("[")[0]
    known = StudioChecks().rule_ids
    if name not in known:
        fix = hint(name, known, "write an id that make synth shows, without Studio::")
        raise ValueError(f"must be a finding of StudioChecks, got {id!r}; {fix}")
    if not re.fullmatch(r"[^\[]+(\[[^\[\](){}]+\])?", id):
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


DomainName = Annotated[str, Field(pattern=_DOMAIN_NAME)]
NameOfUserOrRole = Annotated[str, Field(pattern=_NAME), _not_of(_TAKEN_BY_STACK)]
NameOfSpace = Annotated[str, Field(pattern=_NAME), _not_of(_TAKEN_BY_USER)]
NameOfImage = Annotated[str, Field(pattern=_IMAGE_NAME, max_length=52), _not_of(frozenset(DISTRIBUTIONS))]
NameOfScript = Annotated[str, Field(pattern=_SCRIPT_NAME, max_length=32)]
PathOfScript = Annotated[str, Field(min_length=1), AfterValidator(_check_path)]
Account = Annotated[str, Field(pattern=_ACCOUNT)]
Region = Annotated[str, Field(pattern=_REGION)]
VpcId = Annotated[str, Field(pattern=_VPC_ID)]
SubnetId = Annotated[str, Field(pattern=_SUBNET_ID)]
SecurityGroupId = Annotated[str, Field(pattern=_SECURITY_GROUP_ID)]
KeyArn = Annotated[str, Field(pattern=_KEY_ARN)]
RepositoryName = Annotated[str, Field(pattern=_REPOSITORY, min_length=2, max_length=256)]
ImageTag = Annotated[str, Field(pattern=_TAG)]
ImageDigest = Annotated[str, Field(pattern=_DIGEST)]
ImageVersion = Annotated[str, Field(pattern=_VERSION, max_length=128)]
ImageOfSpace = Annotated[str, AfterValidator(_check_image)]
InstanceTypeName = Annotated[str, AfterValidator(_check_instance_type)]
HiddenApp = Annotated[str, _one_of(_APPS), Field(json_schema_extra={"enum": [*_APPS]})]
HiddenTool = Annotated[str, _one_of(_TOOLS), Field(json_schema_extra={"enum": [*_TOOLS]})]
Feature = Annotated[str, _one_of(_FEATURES), Field(json_schema_extra={"enum": [*_FEATURES]})]
FindingId = Annotated[str, AfterValidator(_check_finding)]
AppName = Literal["JupyterLab", "CodeEditor"]
Minutes = Annotated[int, Field(ge=MINIMUM_MINUTES, le=MAXIMUM_MINUTES)]
MinutesOrOff = Annotated[
    Minutes | None, BeforeValidator(_off_to_none, json_schema_input_type=Minutes | Literal[False, "off"])
]
MinutesOfSpace = Annotated[Minutes | None, BeforeValidator(_refuse_off)]
Gibibytes = Annotated[int, Field(ge=MINIMUM_GIB, le=MAXIMUM_GIB)]
Tags = Annotated[dict[str, str], Field(max_length=45), AfterValidator(_check_tags)]
Distinct = AfterValidator(_check_distinct)
"""For lists in which nothing stands twice."""

Apps = Annotated[list[AppName], Field(min_length=1), Distinct]
