from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import resource
from tests.checks.rules.roles import ACCOUNT, UNKNOWN, document, either, found_by, parameter_in

RULE = "KeyPolicy"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
OF_THE_ACCOUNT = {"StringEquals": {"kms:CallerAccount": ACCOUNT}}


def _key(*statements: Any, **properties: Any) -> dict[str, Any]:
    return resource("KMS.Key", **{"KeyPolicy": document(*statements)} | properties)


def _allow(principal: Any, **elements: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": "kms:*", "Resource": "*", "Principal": principal} | elements


def _domain(key: Any) -> dict[str, Any]:
    return resource("Domain", KmsKeyId=key)


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(_allow({"AWS": ROOT}), id="account"),
        pytest.param(_allow({"AWS": [ROOT, {"Fn::GetAtt": ["Role", "Arn"]}]}), id="role"),
        pytest.param(_allow({"AWS": parameter_in("arn:aws:iam::${Unknown}:root")}), id="account unknown"),
        pytest.param(_allow({"Service": "logs.amazonaws.com"}), id="service"),
        pytest.param(_allow("*", Condition=OF_THE_ACCOUNT), id="everybody of the account"),
        pytest.param(_allow({"AWS": "*"}, Condition=OF_THE_ACCOUNT), id="everybody of the account with AWS"),
        *(
            pytest.param(_allow("*", Condition={"StringEquals": {key: caller}}), id=key)
            for key, caller in {
                "aws:PrincipalAccount": ACCOUNT,
                "aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/*",
                "aws:PrincipalOrgID": "o-research",
                "aws:SourceAccount": ACCOUNT,
            }.items()
        ),
        pytest.param(_allow("*", Effect="Deny"), id="deny"),
    ],
)
def test_named_principals(one: dict[str, Any]) -> None:
    resources = {"Domain": _domain({"Ref": "Key"}), "Key": _key(one), "Role": {"Type": "AWS::IAM::Role"}}
    assert found_by(RULE, resources) == set()


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(_allow("*"), id="everybody"),
        pytest.param(_allow({"AWS": "*"}), id="everybody with AWS"),
        pytest.param(_allow({"AWS": [ROOT, "*"]}), id="everybody beside"),
        pytest.param({"Effect": "Allow", "Action": "kms:*", "NotPrincipal": {"AWS": ROOT}}, id="all but some"),
        pytest.param(_allow("*", Action="kms:Decrypt"), id="one action"),
        pytest.param(_allow("*", Condition={"Bool": {"aws:SecureTransport": "true"}}), id="condition of nobody"),
        *(
            pytest.param(
                _allow("*", Condition={"StringLike": {"aws:PrincipalAccount": callers}}), id=f"caller {callers}"
            )
            for callers in ("*", "11112222333?", [ACCOUNT, "*"])
        ),
        pytest.param(
            _allow("*", Condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/jobs"}}),
            id="role of any account",
        ),
        pytest.param(
            _allow("*", Condition={"StringEqualsIfExists": {"kms:CallerAccount": ACCOUNT}}), id="account if at all"
        ),
    ],
)
def test_everybody(one: dict[str, Any]) -> None:
    resources = {"Domain": _domain({"Ref": "Key"}), "Key": _key(_allow({"AWS": ROOT}), one)}
    assert found_by(RULE, resources) == {(RULE, "Key", "KeyPolicy.Statement.1.Principal")}


@pytest.mark.parametrize(
    "key",
    [
        pytest.param({"Ref": "Key"}, id="Ref"),
        pytest.param({"Fn::GetAtt": ["Key", "Arn"]}, id="ARN"),
        pytest.param(
            parameter_in("arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${Key}"), id="in ARN"
        ),
        pytest.param({"Ref": "Alias"}, id="alias"),
        pytest.param("alias/studio", id="alias by name"),
        pytest.param(f"arn:aws:kms:eu-west-1:{ACCOUNT}:alias/studio", id="alias by ARN"),
    ],
)
def test_each_way_to_name_the_key(key: Any) -> None:
    alias = resource("KMS.Alias", AliasName="alias/studio", TargetKeyId={"Fn::GetAtt": ["Key", "Arn"]})
    resources = {"Domain": _domain(key), "Key": _key(_allow("*")), "Alias": alias, "Other": _key(_allow("*"))}
    assert found_by(RULE, resources) == {(RULE, "Key", "KeyPolicy.Statement.0.Principal")}


@pytest.mark.parametrize(
    ("policy", "id", "place"),
    [
        pytest.param({"Statement": _allow("*")}, RULE, "Statement.Principal", id="single statement"),
        pytest.param(either(document(), document(_allow("*"))), RULE, "Statement.0.Principal", id="document if"),
        pytest.param(
            document(_allow({"AWS": UNKNOWN})), f"{RULE}[Unresolved]", "Statement.0.Principal", id="principal unknown"
        ),
        pytest.param(
            document(_allow({"AWS": either(ROOT, "*")})),
            f"{RULE}[Unresolved]",
            "Statement.0.Principal",
            id="principal if",
        ),
        pytest.param(
            document(_allow("*", Condition=UNKNOWN)),
            f"{RULE}[Unresolved]",
            "Statement.0.Condition",
            id="condition unknown",
        ),
        pytest.param(
            document(_allow("*", Condition={"StringEquals": {"kms:CallerAccount": UNKNOWN}})),
            f"{RULE}[Unresolved]",
            "Statement.0.Condition",
            id="caller unknown",
        ),
        pytest.param(UNKNOWN, f"{RULE}[Unresolved]", "Statement.Principal", id="document unknown"),
    ],
)
def test_other_documents(policy: Any, id: str, place: str) -> None:
    resources = {"Domain": _domain({"Ref": "Key"}), "Key": _key(KeyPolicy=policy)}
    assert found_by(RULE, resources) == {(id, "Key", f"KeyPolicy.{place}")}
