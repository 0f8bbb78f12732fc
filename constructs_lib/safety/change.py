"""A change by which a resource would be lost, and the ways out of it."""

from __future__ import annotations

import enum
import shlex
from dataclasses import dataclass
from pathlib import Path

from constructs_lib.safety.deployed_stack import DeployedStack
from constructs_lib.safety.locked_resource import LockedResource


class Danger(enum.Enum):
    """What an update would do to a resource."""

    APP_TYPE = "AppType"
    CONDITION = "Condition"
    DELETION_POLICY = "DeletionPolicy"
    MOVED = "Moved"
    REMOVED = "Removed"
    RENAMED = "Renamed"
    REPLACED = "Replaced"
    SHRUNK = "Shrunk"
    STACK_GONE = "StackGone"


@dataclass(frozen=True)
class Change:
    """A change by which a resource would be lost.

    Attributes:
        danger: what would happen.
        locked: the resource as it is locked.
        present: what it is now, None if it is gone.
        stack: the stack that it is locked in, or the nearest around that is left; None if none is.
        message: what would be lost, and why.
        held_by: the construct paths of the stacks for which it cannot be accepted.
        cause: the key of the resource that it is replaced with, if it does not change itself.
    """

    danger: Danger
    locked: LockedResource
    present: LockedResource | None
    stack: DeployedStack | None
    message: str
    held_by: tuple[str, ...] = ()
    cause: str | None = None

    def __str__(self) -> str:
        """Return what would be lost, behind where it stands or stood."""
        return f"[{self.locked.construct or self.locked.key}] {self.message}"

    @property
    def id(self) -> tuple[str, Danger]:
        """What it is accepted by."""
        return self.locked.key, self.danger

    def way_out(self, file: Path) -> str:
        """Return what to do about it, with the file of the lock."""
        if self.held_by:
            return (
                f"take the change back, or take what refers to the domain out of {', '.join(self.held_by)} first: "
                "nothing else keeps these from going on with a domain that is gone"
            )
        return (
            f"take the change back; or {accept(file, self.locked.key)}; or keep what there is and import it, see "
            "docs/take-back.md"
        )


def accept(file: Path, name: str) -> str:
    """Return how a change is accepted by a name."""
    name = shlex.quote(name)
    return (
        f"accept it, by python -m constructs_lib.safety.lock {shlex.quote(str(file))} --accept {name}, or by make lock "
        f"with ACCEPT={name} and the CONFIG of the synth"
    )
