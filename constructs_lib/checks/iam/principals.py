"""Who a statement of a resource's policy speaks of."""

from __future__ import annotations

from constructs_lib.templates.resource import Part, UnresolvedProperty
from constructs_lib.templates.unresolved import is_known


def principals(statement: Part) -> list[str]:
    """Return the principals of a statement as ``TYPE:PRINCIPAL``, and ``*`` for everybody.

    Raises:
        UnresolvedProperty: only the deployment knows.
    """
    found = statement.text("Principal")
    if isinstance(found, str) and not is_known(found):
        raise UnresolvedProperty(statement, "Principal", found)
    if statement.below("NotPrincipal").exists:
        return ["*"]
    if not isinstance(found, dict):
        return [str(found)]
    return [
        "*" if one == "*" and kind == "AWS" else f"{kind}:{one}"
        for kind, named in found.items()
        for one in (named if isinstance(named, list) else [named])
    ]
