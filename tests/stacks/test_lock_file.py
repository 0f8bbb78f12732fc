from __future__ import annotations

from pathlib import Path

import pytest

from stacks.lock_file import lock_file


@pytest.mark.parametrize(
    ("settings", "lock"),
    [
        ("studio.yaml", "studio.lock.json"),
        ("teams/vision.yml", "teams/vision.lock.json"),
        ("v1.2/studio", "v1.2/studio.lock.json"),
        ("./team", "team.lock.json"),
        ("team.v2", "team.v2.lock.json"),
        ("team.v2.yaml", "team.v2.lock.json"),
    ],
)
def test_a_lock_is_beside_its_settings(settings: str, lock: str) -> None:
    assert lock_file(Path(settings)) == Path(lock)
