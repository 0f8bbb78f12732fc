"""What an id refers to, where this app defines it."""

from __future__ import annotations

from typing import Any

from aws_cdk import CfnElement, Reference, Tokenization


def element_of(text: str) -> CfnElement | None:
    """Return the resource or the parameter that a text as a whole refers to, None for any other text."""
    fragments = Tokenization.reverse_string(text)
    token: Any = fragments.first_token
    if fragments.length != 1 or not Reference.is_reference(token):
        return None
    return token.target if isinstance(token.target, CfnElement) else None
