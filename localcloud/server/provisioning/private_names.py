"""The names of the emulator that the server relies on and the emulator promises nobody."""

from __future__ import annotations

from importlib.metadata import version

from ministack import app
from ministack.core import router
from ministack.services import cloudformation, ec2, efs, iam
from ministack.services.cloudformation import changesets, engine, handlers, helpers, provisioners, stacks

_VERSION = "1.5.33"
_NAMES = {
    app: ("SERVICE_HANDLERS",),
    router: ("SERVICE_PATTERNS",),
    cloudformation: ("_change_sets", "_stack_events", "_stacks"),
    changesets: (
        "_IMPORT_LOOKUPS",
        "_IMPORT_NOT_FOUND",
        "_evaluate_conditions",
        "_import_changes",
        "_unretained_import_reason",
        "validate_template_support",
    ),
    engine: ("_evaluate_conditions", "_resolve_refs", "declared_transforms", "validate_template_support"),
    handlers: (
        "_ACTION_HANDLERS",
        "_capabilities_enforced",
        "_evaluate_conditions",
        "_parse_template",
        "_resolve_stack",
        "_resolve_template",
        "validate_template_support",
    ),
    helpers: ("_p", "_resolve_document"),
    provisioners: (
        "_CONDITIONALLY_REPLACING_PROPERTIES",
        "_REPLACING_PROPERTIES",
        "_RESOURCE_HANDLERS",
        "_STACK_TAG_PROPERTY",
        "_replace_resource",
    ),
    stacks: (
        "_evaluate_conditions",
        "_runs_on_worker_thread",
    ),
    ec2: (
        "_flow_logs",
        "_new_sg_id",
        "_route_tables",
        "_security_groups",
        "_subnets",
        "_tags",
        "_vpc_endpoints",
        "_vpcs",
    ),
    efs: (
        "_create_file_system",
        "_create_mount_target",
        "_delete_file_system",
        "_delete_mount_target",
        "_describe_mount_targets",
    ),
    iam: ("_policies", "_roles"),
}


def check() -> None:
    """Refuse another emulator than the one whose private names these are.

    Raises:
        RuntimeError: it is another.
    """
    if version("ministack") != _VERSION:
        raise RuntimeError(f"localcloud needs ministack {_VERSION}, got {version('ministack')}")
    missing = [
        f"{module.__name__}.{name}" for module, names in _NAMES.items() for name in names if not hasattr(module, name)
    ]
    if missing:
        raise RuntimeError(f"ministack {_VERSION} lacks {', '.join(missing)}, which localcloud needs")
