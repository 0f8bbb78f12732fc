from __future__ import annotations

import re

import pytest
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from constructs_lib.safety.stateful import STATEFUL


@pytest.mark.parametrize("resource_type", STATEFUL)
def test_the_table_says_what_the_schemas_of_cloudformation_say(resource_type: str) -> None:
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema

    def paths(key: str) -> list[str]:
        return sorted(path.removeprefix("/properties/").replace("/", ".") for path in schema.get(key) or [])

    kind = STATEFUL[resource_type]
    assert list(kind.create_only) == paths("createOnlyProperties")
    assert list(kind.conditional) == paths("conditionalCreateOnlyProperties")


@pytest.mark.parametrize("resource_type", STATEFUL)
def test_what_else_the_table_names_is_in_the_schemas(resource_type: str) -> None:
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema
    kind = STATEFUL[resource_type]

    for path in filter(None, (kind.name, kind.app_type, kind.size)):
        place = schema
        for name in path.split("."):
            while "$ref" in place:
                place = schema["definitions"][place["$ref"].rpartition("/")[2]]
            place = place["properties"][name]
    if kind.same_as_ref is not None:
        assert f"/properties/{kind.same_as_ref}" in schema["readOnlyProperties"]
    assert set(re.findall(r"\{(\w+)\}", kind.loss)) == {"name", "size"} - ({"size"} if kind.size is None else set())
