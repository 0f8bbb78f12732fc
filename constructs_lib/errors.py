"""How refusals name the construct they speak of, and what was given in place of the right thing."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from constructs import IConstruct


@contextmanager
def located_at(construct: IConstruct) -> Iterator[None]:
    """Prefix every line of a ``ValueError`` in the block with the path of the construct, unless it has one.

    The path is read only when there is something to report: it costs a call to the CDK.
    """
    try:
        yield
    except ValueError as error:
        path = construct.node.path
        lines = (line if line.startswith("[") else f"[{path}] {line}" for line in str(error).splitlines())
        raise ValueError("\n".join(lines)) from None


def refuse_all(problems: Iterable[str]) -> None:
    """Refuse everything that is wrong at once, a line each.

    Raises:
        ValueError: there is a problem.
    """
    if lines := list(problems):
        raise ValueError("\n".join(lines))


def closest(word: str, words: Iterable[str]) -> str | None:
    """Return the word that somebody may have meant, None if none resembles it."""
    known = list(words)
    close = difflib.get_close_matches(word, known, n=1) or [one for one in known if one.lower() == word.lower()]
    return close[0] if close else None


def check_no_text(argument: str, given: object, make: str) -> None:
    """Refuse text where a construct or a list is wanted, for those who run no type checker.

    Raises:
        TypeError: the argument is text.
    """
    if isinstance(given, str):
        raise TypeError(f"{argument} must not be text, got {given!r}; pass {make}")


def check_type(argument: str, given: object, wanted: type | tuple[type, ...], make: str) -> None:
    """Refuse what a type checker would refuse, for those who run none.

    Raises:
        TypeError: the argument is given, and of another type.
    """
    if given is not None and not isinstance(given, wanted):
        names = " or ".join(one.__name__ for one in (wanted if isinstance(wanted, tuple) else (wanted,)))
        raise TypeError(f"{argument} must be of type {names}, got {given!r}; pass {make}")


def check_at_most(argument: str, given: Sequence[object], maximum: int) -> None:
    """Refuse a list that is longer than AWS takes.

    Raises:
        ValueError: it is longer.
    """
    if len(given) > maximum:
        raise ValueError(f"{argument} must be at most {maximum}, got {len(given)}; leave out {len(given) - maximum}")


def check_distinct(argument: str, given: Sequence[object]) -> None:
    """Refuse a list in which something stands twice.

    Raises:
        ValueError: something does.
    """
    if twice := next((one for index, one in enumerate(given) if one in given[:index]), None):
        raise ValueError(f"{argument} must differ from each other, got {twice!r} twice; pass it once")
