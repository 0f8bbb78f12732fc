"""Policy documents as plain data, and what IAM takes of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

Statement = dict[str, Any]

MAXIMUM_SIZE = 6144
"""The characters that a managed policy may have, white space apart.

See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

_TOKEN = r"\$\{Token\[[^]]*\]\}"
_LENGTHS = (  # what a token stands for at most
    (rf'(?<="){_TOKEN}(?=")', 128),  # by itself: the ARN of an image or a role
    (rf'(?<=/){_TOKEN}(?="|/\*")', 63),  # at the end of an ARN: the name of a space or a profile
    (r"\$\{Token\[AWS\.Partition\.\d+\]\}", 10),
    (r"\$\{Token\[AWS\.AccountId\.\d+\]\}", 12),
    (_TOKEN, 15),  # the region, or the id of the domain
)


def policy_document(statements: Iterable[Statement]) -> dict[str, Any]:
    """Return the document that holds the statements."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def size_of(statements: Iterable[Statement]) -> int:
    """Return how many characters IAM counts at most, whatever account the policy is deployed to."""
    text = json.dumps(policy_document(statements), separators=(",", ":"))
    for token, length in _LENGTHS:
        text = re.sub(token, "x" * length, text)
    return len(text)


def in_policies(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Return the statements in as many lists as managed policies are needed to hold them, in order.

    Raises:
        ValueError: a single statement is more than a policy holds.
    """
    policies: list[list[Statement]] = []
    for statement in statements:
        if (size := size_of([statement])) > MAXIMUM_SIZE:
            raise ValueError(
                f"a policy must have at most {MAXIMUM_SIZE} characters, "
                f"got {size} in the statement {statement['Sid']!r}; name fewer things"
            )
        if not policies or size_of([*policies[-1], statement]) > MAXIMUM_SIZE:
            policies.append([])
        policies[-1].append(statement)
    return policies
