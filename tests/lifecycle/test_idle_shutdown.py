from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from aws_cdk import Duration

from constructs_lib.lifecycle.lifecycle_config import LifecycleConfig
from constructs_lib.lifecycle.lifecycle_scripts import LifecycleScripts
from tests.lifecycle.shell import METADATA, Shell

CONFIG = LifecycleScripts.idle_shutdown(Duration.minutes(60))
START = 1_700_000_000
DELETE = (
    "aws sagemaker delete-app --region eu-west-1 --domain-id d-abc123 --space-name alice-lab "
    "--app-type JupyterLab --app-name default"
).split()


def minute(number: int) -> str:
    return datetime.fromtimestamp(START + number * 60, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def kernel(state: str = "idle", *, used: int = 0) -> dict[str, Any]:
    return {"execution_state": state, "last_activity": minute(used), "connections": 1}


@contextmanager
def jupyter(kernels: Any, terminals: Any) -> Iterator[str]:
    """A Jupyter server that says this; what is no list is a status."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            answer = {"/jupyterlab/default/api/kernels": kernels, "/jupyterlab/default/api/terminals": terminals}[path]
            assert query == "no_track_activity=1"  # else the watch itself would be a use
            self.send_response(answer if isinstance(answer, int) else 200)
            self.end_headers()
            self.wfile.write(b"not JSON" if isinstance(answer, int) else json.dumps(answer).encode())

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def watch(
    shell: Shell,
    *,
    minutes: int,
    looks: int = 4,
    kernels: Any = (),
    terminals: Any = (),
    config: LifecycleConfig = CONFIG,
) -> str:
    """Let the script watch for so long, with so many looks, all in no time, and return its log."""
    clock = shell.root / "clock"
    clock.write_text(str(START))
    ended = shell.root / "ended"
    step = minutes // looks
    # One sleep is some minutes; the last one fails, which ends the watch.
    shell.command(
        "sleep",
        f"now=$(($(cat '{clock}') + {step * 60}))\n"
        f"if [ $now -gt {START + minutes * 60} ]; then touch '{ended}'; exit 1; fi\n"
        f"echo $now >'{clock}'",
    )
    shell.command("date", f"cat '{clock}'")
    with jupyter(kernels, terminals) as server:
        result = shell.run(config, server=server)
        assert result.returncode == 0, result.stderr
        deadline = time.monotonic() + 30
        while not ended.exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)
    return (shell.root / "log" / "idle-shutdown.log").read_text()


@pytest.mark.parametrize(
    ("kernels", "terminals"),
    [
        ([], []),
        ([kernel()], [{"name": "1", "last_activity": minute(0)}]),
        ([kernel("dead")], []),
        ([], 404),
    ],
)
def test_stops_what_nobody_has_used_for_an_hour(shell: Shell, kernels: Any, terminals: Any) -> None:
    log = watch(shell, minutes=60, kernels=kernels, terminals=terminals)

    assert shell.calls("aws") == [DELETE]
    assert log == "unused for 60 minutes, stops alice-lab\n"


@pytest.mark.parametrize(
    ("kernels", "terminals"),
    [
        ([], []),
        ([kernel(used=-1000)], []),  # used before the app started, by its clock
    ],
)
def test_counts_from_the_start(shell: Shell, kernels: Any, terminals: Any) -> None:
    watch(shell, minutes=56, kernels=kernels, terminals=terminals)

    assert shell.calls("aws") == []


@pytest.mark.parametrize(
    ("kernels", "terminals"),
    [
        ([kernel("busy")], []),
        ([kernel(), kernel("starting")], []),
        ([kernel(used=5)], []),
        ([], [{"name": "1", "last_activity": minute(5)}]),
    ],
)
def test_stops_nothing_in_use(shell: Shell, kernels: Any, terminals: Any) -> None:
    log = watch(shell, minutes=64, kernels=kernels, terminals=terminals)

    assert (shell.calls("aws"), log) == ([], "")


@pytest.mark.parametrize(("pid", "terminal", "is_used"), [(43, 34816, True), (42, 34816, False), (43, 0, False)])
def test_a_command_in_a_terminal_is_use_and_a_shell_that_waits_is_none(
    shell: Shell, pid: int, terminal: int, is_used: bool
) -> None:
    process = shell.root / "proc" / str(pid)
    process.mkdir()
    (process / "stat").write_text(f"{pid} (train (1) x) S 1 {pid} 42 {terminal} {pid} 4194304 0\n")

    watch(shell, minutes=60, kernels=[], terminals=[{"name": "1", "last_activity": minute(0)}])

    assert shell.calls("aws") == ([] if is_used else [DELETE])


@pytest.mark.parametrize(
    ("kernels", "terminals"),
    [(403, []), ([], 500), ([{"last_activity": minute(0)}], []), ([kernel() | {"last_activity": None}], [])],
)
def test_stops_nothing_where_the_server_does_not_answer_as_expected(shell: Shell, kernels: Any, terminals: Any) -> None:
    log = watch(shell, minutes=240, kernels=kernels, terminals=terminals)

    assert shell.calls("aws") == []
    assert "the server does not say when it was used, which counts as use" in log


def test_tries_again_an_hour_after_it_could_not_stop(shell: Shell) -> None:
    shell.aws()

    log = watch(shell, minutes=120, looks=6)

    assert shell.calls("aws") == [DELETE] * 2
    assert "AccessDenied\ncould not stop alice-lab\n" in log


def test_goes_on_when_the_scripts_after_it_have_ended(shell: Shell) -> None:
    own = LifecycleConfig.from_script("#!/bin/bash\necho done\n", name="own")

    watch(shell, minutes=60, config=LifecycleConfig.composed([CONFIG, own], name="all"))

    assert shell.calls("aws") == [DELETE]
    assert list((shell.root / "temporary").iterdir()) == []


def test_writes_to_the_log_that_cloudwatch_shows(shell: Shell) -> None:
    (shell.root / "log" / "app_container.log").touch()
    (shell.root / "log" / "idle-shutdown.log").touch()

    assert watch(shell, minutes=60) == ""
    assert "unused for 60 minutes" in (shell.root / "log" / "app_container.log").read_text()


@pytest.mark.parametrize("metadata", [None, {}, {key: value for key, value in METADATA.items() if key != "AppType"}])
def test_fails_outside_studio(shell: Shell, metadata: dict[str, str] | None) -> None:
    shell.describe(metadata)
    shell.command("sleep", "exit 1")

    result = shell.run(CONFIG)

    assert result.returncode == 1
    assert "resource-metadata.json must" in result.stderr
    assert shell.calls("sleep") == []


def test_fails_in_an_image_without_the_aws_cli(shell: Shell) -> None:
    (shell.root / "bin" / "aws").unlink()
    shell.command("sleep", "exit 1")

    result = shell.run(CONFIG)

    assert (result.returncode, result.stderr) == (1, "aws must be in the image\n")
