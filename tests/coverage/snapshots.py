"""What the typed API has set: the properties in the templates under ``tests/snapshot``.

They alone count. Guides show escape hatches, and unit tests look at a template without keeping it; a snapshot is
reviewed, and ``escape_hatches`` finds the code around it that could set a property past the API.
"""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "tests" / "snapshot"
_HATCH = re.compile(r"Cfn(?!Output$)\w*|\w*override\w*|default_child|Aspects|_\w*[a-z]")


@cache
def values_set(resource_type: str) -> dict[str, list[Any]]:
    """Return all that the snapshots have at each path of a type."""
    return values_in((json.loads(file.read_text(encoding="utf-8")) for file in FOLDER.rglob("*.json")), resource_type)


def values_in(templates: Iterable[dict[str, Any]], resource_type: str) -> dict[str, list[Any]]:
    """Return all that templates have at each path of a type; within what the deployment computes there is no path."""
    found: dict[str, list[Any]] = defaultdict(list)
    for template in templates:
        for resource in template.get("Resources", {}).values():
            if resource["Type"] == resource_type:
                for path, value in _below("", resource["Properties"]):
                    found[path].append(value)
    return dict(found)


def is_computed(value: Any) -> bool:
    """Whether the value is a function of the template, such as ``{"Ref": "Key"}``."""
    return isinstance(value, dict) and len(value) == 1 and all(key == "Ref" or key.startswith("Fn::") for key in value)


def escape_hatches(source: str) -> list[str]:
    """Return the words of a test's source by which it could set a property past the typed API: L1s, overrides, …"""
    return [word for word in _words(ast.parse(source)) if _HATCH.fullmatch(word)]


def modules() -> Iterator[Path]:
    """Yield what the snapshots come from: their tests, the modules of the tests that these import, and the stacks."""
    tests = sorted(FOLDER.glob("*.py"))
    imported = {
        node.module
        for file in tests
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("tests.")
    }
    yield from tests
    yield from (ROOT / f"{module.replace('.', '/')}.py" for module in sorted(imported | {"tests.conftest"}))
    yield from sorted((ROOT / "stacks").glob("*.py"))


def _below(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if value == {"Ref": "AWS::NoValue"}:
        return
    if path:
        yield path, value
    if isinstance(value, list):
        for item in value:
            yield from _below(f"{path}[]", item)
    elif isinstance(value, dict) and not is_computed(value):
        for name, member in value.items():
            yield from _below(f"{path}/{name}" if path else name, member)


def _words(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            is_own = isinstance(node.value, ast.Name) and node.value.id == "self"
            yield node.attr.lstrip("_") if is_own else node.attr
        elif isinstance(node, ast.alias):
            yield node.name.rpartition(".")[2]
        elif isinstance(node, ast.Name) and not node.id.startswith("_"):
            yield node.id
