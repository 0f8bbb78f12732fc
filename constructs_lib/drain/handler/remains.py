"""What a pass leaves behind, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .answers import REFUSED, is_denied, is_gone, reason
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
        self._is_denied = False

    def __bool__(self) -> bool:
        return bool(self._reasons)

    def __str__(self) -> str:
        return "; ".join(self._lines())

    def note(self, thing: str, why: str) -> None:
        """Note that a thing is left; the last word on a thing counts."""
        self._reasons[thing] = why

    def note_refusal(self, thing: str, error: Exception) -> None:
        """Note a thing that AWS did not delete or show, throttled requests included: a later pass asks again."""
        self._is_denied |= is_denied(error)
        self.note(thing, reason(error))

    def request(
        self, thing: str, deletion: Callable[..., object], *, is_under_way: bool = False, **arguments: object
    ) -> None:
        """Ask for the deletion of a thing unless it is under way, and note the thing unless AWS has it no longer."""
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

    def check_hope(self, *, is_over: bool) -> None:
        """Say what is left if another pass is no use.

        Raises:
            RefusalError: it is over, or the role of the drain lacks a permission.
        """
        left = f"got {len(self._reasons)} left: {listing(self._lines())}"
        if self._is_denied:
            raise RefusalError(
                f"the role of the drain must be allowed what the drain does, {left}; allow it, then delete the stack "
                "again"
            )
        if is_over:
            raise RefusalError(
                f"the drain must end within {DEADLINE // 60} minutes, {left}; delete them or wait until they are gone, "
                "then delete the stack again"
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
