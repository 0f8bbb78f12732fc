from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from localcloud.cloud import running, stop


def test_a_process_that_it_did_not_start_is_left_alone(tmp_path: Path) -> None:
    stale(tmp_path)

    assert running(tmp_path) is None
    assert not stop(tmp_path)


def test_those_who_ask_at_once_do_not_take_one_another_for_it(tmp_path: Path) -> None:
    stale(tmp_path)

    with ThreadPoolExecutor(2) as two:
        assert set(two.map(running, [tmp_path] * 5000)) == {None}


def test_asking_leaves_nothing_behind(tmp_path: Path) -> None:
    assert running(tmp_path) is None
    assert running(tmp_path / "missing") is None
    assert not [*tmp_path.iterdir()]


def stale(folder: Path) -> None:
    """What an emulator leaves that was not stopped, when its process id is that of another process."""
    folder.joinpath("state.json").write_text(json.dumps({"process": os.getpid(), "port": 1}))
