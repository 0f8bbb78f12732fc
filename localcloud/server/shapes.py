"""Holds values to the shapes of the SageMaker API: types, enums, patterns and ranges, which botocore leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import botocore.session
import regex
from botocore.model import OperationModel, ServiceModel, Shape

from localcloud.server.errors import invalid

_TYPES: dict[str, tuple[type, ...]] = {
    "boolean": (bool,),
    "double": (int, float),
    "float": (int, float),
    "integer": (int,),
    "list": (list,),
    "long": (int,),
    "map": (dict,),
    "string": (str,),
    "structure": (dict,),
    "timestamp": (int, float),
}


@cache
def service() -> ServiceModel:
    """Return the model of SageMaker."""
    return botocore.session.get_session().get_service_model("sagemaker")


def operation(name: str) -> OperationModel:
    """Return the model of an operation."""
    return service().operation_model(name)


def check(shape: Shape, value: dict[str, Any]) -> None:
    """Refuse a request that does not fit.

    Raises:
        ApiError: it does not; all that is wrong is named.
    """
    problems = list(_problems(shape, value, ""))
    if problems:
        plural = "s" if len(problems) > 1 else ""
        raise invalid(f"{len(problems)} validation error{plural} detected: {'; '.join(problems)}")


def project(shape: Shape, record: dict[str, Any]) -> dict[str, Any]:
    """Return what a record has of a structure, summaries of what it has in full among it."""
    found = {}
    for name, member in shape.members.items():
        value = record.get(name, record.get(name.removesuffix("Summary")))
        if value is not None:
            found[name] = project(member, value) if member.type_name == "structure" else value
    return found


def _problems(shape: Shape, value: Any, path: str) -> Iterator[str]:
    kind = shape.type_name
    if type(value) not in _TYPES[kind]:
        yield f"Value {value!r} at '{path}' failed to satisfy constraint: Member must be of type {kind}"
    elif kind == "structure":
        yield from _of_structure(shape, value, path)
    elif kind == "list":
        yield from _of_size(shape, len(value), value, path, "length")
        for index, one in enumerate(value, 1):
            yield from _problems(shape.member, one, f"{path}.{index}.member")
    elif kind == "map":
        yield from _of_size(shape, len(value), value, path, "length")
        for key, one in value.items():
            yield from _problems(shape.key, key, f"{path}.key")
            yield from _problems(shape.value, one, f"{path}.{key}.member")
    elif kind == "string":
        yield from _of_text(shape, value, path)
    elif kind != "boolean":
        yield from _of_size(shape, value, value, path, "value")


def _of_structure(shape: Shape, value: dict[str, Any], path: str) -> Iterator[str]:
    for name in shape.required_members:
        if name not in value:
            yield f"Value null at '{_below(path, name)}' failed to satisfy constraint: Member must not be null"
    for name, one in value.items():
        if name in shape.members:
            yield from _problems(shape.members[name], one, _below(path, name))
        else:
            yield f"'{_below(path, name)}' is no parameter: {shape.name} has {', '.join(shape.members)}"


def _of_text(shape: Shape, value: str, path: str) -> Iterator[str]:
    yield from _of_size(shape, len(value), value, path, "length")
    if shape.enum and value not in shape.enum:
        yield _unsatisfied(value, path, f"satisfy enum value set: [{', '.join(shape.enum)}]")
    pattern = shape.metadata.get("pattern")
    if pattern and not regex.fullmatch(pattern, value):
        yield _unsatisfied(value, path, f"satisfy regular expression pattern: {pattern}")


def _of_size(shape: Shape, size: float, value: Any, path: str, what: str) -> Iterator[str]:
    lowest, highest = shape.metadata.get("min"), shape.metadata.get("max")
    if lowest is not None and size < lowest:
        yield _unsatisfied(value, path, f"have {what} greater than or equal to {lowest}")
    if highest is not None and size > highest:
        yield _unsatisfied(value, path, f"have {what} less than or equal to {highest}")


def _unsatisfied(value: Any, path: str, constraint: str) -> str:
    return f"Value {value!r} at '{path}' failed to satisfy constraint: Member must {constraint}"


def _below(path: str, name: str) -> str:
    return f"{path}.{name}".lstrip(".")
