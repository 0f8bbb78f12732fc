"""An execution role with one statement, and the ways in which a policy comes to a role."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.checks.judged import found, resource

Found = set[tuple[str, str, str]]

ACCOUNT = "111122223333"
UNKNOWN, UNKNOWN_TOO = {"Ref": "Unknown"}, {"Ref": "UnknownToo"}
STATEMENT = "Policies.0.PolicyDocument.Statement.0"
"""Where the statement of ``studio`` is."""


def found_by(rule: str, resources: Mapping[str, Any]) -> Found:
    """What one rule finds; two parameters are unknown, and so is a condition."""
    parameters = {"Unknown": {"Type": "String"}, "UnknownToo": {"Type": "String"}}
    conditions = {"IsWide": {"Fn::Equals": [UNKNOWN, "yes"]}}
    return {
        one
        for one in found(resources, Parameters=parameters, Conditions=conditions)
        if one[0].partition("[")[0] == rule
    }


def studio(*statements: Any, **role_properties: Any) -> dict[str, Any]:
    """A domain whose users act with a role that has statements in an inline policy."""
    if statements:
        role_properties["Policies"] = [{"PolicyName": "Use", "PolicyDocument": document(*statements)}]
    return {"Domain": domain(role_arn("Role")), "Role": role(**role_properties)}


def domain(execution_role: Any, **properties: Any) -> dict[str, Any]:
    return resource("Domain", **{"DefaultUserSettings": {"ExecutionRole": execution_role}} | properties)


def profile(name: str, **settings: Any) -> dict[str, Any]:
    return resource("UserProfile", DomainId={"Ref": "Domain"}, UserProfileName=name, UserSettings=settings)


def role(*trusted: Any, **properties: Any) -> dict[str, Any]:
    """A role that SageMaker is trusted with, unless these statements say who is."""
    sagemaker = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "sagemaker.amazonaws.com"}}
    return resource("IAM.Role", **{"AssumeRolePolicyDocument": document(*trusted or [sagemaker])} | properties)


def role_arn(logical_id: str) -> dict[str, Any]:
    return {"Fn::GetAtt": [logical_id, "Arn"]}


def document(*statements: Any) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def statement(action: Any, resource: Any = "*", **condition: Any) -> dict[str, Any]:
    """A statement that allows; the condition is by operator."""
    allowed = {"Effect": "Allow", "Action": action, "Resource": resource}
    return allowed | ({"Condition": condition} if condition else {})


def either(one: Any, other: Any) -> dict[str, Any]:
    return {"Fn::If": ["IsWide", one, other]}


def sagemaker_arn(name: str, *, region: str = "eu-west-1") -> str:
    return f"arn:aws:sagemaker:{region}:{ACCOUNT}:{name}"


def parameter_in(text: str) -> dict[str, Any]:
    return {"Fn::Sub": text}


def attached(allowed: Any) -> dict[str, tuple[dict[str, Any], str, str]]:
    """A statement by each way of attaching: the resources, and the logical id and the place of the document."""
    policy = {"PolicyName": "Use", "PolicyDocument": document(allowed)}
    managed = {"ManagedPolicyName": "use", "PolicyDocument": document(allowed)}
    text = {"PolicyName": "Use", "PolicyDocument": json.dumps(document(allowed))}
    by_ref, place = {"Ref": "Role"}, "PolicyDocument"
    named = studio(RoleName="research")
    by_name = {**named, "Domain": domain(f"arn:aws:iam::{ACCOUNT}:role/team/research")}
    by_pseudo = {**named, "Domain": domain(parameter_in("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/research"))}
    inline = f"Policies.0.{place}"
    arn = {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/team/use"}
    return {
        "inline": (studio(allowed), "Role", inline),
        "inline, if": (studio(Policies=[either(policy, {"Ref": "AWS::NoValue"})]), "Role", inline),
        "inline, document if": (
            studio(Policies=[policy | {"PolicyDocument": either(document(), document(allowed))}]),
            "Role",
            inline,
        ),
        "inline, document as text": (studio(Policies=[text]), "Role", inline),
        "managed policy by Ref": (
            studio(ManagedPolicyArns=[{"Ref": "Use"}]) | {"Use": resource("IAM.ManagedPolicy", **managed)},
            "Use",
            place,
        ),
        "managed policy by ARN": (
            studio(ManagedPolicyArns=[arn]) | {"Use": resource("IAM.ManagedPolicy", **managed)},
            "Use",
            place,
        ),
        "managed policy with Roles": (
            studio() | {"Use": resource("IAM.ManagedPolicy", Roles=[by_ref], **managed)},
            "Use",
            place,
        ),
        "policy with Roles": (studio() | {"Use": resource("IAM.Policy", Roles=[by_ref], **policy)}, "Use", place),
        "policy with Roles by name": (
            studio(RoleName="research") | {"Use": resource("IAM.Policy", Roles=["research"], **policy)},
            "Use",
            place,
        ),
        "policy of unknown roles": (studio() | {"Use": resource("IAM.Policy", Roles=UNKNOWN, **policy)}, "Use", place),
        "policy of one unknown role": (
            studio() | {"Other": role(), "Use": resource("IAM.Policy", Roles=[{"Ref": "Other"}, UNKNOWN], **policy)},
            "Use",
            place,
        ),
        "role policy": (studio() | {"Use": resource("IAM.RolePolicy", RoleName=by_ref, **policy)}, "Use", place),
        "role by ARN": (by_name | {"Use": resource("IAM.RolePolicy", RoleName="research", **policy)}, "Use", place),
        "role if": (
            studio(allowed) | {"Domain": domain(either(role_arn("Other"), role_arn("Role"))), "Other": role()},
            "Role",
            inline,
        ),
        "role by ARN of this account": (
            by_pseudo | {"Use": resource("IAM.RolePolicy", RoleName="research", **policy)},
            "Use",
            place,
        ),
    }


def of_identities(allowed: Any) -> dict[str, tuple[dict[str, Any], str, str]]:
    """A statement by each way of attaching to who is no execution role, as ``attached`` has it."""
    policy = {"PolicyName": "Use", "PolicyDocument": document(allowed)}
    inline = "Policies.0.PolicyDocument"
    return {
        "role": ({"Other": role(Policies=[policy])}, "Other", inline),
        "group": ({"Group": resource("IAM.Group", Policies=[policy])}, "Group", inline),
        "user": ({"User": resource("IAM.User", Policies=[policy])}, "User", inline),
        "group policy": (
            {"Use": resource("IAM.GroupPolicy", GroupName="launchers", **policy)},
            "Use",
            "PolicyDocument",
        ),
        "user policy": ({"Use": resource("IAM.UserPolicy", UserName="launcher", **policy)}, "Use", "PolicyDocument"),
        "managed policy": (
            {"Use": resource("IAM.ManagedPolicy", PolicyDocument=document(allowed))},
            "Use",
            "PolicyDocument",
        ),
    }
