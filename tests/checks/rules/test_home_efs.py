from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import resource, template, verdicts

HOME = "arn:${AWS::Partition}:elasticfilesystem:${AWS::Region}:${AWS::AccountId}:file-system/"
TAG = "ManagedByAmazonSageMakerResource"
KEY = {"KmsKeyId": {"Ref": "Key"}}
ALL = {"Resources": ["*"]}
STUDIO, OTHER = {"Fn::GetAtt": ["Studio", "DomainArn"]}, {"Fn::GetAtt": ["Other", "DomainArn"]}
GIVEN = {"Ref": "Given"}


def tagged(key: str, value: Any) -> dict[str, Any]:
    return {"ListOfTags": [{"ConditionType": "STRINGEQUALS", "ConditionKey": key, "ConditionValue": value}]}


def only(operator: str, key: str, value: Any) -> dict[str, Any]:
    return {**ALL, "Conditions": {operator: [{"ConditionKey": f"aws:ResourceTag/{key}", "ConditionValue": value}]}}


COMPLIANT = [
    pytest.param({"HomeEfsFileSystemCreation": "Disabled"}, {}, id="none"),
    pytest.param(KEY, {"Resources": [{"Fn::Sub": f"{HOME}${{Studio.HomeEfsFileSystemId}}"}]}, id="backed up by its id"),
    pytest.param({**KEY, "HomeEfsFileSystemCreation": "Enabled"}, ALL, id="backed up with everything"),
    pytest.param(
        KEY, {"Resources": ["arn:aws:elasticfilesystem:*:*:file-system/*"]}, id="backed up with all file systems"
    ),
    pytest.param(KEY, {"Resources": [{"Fn::Sub": f"{HOME}*"}]}, id="backed up with those of this account"),
    pytest.param(
        KEY,
        {"Resources": ["arn:aws:elasticfilesystem:us-east-1:444455556666:file-system/*"]},
        id="of the account by number",
    ),
    pytest.param(KEY, tagged(TAG, STUDIO), id="backed up by the tag"),
    pytest.param(KEY, only("StringEquals", TAG, STUDIO), id="backed up on a condition on the tag"),
]
NON_COMPLIANT = [
    pytest.param({}, ALL, "", id="no key"),
    pytest.param({"KmsKeyId": {"Ref": "AWS::NoValue"}}, ALL, "", id="a key of no value"),
    pytest.param(KEY, {}, "", id="not backed up"),
    pytest.param({}, {}, "", id="neither"),
    pytest.param(KEY, {"Resources": ["arn:aws:ec2:*:*:volume/*"]}, "", id="volumes are backed up"),
    pytest.param(
        KEY, {"Resources": [{"Fn::Sub": f"{HOME}${{Other.HomeEfsFileSystemId}}"}]}, "", id="that of another domain"
    ),
    pytest.param(
        KEY, {"Resources": ["arn:aws:elasticfilesystem:eu-west-1:*:file-system/*"]}, "", id="those of another region"
    ),
    pytest.param(KEY, {"Resources": GIVEN}, "", id="a selection by a parameter"),
    pytest.param(
        KEY,
        {**ALL, "NotResources": ["arn:aws:elasticfilesystem:*:*:file-system/*"]},
        "",
        id="everything but file systems",
    ),
    pytest.param(KEY, only("StringEquals", "Backup", "daily"), "", id="on a condition that it does not meet"),
    pytest.param(KEY, only("StringNotLike", TAG, "*"), "", id="everything without the tag"),
    pytest.param(KEY, tagged("Backup", "daily"), "", id="another tag"),
    pytest.param(KEY, tagged(TAG, OTHER), "", id="the tag with another domain"),
    pytest.param({"HomeEfsFileSystemCreation": GIVEN}, ALL, "[Unresolved]", id="a parameter"),
    pytest.param(
        {"HomeEfsFileSystemCreation": {"Fn::ImportValue": "a:Home"}}, {}, "[Unresolved]", id="an export of no stack"
    ),
    pytest.param(
        {"HomeEfsFileSystemCreation": {"Fn::If": ["IsModern", "Disabled", "Enabled"]}},
        {},
        "[Unresolved]",
        id="a condition",
    ),
]


def judged(
    domain: dict[str, Any], selection: dict[str, Any], account: str = "444455556666"
) -> set[tuple[str, str, str]]:
    resources = {
        "Studio": resource("Domain", **domain),
        "Other": resource("Domain", HomeEfsFileSystemCreation="Disabled"),
        "Key": resource("KMS.Key"),
    }
    backup = {"Selection": resource("Backup.BackupSelection", BackupSelection=selection)}
    here, there = ({"account": one, "region": "us-east-1"} for one in ("444455556666", account))
    if account == here["account"]:
        resources, backup = {**resources, **backup}, {}
    body = {"Resources": resources, "Parameters": {"Given": {"Type": "String"}}}
    return {
        (one.id.removeprefix("Studio-"), one.resource.logical_id, one.location)
        for one in verdicts(template("Research", body, **here), template("Backup", {"Resources": backup}, **there))
        if one.id.startswith("Studio-HomeEfs")
    }


@pytest.mark.parametrize(("domain", "selection"), COMPLIANT)
def test_compliant(domain: dict[str, Any], selection: dict[str, Any]) -> None:
    assert judged(domain, selection) == set()


@pytest.mark.parametrize(("domain", "selection", "detail"), NON_COMPLIANT)
def test_non_compliant(domain: dict[str, Any], selection: dict[str, Any], detail: str) -> None:
    assert judged(domain, selection) == {(f"HomeEfs{detail}", "Studio", "Properties.HomeEfsFileSystemCreation")}


def test_backup_in_another_account() -> None:
    findings = judged(KEY, ALL, account="111122223333")
    assert findings == {("HomeEfs", "Studio", "Properties.HomeEfsFileSystemCreation")}
