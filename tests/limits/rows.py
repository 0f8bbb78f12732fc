"""The rows of all parts, and the one that a path falls under.

A key is the end of a path, ``Space/SpaceName`` say; of several that fit, the longest counts. Our values refuse in
their own constructors, so that one row stands for all the levels that take the value.
"""

from __future__ import annotations

from functools import cache

from tests.limits.parts import PARTS
from tests.limits.values import Held, Made, Open

HELD: dict[str, Held] = {key: held for part in PARTS for key, held in vars(part).get("HELD", {}).items()}
CLOSED: dict[str, str] = {
    key: reason for part in PARTS for reason, keys in vars(part).get("CLOSED", {}).items() for key in keys
}
MADE: dict[str, Made] = {key: row for part in PARTS for key, row in vars(part).get("MADE", {}).items()}
OPEN: dict[str, Open] = {key: row for part in PARTS for key, row in vars(part).get("OPEN", {}).items()}


@cache
def key_for(resource_type: str, path: str) -> str | None:
    """Return the key of the row that a path of a type falls under."""
    full = f"/{resource_type.removeprefix('AWS::SageMaker::')}/{path}"
    fitting = [key for key in (*HELD, *CLOSED, *MADE, *OPEN) if full.endswith(f"/{key}")]
    return max(fitting, key=len, default=None)
