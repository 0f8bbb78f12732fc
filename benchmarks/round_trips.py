"""How many calls to the CDK one user costs: ``make bench``.

Python talks to the CDK over a pipe, and each call waits for its answer; the calls, unlike seconds, are the same on
every machine. Both sides make one user with a role, two policies, a profile and two private spaces, all kept, in a
stack that has such a user already, and the templates must be identical but for the logical ids, and for the defaults
of CloudFormation that ``iam.ManagedPolicy`` writes out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sagemaker as sagemaker
from jsii._kernel.providers.process import _NodeProcess

from constructs_lib import (
    CodeEditor,
    Domain,
    IDomain,
    InstanceType,
    JupyterLab,
    NetworkAccess,
    StudioImage,
    UserProfile,
)

MAXIMUM = 16
IMAGE_ACCOUNT = "819792524951"  # of SageMaker Distribution in eu-west-1
KEEP = cdk.RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
PARTITION = cdk.Aws.PARTITION


def with_the_library(stack: cdk.Stack, domain: IDomain, name: str) -> None:
    """Define the user with this library."""
    alice = UserProfile(stack, name, domain=domain)
    image = StudioImage.distribution_cpu()
    alice.add_private_space("lab", app=JupyterLab(instance_type=InstanceType.ML_T3_MEDIUM, image=image))
    alice.add_private_space("code", app=CodeEditor(instance_type=InstanceType.ML_M5_LARGE, image=image))


def by_hand(stack: cdk.Stack, domain: IDomain, name: str) -> None:
    """Define the same user with L1s and ``iam.Role``."""
    prefix = f"arn:{PARTITION}:sagemaker:eu-west-1"
    studio = f"{prefix}:123456789012"
    user_profile_arn = f"{studio}:user-profile/{domain.domain_id}/{name}"
    apps, spaces = f"{studio}:app/{domain.domain_id}/*", f"{studio}:space/{domain.domain_id}/*"
    of_others = {"ArnNotEquals": {"sagemaker:OwnerUserProfileArn": user_profile_arn}}
    role = iam.Role(
        stack,
        f"{name}-role",
        assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"),
        managed_policies=list(domain.user_policies),
    )
    role_arn = role.role_arn
    use = iam.ManagedPolicy(
        stack,
        f"{name}-use",
        roles=[role],
        statements=[
            iam.PolicyStatement(
                sid="Self",
                actions=["sagemaker:CreatePresignedDomainUrl", "sagemaker:DescribeUserProfile", "sagemaker:ListTags"],
                resources=[user_profile_arn],
            ),
            iam.PolicyStatement(
                sid="OwnSpaces",
                actions=[
                    "sagemaker:CreateApp",
                    "sagemaker:CreateSpace",
                    "sagemaker:DeleteApp",
                    "sagemaker:DeleteSpace",
                    "sagemaker:UpdateSpace",
                ],
                resources=[apps, spaces],
                conditions={"ArnEquals": {"sagemaker:OwnerUserProfileArn": user_profile_arn}},
            ),
        ],
    )
    fence = iam.ManagedPolicy(
        stack,
        f"{name}-fence",
        roles=[role],
        statements=[
            iam.PolicyStatement(
                sid="OnlyOwnSpaces",
                effect=iam.Effect.DENY,
                actions=["sagemaker:CreateSpace", "sagemaker:DeleteSpace", "sagemaker:UpdateSpace"],
                resources=["*"],
                conditions=of_others,
            ),
            iam.PolicyStatement(
                sid="OnlyOwnPrivateApps",
                effect=iam.Effect.DENY,
                actions=["sagemaker:CreateApp", "sagemaker:DeleteApp"],
                resources=["*"],
                conditions={**of_others, "StringNotEquals": {"sagemaker:SpaceSharingType": "Shared"}},
            ),
            iam.PolicyStatement(
                sid="OnlyOwnProfile",
                effect=iam.Effect.DENY,
                actions=["sagemaker:CreatePresignedDomainUrl", "sagemaker:DescribeUserProfile"],
                not_resources=[user_profile_arn],
            ),
            iam.PolicyStatement(
                sid="OnlyPassableRoles", effect=iam.Effect.DENY, actions=["iam:PassRole"], not_resources=[role_arn]
            ),
            iam.PolicyStatement(
                sid="NoSessions", effect=iam.Effect.DENY, actions=["sagemaker:StartSession"], resources=["*"]
            ),
        ],
    )
    profile = sagemaker.CfnUserProfile(
        stack,
        f"{name}-profile",
        domain_id=domain.domain_id,
        user_profile_name=name,
        user_settings={"executionRole": role_arn},
    )
    spaces = [
        sagemaker.CfnSpace(
            stack,
            f"{name}-{suffix}",
            domain_id=domain.domain_id,
            space_name=f"{name}-{suffix}",
            ownership_settings={"ownerUserProfileName": name},
            space_sharing_settings={"sharingType": "Private"},
            space_settings={
                "appType": app_type,
                settings: {
                    "defaultResourceSpec": {
                        "instanceType": instance_type,
                        "sageMakerImageArn": f"{prefix}:{IMAGE_ACCOUNT}:image/sagemaker-distribution-cpu",
                    }
                },
            },
        )
        for suffix, app_type, settings, instance_type in (
            ("lab", "JupyterLab", "jupyterLabAppSettings", "ml.t3.medium"),
            ("code", "CodeEditor", "codeEditorAppSettings", "ml.m5.large"),
        )
    ]
    for space in spaces:
        space.add_resource_dependency(profile)
        space.apply_removal_policy(KEEP)
    for resource in (role, use, fence, profile):
        resource.apply_removal_policy(KEEP)


@contextmanager
def counted(calls: list[str]) -> Iterator[None]:
    """Note every call to the CDK that the block makes."""
    send = _NodeProcess.send

    def noting(self: _NodeProcess, request: Any, response_type: Any) -> Any:
        what = (getattr(request, key, None) for key in ("fqn", "method", "property"))
        calls.append(" ".join((type(request).__name__.removesuffix("Request"), *filter(None, what))))
        return send(self, request, response_type)

    _NodeProcess.send = noting
    try:
        yield
    finally:
        _NodeProcess.send = send


def measure(define: Callable[[cdk.Stack, IDomain, str], None]) -> tuple[list[str], dict[str, Any]]:
    """Return the calls for the second user of a stack, and the resources of both users."""
    env = cdk.Environment(account="123456789012", region="eu-west-1")
    app = cdk.App(builtin_cloud_formation_validation=False)
    network = NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"])
    domain = Domain(cdk.Stack(app, "Studio", env=env), "Domain", network=network)
    stack = cdk.Stack(app, "Users", env=env)
    define(stack, domain, "alice")
    calls: list[str] = []
    with counted(calls):
        define(stack, domain, "bob")
    return calls, _anonymous(app.synth().get_stack_by_name("Users").template["Resources"])


def _anonymous(resources: dict[str, Any]) -> dict[str, Any]:
    """Return the resources under names that do not depend on construct ids."""
    names = {logical_id: _name(logical_id, one) for logical_id, one in resources.items()}
    assert len(set(names.values())) == len(resources), "a resource would hide another"

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: renamed(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [renamed(inner) for inner in value]
        return names.get(value, value) if isinstance(value, str) else value

    return {names[logical_id]: renamed(_without_defaults(one)) for logical_id, one in resources.items()}


def _name(logical_id: str, resource: dict[str, Any]) -> str:
    """Name a resource by its user, its type and, where the user has two of the type, by what tells them apart."""
    properties = resource["Properties"]
    sids = [statement["Sid"] for statement in properties.get("PolicyDocument", {}).get("Statement", ())]
    owner = "alice" if logical_id.startswith("alice") else "bob"
    return " ".join((owner, resource["Type"], properties.get("SpaceName", ""), *sids))


def _without_defaults(resource: dict[str, Any]) -> dict[str, Any]:
    """Return the resource without what CloudFormation would take for a managed policy anyway."""
    if resource["Type"] != "AWS::IAM::ManagedPolicy":
        return resource
    defaults = {"Description": "", "Path": "/"}
    given = {key: value for key, value in resource["Properties"].items() if defaults.get(key) != value}
    return resource | {"Properties": given}


def main() -> int:
    """Print the calls, and return 0 if they are within the bounds."""
    library, library_template = measure(with_the_library)
    hand, hand_template = measure(by_hand)
    print(f"calls to the CDK for one user: {len(library)} with the library, {len(hand)} by hand, at most {MAXIMUM}")
    for call in library:
        print(f"  {call}")
    if library_template != hand_template:
        print("the templates differ, so the numbers cannot be compared", file=sys.stderr)
        return 1
    return 0 if len(library) < len(hand) and len(library) <= MAXIMUM else 1


if __name__ == "__main__":
    sys.exit(main())
