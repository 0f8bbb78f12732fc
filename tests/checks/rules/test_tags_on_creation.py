from __future__ import annotations

from typing import Any

import pytest

from tests.checks.rules.roles import (
    STATEMENT,
    UNKNOWN,
    either,
    found_by,
    of_identities,
    sagemaker_arn,
    statement,
    studio,
)

RULE = "TagsOnCreation"
ADD, REMOVE = "sagemaker:AddTags", "sagemaker:DeleteTags"
KEY = "sagemaker:TaggingAction"
SPACE, SPACES = sagemaker_arn("space/d-1/alice-lab"), sagemaker_arn("space/d-1/*")
OF_OTHERS = of_identities(statement(ADD))


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(statement(ADD, SPACES, StringEquals={KEY: "CreateSpace"}), id="with a space"),
        pytest.param(statement(ADD, SPACES, StringLike={KEY.lower(): ["CreateSpace", "CreateApp"]}), id="with these"),
        pytest.param(statement(ADD, Null={KEY: "false"}), id="with anything"),
        pytest.param(statement(ADD, Null={KEY: False}), id="with anything, not as text"),
        pytest.param(statement([ADD, REMOVE], SPACE), id="space"),
        pytest.param(statement(ADD, sagemaker_arn("app/d-1/*")), id="apps"),
        pytest.param(statement("sagemaker:ListTags"), id="other action"),
        pytest.param(statement("sagemaker:ListTags", UNKNOWN), id="other action, resource unknown"),
        pytest.param({"Effect": "Allow", "NotAction": "sagemaker:*Tags", "Resource": "*"}, id="all but tagging"),
        pytest.param(statement(ADD) | {"Effect": "Deny"}, id="deny"),
    ],
)
def test_own_tags(one: dict[str, Any]) -> None:
    assert found_by(RULE, studio(one)) == set()


@pytest.mark.parametrize(
    ("one", "action"),
    [
        pytest.param(statement(ADD), ADD, id="add"),
        pytest.param(statement(ADD, [SPACE, SPACES]), ADD, id="domain beside"),
        pytest.param(statement(ADD, sagemaker_arn("spac?/d-1/*")), ADD, id="kind with a wildcard"),
        pytest.param(statement("sagemaker:A?dtags"), "sagemaker:A?dtags", id="wildcard"),
        pytest.param({"Effect": "Allow", "NotAction": REMOVE, "Resource": "*"}, "NotAction", id="all but some"),
        pytest.param({"Effect": "Allow", "Action": ADD, "NotResource": SPACE}, ADD, id="all resources but some"),
        pytest.param(statement(ADD, Null={KEY: "true"}), ADD, id="at any time but creation"),
        pytest.param(statement(ADD, Null={KEY: ["false", "true"]}), ADD, id="at any time"),
        pytest.param(statement(ADD, Null={"aws:TagKeys": "false"}), ADD, id="another key"),
        *(
            pytest.param(statement(ADD, **{operator: {KEY: "CreateSpace"}}), ADD, id=operator)
            for operator in ("StringEqualsIfExists", "ForAllValues:StringEquals", "StringNotEquals")
        ),
    ],
)
def test_any_tags(one: dict[str, Any], action: str) -> None:
    assert found_by(RULE, studio(one)) == {(f"{RULE}[{action}]", "Role", f"{STATEMENT}.Condition")}


@pytest.mark.parametrize(
    ("one", "action"),
    [
        pytest.param(statement(REMOVE), REMOVE, id="delete"),
        pytest.param(statement("sagemaker:deletet*", SPACES), "sagemaker:deletet*", id="wildcard"),
        pytest.param({"Effect": "Allow", "NotAction": ADD, "Resource": "*"}, "NotAction", id="all but some"),
    ],
)
def test_tags_taken_away(one: dict[str, Any], action: str) -> None:
    assert found_by(RULE, studio(one)) == {(f"{RULE}[{action}]", "Role", f"{STATEMENT}.Action")}


def test_tags_made_and_taken_away() -> None:
    add, remove = (
        (f"{RULE}[{ADD}]", "Role", f"{STATEMENT}.Condition"),
        (f"{RULE}[{REMOVE}]", "Role", f"{STATEMENT}.Action"),
    )
    assert found_by(RULE, studio(statement([ADD, REMOVE]))) == {add, remove}
    assert found_by(RULE, studio(statement([ADD, REMOVE], Null={KEY: "false"}))) == {remove}


@pytest.mark.parametrize(("resources", "logical_id", "document"), OF_OTHERS.values(), ids=OF_OTHERS)
def test_not_of_an_execution_role(resources: dict[str, Any], logical_id: str, document: str) -> None:
    assert found_by(RULE, studio() | resources) == set()


@pytest.mark.parametrize(
    ("one", "place"),
    [
        pytest.param(statement(UNKNOWN), "Action", id="action"),
        pytest.param(statement(ADD, UNKNOWN), "Resource", id="resource"),
        pytest.param(statement(ADD, either(SPACE, SPACES)), "Resource", id="resource if"),
        pytest.param(statement(ADD, Null={KEY: UNKNOWN}), "Condition", id="when"),
        pytest.param(
            statement(ADD, StringEquals={"Fn::GetAtt": ["Keys", "Value"]}), "Condition.StringEquals", id="CfnJson"
        ),
        pytest.param(statement(ADD) | {"Condition": UNKNOWN}, "Condition", id="condition"),
    ],
)
def test_unknown(one: dict[str, Any], place: str) -> None:
    keys = {"Keys": {"Type": "Custom::AWSCDKCfnJson"}}
    assert found_by(RULE, studio(one) | keys) == {(f"{RULE}[Unresolved]", "Role", f"{STATEMENT}.{place}")}
