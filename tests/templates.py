"""Reads synthesized templates."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
from aws_cdk import assertions

Template = dict[str, Any]


def template_of(stack: cdk.Stack) -> Template:
    return assertions.Template.from_stack(stack).to_json()


def resources(template: Template, resource_type: str) -> dict[str, dict[str, Any]]:
    """The resources of a type, by logical id."""
    return {
        logical_id: resource
        for logical_id, resource in template["Resources"].items()
        if resource["Type"] == resource_type
    }


def properties(template: Template, resource_type: str) -> dict[str, Any]:
    """The properties of the one resource of a type."""
    (resource,) = resources(template, resource_type).values()
    return resource["Properties"]
