"""YAML that knows its line numbers and refuses two values for one key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Location = tuple[str | int, ...]
"""The way to a value: keys, and indices of lists."""


class SettingsError(Exception):
    """The settings cannot be used; the message has one line for each problem."""


@dataclass(frozen=True)
class SettingsFile:
    """What a YAML file says, and where."""

    path: Path
    data: Any
    repeated: tuple[Location, ...]
    _lines: dict[tuple[str, ...], int]

    @staticmethod
    def read(path: Path) -> SettingsFile:
        """Read the file.

        Raises:
            SettingsError: it is not there or not YAML.
        """
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise SettingsError(f"{path}: cannot be read: {error.strerror}; name another file with CONFIG=") from None
        except UnicodeDecodeError as error:
            raise SettingsError(f"{path}: is not UTF-8: {error.reason} at byte {error.start}") from None
        if "Token[" in text:
            raise SettingsError(f"{path}: must not hold 'Token[', which means something to the CDK; leave it out")
        lines: dict[tuple[str, ...], int] = {}
        repeated: list[Location] = []
        try:
            for location, line in _places(yaml.compose(text, Loader=yaml.SafeLoader)):
                place = tuple(map(str, location))
                if place in lines and not any(location[: len(one)] == one for one in repeated):
                    repeated.append(location)
                lines[place] = line
            data = yaml.safe_load(text)
        except RecursionError:
            raise SettingsError(f"{path}: is nested too deep to be read; write fewer lists in lists") from None
        except (yaml.YAMLError, ValueError) as error:
            raise SettingsError(f"{path}: is not YAML that can be read: {' '.join(str(error).split())}") from None
        return SettingsFile(path, data, tuple(repeated), lines)

    def line_of(self, location: Location) -> int:
        """Return the line of a value, or of the nearest one around it."""
        for length in range(len(location), 0, -1):
            around = tuple(map(str, location[:length]))
            if around in self._lines:
                return self._lines[around]
        return 1


def _places(
    node: yaml.Node | None, location: Location = (), around: tuple[yaml.Node, ...] = ()
) -> Iterator[tuple[Location, int]]:
    if node in around:
        raise yaml.MarkedYAMLError(
            problem="must not hold an alias of itself; write out what the alias means", problem_mark=node.start_mark
        )
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*location, key.value), key.start_mark.line + 1
            yield from _places(value, (*location, key.value), (*around, node))
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield (*location, index), item.start_mark.line + 1
            yield from _places(item, (*location, index), (*around, node))
