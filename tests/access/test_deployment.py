"""Every policy that a role would have is found."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_s3 as s3

from constructs_lib import Domain, ExecutionRole, UserProfile
from tests.access.deployment import Deployment
from tests.access.documents import allow, policy
from tests.access.mutations import actions_of
from tests.access.simulator import ALLOWED, EXPLICITLY_DENIED, IMPLICITLY_DENIED, Case, decide


def role_with(**properties: Any) -> dict[str, Any]:
    return {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": policy(), **properties}}


def policy_for(kind: str, action: str, *roles: Any) -> dict[str, Any]:
    return {"Type": f"AWS::IAM::{kind}", "Properties": {"PolicyDocument": policy(allow(action)), "Roles": list(roles)}}


def test_policies_are_found_however_they_are_attached() -> None:
    deployment = Deployment(
        {
            "One": {
                "Resources": {
                    "Alice": role_with(
                        ManagedPolicyArns=[{"Ref": "ByRole"}],
                        Policies=[{"PolicyName": "Inline", "PolicyDocument": policy(allow("d:*"))}],
                    ),
                    "ByRole": policy_for("ManagedPolicy", "a:*"),
                    "ByPolicy": policy_for("ManagedPolicy", "b:*", {"Ref": "Alice"}, "imported"),
                    "Inner": policy_for("Policy", "c:*", {"Ref": "Alice"}),
                    "Unattached": policy_for("ManagedPolicy", "e:*"),
                }
            }
        }
    )

    attached = {
        key: {name: actions_of(document["Statement"][0]) for name, document in role.policies.items()}
        for key, role in deployment.roles().items()
    }

    assert attached == {
        "One/Alice": {"ByRole": ["a:*"], "ByPolicy": ["b:*"], "Inner": ["c:*"], "Inline": ["d:*"]},
        "imported": {"ByPolicy": ["b:*"]},
    }
    assert deployment.role("imported").arn == "arn:aws:iam::111122223333:role/imported"
    assert set(deployment.managed_policies()) == {"One/ByRole", "One/ByPolicy", "One/Unattached"}


@pytest.mark.parametrize(
    ("templates", "because"),
    [
        ({"One": {"Role": role_with(ManagedPolicyArns=["arn:aws:iam::aws:policy/ReadOnlyAccess"])}}, "ReadOnlyAccess"),
        ({"One": {"Role": role_with()}, "Two": {"Role": role_with()}}, "two of Role"),
        ({"One": {"P": policy_for("Policy", "a:*", "r")}, "Two": {"P": policy_for("Policy", "b:*", "r")}}, "two of P"),
    ],
)
def test_what_would_hide_a_policy_raises(templates: dict[str, Any], because: str) -> None:
    deployment = Deployment({stack: {"Resources": resources} for stack, resources in templates.items()})

    with pytest.raises(LookupError, match=because):
        deployment.roles()


def test_a_beginning_names_one_thing() -> None:
    deployment = Deployment({"One": {"Resources": {"AliceRole": role_with(), "AlbertRole": role_with()}}})

    assert deployment.role("Ali").name == "AliceRole"
    for ambiguous in ("Al", "Bob"):
        with pytest.raises(LookupError):
            deployment.role(ambiguous)


def test_a_studio_in_two_stacks_is_read_as_a_whole(app: cdk.App, stack: cdk.Stack, domain: Domain) -> None:
    users = cdk.Stack(app, "Users")
    UserProfile(stack, "Alice", domain=domain)
    bob = UserProfile(users, "Bob", domain=domain)
    frank = ExecutionRole.from_execution_role_arn(users, "Frank", "arn:aws:iam::111122223333:role/frank")
    bucket = s3.Bucket(users, "Data")
    assert isinstance(bucket.node.default_child, s3.CfnBucket)
    bucket_arn = {"Fn::GetAtt": [users.resolve(bucket.node.default_child.logical_id), "Arn"]}
    bucket.grant_read(bob)
    bucket.grant_read(frank.grant_principal)

    deployment = Deployment({one.stack_name: one.template for one in app.synth().stacks})

    key, domain_id = deployment.key_policy(), deployment.domain_id()
    url: dict[str, Any] = {
        "action": "sagemaker:CreatePresignedDomainUrl",
        "resource": f"arn:aws:sagemaker:eu-west-1:111122223333:user-profile/{domain_id}/alice",
    }
    describe = {"action": "kms:DescribeKey", "resource": key.arn, "resource_policy": key.policy}
    read = {"action": "s3:ListBucket", "resource": deployment.resolve("Users", bucket_arn)}
    asked: list[tuple[str, dict[str, Any]]] = [
        ("Alice", url),
        ("Bob", url),
        ("Bob", describe),
        ("Bob", read),
        ("frank", read),
        ("Alice", read),
    ]
    roles = {name: deployment.role(name) for name, _ in asked}
    decisions = decide(
        [
            Case(principal=roles[name].arn, identity_policies=tuple(roles[name].policies.values()), **request)
            for name, request in asked
        ]
    )
    assert decisions == [ALLOWED, EXPLICITLY_DENIED, ALLOWED, ALLOWED, ALLOWED, IMPLICITLY_DENIED]
