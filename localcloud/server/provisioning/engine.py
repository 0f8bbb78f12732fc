"""How types of resources are added to the emulator's CloudFormation engine, and its own types changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.services import cloudformation
from ministack.services.cloudformation import provisioners, stacks

from localcloud.server.provisioning.resource import Properties, Provisioned, Resource
from localcloud.server.provisioning.schema import Schema

_blocking: set[str] = set()


def run_in_threads() -> None:
    """Let what is added here run in threads, so that it may wait for other requests."""
    built_in = stacks._runs_on_worker_thread
    stacks._runs_on_worker_thread = lambda type_name: type_name in _blocking or built_in(type_name)


def add(resource: Resource) -> None:
    """Add a type of resource."""
    schema = resource.schema

    def create(logical_id: str, properties: Properties, stack_name: str) -> tuple[str, dict[str, Any]]:
        return _pair(resource.create(properties))

    def update(
        physical_id: str, old: Properties, new: Properties, stack_name: str, logical_id: str
    ) -> tuple[str, dict[str, Any]]:
        if resource.replaces(old, new):
            replaced: tuple[str, dict[str, Any]] = provisioners._replace_resource(
                schema.type_name, physical_id, old, new, stack_name, logical_id
            )
            return replaced
        lasting = resource.lasting(old, new)
        if lasting and not _is_rolling_back(stack_name):
            raise ValueError(f"{schema.type_name}: {', '.join(lasting)} cannot be taken away")
        return _pair(resource.update(physical_id, old, new))

    def delete(physical_id: str, properties: Properties) -> None:
        resource.delete(physical_id)

    provisioners._RESOURCE_HANDLERS[schema.type_name] = {
        "create": create,
        "update": update,
        "update_with_logical_id": True,
        "delete": delete,
    }
    provisioners._REPLACING_PROPERTIES[schema.type_name] = schema.create_only
    provisioners._CONDITIONALLY_REPLACING_PROPERTIES[schema.type_name] = (
        *schema.partly_create_only,
        *schema.conditionally_create_only,
    )
    if schema.has_tags:
        provisioners._STACK_TAG_PROPERTY[schema.type_name] = ("Tags", "list")
    _blocking.add(schema.type_name)


def follow(type_name: str, step: Callable[[str, Properties, Properties], dict[str, Any]]) -> None:
    """Do a step after a resource of a type of the emulator's own is created or updated.

    Args:
        type_name: the type.
        step: takes the physical id, the properties before and those now; returns attributes that the emulator leaves
            out.
    """
    handler = provisioners._RESOURCE_HANDLERS[type_name]
    built_in_create, built_in_update = handler["create"], handler["update"]

    def create(logical_id: str, properties: Properties, stack_name: str) -> tuple[str, dict[str, Any]]:
        physical_id, attributes = built_in_create(logical_id, properties, stack_name)
        return physical_id, {**attributes, **step(physical_id, {}, properties)}

    def update(physical_id: str, old: Properties, new: Properties, *place: str) -> tuple[str, dict[str, Any]]:
        updated_id, attributes = built_in_update(physical_id, old, new, *place)
        before = old if updated_id == physical_id else {}
        return updated_id, {**attributes, **step(updated_id, before, new)}

    provisioners._RESOURCE_HANDLERS[type_name] = {**handler, "create": create, "update": update}
    if Schema.of(type_name).has_tags:
        provisioners._STACK_TAG_PROPERTY[type_name] = ("Tags", "list")
    _blocking.add(type_name)


def delete_with(type_name: str, delete: Callable[[str], None]) -> None:
    """Delete resources of a type of the emulator's own in another way."""
    handler = provisioners._RESOURCE_HANDLERS[type_name]
    provisioners._RESOURCE_HANDLERS[type_name] = {**handler, "delete": lambda physical_id, _: delete(physical_id)}
    _blocking.add(type_name)


def hold_to_schemas() -> None:
    """Refuse properties that a schema does not know, of whatever type, when the turn of their resource comes.

    What a stack has made before that is rolled back.
    """
    for type_name, handler in provisioners._RESOURCE_HANDLERS.items():
        schema = Schema.of(type_name)
        handler.update({verb: _held(schema, verb, handler[verb]) for verb in ("create", "update") if verb in handler})


def _held(schema: Schema, verb: str, handle: Callable[..., tuple[str, dict[str, Any]]]) -> Callable[..., Any]:
    def create(logical_id: str, properties: Properties, stack_name: str) -> tuple[str, dict[str, Any]]:
        prepared = schema.prepared(properties)
        schema.check(prepared)
        return handle(logical_id, prepared, stack_name)

    def update(physical_id: str, old: Properties, new: Properties, *place: str) -> tuple[str, dict[str, Any]]:
        prepared = schema.prepared(new)
        schema.check(prepared)
        return handle(physical_id, schema.prepared(old), prepared, *place)

    return create if verb == "create" else update


def _is_rolling_back(stack_name: str) -> bool:
    """Return whether a stack goes back to what it was, and leaves what it cannot take away, as in AWS."""
    return "ROLLBACK" in cloudformation._stacks[stack_name]["StackStatus"]


def _pair(provisioned: Provisioned) -> tuple[str, dict[str, Any]]:
    return provisioned.physical_id, provisioned.attributes
