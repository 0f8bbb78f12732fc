"""How stacks take over resources that are there already, as ``cdk import`` asks of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from ministack.services import cloudformation
from ministack.services.cloudformation import changesets, handlers, provisioners

from localcloud.server.provisioning.resource import Provisioned
from localcloud.server.provisioning.schema import Schema


def import_with(type_name: str, find: Callable[[str], Provisioned | None]) -> None:
    """Let stacks take over resources of a type that others have made, or that a stack has left behind.

    Args:
        type_name: the type.
        find: returns the resource of a physical id, None if there is none. It runs on the event loop: it must not wait.
    """
    schema = Schema.of(type_name)

    def problem(*values: str) -> str | None:
        physical_id = "|".join(values)
        owner = _owner(type_name, physical_id)
        if owner is not None:
            return f"{physical_id} already exists in stack {owner}"
        message: str = changesets._IMPORT_NOT_FOUND
        return message.format(type=type_name, value=physical_id) if find(physical_id) is None else None

    def adopt(identifier: dict[str, str]) -> tuple[str, dict[str, Any]]:
        physical_id = "|".join(identifier[name] for name in schema.identifier)
        found = find(physical_id)
        if found is None:
            raise ValueError(problem(*physical_id.split("|")))
        return found.physical_id, found.attributes

    provisioners._RESOURCE_HANDLERS[type_name]["import"] = adopt
    changesets._IMPORT_LOOKUPS[type_name] = (schema.identifier, problem)


def hold_to_schemas() -> None:
    """Refuse to take over resources with properties that are not as their schemas have them; functions are let be."""
    changes, unretained = changesets._import_changes, changesets._unretained_import_reason

    def import_changes(resources: list[dict[str, Any]], template: dict[str, Any], *others: Any) -> Any:
        found = changes(resources, template, *others)
        if reason := _misfit(resources, template):
            raise ValueError(reason)
        return found

    def reason_against(resources: list[dict[str, Any]], template: dict[str, Any]) -> str | None:
        return unretained(resources, template) or _misfit(resources, template)

    changesets._import_changes = import_changes
    changesets._unretained_import_reason = reason_against


def _misfit(resources: list[dict[str, Any]], template: dict[str, Any]) -> str | None:
    """Return what is wrong with the properties of resources, None if nothing is."""
    for resource in resources:
        definition = template["Resources"][resource["LogicalResourceId"]]
        try:
            Schema.of(definition["Type"]).check(definition.get("Properties", {}))
        except ValueError as problem:
            return str(problem)
    return None


def summarize_identifiers() -> None:
    """Let summaries of templates tell what identifies a resource of each type, which ``cdk import`` asks for."""
    built_in = handlers._ACTION_HANDLERS["GetTemplateSummary"]

    def summarize(params: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        status, headers, body = built_in(params)
        template, problem = handlers._resolve_template(params)
        if status != 200 or problem or not template:
            return status, headers, body
        summaries = Element("ResourceIdentifierSummaries")
        by_type: dict[str, list[str]] = {}
        for logical_id, resource in handlers._parse_template(template)["Resources"].items():
            by_type.setdefault(resource["Type"], []).append(logical_id)
        for type_name, logical_ids in by_type.items():
            if type_name in changesets._IMPORT_LOOKUPS:
                summary = SubElement(summaries, "member")
                SubElement(summary, "ResourceType").text = type_name
                members = SubElement(summary, "LogicalResourceIds")
                for logical_id in logical_ids:
                    SubElement(members, "member").text = logical_id
                identifiers = SubElement(summary, "ResourceIdentifiers")
                SubElement(identifiers, "member").text = ",".join(changesets._IMPORT_LOOKUPS[type_name][0])
        end = b"</GetTemplateSummaryResult>"
        return status, headers, body.replace(end, tostring(summaries) + end)

    handlers._ACTION_HANDLERS["GetTemplateSummary"] = summarize


def _owner(type_name: str, physical_id: str) -> str | None:
    """Return the stack that has a resource already."""
    for stack in cloudformation._stacks.values():
        if stack["StackStatus"] != "DELETE_COMPLETE" and any(
            (one["ResourceType"], one["PhysicalResourceId"]) == (type_name, physical_id)
            for one in stack.get("_resources", {}).values()
        ):
            owner: str = stack["StackId"]
            return owner
    return None
