"""Starts and stops the emulator, one for each folder.

Whether it runs is told by a lock on its state file, which the process inherits and holds as long as it lives: a process
id that the system has given to another process is never taken for it. Who asks takes a lock that others can share, so
that nobody takes one who asks for the emulator.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from localcloud.environment import HOME, HOST, ROOT, of_server

_SECONDS_TO_START = 60
_SECONDS_TO_END = 5  # by itself: a Lambda function that runs keeps it
_SECONDS_TO_STOP = 20
_LINES_OF_LOG = 30
_DETACHED = '"$@" >"$0" 2>&1 & echo $!'  # nobody's child, so that nobody need wait for it; says its process id


class CloudError(Exception):
    """The emulator cannot be started or stopped; the message says why."""


@dataclass(frozen=True)
class Cloud:
    """An emulator that runs.

    Attributes:
        process: its process id.
        port: the port of 127.0.0.1 on which it listens.
        is_new: whether it is the call that returns this which has launched it.
    """

    process: int
    port: int
    is_new: bool = field(default=False, compare=False)

    @property
    def url(self) -> str:
        """The endpoint of every service."""
        return f"http://{HOST}:{self.port}"

    def is_healthy(self) -> bool:
        """Whether it answers."""
        connection = HTTPConnection(HOST, self.port, timeout=5)
        try:
            connection.request("GET", "/_ministack/health")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


def start(folder: Path = HOME, *, seconds_under_way: float = 0.2) -> Cloud:
    """Start the emulator of a folder unless it runs, and wait until it answers.

    Args:
        folder: where its state and its log are.
        seconds_under_way: how long SageMaker takes to create, update or delete something.

    Raises:
        CloudError: it does not answer in time, or ended; with the end of its log.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "start.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if is_new := running(folder) is None:
            _launch(folder, seconds_under_way)
        deadline = time.monotonic() + _SECONDS_TO_START
        while (cloud := running(folder)) and time.monotonic() < deadline:
            if cloud.is_healthy():
                return replace(cloud, is_new=is_new)
            time.sleep(0.1)
        stop(folder)
    end_of_log = _log(folder).read_text(errors="replace").splitlines()[-_LINES_OF_LOG:]
    raise CloudError("\n".join(["the emulator did not start; its log ends:", *end_of_log]))


def running(folder: Path = HOME) -> Cloud | None:
    """Return the emulator of a folder if its process lives."""
    try:
        state = _state_of(folder).open()
    except FileNotFoundError:
        return None
    with state:
        try:
            fcntl.flock(state, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            text = state.read()
            return Cloud(**json.loads(text)) if text else None
        return None


def stop(folder: Path = HOME) -> bool:
    """End the emulator of a folder, and return whether it ran.

    Raises:
        CloudError: it does not end in time.
    """
    cloud = running(folder)
    if cloud is None:
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(cloud.process, signal.SIGTERM)
    if not _ends(folder, cloud, _SECONDS_TO_END):
        _kill(cloud.process)
        if not _ends(folder, cloud, _SECONDS_TO_STOP):
            raise CloudError(f"process {cloud.process} does not end; its log is {_log(folder)}")
    return True


def files_of(folder: Path) -> Path:
    """Return the folder of the files that last as long as the emulator of a folder."""
    return folder / "run"


def _launch(folder: Path, seconds_under_way: float) -> None:
    """Start the process, which goes on holding the lock of the state file."""
    python = HOME / "venv" / "bin" / "python"
    if not python.exists():
        raise CloudError(f"{python} is missing; make deploy-local sets it up")
    shutil.rmtree(files_of(folder), ignore_errors=True)
    (files_of(folder) / "tmp").mkdir(parents=True)
    port = _free_port()
    with _state_of(folder).open("w") as state:  # empty before it is locked: nobody takes what it said for this one
        fcntl.flock(state, fcntl.LOCK_EX)
        launched = subprocess.run(
            ["sh", "-c", _DETACHED, _log(folder), python, "-m", "localcloud.server"],
            cwd=ROOT,
            env=of_server(files_of(folder) / "tmp", port=port, seconds_under_way=seconds_under_way),
            stdout=subprocess.PIPE,
            text=True,
            pass_fds=[state.fileno()],
            start_new_session=True,
            check=True,
        )
        json.dump({"process": int(launched.stdout), "port": port}, state)


def _ends(folder: Path, cloud: Cloud, seconds: float) -> bool:
    """Wait until an emulator no longer runs, and return whether it did end in time."""
    deadline = time.monotonic() + seconds
    while running(folder) == cloud:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _kill(process: int) -> None:
    """Kill a process, and with it the Lambda functions that it runs, which are in its group."""
    with contextlib.suppress(ProcessLookupError):
        if os.getpgid(process) == process:
            os.killpg(process, signal.SIGKILL)
        else:  # it has come to no group of its own yet, and to no Lambda functions
            os.kill(process, signal.SIGKILL)


def _state_of(folder: Path) -> Path:
    return folder / "state.json"


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def _log(folder: Path) -> Path:
    return folder / "server.log"
