"""What the CDK's template validator gets wrong about Studio, acknowledged where we render it.

The validator knows neither idle shutdown on a profile or a space, which CloudFormation documents, nor all
instance types of the API. An acknowledgement hides every finding of its rule on that resource, so it is made
only where the property is rendered; the tests hold our templates to the resource schemas by themselves.
"""

from collections.abc import Sequence

from aws_cdk import Acknowledgment, Validations
from constructs import Construct

from constructs_lib.apps.app import App

_UNKNOWN_PROPERTY = Acknowledgment(
    id="CloudFormation-Validate::F3002",
    reason="AppLifecycleManagement is documented for AWS::SageMaker::UserProfile and AWS::SageMaker::Space; "
    "the validator's schemas leave it out",
)
_UNKNOWN_VALUE = Acknowledgment(
    id="CloudFormation-Validate::W3030",
    reason="the SageMaker API takes this instance type; the validator's list of types is older",
)


def acknowledge_false_findings(construct: Construct, resource_type: str, apps: Sequence[App]) -> None:
    """Acknowledge what the validator would wrongly say of these apps on a resource of the type."""
    findings = []
    if resource_type != "AWS::SageMaker::Domain" and any(app.idle_shutdown is not None for app in apps):
        findings.append(_UNKNOWN_PROPERTY)
    if any(app.instance_type and not app.instance_type._is_in_schema_of(resource_type) for app in apps):
        findings.append(_UNKNOWN_VALUE)
    if findings:
        Validations.of(construct).acknowledge(*findings)
