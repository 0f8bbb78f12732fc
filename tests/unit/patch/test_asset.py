"""The code that Lambda gets: the handler, and nothing that happens to lie beside it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest

from constructs_lib import Domain, DomainSettingsPatch
from constructs_lib.patch import patch_function
from tests.conftest import CONTEXT
from tests.templates import properties

PACKAGE = Path(patch_function.__file__).parent


def function_of(outdir: Path) -> dict[str, Any]:
    app = cdk.App(outdir=str(outdir), context=CONTEXT, builtin_cloud_formation_validation=False)
    stack = cdk.Stack(app, "Research")
    shared = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123")
    DomainSettingsPatch(stack, "Patch", domain=shared, rootless_docker=True)
    return properties(app.synth().get_stack_by_name("Research").template, "AWS::Lambda::Function")


def asset_of(outdir: Path) -> str:
    """The hash of the code."""
    key: str = function_of(outdir)["Code"]["S3Key"]
    return key.removesuffix(".zip")


def test_is_the_handler_alone(tmp_path: Path) -> None:
    folder = tmp_path / f"asset.{asset_of(tmp_path)}"

    found = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}

    assert found == {path.relative_to(PACKAGE) for path in (PACKAGE / "handler").glob("*.py")}
    assert "def on_event(" in (folder / "handler" / "index.py").read_text()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package in another place, without what Python has left in it."""
    folder = tmp_path / "installed" / "patch"
    shutil.copytree(PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(patch_function, "_CODE", str(folder))
    return folder


def test_is_the_same_whatever_lies_beside_it(elsewhere: Path, tmp_path: Path) -> None:
    first = asset_of(tmp_path / "first")
    for path in (
        "handler/__pycache__/index.cpython-311.pyc",
        "handler/.index.py.swp",
        "handler/notes/read.py",
        "other/handler/index.py",
        "patch_function.py",
    ):
        (elsewhere / path).parent.mkdir(parents=True, exist_ok=True)
        (elsewhere / path).write_text("x")

    assert asset_of(tmp_path / "second") == first


def test_is_another_when_the_handler_is(elsewhere: Path, tmp_path: Path) -> None:
    first = asset_of(tmp_path / "first")
    with (elsewhere / "handler" / "index.py").open("a") as file:
        file.write("\n")

    assert asset_of(tmp_path / "second") != first


def test_runs_on_the_newest_python_that_the_cdk_knows(tmp_path: Path) -> None:
    known = [one.name for one in cdk.aws_lambda.Runtime.ALL if one.name.startswith("python")]
    newest = max(known, key=lambda name: [int(part) for part in name.removeprefix("python").split(".")])

    assert function_of(tmp_path)["Runtime"] == newest
