"""The handler stands alone in Lambda, answers where CloudFormation said, and asks of AWS what its role allows."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest

from constructs_lib.patch.handler.clients import Clients
from constructs_lib.patch.handler.clock import Clock
from tests.conftest import ROOT
from tests.unit.patch.handler.aws import client_of, request

HANDLER = ROOT / "constructs_lib" / "patch" / "handler"
FILES = sorted(HANDLER.glob("*.py"))
SERVICES = ("cloudformation", "sagemaker")

# What Lambda does: the folder of the asset is where modules are looked for, and nothing of this repository is.
ENTER = """
import json, sys
from handler import index
assert not any(name.startswith(("constructs_lib", "aws_cdk")) for name in sys.modules)
index.on_event(json.loads(sys.argv[1]), None)
"""


class Listener(BaseHTTPRequestHandler):
    """What listens at the address that CloudFormation gives."""

    heard: ClassVar[list[tuple[str, str, bytes]]] = []

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((self.path, self.headers["Content-Type"], body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Listener)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_enters_as_a_package_of_its_own_and_answers(tmp_path: Path, address: str) -> None:
    (tmp_path / "handler").symlink_to(HANDLER)
    environment = {"PYTHONPATH": str(tmp_path), "AWS_DEFAULT_REGION": "eu-west-1"}
    event = {**request("Delete", {}), "PhysicalResourceId": "never applied", "ResponseURL": f"{address}/answer?a=b"}
    ran = subprocess.run(
        [sys.executable, "-c", ENTER, json.dumps(event)],
        cwd=tmp_path,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )

    assert (ran.stdout, ran.stderr) == ("", "")
    ((path, content_type, body),) = Listener.heard
    assert (path, content_type) == ("/answer?a=b", "")
    assert json.loads(body) == {
        **{name: event[name] for name in ("StackId", "RequestId", "LogicalResourceId")},
        "Status": "SUCCESS",
        "PhysicalResourceId": "never applied",
    }


def test_clients_are_patient_when_throttled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    clients = Clients.of_function()
    for service in SERVICES:
        client = getattr(clients, service)
        assert client.meta.config.retries == {"mode": "standard", "total_max_attempts": 8}
        assert client.meta.service_model.service_name == service


def test_the_clock_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    clock = Clock()

    clock.pause()

    assert slept == [5]
    assert 0 <= clock.elapsed() < 60


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_imports_only_what_lambda_has(path: Path) -> None:
    for module in imported(path):
        assert module.startswith(".") or module.split(".")[0] in {*sys.stdlib_module_names, "boto3", "botocore"}


def test_the_library_runs_without_boto3() -> None:
    program = (
        "import sys; sys.modules.update(boto3=None, botocore=None)\n"
        "import constructs_lib.patch.domain_settings_patch, constructs_lib.patch.handler.patience as patience\n"
        "assert patience.PATIENCE < patience.TIMEOUT <= 900"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def operations() -> set[str]:
    """What the code asks of AWS, as IAM calls it."""
    found = set()
    for service in SERVICES:
        methods = client_of(service).meta.method_to_api_mapping
        for path in FILES:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Attribute) and node.attr in methods:
                    found.add(f"{service}:{methods[node.attr]}")
    return found


def test_operations_are_those_that_the_role_is_allowed() -> None:
    assert operations() == {
        "cloudformation:DescribeStacks",
        "sagemaker:DescribeDomain",
        "sagemaker:UpdateDomain",
    }, "tests/unit/patch/test_domain_settings_patch.py has the policy"


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        if isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
