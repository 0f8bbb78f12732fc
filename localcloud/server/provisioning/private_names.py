"""The private names of the emulator that this package relies on."""

from __future__ import annotations

from importlib.metadata import version

from ministack.services import cloudformation, ec2, iam
from ministack.services.cloudformation import changesets, handlers, provisioners, stacks

_VERSION = "1.5.33"
_NAMES = {
    cloudformation: ("_change_sets", "_stack_events", "_stacks"),
    changesets: ("_IMPORT_LOOKUPS", "_IMPORT_NOT_FOUND"),
    handlers: ("_ACTION_HANDLERS", "_parse_template", "_resolve_stack", "_resolve_template"),
    provisioners: (
        "_CONDITIONALLY_REPLACING_PROPERTIES",
        "_REPLACING_PROPERTIES",
        "_RESOURCE_HANDLERS",
        "_STACK_TAG_PROPERTY",
        "_replace_resource",
    ),
    stacks: ("_runs_on_worker_thread",),
    ec2: ("_flow_logs", "_route_tables", "_security_groups", "_subnets", "_vpc_endpoints", "_vpcs"),
    iam: ("_policies",),
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
