"""What a ``List`` operation is asked for: which resources, in which order, and from where on."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import Any

from localcloud.server.errors import invalid
from localcloud.server.kinds import Kind
from localcloud.server.records import Record

_PAGE = 10  # what the API returns where nobody says how much
_HANDLED = ("MaxResults", "NextToken", "SortBy", "SortOrder")
_TIMES = {
    "Created": "CreationTime",
    "CreationTime": "CreationTime",
    "LastModifiedTime": "LastModifiedTime",
    "ModifiedTime": "LastModifiedTime",
}


def page(kind: Kind, records: Iterable[Record], request: dict[str, Any]) -> tuple[list[dict[str, Any]], str | None]:
    """Return the resources of one page, and the token of the next one if there is one.

    Raises:
        ApiError: a parameter is not offered here, or the token is none.
    """
    unknown = [name for name in request if name not in _HANDLED and not _is_known(kind, name)]
    if unknown:
        raise invalid(f"{', '.join(unknown)} is not offered here.")
    by = _sorted_by(kind, request.get("SortBy", ""))
    is_descending = request.get("SortOrder", "").lower().startswith("desc")
    found = sorted(
        ((shown[by], record.kind.key(shown)), shown)
        for record in records
        for shown in [record.shown]
        if _is_meant(kind, shown, request)
    )
    if is_descending:
        found.reverse()
    if "NextToken" in request:
        last = _place(request["NextToken"])
        found = [one for one in found if (one[0] < last if is_descending else one[0] > last)]
    size = request.get("MaxResults", _PAGE)
    shown = found[:size]
    token = _token(shown[-1][0]) if len(found) > size else None
    return [one for _, one in shown], token


def _is_known(kind: Kind, name: str) -> bool:
    return name in kind.filters or name in kind.contains or name == kind.status or _time(name) is not None


def _is_meant(kind: Kind, shown: dict[str, Any], request: dict[str, Any]) -> bool:
    for name, value in request.items():
        if name in kind.filters and str(shown.get(kind.filters[name], "")).lower() != str(value).lower():
            return False
        if name in kind.contains and value.lower() not in str(shown.get(kind.contains[name], "")).lower():
            return False
        if name == kind.status and shown[name] != value:
            return False
        if (time := _time(name)) is not None and (shown[time] < value) != name.endswith("Before"):
            return False
    return True


def _time(name: str) -> str | None:
    return _TIMES.get(name.removesuffix("Before").removesuffix("After")) if name.endswith(("Before", "After")) else None


def _sorted_by(kind: Kind, asked: str) -> str:
    members = {"lastmodifiedtime": "LastModifiedTime", "version": "Version", "status": kind.status}
    name = asked.replace("_", "").lower()
    if name.endswith("name"):
        return kind.keys[-1]
    return members.get(name) or "CreationTime"


def _token(place: tuple[Any, tuple[str, ...]]) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def _place(token: str) -> tuple[Any, tuple[str, ...]]:
    try:
        value, key = json.loads(base64.urlsafe_b64decode(token))
    except (TypeError, ValueError):
        raise invalid("Invalid NextToken.") from None
    return value, tuple(key)
