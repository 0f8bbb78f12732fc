from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from localcloud.cloud import Cloud, start, stop
from tests.e2e.place import Place

_ACCOUNTS = count(100_000_000_001)


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """An emulator beside that of whoever runs the tests."""
    folder = tmp_path_factory.mktemp("cloud")
    yield start(folder)
    stop(folder)


@pytest.fixture(scope="module")
def place(cloud: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An account for each file of tests."""
    one = Place(cloud, str(next(_ACCOUNTS)))
    one.bootstrap(tmp_path_factory.mktemp("empty"))
    return one
