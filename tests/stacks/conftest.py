from __future__ import annotations

from pathlib import Path

import pytest

from tests.stacks.project import copy_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project for each file of tests."""
    folder = tmp_path_factory.mktemp("project")
    copy_project(folder)
    return folder
