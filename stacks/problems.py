"""What is wrong with a settings file, collected so that everything is said at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from stacks.settings_file import Location, SettingsError, SettingsFile


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
        """Note what a construct refuses in the block as a problem at this place, and go on after the block."""
        try:
            yield
        except ValueError as error:
            for line in str(error).splitlines():
                self.add(location, line)

    def raise_if_any(self) -> None:
        """End the reading if there is a problem.

        Raises:
            SettingsError: there is at least one.
        """
        if self._lines:
            raise SettingsError("\n".join(line for _, line in sorted(self._lines)))


def _dotted(location: Location) -> str:
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return steps.removeprefix(".") or "the file"
