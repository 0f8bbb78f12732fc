"""Values just inside limits, and just beyond them, for a property that the typed API builds from one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.limits.limits import Limits
from tests.unit.wrong_inputs.studio import Studio

Build = Callable[[Studio, Any], object]

OURS = "An Enum or a bool of ours, a choice of methods, or a word that we write: there is no wrong one to give."
CONSTRUCT = "An attribute of a construct, which the CDK or the deployment makes."
ONE = "The argument takes one, of which we make a list."

_ODD = (" ", "\n", "_", "/", "~/", ":", "*", ".", "-", "A", "é", "\N{ARABIC-INDIC DIGIT ONE}")


class Held(Protocol):
    """A property whose limits the library holds: how to set it, and to what."""

    build: Build

    def right(self, limits: Limits) -> list[Any]:
        """Return values just inside, which must come out in the template."""
        ...

    def around(self, limits: Limits) -> Iterator[Any]:
        """Yield values about the limits; those that cfn-lint refuses must be refused."""
        ...


@dataclass(frozen=True, init=False)
class Text(Held):
    """Text: each example comes out, and what is like it but longer, shorter or oddly spelt is about the limits."""

    build: Build
    examples: tuple[str, ...]

    def __init__(self, build: Build, *examples: str) -> None:
        object.__setattr__(self, "build", build)
        object.__setattr__(self, "examples", examples)

    def right(self, limits: Limits) -> list[Any]:
        return list(self.examples)

    def around(self, limits: Limits) -> Iterator[Any]:
        longer = limits.keywords.get("maxLength", 0) + 1
        shorter = limits.keywords.get("minLength", 1) - 1
        for text in self.examples[:1]:
            middle = len(text) // 2
            yield from (text.ljust(longer, text[-1]), text.ljust(longer, "a"), text[:shorter])
            yield from (text.upper(), text.swapcase(), text[1:], text[:-1], text[:middle], text[middle:])
            for odd in _ODD:
                yield from (odd, odd + text, text + odd, text[:middle] + odd + text[middle:], odd + text[1:])


@dataclass(frozen=True)
class Number(Held):
    """A whole number: the least and the greatest that the schema has, or the least that the library takes."""

    build: Build
    least: int | None = None

    def right(self, limits: Limits) -> list[Any]:
        greatest = limits.keywords.get("maximum")
        return [
            limits.keywords["minimum"] if self.least is None else self.least,
            *([] if greatest is None else [greatest]),
        ]

    def around(self, limits: Limits) -> Iterator[Any]:
        for extreme in dict.fromkeys((limits.keywords["minimum"], *self.right(limits))):
            yield from (extreme - 1, extreme + 1, extreme + 0.5)


@dataclass(frozen=True)
class Items(Held):
    """A list of distinct items: one of them, and as many as the library takes."""

    build: Build
    item: Callable[[int], Any] = field(repr=False)
    most: int

    def right(self, limits: Limits) -> list[Any]:
        return [self._of(1), self._of(self.most)]

    def around(self, limits: Limits) -> Iterator[Any]:
        if "maxItems" in limits.keywords:
            yield self._of(limits.keywords["maxItems"] + 1)
        yield self._of(limits.keywords.get("minItems", 0) - 1)
        yield [*self._of(1), *self._of(1)]

    def _of(self, count: int) -> list[Any]:
        return [self.item(number) for number in range(count)]


@dataclass(frozen=True)
class Made:
    """A property that the library makes of what it is given: of the longest it makes one within the limits."""

    build: Callable[[Studio], object]


@dataclass(frozen=True)
class Open:
    """A property where the library takes more than cfn-lint: a value that cfn-lint refuses, and the reason."""

    build: Build
    value: Any
    reason: str
