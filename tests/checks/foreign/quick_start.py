"""A quick start in one CloudFormation template: a public domain, one role with full access, one user by parameter."""

from __future__ import annotations

from pathlib import Path

import aws_cdk as cdk
from aws_cdk import cloudformation_include as include

DOMAIN = "QuickStart/Template/StudioDomain"
ROLE = "QuickStart/Template/ExecutionRole"

EXPECTED = frozenset(
    [
        ("Studio-NoFullAccess[AmazonSageMakerFullAccess]", ROLE),
        ("Studio-VpcOnly", DOMAIN),
        ("Studio-CustomerManagedKey", DOMAIN),
        ("Studio-ClassicHidden", DOMAIN),
        ("Studio-StudioPortal", DOMAIN),
        ("Studio-IdleShutdown", DOMAIN),
        ("Studio-MaximumVolume", DOMAIN),
        ("Studio-HomeEfs", DOMAIN),
        ("Studio-TagPropagation", DOMAIN),
        ("Studio-Retain", DOMAIN),
        ("Studio-Retain", "QuickStart/Template/UserProfile"),
    ]
)


def define(app: cdk.App) -> None:
    stack = cdk.Stack(app, "QuickStart")
    include.CfnInclude(stack, "Template", template_file=str(Path(__file__).with_name("quick_start.yaml")))
