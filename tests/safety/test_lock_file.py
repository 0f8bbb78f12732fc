from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.safety.lock_file import LockError, LockFile
from constructs_lib.safety.locked_resource import LockedResource

SPACE = LockedResource(
    stack="research-users-1",
    logical_id="Lab",
    type="AWS::SageMaker::Space",
    construct="research-users-1/alice/lab/Resource",
    properties={"DomainId": "<research-studio/Domain>", "OwnershipSettings": {"OwnerUserProfileName": "alice"}},
    policies={"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"},
    condition='IsProduction: {"Fn::Equals": ["a", "b"]}',
    app_type="JupyterLab",
    volume_gib=100,
)
KEY = LockedResource(stack="aws://111122223333/eu-west-1/research", logical_id="Key", type="AWS::KMS::Key")
BIG = LockedResource(stack="research", logical_id="Big", type="AWS::SageMaker::Space", volume_gib='{"Ref":"Größe"}')


@pytest.fixture
def file(tmp_path: Path) -> LockFile:
    return LockFile(tmp_path / "studio.lock.json")


def test_what_is_written_is_read(file: LockFile) -> None:
    file.write([SPACE, KEY, BIG])

    assert file.read() == {one.key: one for one in (SPACE, KEY, BIG)}


def test_the_text_is_the_same_in_whatever_order_and_ends_with_a_line(file: LockFile) -> None:
    file.write([SPACE, KEY, BIG])
    text = file.path.read_bytes()
    file.write([BIG, KEY, SPACE])

    assert file.path.read_bytes() == text
    assert text.endswith(b"\n}\n")
    assert b"\r" not in text
    keys = list(json.loads(text)["resources"])
    assert keys == sorted(keys)
    assert [one.name for one in file.path.parent.iterdir()] == ["studio.lock.json"], "nothing unfinished is left"


def test_entries_of_two_branches_merge_as_text(tmp_path: Path) -> None:
    def written(*names: str) -> Path:
        file = LockFile(tmp_path / "".join(names))
        file.write(LockedResource(stack="s", logical_id=name, type="AWS::KMS::Key") for name in names)
        return file.path

    base, ours, theirs = written("b", "m", "y"), written("a", "b", "m", "y", "z"), written("b", "m", "n", "y")
    subprocess.run(["git", "merge-file", ours, base, theirs], check=True)

    assert ours.read_text() == written("a", "b", "m", "n", "y", "z").read_text()


def test_no_file_is_no_lock(file: LockFile) -> None:
    assert file.read() is None


def edited(change: Callable[[dict[str, Any]], Any]) -> Callable[[str], str]:
    def edit(text: str) -> str:
        content = json.loads(text)
        change(content)
        return json.dumps(content)

    return edit


def entry(content: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = content["resources"][SPACE.key]
    return found


UNREADABLE: dict[str, tuple[Callable[[str], str], str]] = {
    "nothing": (lambda _: "", "must be a lock as make lock writes it"),
    "no JSON": (lambda text: text[:-3], "must be a lock as make lock writes it"),
    "marks of a merge": (lambda text: f"<<<<<<< HEAD\n{text}", "resolve the merge so that it has the entries of both"),
    "an entry twice": (
        lambda text: text.replace('{\n    "', '{\n    "research-users-1/Lab": {}, "', 1),
        "a key stands in it twice",
    ),
    "a list": (lambda _: "[]", "it must have resources and a version"),
    "no version": (edited(lambda one: one.pop("version")), "it must have resources and a version"),
    "another version": (edited(lambda one: one.update(version=2)), "must be of version 1, got 2"),
    "no resources": (edited(lambda one: one.update(resources=[])), "resources must have a key each"),
    "an entry that is a list": (edited(lambda one: one["resources"].update({SPACE.key: []})), "it must have stacks"),
    "an entry without a stack": (
        edited(lambda one: one["resources"].update(Lab=entry(one))),
        "it must have stacks, logical ids and types that are locked, got 'Lab'",
    ),
    "a type that is not locked": (edited(lambda one: entry(one).update(type="AWS::SQS::Queue")), "it must have stacks"),
    "a word that is none": (edited(lambda one: entry(one).update(size=1)), "size of research-users-1/Lab must be"),
    "a value of another type": (edited(lambda one: entry(one).update(app_type=1)), "app_type of research-users-1/Lab"),
    "an owner that was edited": (
        edited(lambda one: entry(one)["properties"].update(OwnershipSettings={"OwnerUserProfileName": "bob"})),
        "got research-users-1/Lab edited by hand",
    ),
    "a size that was edited": (edited(lambda one: entry(one).update(volume_gib=5)), "edited by hand"),
    "an entry that was moved": (
        edited(lambda one: one["resources"].update({"research-users-1/Code": one["resources"].pop(SPACE.key)})),
        "got research-users-1/Code edited by hand",
    ),
    "no digest": (edited(lambda one: entry(one).pop("digest")), "edited by hand"),
}


@pytest.mark.parametrize(("edit", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_lock_that_cannot_be_relied_on_is_refused(edit: Callable[[str], str], message: str, file: LockFile) -> None:
    file.write([SPACE])
    file.path.write_text(edit(file.path.read_text()))

    with pytest.raises(LockError) as refusal:
        file.read()

    assert str(file.path) in str(refusal.value)
    assert message in str(refusal.value)


def test_a_lock_that_is_no_text_or_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bytes").write_bytes(b"\xff")

    for path in (tmp_path / "bytes", tmp_path):
        with pytest.raises(LockError, match="cannot be read"):
            LockFile(path).read()
