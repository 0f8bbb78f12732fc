"""The file that is committed beside the settings."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from constructs_lib.safety.locked_resource import LockedResource

_VERSION = 1


class LockError(Exception):
    """The lock cannot be relied on; the message says why."""


class LockFile:
    """A lock in a file, one entry for each resource, sorted: two branches that lock different resources merge as text.

    Each entry has a digest of its own, which tells that somebody has edited it; it is no signature.
    """

    def __init__(self, path: Path) -> None:
        """Name the file, which need not exist."""
        self.path = path

    def read(self) -> dict[str, LockedResource] | None:
        """Return the resources by their keys, None if there is no file.

        Raises:
            LockError: the file is unreadable, of another version, or was edited.
        """
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise LockError(f"{self.path} cannot be read: {error}; restore it from version control") from None
        try:
            return self._entries(json.loads(text, object_pairs_hook=_without_repetition))
        except (ValueError, TypeError, RecursionError) as error:
            raise LockError(
                f"{self.path} must be a lock as make lock writes it, got one that cannot be read: {error}; restore it "
                "from version control, or resolve the merge so that it has the entries of both sides"
            ) from None

    def write(self, resources: Iterable[LockedResource]) -> None:
        """Write the file anew, whole or not at all."""
        entries = {one.key: one.to_json() for one in resources}
        text = json.dumps({"resources": entries, "version": _VERSION}, indent=2, sort_keys=True, ensure_ascii=False)
        path = self.path.resolve()
        unfinished = path.with_name(f"{path.name}.new")
        unfinished.write_text(f"{text}\n", encoding="utf-8", newline="\n")
        os.replace(unfinished, path)

    def _entries(self, content: Any) -> dict[str, LockedResource]:
        if not isinstance(content, dict) or set(content) != {"resources", "version"}:
            raise ValueError("it must have resources and a version")
        if content["version"] != _VERSION:
            raise LockError(
                f"{self.path} must be of version {_VERSION}, got {content['version']!r}; use the library that wrote it"
            )
        if not isinstance(content["resources"], dict):
            raise ValueError("resources must have a key each")
        found = {key: LockedResource.from_json(key, entry) for key, entry in content["resources"].items()}
        edited = [key for key, (_, is_as_written) in found.items() if not is_as_written]
        if edited:
            raise LockError(
                f"{self.path} must be as make lock wrote it, got {', '.join(edited)} edited by hand; restore it from "
                "version control, and accept changes by name"
            )
        return {key: resource for key, (resource, _) in found.items()}


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands in it twice")
    return found
