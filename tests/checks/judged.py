"""Judges templates that are written by hand, without an app around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from constructs_lib.checks.judgement import Verdict, judge
from constructs_lib.checks.rule import Rule
from constructs_lib.checks.rules import RULES
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.assembly import Template
from constructs_lib.templates.deployment import Deployment


def template(name: str, body: dict[str, Any], **where: str) -> Template:
    """A stack with this name; ``stage``, ``account`` and ``region`` say where it is."""
    stage = where.get("stage", "")
    return Template(
        path=Path(f"cdk.out/{stage}/{stage}{name}.template.json"),
        construct_path=f"{stage}/{name}".strip("/"),
        stack_name=name,
        account=where.get("account"),
        region=where.get("region"),
        body=body,
    )


def verdicts(*templates: Template, rules: Sequence[Rule[Any]] = RULES) -> list[Verdict]:
    """What rules say of stacks."""
    return list(judge(rules, Studio(Deployment(templates))))


def found(resources: Mapping[str, Any], **template_body: Any) -> set[tuple[str, str, str]]:
    """What all rules find in one stack with these resources: id without the pack's name, logical id and property."""
    body = {"Resources": dict(resources), **template_body}
    return {
        (one.id.removeprefix("Studio-"), one.resource.logical_id, one.location.removeprefix("Properties."))
        for one in verdicts(template("Research", body))
    }


def resource(kind: str, /, **properties: Any) -> dict[str, Any]:
    """A resource of SageMaker, or of another service with the service before a dot; it is kept when it is deleted."""
    service, _, name = kind.rpartition(".")
    return {
        "Type": f"AWS::{service or 'SageMaker'}::{name}",
        "Properties": properties,
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
    }
