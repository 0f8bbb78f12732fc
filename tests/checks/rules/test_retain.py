from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import found, resource

DELETION, REPLACEMENT = "DeletionPolicy", "UpdateReplacePolicy"
KEPT = {DELETION: "Retain", REPLACEMENT: "Retain"}
KEY = {"Ref": "Key"}
KEYS = {
    "a reference": KEY,
    "its ARN": {"Fn::GetAtt": ["Key", "Arn"]},
    "an ARN": {"Fn::Sub": "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${Key}"},
    "an alias": {"Ref": "Alias"},
    "the name of an alias": "alias/studio",
    "the ARN of an alias": {"Fn::Sub": "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:${Alias}"},
}
COMPLIANT = [
    *(pytest.param(kind, KEY, KEPT, id=f"{kind}, kept") for kind in ("Domain", "UserProfile", "Space", "KMS.Key")),
    pytest.param("Space", KEY, {**KEPT, DELETION: "RetainExceptOnCreate"}, id="kept once it is made"),
    pytest.param("KMS.Key", None, {}, id="a key of nothing that is judged"),
    pytest.param("KMS.Key", "alias/aws/elasticfilesystem", {}, id="a key beside that of AWS"),
    pytest.param("App", KEY, {}, id="an app"),
]
NON_COMPLIANT = [
    *(pytest.param(kind, KEY, {}, DELETION, id=f"{kind}, nothing") for kind in ("Domain", "UserProfile", "Space")),
    *(pytest.param("KMS.Key", key, {}, DELETION, id=f"the key of a domain by {how}") for how, key in KEYS.items()),
    pytest.param("Space", KEY, {DELETION: "Delete", REPLACEMENT: "Delete"}, DELETION, id="deleted"),
    pytest.param("Space", KEY, {DELETION: "Retain"}, REPLACEMENT, id="lost when it is replaced"),
    pytest.param("Space", KEY, {REPLACEMENT: "Retain"}, DELETION, id="lost when it is deleted"),
    pytest.param(
        "Space",
        KEY,
        {DELETION: "Snapshot", REPLACEMENT: "Snapshot"},
        DELETION,
        id="a snapshot that there is none of",
    ),
    pytest.param(
        "Space",
        KEY,
        {DELETION: "RetainExceptOnCreate", REPLACEMENT: "RetainExceptOnCreate"},
        REPLACEMENT,
        id="what is no policy",
    ),
]


def judged(kind: str, key: Any, policies: dict[str, Any]) -> set[tuple[str, str, str]]:
    judged = {name: value for name, value in resource(kind).items() if name not in KEPT} | policies
    resources = {
        "Studio": resource("Domain", **({} if key is None else {"KmsKeyId": key})),
        "Key" if kind == "KMS.Key" else "Judged": judged,
        "Alias": resource("KMS.Alias", AliasName="alias/studio", TargetKeyId=KEY),
    }
    findings = found(resources, Parameters={"Policy": {"Type": "String", "Default": "Retain"}})
    return {one for one in findings if one[0].startswith("Retain")}


@pytest.mark.parametrize(("kind", "key", "policies"), COMPLIANT)
def test_compliant(kind: str, key: Any, policies: dict[str, Any]) -> None:
    assert judged(kind, key, policies) == set()


# Both policies are one finding, at the first of them that is wrong: it is acknowledged once.
@pytest.mark.parametrize(("kind", "key", "policies", "attribute"), NON_COMPLIANT)
def test_non_compliant(kind: str, key: Any, policies: dict[str, Any], attribute: str) -> None:
    name = "Key" if kind == "KMS.Key" else "Judged"
    assert judged(kind, key, policies) == {("Retain", name, attribute)}


def test_policies_with_language_extensions() -> None:
    either = {DELETION: "Retain", REPLACEMENT: {"Fn::If": ["IsTest", "Retain", "Retain"]}}
    assert judged("Space", KEY, either) == set()
    unknown = {DELETION: "Retain", REPLACEMENT: {"Ref": "Policy"}}
    assert judged("Space", KEY, unknown) == {("Retain[Unresolved]", "Judged", REPLACEMENT)}


def test_file_system_that_is_mounted() -> None:
    mounted = {"CustomFileSystems": [{"EFSFileSystem": {"FileSystemId": {"Ref": "Files"}}}]}
    lost = {name: {"Type": "AWS::EFS::FileSystem", "DeletionPolicy": "Delete"} for name in ("Files", "Others")}
    findings = found({"Lab": resource("Space", SpaceSettings=mounted), **lost})
    assert {one for one in findings if one[0].startswith("Retain")} == {("Retain", "Files", DELETION)}
