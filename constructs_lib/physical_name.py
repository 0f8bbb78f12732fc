"""Names that a person sees and CloudFormation cannot change."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from aws_cdk import Token

_PATTERN = re.compile(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}")


class NameRegistry:
    """The names taken in one domain, where upper and lower case are the same name."""

    def __init__(self, argument: str) -> None:
        self._argument = argument
        self._taken: dict[str, str] = {}

    def has(self, name: str) -> bool:
        """Whether the name is taken."""
        return name.lower() in self._taken

    def take(self, name: str) -> None:
        """Take a name that must be well formed and free; a token is taken as it is.

        Raises:
            ValueError: the name breaks SageMaker's pattern, or one differs from it in case at most.
        """
        if not check_physical_name(self._argument, name):
            return
        if other := self._taken.get(name.lower()):
            raise ValueError(
                f"{self._argument} must be unique in the domain whatever its case, got {name!r} beside {other!r}; "
                f"pass another {self._argument}"
            )
        self._taken[name.lower()] = name

    @contextmanager
    def taking(self, name: str) -> Iterator[None]:
        """Take a name for a thing that the block makes, and give it back if that is refused.

        Raises:
            ValueError: as for ``take``.
        """
        self.take(name)
        try:
            yield
        except ValueError:
            self._taken.pop(name.lower(), None)
            raise


def check_physical_name(argument: str, name: str) -> bool:
    """Check a name, and tell whether it is a literal one; it is not if it is a token.

    Raises:
        ValueError: it is a literal that SageMaker would refuse.
    """
    if len(name) <= 63 and _PATTERN.fullmatch(name):
        return True
    if Token.is_unresolved(name):
        return False
    raise ValueError(
        f"{argument} must be 1..63 letters, digits and inner hyphens, got {name!r}; pass {argument}=... to choose it"
    )


def check_free_id(id: str, taken: frozenset[str]) -> None:
    """Refuse a construct id that the construct around it uses itself.

    Raises:
        ValueError: the id is one of these.
    """
    if id in taken:
        raise ValueError(f"id must not be {id!r}, which is an id of the construct's own; pass another id")
