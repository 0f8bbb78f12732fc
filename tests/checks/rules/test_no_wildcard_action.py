from __future__ import annotations

from typing import Any

import pytest

from tests.checks.rules.roles import (
    STATEMENT,
    UNKNOWN,
    attached,
    either,
    found_by,
    of_identities,
    parameter_in,
    statement,
    studio,
)

RULE = "NoWildcardAction"
EVERYTHING = statement("*")
BY_EACH_WAY = attached(EVERYTHING)
OF_OTHERS = of_identities(EVERYTHING)


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(statement("s3:GetObject"), id="action"),
        pytest.param(statement(["iam:GetRole", "sagemaker:ListApps", "sts:AssumeRole"]), id="actions"),
        pytest.param(statement(["s3:GetObject*", "s3:List*"]), id="as the CDK grants"),
        pytest.param(
            statement(["iam:Get*", "sagemaker:List*", "SageMaker:describe*", "sagemaker:BatchGet*"]), id="reads"
        ),
        pytest.param(statement("sagemaker-geospatial:Get*"), id="service of a similar name"),
        pytest.param(EVERYTHING | {"Effect": "Deny"}, id="deny"),
        pytest.param({"Effect": "Deny", "NotAction": "s3:*", "Resource": "*"}, id="deny all but some"),
        pytest.param(statement(["s3:GetObject", {"Ref": "AWS::NoValue"}]), id="no value"),
    ],
)
def test_named_actions(one: dict[str, Any]) -> None:
    assert found_by(RULE, studio(one)) == set()


@pytest.mark.parametrize(
    "action",
    [
        *("*", "**", "*:*", "s3:*", "S3:*", "s3:**", "s3:?*", "sagemaker-mlflow:*"),
        *(
            "iam:*Role",
            "IAM:Pass?ole",
            "iam:G*",
            "sagemaker:*Space",
            "SageMaker:Create?pace",
            "sagemaker:Batch*",
            "sts:Assume*",
            "sts:Get*",
        ),
    ],
)
def test_wildcards(action: str) -> None:
    expected = {(f"{RULE}[{action}]", "Role", f"{STATEMENT}.Action")}
    assert found_by(RULE, studio(statement(action))) == expected
    assert found_by(RULE, studio(statement("s3:GetObject"), statement(["s3:GetObject", action]))) == {
        (f"{RULE}[{action}]", "Role", "Policies.0.PolicyDocument.Statement.1.Action")
    }


@pytest.mark.parametrize(
    ("one", "id", "place"),
    [
        pytest.param({"Effect": "Allow", "NotAction": "s3:*"}, "NotAction", "NotAction", id="all but some"),
        pytest.param(EVERYTHING | {"Effect": UNKNOWN}, "*", "Action", id="effect unknown"),
        pytest.param(either(statement("s3:GetObject"), EVERYTHING), "*", "Action", id="statement if"),
        pytest.param(statement(UNKNOWN), "Unresolved", "Action", id="actions unknown"),
        pytest.param(statement(["s3:GetObject", UNKNOWN]), "Unresolved", "Action", id="action unknown"),
        pytest.param(statement(parameter_in("s3:${Unknown}")), "Unresolved", "Action", id="part unknown"),
        pytest.param(statement([parameter_in("s3:${Unknown}")]), "Unresolved", "Action", id="part of one unknown"),
        pytest.param(statement(either("s3:GetObject", "*")), "Unresolved", "Action", id="action if"),
        pytest.param(UNKNOWN, "Unresolved", "Action", id="statement unknown"),
    ],
)
def test_other_findings(one: dict[str, Any], id: str, place: str) -> None:
    assert found_by(RULE, studio(one)) == {(f"{RULE}[{id}]", "Role", f"{STATEMENT}.{place}")}


@pytest.mark.parametrize(("resources", "logical_id", "document"), BY_EACH_WAY.values(), ids=BY_EACH_WAY)
def test_each_way_of_attaching(resources: dict[str, Any], logical_id: str, document: str) -> None:
    assert found_by(RULE, resources) == {(f"{RULE}[*]", logical_id, f"{document}.Statement.0.Action")}


@pytest.mark.parametrize(("resources", "logical_id", "document"), OF_OTHERS.values(), ids=OF_OTHERS)
def test_not_of_an_execution_role(resources: dict[str, Any], logical_id: str, document: str) -> None:
    assert found_by(RULE, studio() | resources) == set()


@pytest.mark.parametrize(
    ("policies", "place"),
    [
        pytest.param(UNKNOWN, "Policies.PolicyDocument.Statement.Action", id="policies"),
        pytest.param(
            [{"PolicyName": "Use", "PolicyDocument": UNKNOWN}],
            "Policies.0.PolicyDocument.Statement.Action",
            id="document",
        ),
        pytest.param(
            [{"PolicyName": "Use", "PolicyDocument": parameter_in('{"Statement": ${Unknown}}')}],
            "Policies.0.PolicyDocument.Statement.Action",
            id="document as text",
        ),
        pytest.param(
            [{"PolicyName": "Use", "PolicyDocument": {"Statement": UNKNOWN}}],
            "Policies.0.PolicyDocument.Statement.Action",
            id="statements",
        ),
    ],
)
def test_unknown_policies(policies: Any, place: str) -> None:
    assert found_by(RULE, studio(Policies=policies)) == {(f"{RULE}[Unresolved]", "Role", place)}


def test_single_statement() -> None:
    single = [{"PolicyName": "Use", "PolicyDocument": {"Statement": EVERYTHING}}]
    expected = {(f"{RULE}[*]", "Role", "Policies.0.PolicyDocument.Statement.Action")}
    assert found_by(RULE, studio(Policies=single)) == expected
