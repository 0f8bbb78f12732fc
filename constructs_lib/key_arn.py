"""The ARNs of KMS keys, and of their aliases, that settings name."""

from __future__ import annotations

import re

from aws_cdk import aws_kms as kms

from constructs_lib.errors import check_no_text
from constructs_lib.lookup import is_unresolved

_KEY_ARN = re.compile(r"(?=.{,2048}$)arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key/[A-Za-z0-9-]+|alias/[\w/-]+)", re.ASCII)


def is_alias(key: kms.IKey) -> bool:
    """Tell whether a key is given by an alias, be it one of this app or an import."""
    return isinstance(key, kms.Alias) or ":alias/" in key.key_arn


def check_key_arn(argument: str, key: kms.IKey | None) -> None:
    """Refuse a key that a service cannot name.

    Raises:
        TypeError: it is text.
        ValueError: its ARN is known, and malformed.
    """
    check_no_text(argument, key, "kms.Key.from_key_arn(...) say")
    if key is None:
        return
    arn = key.key_arn
    if not _KEY_ARN.fullmatch(arn) and not is_unresolved(arn):
        raise ValueError(
            f"{argument} must have an ARN such as arn:PARTITION:kms:REGION:ACCOUNT:key/ID, got {arn!r}; "
            "pass a key with such an ARN"
        )
