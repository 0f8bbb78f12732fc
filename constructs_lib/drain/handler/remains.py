"""What a pass leaves behind, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .answers import REFUSED, check_allowed, is_gone, reason
from .deadline import DEADLINE
from .refusal import RefusalError

BEING_DELETED = "being deleted"
"""Why most things are left: AWS needs a while."""

_AT_MOST = 10
_CHARACTERS = 1500  # CloudFormation takes 4096 bytes, and the provider framework adds a trace of its own


class Remains:
    """The things that are left after one pass, each with the reason why."""

    def __init__(self, *, is_late: Callable[[], bool]) -> None:
        """Begin with nothing; ``is_late`` tells when the pass should come to an end."""
        self._is_late = is_late
        self._reasons: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self._reasons)

    def __str__(self) -> str:
        return "; ".join(self._lines())

    def note(self, thing: str, why: str) -> None:
        """Note that a thing is left; the last word on a thing counts."""
        self._reasons[thing] = why

    def note_refusal(self, thing: str, error: Exception) -> None:
        """Note a thing that AWS did not delete or show, throttled requests included: a later pass asks again.

        Raises:
            RefusalError: the role of the drain lacks a permission.
        """
        check_allowed(error)
        self.note(thing, reason(error))

    def request(
        self, thing: str, deletion: Callable[..., object], *, is_under_way: bool = False, **arguments: object
    ) -> None:
        """Ask for the deletion of a thing unless it is under way, and note the thing unless AWS has it no longer.

        Raises:
            RefusalError: the role of the drain lacks a permission.
        """
        if is_under_way:
            self.note(thing, BEING_DELETED)
            return
        if self._is_late():
            self.note(thing, "left to the next pass")
            return
        try:
            deletion(**arguments)
        except REFUSED as error:
            if not is_gone(error):
                self.note_refusal(thing, error)
        else:
            self.note(thing, BEING_DELETED)

    def give_up(self) -> None:
        """Say what is left after the deadline.

        Raises:
            RefusalError: always.
        """
        raise RefusalError(
            f"the drain must end within {DEADLINE // 60} minutes, got {len(self._reasons)} left: "
            f"{listing(self._lines())}; delete them or wait until they are gone, then delete the stack again"
        )

    def _lines(self) -> list[str]:
        return [f"{thing} ({why})" for thing, why in self._reasons.items()]


def listing(things: Sequence[str]) -> str:
    """Return the first few things, and how many more there are, in about as much as CloudFormation takes."""
    shown: list[str] = []
    for thing in things[:_AT_MOST]:
        if shown and len(", ".join([*shown, thing])) > _CHARACTERS:
            break
        shown.append(thing)
    more = f" and {len(things) - len(shown)} more" if len(shown) < len(things) else ""
    return ", ".join(shown) + more
