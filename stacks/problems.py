"""What is wrong with a settings file, collected so that everything is said at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from constructs_lib.errors import closest
from stacks.settings_file import Location, SettingsError, SettingsFile


@dataclass(frozen=True)
class _Argument:
    """An argument of a construct, as the file has it: the key, and what to write there."""

    key: Location
    fix: str


_ARGUMENTS = {
    "allowed_instance_types": _Argument(("instance_types",), "write fewer"),
    "app": _Argument(("app",), "write JupyterLab, or give the space to one user"),
    "custom_images": _Argument(("images",), "write fewer"),
    "idle shutdown": _Argument(
        ("idle_shutdown_minutes",), "leave it out, or write a number of minutes for the domain in place of off"
    ),
    "image": _Argument(
        ("image",),
        "write an image that fits the instance_type and the region: cpu, gpu, one of domain.images, or an ARN",
    ),
    "instance_type": _Argument(("instance_type",), "write one of these, or add it to domain.instance_types"),
    "key": _Argument(("encryption", "key_arn"), "write the ARN of a key of that region"),
    "lifecycle_configs": _Argument(("scripts",), "write fewer"),
    "path": _Argument(("file",), "write the path of a script from the folder of this file"),
    "repository and tag": _Argument(
        ("repository",), "write a shorter tag, in place of a digest too, or name a repository with a shorter name"
    ),
    "script": _Argument(("file",), "begin it with #!/bin/bash, and let it fetch from a bucket what is long"),
    "security_group_ids": _Argument(("vpc", "security_group_ids"), "write each once"),
    "spaces": _Argument((), "write fewer spaces or members"),
    "sso_user": _Argument(("sso_user",), "users have one if domain.auth_mode is SSO, and only then"),
    "storage": _Argument(("storage_gb",), "write less, or raise domain.storage.maximum_gb"),
    "subnet_ids": _Argument(("vpc", "subnet_ids"), "write each once"),
    "tag_or_digest": _Argument(("tag",), "write a tag for each build, or a digest in place of it"),
}


class Problems:
    """The problems found in one settings file so far."""

    def __init__(self, file: SettingsFile) -> None:
        self._file = file
        self._lines: list[tuple[int, str]] = []

    def add(self, location: Location, message: str) -> None:
        """Note a problem at a place in the file."""
        line = self._file.line_of(location)
        self._lines.append((line, f"{self._file.path}:{line}: {_dotted(location)}: {' '.join(message.split())}"))

    @contextmanager
    def at(self, location: Location) -> Iterator[None]:
        """Note what a construct refuses in the block as problems at this place, and go on after the block."""
        try:
            yield
        except ValueError as error:
            for line in str(error).splitlines():
                self._add_refusal(location, line)

    def raise_if_any(self) -> None:
        """End the reading if there is a problem.

        Raises:
            SettingsError: there is at least one.
        """
        if self._lines:
            raise SettingsError("\n".join(line for _, line in sorted(self._lines)))

    def _add_refusal(self, location: Location, line: str) -> None:
        """Note a construct's refusal in the words of the file: it speaks of arguments, and advises calls."""
        refusal = re.sub(r"^\[[^]]*\] ", "", line)
        argument = next((one for name, one in _ARGUMENTS.items() if refusal.startswith(f"{name} must ")), None)
        if argument is None:
            self.add(location, refusal)
        else:
            self.add((*location, *argument.key), f"must {_what(refusal)}; {argument.fix}")


def hint(word: str, words: Sequence[str], otherwise: str) -> str:
    """Return what to do about a word that is none of these: the one that was meant, or else something else."""
    close = closest(word, words)
    return f"did you mean {close!r}?" if close else otherwise


def _what(refusal: str) -> str:
    return refusal.partition("; ")[0].partition(" must ")[2]


def _dotted(location: Location) -> str:
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return steps.removeprefix(".") or "the file"
