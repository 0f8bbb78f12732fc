"""A template of the Classic years: server and kernel apps, outputs shared in a plain bucket, an EFS open to all."""

from __future__ import annotations

from pathlib import Path

import aws_cdk as cdk
from aws_cdk import cloudformation_include as include

DOMAIN = "Workbench/Template/Domain"
ROLE = "Workbench/Template/NotebookRole"
PROFILES = ["Workbench/Template/ProfileOfMaria", "Workbench/Template/ProfileOfNikhil"]

EXPECTED = frozenset(
    [
        ("Studio-VpcOnly", DOMAIN),
        ("Studio-CustomerManagedKey", DOMAIN),
        ("Studio-ClassicHidden", DOMAIN),
        ("Studio-StudioPortal", DOMAIN),
        ("Studio-IdleShutdown", DOMAIN),
        ("Studio-MaximumVolume", DOMAIN),
        ("Studio-HomeEfs", DOMAIN),
        ("Studio-TagPropagation", DOMAIN),
        ("Studio-Retain", DOMAIN),
        ("Studio-NotebookOutputSharing", DOMAIN),
        ("Studio-PosixIdentity", DOMAIN),
        ("Studio-FileSystemEncrypted", DOMAIN),
        ("Studio-Retain", "Workbench/Template/TeamFiles"),
        ("Studio-NfsClosed", "Workbench/Template/TeamFilesGroup"),
        ("Studio-NoClassicApp", "Workbench/Template/ServerOfMaria"),
        ("Studio-NoClassicApp", "Workbench/Template/KernelOfMaria"),
        ("Studio-NoWildcardAction[s3:*]", ROLE),
        ("Studio-PassRole[iam:PassRole]", ROLE),
        *(
            (f"Studio-{rule}[sagemaker:*]", ROLE)
            for rule in (
                "NoWildcardAction",
                "NoAdministration",
                "OwnerConditions",
                "SessionOwner",
                "SignInAsSelf",
                "TagsOnCreation",
            )
        ),
        *((f"Studio-{rule}", profile) for rule in ("RolePerProfile", "Retain") for profile in PROFILES),
    ]
)


def define(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Workbench")
    include.CfnInclude(stack, "Template", template_file=str(Path(__file__).with_name("classic_era.json")))
