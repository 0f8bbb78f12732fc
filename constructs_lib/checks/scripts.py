"""The script in a lifecycle configuration."""

from __future__ import annotations

import base64
import binascii
import re

from constructs_lib.templates.resource import Part, UnresolvedProperty
from constructs_lib.templates.unresolved import UNRESOLVED, without_marks

_CONTENT = "StudioLifecycleConfigContent"
_WHOLE_LINE = re.compile(rf"^[ \t]*{UNRESOLVED.pattern}[ \t]*$", re.MULTILINE)


def script_of(lifecycle_config: Part) -> str | None:
    """Return the script, None if the content is not text in base64.

    Raises:
        UnresolvedProperty: only the deployment knows a line of it, or all of it.
    """
    raw = _bytes_of(lifecycle_config)
    try:
        script = None if raw is None else raw.decode()
    except UnicodeDecodeError:
        return None
    unknown = _WHOLE_LINE.search(script or "")
    if unknown:
        raise UnresolvedProperty(lifecycle_config, _CONTENT, without_marks(unknown[0].strip()))
    return script


def legible_in(lifecycle_config: Part) -> str:
    """Return whatever can be read of the content, be it a script or not."""
    raw = _bytes_of(lifecycle_config)
    return script_of(lifecycle_config) or (
        str(lifecycle_config.get(_CONTENT)) if raw is None else raw.decode(errors="replace")
    )


def _bytes_of(lifecycle_config: Part) -> bytes | None:
    try:
        return base64.b64decode("".join(str(lifecycle_config.get(_CONTENT)).split()), validate=True)
    except (binascii.Error, ValueError):
        return None
