"""What the ARNs of policies, with wildcards and policy variables, leave open."""

from __future__ import annotations

import re
from functools import cache

from constructs_lib.templates.unresolved import UNRESOLVED, Unresolved

_ONE = re.compile(r"\$\{[^}]*\}|<[^>]*>")  # a policy variable, or a reference to a resource
_UNKNOWN = "\0"


def leaves_open(pattern: str, kind: str, *, segments: int | None = None) -> bool:
    """Whether an ARN of a policy covers more than one resource of a kind.

    Args:
        pattern: the ARN, with wildcards and policy variables.
        kind: ``user-profile``, ``role`` and the like.
        segments: how many segments of the name tell the resources apart. Default: all.

    Raises:
        Unresolved: only the deployment knows.
    """
    known = _ONE.sub("x", UNRESOLVED.sub(_UNKNOWN, pattern))
    if not known.startswith("arn:"):
        return _is_open(known, pattern)
    pieces = known.split(":", 5)
    service, name = pieces[2] if len(pieces) > 2 else "*", pieces[-1]
    if not (_UNKNOWN in service or matches(service, "iam" if kind == "role" else "sagemaker")):
        return False
    if name.startswith(f"{kind}/"):
        return _is_open("/".join(name.split("/")[1:][:segments]), pattern)
    if _may_begin(name, kind):
        return True
    if _may_begin(name.replace(_UNKNOWN, "*"), kind):
        raise Unresolved(pattern)
    return False


@cache
def matches(pattern: str, text: str) -> bool:
    """Whether a pattern of IAM covers a text, in whichever case."""
    pattern, text = pattern.lower(), text.lower()
    reached = {0}  # the lengths of text that what was read of the pattern covers
    for wanted in pattern:
        if wanted == "*":
            reached = set(range(min(reached), len(text) + 1))
        else:
            reached = {at + 1 for at in reached if at < len(text) and wanted in ("?", text[at])}
        if not reached:
            return False
    return len(text) in reached


def _is_open(name: str, pattern: str) -> bool:
    if "*" in name or "?" in name:
        return True
    if _UNKNOWN in name:
        raise Unresolved(pattern)
    return False


def _may_begin(name: str, kind: str) -> bool:
    return any(matches(name[:end], f"{kind}/") for end in range(1, len(name) + 1))
