from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import found, resource

PARAMETERS = {"Given": {"Type": "String"}}
PLACES = {"Domain": "DefaultUserSettings", "UserProfile": "UserSettings"}
GIVEN, ALLOWED = {"Ref": "Given"}, {"NotebookOutputOption": "Allowed"}
OPTION, KEY = "SharingSettings.NotebookOutputOption", "SharingSettings.S3KmsKeyId"


def bucket(algorithm: Any, **properties: Any) -> dict[str, Any]:
    rules = [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm}}]
    encryption = {"BucketEncryption": {"ServerSideEncryptionConfiguration": rules}}
    return resource("S3.Bucket", **encryption, **properties)


def into(path: Any) -> dict[str, Any]:
    return {"SharingSettings": {**ALLOWED, "S3OutputPath": path}}


COMPLIANT = [
    pytest.param({"SharingSettings": {"NotebookOutputOption": "Disabled"}}, id="disabled"),
    pytest.param({"SharingSettings": {}}, id="nothing"),
    pytest.param({"SharingSettings": {**ALLOWED, "S3KmsKeyId": {"Ref": "Key"}}}, id="with a key"),
    pytest.param(
        {"SharingSettings": {**ALLOWED, "S3KmsKeyId": "alias/studio", "S3OutputPath": "s3://elsewhere/x"}},
        id="with a key, elsewhere",
    ),
    pytest.param(into({"Fn::Sub": "s3://${WithKey}/shared"}), id="in a bucket with a key"),
    pytest.param(into("s3://research-outputs/shared"), id="in a bucket with a key, by its name"),
]
NON_COMPLIANT = [
    pytest.param({"SharingSettings": ALLOWED}, "", KEY, id="allowed, and nothing else"),
    pytest.param(
        {"SharingSettings": {**ALLOWED, "S3KmsKeyId": {"Ref": "AWS::NoValue"}}}, "", KEY, id="a key of no value"
    ),
    pytest.param(into({"Fn::Sub": "s3://${WithoutKey}/shared"}), "", KEY, id="in a bucket without a key"),
    pytest.param(into({"Fn::Sub": "s3://${Plain}/shared"}), "", KEY, id="in a bucket that does not say"),
    pytest.param(into("s3://elsewhere/research-outputs"), "", KEY, id="in a bucket elsewhere"),
    pytest.param(into(GIVEN), "", KEY, id="in a bucket by a parameter, without a key"),
    pytest.param({"SharingSettings": {"NotebookOutputOption": GIVEN}}, "[Unresolved]", OPTION, id="by a parameter"),
    pytest.param(
        {"SharingSettings": {**ALLOWED, "S3KmsKeyId": {"Fn::ImportValue": "a:Key"}}},
        "[Unresolved]",
        KEY,
        id="a key of no stack",
    ),
    pytest.param({"SharingSettings": {"Fn::If": ["IsOpen", ALLOWED, {}]}}, "[Unresolved]", OPTION, id="on a condition"),
    pytest.param(
        {"Fn::If": ["IsOpen", {"SharingSettings": ALLOWED}, {}]},
        "[Unresolved]",
        OPTION,
        id="on a condition around the settings",
    ),
]


def judged(kind: str, settings: Any) -> set[tuple[str, str, str]]:
    resources = {
        "Sharing": resource(kind, **{PLACES[kind]: settings}),
        "WithKey": bucket("aws:kms", BucketName="research-outputs"),
        "WithoutKey": bucket("AES256"),
        "Plain": resource("S3.Bucket"),
        "Unknown": bucket(GIVEN),
        "Key": resource("KMS.Key"),
    }
    return {one for one in found(resources, Parameters=PARAMETERS) if one[0].startswith("NotebookOutputSharing")}


@pytest.mark.parametrize("settings", COMPLIANT)
@pytest.mark.parametrize("kind", PLACES)
def test_compliant(kind: str, settings: Any) -> None:
    assert judged(kind, settings) == set()


@pytest.mark.parametrize(("settings", "detail", "path"), NON_COMPLIANT)
@pytest.mark.parametrize("kind", PLACES)
def test_non_compliant(kind: str, settings: Any, detail: str, path: str) -> None:
    assert judged(kind, settings) == {(f"NotebookOutputSharing{detail}", "Sharing", f"{PLACES[kind]}.{path}")}


def test_encryption_by_a_parameter() -> None:
    findings = judged("Domain", into({"Fn::Sub": "s3://${Unknown}"}))
    assert {one[:2] for one in findings} == {("NotebookOutputSharing[Unresolved]", "Unknown")}
