"""What the settings' words for removal stand for."""

from typing import Literal

from aws_cdk import RemovalPolicy

REMOVAL_POLICIES: dict[Literal["Retain", "Delete"], RemovalPolicy] = {
    "Retain": RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    "Delete": RemovalPolicy.DESTROY,
}
