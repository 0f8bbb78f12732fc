"""What it means when AWS refuses a request."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

REFUSED = (ClientError, ConnectionError, HTTPClientError)
"""What a request raises that AWS refused, or that never reached AWS."""

_DENIED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})
_GONE = frozenset(
    {
        "FileSystemNotFound",
        "InvalidGroup.NotFound",
        "InvalidPermission.NotFound",
        "MountTargetNotFound",
        "ResourceNotFound",
    }
)
_INVALID = frozenset({"ValidationError", "ValidationException"})
_SAY_GONE = ("does not exist", "has already been deleted", "previously failed and was automatically deleted")


def code_of(error: Exception) -> str:
    """Return the name of an error, as AWS has it."""
    return str(_details(error).get("Code") or type(error).__name__)


def is_gone(error: Exception) -> bool:
    """Whether the thing that the request is about does not exist any more."""
    code = code_of(error)
    return code in _GONE or (code in _INVALID and any(words in str(error) for words in _SAY_GONE))


def is_denied(error: Exception) -> bool:
    """Whether the role of the drain lacks a permission, which no later pass makes better."""
    return code_of(error) in _DENIED


def reason(error: Exception) -> str:
    """Return an error in one short line, of a denial so much that it has the action and the resource."""
    width = 600 if is_denied(error) else 120
    return shorten(f"{code_of(error)}: {_details(error).get('Message') or error}", width, placeholder=" …")


def _details(error: Exception) -> dict[str, Any]:
    return error.response["Error"] if isinstance(error, ClientError) else {}
