"""Values that nobody knows before the deployment."""

from __future__ import annotations

import json
import re
from typing import Any

_OPEN, _CLOSE = "\ue000", "\ue001"  # of no alphabet, so that no template has them
UNRESOLVED = re.compile(f"{_OPEN}[^{_CLOSE}]*{_CLOSE}")
"""A piece of a text that is unresolved."""


class Unresolved(Exception):
    """A value that the templates do not tell.

    Attributes:
        expression: what stands in its place.
    """

    def __init__(self, expression: Any) -> None:
        """Name what stands in the place of the value."""
        self.expression = expression if isinstance(expression, str) else json.dumps(expression, separators=(",", ":"))
        super().__init__(f"nobody knows {self.expression} before the deployment")

    def as_text(self) -> str:
        """Return the value as a piece of a longer text, of which the rest is known."""
        return f"{_OPEN}{without_marks(self.expression)}{_CLOSE}"


def is_known(value: Any) -> bool:
    """Whether no piece of a text, or of the texts in a list or a map, is unresolved."""
    if isinstance(value, dict):
        return all(is_known(one) for one in value.values())
    if isinstance(value, list):
        return all(is_known(one) for one in value)
    return not isinstance(value, str) or _OPEN not in value


def without_marks(text: str) -> str:
    """Return a text for people, with the unresolved pieces as they stand in the template."""
    return text.replace(_OPEN, "").replace(_CLOSE, "")
