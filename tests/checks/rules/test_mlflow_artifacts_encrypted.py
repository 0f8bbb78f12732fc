from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import resource, template, verdicts

GIVEN = {"Ref": "Given"}
ALGORITHM = "BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm"


def bucket(algorithm: Any, **properties: Any) -> dict[str, Any]:
    rules = [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm}}]
    encryption = {"BucketEncryption": {"ServerSideEncryptionConfiguration": rules}}
    return resource("S3.Bucket", **encryption, **properties)


BUCKETS = {
    "WithKey": bucket("aws:kms", BucketName="research-models"),
    "WithTwo": bucket("aws:kms:dsse"),
    "WithoutKey": bucket("AES256", BucketName="research-drafts"),
    "Plain": resource("S3.Bucket"),
    "Unknown": bucket(GIVEN),
    "Topic": resource("SNS.Topic", TopicName="research-topic"),
}
COMPLIANT = [
    pytest.param({"Fn::Sub": "s3://${WithKey}/artifacts"}, id="a key"),
    pytest.param({"Fn::Join": ["", ["s3://", {"Ref": "WithTwo"}]]}, id="two layers of keys"),
    pytest.param("s3://research-models/artifacts", id="a key, by the name of the bucket"),
    pytest.param({"Fn::Join": ["/", ["s3:/", {"Fn::ImportValue": "data:WithKey"}, "a"]]}, id="a key in another stack"),
]
NON_COMPLIANT = [
    pytest.param({"Fn::Sub": "s3://${WithoutKey}/artifacts"}, "", id="a key of S3's"),
    pytest.param({"Fn::Sub": "s3://${Plain}/artifacts"}, "", id="nothing"),
    pytest.param("s3://research-drafts", "", id="a key of S3's, by the name of the bucket"),
    pytest.param(
        {"Fn::Join": ["", ["s3://", {"Fn::ImportValue": "data:WithoutKey"}]]}, "", id="a key of S3's in another stack"
    ),
    pytest.param("s3://research-elsewhere/research-models", "[Unresolved]", id="a bucket elsewhere"),
    pytest.param({"Fn::Sub": "s3://${Topic}/artifacts"}, "[Unresolved]", id="what is no bucket"),
    pytest.param({"Fn::Sub": "s3://${Given}/artifacts"}, "[Unresolved]", id="a parameter"),
    pytest.param({"Fn::ImportValue": "a:Store"}, "[Unresolved]", id="an export of no stack"),
    pytest.param(
        {"Fn::If": ["IsTest", "s3://research-models", "s3://research-drafts"]}, "[Unresolved]", id="a condition"
    ),
]


def judged(kind: str, store: Any) -> set[tuple[str, str, str]]:
    resources = {"Mlflow": resource(kind, ArtifactStoreUri=store), **BUCKETS}
    exports = {name: {"Value": {"Ref": name}, "Export": {"Name": f"data:{name}"}} for name in ("WithKey", "WithoutKey")}
    body = {"Resources": resources, "Parameters": {"Given": {"Type": "String"}}}
    data = {"Resources": {name: BUCKETS[name] for name in exports}, "Outputs": exports}
    return {
        (one.id.removeprefix("Studio-"), one.resource.logical_id, one.location.removeprefix("Properties."))
        for one in verdicts(template("Research", body), template("Data", data))
        if one.id.startswith("Studio-MlflowArtifactsEncrypted")
    }


@pytest.mark.parametrize("store", COMPLIANT)
@pytest.mark.parametrize("kind", ["MlflowTrackingServer", "MlflowApp"])
def test_compliant(kind: str, store: Any) -> None:
    assert judged(kind, store) == set()


@pytest.mark.parametrize(("store", "detail"), NON_COMPLIANT)
@pytest.mark.parametrize("kind", ["MlflowTrackingServer", "MlflowApp"])
def test_non_compliant(kind: str, store: Any, detail: str) -> None:
    assert judged(kind, store) == {(f"MlflowArtifactsEncrypted{detail}", "Mlflow", "ArtifactStoreUri")}


def test_encryption_by_a_parameter() -> None:
    findings = judged("MlflowApp", {"Fn::Sub": "s3://${Unknown}"})
    assert findings == {("MlflowArtifactsEncrypted[Unresolved]", "Unknown", ALGORITHM)}
