"""The function that makes directories, in a folder in place of the file system."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.storage.directory_handler import index

Owners = dict[Path, tuple[int, int]]


@pytest.fixture
def owners(monkeypatch: pytest.MonkeyPatch) -> Owners:
    """Whom each directory was given to: nobody but root may do that in earnest."""
    found: Owners = {}

    def fchown(place: int, uid: int, gid: int) -> None:
        found[Path(os.readlink(f"/proc/self/fd/{place}"))] = (uid, gid)

    monkeypatch.setattr(os, "fchown", fchown)
    return found


@pytest.fixture
def root(tmp_path: Path, owners: Owners, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    monkeypatch.setenv("ROOT", str(folder))
    return folder


def mode(path: Path) -> str:
    return oct(path.stat().st_mode & 0o7777)


def request(kind: str, path: str = "/alice", **properties: str) -> dict[str, Any]:
    given = {"Path": path, "Uid": "10001", "Gid": "1001", "Mode": "0700"}
    return {"RequestType": kind, "ResourceProperties": given | properties}


@pytest.mark.parametrize("kind", ["Create", "Update"])
def test_makes_a_directory_for_its_owner(kind: str, root: Path, owners: Owners) -> None:
    answer = index.on_event(request(kind), None)

    assert answer == {"PhysicalResourceId": "/alice"}
    assert owners == {root / "alice": (10001, 1001)}
    assert mode(root / "alice") == "0o700"


def test_makes_a_directory_for_a_group(root: Path, owners: Owners) -> None:
    index.on_event(request("Create", "/team", Uid="0", Mode="2770"), None)

    assert owners == {root / "team": (0, 1001)}
    assert mode(root / "team") == "0o2770"


def test_makes_parents_that_everybody_may_pass_and_nobody_owns(root: Path, owners: Owners) -> None:
    old = os.umask(0o077)
    try:
        index.on_event(request("Create", "/users/churn/alice"), None)
    finally:
        os.umask(old)

    assert [mode(root / one) for one in ("users", "users/churn", "users/churn/alice")] == ["0o755", "0o755", "0o700"]
    assert list(owners) == [root / "users" / "churn" / "alice"]


def test_leaves_parents_that_are_there_as_they_are(root: Path) -> None:
    (root / "users").mkdir(mode=0o711)

    index.on_event(request("Create", "/users/alice"), None)

    assert mode(root / "users") == "0o711"


def test_deletes_nothing(root: Path) -> None:
    index.on_event(request("Create"), None)
    (root / "alice" / "notebook").write_text("x")

    answer = index.on_event(request("Delete"), None)

    assert answer == {"PhysicalResourceId": "/alice"}
    assert (root / "alice" / "notebook").read_text() == "x"


def test_makes_nothing_when_it_is_to_go(root: Path) -> None:
    index.on_event(request("Delete"), None)

    assert list(root.iterdir()) == []


def test_does_the_same_twice(root: Path, owners: Owners) -> None:
    for kind in ("Create", "Create", "Update"):
        index.on_event(request(kind), None)

    assert owners == {root / "alice": (10001, 1001)}


def test_leaves_a_directory_with_files_to_its_owner(root: Path, owners: Owners) -> None:
    (root / "alice").mkdir(mode=0o750)
    (root / "alice" / "notebook").write_text("x")
    found = (root / "alice").stat()

    index.on_event(request("Create", Uid=str(found.st_uid), Gid=str(found.st_gid)), None)

    assert owners == {}
    assert mode(root / "alice") == "0o750", "which its owner may have chosen"


def test_takes_no_directory_with_files_of_others(root: Path, owners: Owners) -> None:
    (root / "alice").mkdir()
    (root / "alice" / "notebook").write_text("x")
    found = (root / "alice").stat()

    with pytest.raises(ValueError) as refusal:
        index.on_event(request("Create"), None)

    assert str(refusal.value) == (
        f"/alice must be 10001:1001's or empty, got files of {found.st_uid}:{found.st_gid}; "
        "choose another path, or move these files away"
    )
    assert owners == {}


@pytest.mark.parametrize("path", ["/alice", "/alice/deep"])
def test_follows_no_link(path: str, root: Path, tmp_path: Path, owners: Owners) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / "alice").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OSError):
        index.on_event(request("Create", path), None)

    assert owners == {}
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_fails_where_a_file_is(root: Path) -> None:
    (root / "alice").write_text("x")

    with pytest.raises(NotADirectoryError):
        index.on_event(request("Create"), None)

    assert (root / "alice").read_text() == "x"


@pytest.mark.parametrize("path", ["/", "", "/..", "/../alice", "/alice/../bob", "/./alice", "/users//alice"])
def test_goes_nowhere_else(path: str, root: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(ValueError, match="must name a directory below the root"):
        index.on_event(request("Create", path), None)

    assert sorted(tmp_path.rglob("*")) == before


def test_leaves_no_place_open(root: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    (root / "file").write_text("x")

    index.on_event(request("Create", "/a/b/c"), None)
    for path in ("/file", "/file/deep"):
        with pytest.raises(OSError):
            index.on_event(request("Create", path), None)

    assert len(os.listdir("/proc/self/fd")) == before


def test_needs_nothing_but_python() -> None:
    source = Path(index.__file__).read_text()

    imported = [line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))]
    assert imported == ["__future__", "os", "typing"]
