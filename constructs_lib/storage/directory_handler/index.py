"""Makes directories on a file system for those who mount them. It deletes nothing."""

from __future__ import annotations

import os
from typing import Any

_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW  # users make links, which must not lead elsewhere
_PARENT = 0o755


def on_event(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Answer the provider framework of the CDK."""
    properties = event["ResourceProperties"]
    if event["RequestType"] != "Delete":
        make(
            os.environ["ROOT"],
            properties["Path"],
            uid=int(properties["Uid"]),
            gid=int(properties["Gid"]),
            mode=int(properties["Mode"], base=8),
        )
    return {"PhysicalResourceId": properties["Path"]}


def make(root: str, path: str, *, uid: int, gid: int, mode: int) -> None:
    """Make a directory with its parents, unless it is there.

    One that is there and empty is given to its owner; one with files in it must be its owner's already.

    Raises:
        ValueError: the path leads nowhere or out of the root, or others have files there.
        OSError: a step of the path is no directory.
    """
    steps = path.strip("/").split("/")
    if not all(steps) or not {".", ".."}.isdisjoint(steps):
        raise ValueError(f"Path must name a directory below the root, without '.' and '..', got {path!r}")
    place = os.open(root, _DIRECTORY)
    try:
        for step in steps[:-1]:
            place = _entered(place, step)
        place = _entered(place, steps[-1])
        _give(place, path, uid=uid, gid=gid, mode=mode)
    finally:
        os.close(place)


def _entered(place: int, step: str) -> int:
    """Go from an open directory into one beneath it, which is made if it is not there."""
    try:
        os.mkdir(step, dir_fd=place)
        is_new = True
    except FileExistsError:
        is_new = False
    beneath = os.open(step, _DIRECTORY, dir_fd=place)
    if is_new:
        os.fchmod(beneath, _PARENT)
    os.close(place)
    return beneath


def _give(place: int, path: str, *, uid: int, gid: int, mode: int) -> None:
    found = os.fstat(place)
    if os.listdir(place):
        if (found.st_uid, found.st_gid) != (uid, gid):
            raise ValueError(
                f"{path} must be {uid}:{gid}'s or empty, got files of {found.st_uid}:{found.st_gid}; "
                "choose another path, or move these files away"
            )
        return
    os.fchown(place, uid, gid)
    os.fchmod(place, mode)
