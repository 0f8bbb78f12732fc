"""The code that Lambda gets: the handler, and nothing that happens to lie beside it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest

from constructs_lib import Domain, DomainDrain, NetworkAccess
from constructs_lib.drain import drain_functions
from tests.conftest import CONTEXT
from tests.templates import resources

PACKAGE = Path(drain_functions.__file__).parent
NETWORK = NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"])


def functions_of(outdir: Path) -> dict[str, Any]:
    app = cdk.App(outdir=str(outdir), context=CONTEXT, builtin_cloud_formation_validation=False)
    stack = cdk.Stack(app, "Research")
    domain = Domain(stack, "Studio", network=NETWORK, removal_policy=cdk.RemovalPolicy.DESTROY)
    DomainDrain(stack, "Drain", domain=domain)
    template = app.synth().get_stack_by_name("Research").template
    return {
        one["Properties"]["Handler"]: one["Properties"] for one in resources(template, "AWS::Lambda::Function").values()
    }


def asset_of(outdir: Path) -> str:
    """The hash of the code of our functions, which have the same."""
    functions = functions_of(outdir)
    on_event, is_complete = (functions[f"handler.index.{name}"] for name in ("on_event", "is_complete"))
    assert on_event["Code"] == is_complete["Code"]
    key: str = on_event["Code"]["S3Key"]
    return key.removesuffix(".zip")


def test_is_the_handler_alone(tmp_path: Path) -> None:
    folder = tmp_path / f"asset.{asset_of(tmp_path)}"

    found = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}

    assert found == {path.relative_to(PACKAGE) for path in (PACKAGE / "handler").glob("*.py")}
    assert Path("handler/index.py") in found


def test_each_handler_is_there(tmp_path: Path) -> None:
    functions = functions_of(tmp_path)

    source = (PACKAGE / "handler" / "index.py").read_text()
    assert {name for name in functions if name.startswith("handler.")} == {
        f"handler.index.{name}" for name in ("on_event", "is_complete") if f"def {name}(" in source
    }


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package in another place, without what Python has left in it."""
    folder = tmp_path / "installed" / "drain"
    shutil.copytree(PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(drain_functions, "_CODE", str(folder))
    return folder


def test_is_the_same_wherever_and_whenever_it_is_synthesized(
    elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = asset_of(tmp_path / "first")
    monkeypatch.undo()

    assert asset_of(tmp_path / "second") == first


def test_is_the_same_whatever_lies_beside_it(elsewhere: Path, tmp_path: Path) -> None:
    first = asset_of(tmp_path / "first")
    for path in (
        "handler/__pycache__/index.cpython-311.pyc",
        "handler/.index.py.swp",
        "handler/index.pyc",
        "handler/notes/read.py",
        "__pycache__/domain_drain.cpython-311.pyc",
        "other.py",
        "other/handler/index.py",
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
    functions = functions_of(tmp_path)

    known = [one.name for one in cdk.aws_lambda.Runtime.ALL if one.name.startswith("python")]
    newest = max(known, key=lambda name: [int(part) for part in name.removeprefix("python").split(".")])
    assert functions["handler.index.on_event"]["Runtime"] == functions["handler.index.is_complete"]["Runtime"] == newest
