"""An MLOps workbench: lifecycle scripts with passwords in them, an image of the team, MLflow on a plain bucket."""

from __future__ import annotations

from pathlib import Path

import aws_cdk as cdk
from aws_cdk import cloudformation_include as include

STUDIO = "Mlops/Template/Studio"
ROLE = "Mlops/Template/WorkbenchRole"

# Registry and PlainImageConfig name a secret, and carry none: no finding.
EXPECTED = frozenset(
    [
        ("Studio-CustomerManagedKey[Unresolved]", STUDIO),
        ("Studio-TagPropagation", STUDIO),
        ("Studio-Retain", STUDIO),
        ("Studio-NoWildcardAction[ecr:*]", ROLE),
        ("Studio-PassRole[Unresolved]", ROLE),  # by the name of a role with a parameter in it
        ("Studio-TrustedBySageMaker[lambda.amazonaws.com]", ROLE),
        ("Studio-LifecycleConfigCredentials", "Mlops/Template/PipConfig"),
        ("Studio-LifecycleConfigCredentials", "Mlops/Template/Warehouse"),
        ("Studio-LifecycleConfigShebang", "Mlops/Template/Warehouse"),
        ("Studio-ContainerCredentials", "Mlops/Template/TeamImageConfig"),
        ("Studio-MlflowArtifactsEncrypted", "Mlops/Template/TrackingServer"),
    ]
)


def define(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Mlops")
    include.CfnInclude(stack, "Template", template_file=str(Path(__file__).with_name("mlops.yaml")))
