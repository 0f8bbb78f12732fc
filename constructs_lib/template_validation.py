"""What the CDK's template validator gets wrong about Studio, acknowledged where we render it.

The validator knows neither idle shutdown on a profile or a space, which CloudFormation documents, nor the training plan
of a space, which the CDK's own specification has, nor all instance types of the API. An acknowledgement hides every
finding of its rule on that resource, so it is made only where the property is rendered; the tests hold our templates to
the resource schemas by themselves.
"""

from collections.abc import Sequence

from aws_cdk import Acknowledgment, Validations
from constructs import Construct

from constructs_lib.apps.app import App
from constructs_lib.settings.r_studio import RSession, RStudio

_UNKNOWN_PROPERTY = Acknowledgment(
    id="CloudFormation-Validate::F3002",
    reason="AppLifecycleManagement is documented for AWS::SageMaker::UserProfile and AWS::SageMaker::Space, "
    "TrainingPlanArn of a space is in the CDK's specification; the validator's schemas leave them out",
)
_UNKNOWN_VALUE = Acknowledgment(
    id="CloudFormation-Validate::W3030",
    reason="the SageMaker API takes this instance type; the validator's list of types is older",
)


def acknowledge_false_findings(
    construct: Construct, resource_type: str, runs: Sequence[App | RStudio | RSession | None]
) -> None:
    """Acknowledge what the validator would wrongly say of what runs on a resource of the type."""
    findings = []
    apps = [one for one in runs if isinstance(one, App)]
    idle = resource_type != "AWS::SageMaker::Domain" and any(app.idle_shutdown is not None for app in apps)
    planned = resource_type == "AWS::SageMaker::Space" and any(app.training_plan_arn is not None for app in apps)
    if idle or planned:
        findings.append(_UNKNOWN_PROPERTY)
    types = [one.instance_type for one in runs if one is not None]
    if any(one is not None and not one._is_in_schema_of(resource_type) for one in types):
        findings.append(_UNKNOWN_VALUE)
    if findings:
        Validations.of(construct).acknowledge(*findings)
