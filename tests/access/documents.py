"""Short ways to write policies."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]
Statement = dict[str, Any]


def policy(*statements: Statement) -> Document:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(action: str | list[str], resource: str | list[str] = "*", **others: Any) -> Statement:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **others}
