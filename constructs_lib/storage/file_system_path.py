"""Paths on a file system."""

from __future__ import annotations

import re

from aws_cdk import Token

from constructs_lib.errors import check_type

_MAXIMUM_LENGTH = 256


def check_path(path: str) -> None:
    """Refuse what is no absolute path as Studio takes it.

    Raises:
        TypeError: it is no text.
        ValueError: it is relative, too long, or has spaces in it, or steps that lead out of it.
    """
    check_type("path", path, str, "'/alice' say")
    if Token.is_unresolved(path):
        return
    if not re.fullmatch(r"/\S*", path, re.ASCII) or len(path) > _MAXIMUM_LENGTH:
        raise ValueError(
            f"path must be 1..{_MAXIMUM_LENGTH} characters without spaces that start with '/', got {path!r}; "
            "pass one such as '/alice'"
        )
    steps = path.split("/")
    if ".." in steps or "." in steps:
        raise ValueError(f"path must have no '.' and no '..' in it, got {path!r}; write it out")


def check_directory_path(path: str) -> None:
    """Refuse what names no directory below the root.

    Raises:
        TypeError: it is no text.
        ValueError: it is the root, or has empty steps, or is no path at all.
    """
    check_path(path)
    if not all(path.split("/")[1:]) and not Token.is_unresolved(path):
        raise ValueError(f"path must name a directory below the root, got {path!r}; pass one such as '/alice'")
