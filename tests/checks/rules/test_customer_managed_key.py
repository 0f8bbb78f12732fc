from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import found, resource

KEY = "1234abcd-12ab-34cd-56ef-1234567890ab"
PARAMETERS = {"Key": {"Type": "String", "Default": KEY}}
COMPLIANT = [
    pytest.param({"Ref": "Volumes"}, id="a key of the stack"),
    pytest.param({"Fn::GetAtt": ["Volumes", "Arn"]}, id="its ARN"),
    pytest.param({"Ref": "Alias"}, id="an alias of the stack"),
    pytest.param(KEY, id="the id of a key"),
    pytest.param("alias/studio", id="an alias"),
    pytest.param(f"arn:aws:kms:eu-west-1:111122223333:key/{KEY}", id="the ARN of a key"),
    pytest.param(
        {"Fn::Sub": f"arn:${{AWS::Partition}}:kms:${{AWS::Region}}:${{AWS::AccountId}}:key/{KEY}"}, id="of this account"
    ),
]
NON_COMPLIANT = [
    pytest.param(None, "CustomerManagedKey", id="nothing"),
    pytest.param({"Ref": "AWS::NoValue"}, "CustomerManagedKey", id="no value"),
    pytest.param("", "CustomerManagedKey", id="an empty text"),
    pytest.param("alias/aws/elasticfilesystem", "CustomerManagedKey", id="an alias of AWS"),
    pytest.param("arn:aws:kms:eu-west-1:111122223333:alias/aws/sagemaker", "CustomerManagedKey", id="its ARN"),
    pytest.param(
        {"Fn::Sub": "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:alias/aws/ebs"},
        "CustomerManagedKey",
        id="of this account",
    ),
    pytest.param({"Ref": "Key"}, "CustomerManagedKey[Unresolved]", id="a parameter"),
    pytest.param({"Fn::Sub": "alias/${Key}"}, "CustomerManagedKey[Unresolved]", id="a parameter in an alias"),
    pytest.param({"Fn::ImportValue": "keys:Volumes"}, "CustomerManagedKey[Unresolved]", id="an export of no stack"),
    pytest.param(
        {"Fn::If": ["IsProduction", {"Ref": "Volumes"}, {"Ref": "AWS::NoValue"}]},
        "CustomerManagedKey[Unresolved]",
        id="a condition",
    ),
    pytest.param("{{resolve:ssm:/studio/key}}", "CustomerManagedKey[Unresolved]", id="a parameter of Systems Manager"),
]


def judged(key: Any) -> set[tuple[str, str, str]]:
    resources = {
        "Studio": resource("Domain", **({} if key is None else {"KmsKeyId": key})),
        "Volumes": resource("KMS.Key"),
        "Alias": resource("KMS.Alias", AliasName="alias/volumes", TargetKeyId={"Ref": "Volumes"}),
    }
    return {one for one in found(resources, Parameters=PARAMETERS) if one[0].startswith("CustomerManagedKey")}


@pytest.mark.parametrize("key", COMPLIANT)
def test_compliant(key: Any) -> None:
    assert judged(key) == set()


@pytest.mark.parametrize(("key", "rule"), NON_COMPLIANT)
def test_non_compliant(key: Any, rule: str) -> None:
    assert judged(key) == {(rule, "Studio", "KmsKeyId")}
