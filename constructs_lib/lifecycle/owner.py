"""Whose lifecycle configurations are: the domain that they stand beneath."""

from __future__ import annotations

import json
from functools import cached_property

from aws_cdk import Stack, Token
from constructs import Construct


class Owner:
    """A domain, as the names of its lifecycle configurations tell it from others.

    Attributes:
        name: what the names begin with: the domain's name, or the id of an import.
    """

    def __init__(self, domain: Construct, name: str) -> None:
        """Begin with a domain.

        Args:
            domain: the construct.
            name: what the names begin with.
        """
        self.name = name
        self._domain = domain

    @cached_property
    def path(self) -> str:
        """What tells two domains of one name apart."""
        return self._domain.node.path

    def resolved(self, text: str) -> str:
        """Return a text as the template has it, the same at each synthesis, where tokens are numbered anew."""
        if not Token.is_unresolved(text):
            return text
        return json.dumps(Stack.of(self._domain).resolve(text), sort_keys=True)
