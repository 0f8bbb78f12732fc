"""Reads the managed policies of templates."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import aws_cdk as cdk

from tests.templates import Template, resources

POLICY = "AWS::IAM::ManagedPolicy"
LONGEST = {"AWS::Partition": "aws-us-gov", "AWS::Region": "ap-southeast-1", "AWS::AccountId": "1" * 12}


def templates(app: cdk.App) -> dict[str, Template]:
    """The templates of an app, by the names of their stacks."""
    return {one.stack_name: one.template for one in app.synth().stacks}


def policies(template: Template) -> dict[str, dict[str, Any]]:
    """The statements of all managed policies but grants by Sid, by the paths of the policies without slashes."""
    return {
        logical_id[:-8]: by_sid(policy["Properties"]["PolicyDocument"]["Statement"])
        for logical_id, policy in resources(template, POLICY).items()
        if not logical_id[:-8].endswith("Grants")
    }


def by_sid(statements: list[dict[str, Any]]) -> dict[str, Any]:
    """The statements by Sid, of which no two are the same."""
    found = {one["Sid"]: one for one in statements}
    assert len(found) == len(statements)
    return found


def attached_to(template: Template, role_id: str) -> set[str]:
    """The paths without slashes of the managed policies of a role, whichever of the two names the other."""
    by_policies = {
        logical_id[:-8]
        for logical_id, policy in resources(template, POLICY).items()
        if {"Ref": role_id} in policy["Properties"].get("Roles", [])
    }
    named = template["Resources"][role_id]["Properties"].get("ManagedPolicyArns", [])
    return by_policies | {one["Ref"][:-8] for one in named}


def role_of(template: Template, path: str) -> str:
    """The logical id of the role with this path, without slashes."""
    (logical_id,) = (one for one in resources(template, "AWS::IAM::Role") if re.fullmatch(f"{path}[0-9A-F]{{8}}", one))
    return logical_id


def space_names(statement: Mapping[str, Any], element: str = "NotResource") -> list[str]:
    """The names of the spaces, or of the spaces of the apps, that a statement names; none if it leaves none out."""
    if element not in statement:
        assert statement["Resource"] == "*"
        return []
    arns = [statement[element]] if isinstance(statement[element], dict | str) else statement[element]
    return [longest(one).removesuffix("/*").rpartition("/")[2] for one in arns]


def member_fences(*stacks: Template) -> dict[str, list[str]]:
    """The shared spaces that the users of these stacks are kept to, by the ids of the users."""
    return {
        path.removeprefix("Studio").removesuffix("Fence"): space_names(statements["OnlySharedSpacesOfMember"])
        for template in stacks
        for path, statements in policies(template).items()
        if "OnlySharedSpacesOfMember" in statements
    }


def size(document: Any) -> int:
    """The characters that IAM would count in the document of a template, with the longest values for references."""
    return len(json.dumps(longest(document), separators=(",", ":")))


def longest(value: Any) -> Any:
    """What a value of a template comes to at its longest."""
    match value:
        case {"Fn::Join": ["", parts]}:
            return "".join(map(longest, parts))
        case {"Ref": name}:
            return LONGEST[name]
        case {"Fn::FindInMap": [_, _, "account"]}:
            return LONGEST["AWS::AccountId"]
        case {"Fn::GetAtt": [_, "DomainId"]} | {"Fn::GetStackOutput": _}:
            return "d-" + "a" * 12
        case {"Fn::GetAtt": [_, "Arn"]}:
            return f"arn:{LONGEST['AWS::Partition']}:iam::{LONGEST['AWS::AccountId']}:role/{'a' * 64}"
        case dict():
            return {key: longest(inner) for key, inner in value.items()}
        case list():
            return [longest(inner) for inner in value]
    return value
