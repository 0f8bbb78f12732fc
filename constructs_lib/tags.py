"""Tags as CloudFormation takes them for SageMaker."""

import unicodedata
from collections.abc import Iterator, Mapping

from aws_cdk import Token

_MAXIMUM_TAGS = 50
_MAXIMUM_LENGTH = 128


def tag_problems(tags: Mapping[str, str]) -> Iterator[str]:
    """Say what CloudFormation, stricter for SageMaker than for others, would refuse of these tags."""
    if len(tags) > _MAXIMUM_TAGS:
        yield f"tags must be at most {_MAXIMUM_TAGS}, got {len(tags)}; leave out {len(tags) - _MAXIMUM_TAGS}"
    keys: dict[str, str] = {}
    for key in tags:
        if (other := keys.setdefault(key.lower(), key)) != key:
            yield f"tags must not differ in case only, got {key!r} beside {other!r}; IAM takes both for one, drop one"
    for key, value in tags.items():
        if not isinstance(value, str):
            yield f"the value of a tag must be text, got {value!r} for {key!r}; pass str({value!r})"
            continue
        if key.lower().startswith("aws:"):
            yield f"tags must not start with 'aws:', got {key!r}; that prefix belongs to AWS, choose another key"
        for part, text in (("key", key), ("value", value)):
            if not _is_taken(text) and not Token.is_unresolved(text):
                yield (
                    f"the {part} of a tag must be 1..{_MAXIMUM_LENGTH} letters, digits, spaces and _.:/=+-@, "
                    f"got {text!r}; change the {part}, CloudFormation takes no other characters"
                )


def _is_taken(text: str) -> bool:
    return 1 <= len(text) <= _MAXIMUM_LENGTH and all(
        character in "_.:/=+-@" or unicodedata.category(character)[0] in "LZN" for character in text
    )
