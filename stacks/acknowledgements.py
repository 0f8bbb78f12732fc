"""What policy packs find in the stacks and is meant to be, acknowledged with the reason for each.

cdk-nag names a finding by the resource in the policy, with the references in it as it prints them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from aws_cdk import Acknowledgment, App, Stack, Token, Validations
from constructs import IConstruct

from constructs_lib import StudioChecks
from stacks.settings import AcknowledgementEntry

_SPACES = (
    "the names of spaces and apps that users will make are not known beforehand; the resource names the one domain, "
    "and each statement that writes or connects is bound by a condition on the owner, on sharing or on creation"
)
_LOGS = "SageMaker names the log streams of apps itself, each beneath the id of the one domain that is named here"
_VERSIONS = "the numbers that SageMaker gives to the versions of an image are not known beforehand; the image is named"
_ANY = (
    "listing, and signing in to a registry where there are images, have no resource level (service authorization "
    "references of Amazon SageMaker AI and Amazon ECR); the other statements on all resources are denials"
)

_DEFAULT_GROUP = (
    "nothing is ever a member of the default security group, and the VPC has no internet gateway; CloudFormation "
    "cannot change that group, and the CDK's way is a function that may, in every team's network: docs/decisions/0001"
)
_PACKS_ABOUT_DEFAULT_GROUP = ("HIPAA.Security", "NIST.800.53.R5", "PCI.DSS.321")

# The domain in its own stack, and the outputs by which others read its id, weakly as the feature flags have it or
# strongly as an app without flags: none changes, or the domain is lost.
_DOMAIN_ID = "<Domain66AC69E0.DomainId>"
_WEAK_OUTPUT = "PublishOutputFnGetAttDomain66AC69E0DomainId79222681"
_STRONG_OUTPUT = "ExportsOutputFnGetAttDomain66AC69E0DomainId3F8BAB4D"


def acknowledge_default_security_group(vpc: IConstruct) -> None:
    """Acknowledge that the default security group of a defined VPC stays as AWS makes it."""
    for pack in _PACKS_ABOUT_DEFAULT_GROUP:
        Validations.of(vpc).acknowledge(
            Acknowledgment(id=f"{pack}::{pack}-VPCDefaultSecurityGroupClosed", reason=_DEFAULT_GROUP)
        )


def acknowledge_domain_policies(domain: IConstruct) -> None:
    """Acknowledge the wildcards in the policies that all users and all shared spaces have."""
    stack = Stack.of(domain)
    Validations.of(domain).acknowledge(
        _wildcard("*", _ANY),
        _wildcard(_arn(stack, "sagemaker", f"app/{_DOMAIN_ID}/*"), _SPACES),
        _wildcard(_arn(stack, "sagemaker", f"space/{_DOMAIN_ID}/*"), _SPACES),
        _wildcard(_arn(stack, "logs", f"log-group:/aws/sagemaker/studio:log-stream:{_DOMAIN_ID}/*"), _LOGS),
    )


def acknowledge_images(domain: IConstruct, image_names: Sequence[str]) -> None:
    """Acknowledge that whoever may run a custom image may run all its versions."""
    stack = Stack.of(domain)
    for name in image_names:
        Validations.of(domain).acknowledge(_wildcard(_arn(stack, "sagemaker", f"image-version/{name}/*"), _VERSIONS))


def acknowledge_user_policies(users: Stack, studio: Stack) -> None:
    """Acknowledge the wildcards in the policies that each user, or the role of a team, has for the own spaces."""
    domain_id = _as_printed(users, studio)
    Validations.of(users).acknowledge(
        _wildcard(_arn(users, "sagemaker", f"app/{domain_id}/*"), _SPACES),
        _wildcard(_arn(users, "sagemaker", f"space/{domain_id}/*"), _SPACES),
    )


def acknowledge_as_settings_say(app: App, entries: Sequence[AcknowledgementEntry]) -> None:
    """Acknowledge what a settings file does, wherever it is found."""
    for entry in entries:
        Validations.of(app).acknowledge(
            Acknowledgment(id=f"{StudioChecks().name}::{entry.finding}", reason=entry.reason)
        )


def _as_printed(users: Stack, studio: Stack) -> str:
    """Return the reference to the domain's id from the users' stack, as cdk-nag prints it."""
    if users.node.try_get_context("@aws-cdk/core:defaultCrossStackReferences") != "weak":
        return f"{studio.stack_name}:{_STRONG_OUTPUT}"
    region = {"Ref": "AWS::Region"} if Token.is_unresolved(users.region) else users.region
    output = {"StackName": studio.stack_name, "Region": region, "OutputName": _WEAK_OUTPUT}
    return json.dumps({"Fn::GetStackOutput": output}, separators=(",", ":"))


def _wildcard(resource: str, reason: str) -> Acknowledgment:
    return Acknowledgment(id=f"AwsSolutions::AwsSolutions-IAM5[Resource::{resource}]", reason=reason)


def _arn(stack: Stack, service: str, resource: str) -> str:
    region = "<AWS::Region>" if Token.is_unresolved(stack.region) else stack.region
    account = "<AWS::AccountId>" if Token.is_unresolved(stack.account) else stack.account
    return f"arn:<AWS::Partition>:{service}:{region}:{account}:{resource}"
