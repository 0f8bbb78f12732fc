"""How time passes."""

from __future__ import annotations

import time

from .patience import PAUSE


class Clock:
    """The seconds since a request came."""

    def __init__(self) -> None:
        """Begin to count."""
        self._began = time.monotonic()

    def elapsed(self) -> float:
        """Return how many have passed."""
        return time.monotonic() - self._began

    def pause(self) -> None:
        """Let some pass."""
        time.sleep(PAUSE)
