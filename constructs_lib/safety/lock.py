"""Makes the lock of a CDK app that was synthesized: ``python -m constructs_lib.safety.lock studio.lock.json``.

New resources are added. What would be lost is refused, unless it is accepted by name.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from constructs_lib.safety.change import Change, Danger
from constructs_lib.safety.comparison import compare
from constructs_lib.safety.lock_file import LockError, LockFile
from constructs_lib.safety.locked_resource import LockedResource
from constructs_lib.safety.stateful_resources import StatefulResources
from constructs_lib.templates.assembly import Assembly

_OF_WHOLE_STACKS = (Danger.DELETION_POLICY, Danger.STACK_GONE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit code: 1 if the lock stays as it is because something would be lost."""
    parser = argparse.ArgumentParser(prog="python -m constructs_lib.safety.lock", description=__doc__)
    parser.add_argument("file", type=Path, help="the file of the lock, which is made if there is none")
    parser.add_argument("--app", type=Path, default="cdk.out", metavar="FOLDER", help="what cdk synth wrote: cdk.out")
    parser.add_argument(
        "--accept",
        action="append",
        default=[],
        metavar="STACK/LOGICALID",
        help="a resource that may be lost, once for each; STACK/* for a stack that is gone, or that is no longer kept",
    )
    given = parser.parse_args(arguments)
    try:
        print(make_lock(LockFile(given.file), Assembly.in_folder(given.app), given.accept))
    except (LockError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    except (AttributeError, LookupError, TypeError) as error:
        print(f"{given.app} must be what cdk synth wrote, got {error!r}; synthesize the app anew", file=sys.stderr)
        return 1
    return 0


def make_lock(file: LockFile, assembly: Assembly, accept: Sequence[str]) -> str:
    """Write the lock of an app anew, and return what is new in it in one line.

    Raises:
        LockError: the lock cannot be read, or something would be lost that is not accepted, or cannot be.
    """
    present = StatefulResources(assembly)
    locked = file.read() or {}
    changes = compare(locked, present)
    accepted = _accepted(changes, accept)
    if problems := [f"{one}; {one.way_out(file.path)}" for one in changes if one.held_by or one.id not in accepted]:
        raise LockError("\n".join(problems))
    file.write(present.resources.values())
    return f"{file.path}: {_news(locked, present.resources, len(accepted))}"


def _accepted(changes: Sequence[Change], accept: Sequence[str]) -> set[tuple[str, Danger]]:
    """Return the ids of the changes that are accepted.

    Raises:
        LockError: a name means nothing that would be lost, or more than one thing.
    """
    accepted: set[tuple[str, Danger]] = set()
    for name in accept:
        meant = {change.id for change in changes if _means(name, change)}
        keys = {key for key, _ in meant}
        if not keys:
            rest = ", ".join(sorted({change.locked.key for change in changes})) or "nothing: nothing would be lost"
            raise LockError(f"what is accepted must be something that would be lost, got {name}; accept {rest}")
        if len(keys) > 1 and not name.endswith("/*"):
            raise LockError(f"what is accepted must be one resource, got {name}; accept {' or '.join(sorted(keys))}")
        accepted |= meant
    return accepted


def _means(name: str, change: Change) -> bool:
    key = change.locked.key
    if name.endswith("/*"):
        return change.danger in _OF_WHOLE_STACKS and name == f"{change.locked.stack}/*"
    return key == name or key.endswith(f"/{name}")


def _news(locked: Mapping[str, LockedResource], present: Mapping[str, LockedResource], accepted: int) -> str:
    added = len(present.keys() - locked.keys())
    changed = sum(1 for key, one in present.items() if key in locked and locked[key] != one)
    gone = len(locked.keys() - present.keys())
    return f"{len(present)} resources, {added} new, {changed} changed, {gone} gone, {accepted} accepted"


if __name__ == "__main__":
    sys.exit(main())
