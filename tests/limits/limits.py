"""What the resource schemas limit, and what cfn-lint says of a value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cfnlint.jsonschema import StandardValidator
from cfnlint.rules.formats.IamRoleArn import IamRoleArn
from cfnlint.rules.formats.SecurityGroupId import SecurityGroupId
from cfnlint.rules.formats.VpcId import VpcId

from tests.coverage.coverage import left_out
from tests.coverage.schemas import Schema, properties_of, schema_of

TYPES = tuple(
    f"AWS::SageMaker::{name}"
    for name in ("Domain", "UserProfile", "Space", "StudioLifecycleConfig", "Image", "ImageVersion", "AppImageConfig")
)

_KEYWORDS = ("enum", "maximum", "maxItems", "maxLength", "minimum", "minItems", "minLength", "pattern", "uniqueItems")
_FORMATS = {rule.format_keyword: rule.pattern for rule in (IamRoleArn(), SecurityGroupId(), VpcId())}
_LIMITS_NOTHING: dict[str, Any] = {"minItems": 0, "minLength": 0, "pattern": ".*", "uniqueItems": False}


@dataclass(frozen=True)
class Limits:
    """What the schema of one property limits, its members and items left aside."""

    keywords: Schema

    @staticmethod
    def of(said: Schema) -> Limits:
        """Take the limits out of what a schema says of a property."""
        limits = {key: said[key] for key in _KEYWORDS if key in said and said[key] != _LIMITS_NOTHING.get(key)}
        return Limits(limits | ({"format": said["format"]} if said.get("format") in _FORMATS else {}))

    def __bool__(self) -> bool:
        return bool(self.keywords)

    def allow(self, value: Any) -> bool:
        """Whether cfn-lint takes the value."""
        if isinstance(value, float) and {"maximum", "minimum"} & set(self.keywords):  # each of them limits an integer
            return False
        pattern = _FORMATS.get(self.keywords.get("format", ""), "")
        return self._validator.is_valid(value) and bool(re.match(pattern, value) if pattern else True)

    @cached_property
    def _validator(self) -> StandardValidator:
        return StandardValidator(schema={key: value for key, value in self.keywords.items() if key != "format"})


def limited(resource_type: str) -> dict[str, Limits]:
    """Return what is limited of a type, by its path, but for what the API leaves out on purpose."""
    found = {path: Limits.of(said) for path, said in properties_of(schema_of(resource_type)).items()}
    return {path: limits for path, limits in found.items() if limits and left_out(path) is None}


def required(resource_type: str) -> dict[str, set[str]]:
    """Return the members that an object must have, by its path."""
    return {
        path: set(said["required"])
        for path, said in properties_of(schema_of(resource_type)).items()
        if said.get("required") and left_out(path) is None
    }
