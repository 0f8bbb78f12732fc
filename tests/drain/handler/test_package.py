"""The handlers stand alone in Lambda, and nobody else needs what they import."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from constructs_lib.drain.handler.clients import Clients
from tests.drain.handler.aws import SERVICES, client_of
from tests.drain.handler.operations import OPERATIONS

ROOT = Path(__file__).parents[3]
HANDLER = ROOT / "constructs_lib" / "drain" / "handler"
FILES = sorted(HANDLER.glob("*.py"))

# What Lambda does: the folder of the asset is where modules are looked for, and nothing of this repository is.
ENTER = """
import json, sys
from handler import index
assert not any(name.startswith(("constructs_lib", "aws_cdk")) for name in sys.modules)
event = json.loads(sys.argv[1])
print(json.dumps([index.on_event(event, None), index.is_complete(event, None)]))
"""


def test_enters_as_a_package_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "handler").symlink_to(HANDLER)
    environment = {"PYTHONPATH": str(tmp_path), "AWS_DEFAULT_REGION": "eu-west-1"}
    event = '{"RequestType": "Create", "LogicalResourceId": "Drain", "ResourceType": "Custom::StudioDrain"}'
    ran = subprocess.run(
        [sys.executable, "-c", ENTER, event], cwd=tmp_path, env=environment, text=True, capture_output=True, check=False
    )
    assert ran.stderr == ""
    assert ran.stdout == '[{"PhysicalResourceId": "Drain"}, {"IsComplete": true}]\n'


def test_clients_slow_down_when_throttled_and_give_up_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    clients = Clients.of_function()
    for service in SERVICES:
        config = getattr(clients, service).meta.config
        assert config.retries == {"mode": "adaptive", "total_max_attempts": 4}
        assert (config.connect_timeout, config.read_timeout) == (5, 15)
        assert getattr(clients, service).meta.service_model.service_name == service


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_imports_only_what_lambda_has(path: Path) -> None:
    for module in imported(path):
        assert module.startswith(".") or module.split(".")[0] in {*sys.stdlib_module_names, "boto3", "botocore"}


def test_nobody_else_imports_boto3() -> None:
    handlers = {HANDLER, ROOT / "constructs_lib" / "patch" / "handler"}
    others = [path for path in (ROOT / "constructs_lib").rglob("*.py") if handlers.isdisjoint(path.parents)]
    assert len(others) > 50
    for path in others:
        assert not [one for one in imported(path) if one.split(".")[0] in ("boto3", "botocore")], path


def test_the_library_runs_without_boto3() -> None:
    program = (
        "import sys; sys.modules.update(boto3=None, botocore=None)\n"
        "import constructs_lib, constructs_lib.drain.handler.deadline as deadline\n"
        "assert deadline.DEADLINE + deadline.PASS < deadline.TOTAL_TIMEOUT <= 3600"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_operations_are_those_that_the_code_names() -> None:
    named: dict[str, set[str]] = {service: set() for service in SERVICES}
    for path in FILES:
        for service in SERVICES:
            methods = client_of(service).meta.method_to_api_mapping
            named[service] |= {methods[name] for name in names_in_file(path, service) if name in methods}
    assert named == OPERATIONS


def names_in_file(path: Path, service: str) -> Iterator[str]:
    """Attributes and texts, of a file in which a client of the service is kept."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    if any(isinstance(node, ast.Attribute) and node.attr == f"_{service}" for node in nodes):
        for node in nodes:
            if isinstance(node, ast.Attribute):
                yield node.attr
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        if isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
