from __future__ import annotations

from typing import Any

import pytest

from tests.checks.rules.roles import (
    STATEMENT,
    UNKNOWN,
    either,
    found_by,
    parameter_in,
    sagemaker_arn,
    statement,
    studio,
)

RULE = "OwnerConditions"
OWNER, SHARING = "sagemaker:OwnerUserProfileArn", "sagemaker:SpaceSharingType"
ALICE, BOB, ANYBODY = (sagemaker_arn(f"user-profile/d-1/{name}") for name in ("alice", "bob", "*"))
UPDATE, START = "sagemaker:UpdateSpace", "sagemaker:CreateApp"
SELF = sagemaker_arn("user-profile/${sagemaker:DomainId}/${sagemaker:UserProfileName}")


def _owned(operator: str, owner: Any, action: Any = UPDATE, **more: Any) -> dict[str, Any]:
    return statement(action, "*", **{operator: {OWNER: owner}}, **more)


def _shared(sharing_type: Any, action: str = START, operator: str = "StringEquals") -> dict[str, Any]:
    return statement(action, sagemaker_arn("app/d-1/*"), **{operator: {SHARING: sharing_type}})


def _apps(*names: str) -> dict[str, Any]:
    return statement(START, [sagemaker_arn(name) for name in names])


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(_owned("ArnEquals", ALICE), id="ArnEquals"),
        pytest.param(_owned("arnlike", ALICE), id="operator in lower case"),
        pytest.param(_owned("StringEquals", [ALICE], ["sagemaker:*App", "sagemaker:*Space"]), id="all actions"),
        pytest.param(_owned("StringLike", SELF), id="variables"),
        pytest.param(statement(UPDATE, ArnEquals={OWNER.lower(): ALICE}), id="key in lower case"),
        pytest.param(_owned("ArnLike", ALICE.replace("eu-west-1", "*")), id="any region"),
        pytest.param(_owned("ArnEquals", {"Fn::GetAtt": ["Alice", "UserProfileArn"]}), id="reference"),
        pytest.param(_owned("ArnEquals", parameter_in(ALICE.replace("eu-west-1", "${Unknown}"))), id="region unknown"),
        pytest.param(_shared("Shared"), id="apps of shared spaces"),
        pytest.param(_apps("app/d-1/team/*", "app/d-1/churn/JupyterLab/default"), id="apps of named spaces"),
        pytest.param(_apps("app/d-1/${sagemaker:UserProfileName}/Canvas/*"), id="app of the own profile"),
        pytest.param(_owned("ForAnyValue:ArnEquals", ALICE), id="any of one"),
        pytest.param(statement("sagemaker:DescribeSpace"), id="other action"),
        pytest.param(statement("s3:GetObject", UNKNOWN, ArnEquals=UNKNOWN), id="other action, rest unknown"),
        pytest.param({"Effect": "Allow", "NotAction": "sagemaker:*", "Resource": "*"}, id="all but SageMaker"),
        pytest.param(statement(UPDATE) | {"Effect": "Deny"}, id="deny"),
    ],
)
def test_bound_to_the_owner(one: dict[str, Any]) -> None:
    assert found_by(RULE, studio(one) | {"Alice": {"Type": "AWS::SageMaker::UserProfile"}}) == set()


@pytest.mark.parametrize("action", ["Create", "Update", "Delete"])
def test_each_action_on_spaces(action: str) -> None:
    expected = {(f"{RULE}[sagemaker:{action}Space]", "Role", f"{STATEMENT}.Condition")}
    assert found_by(RULE, studio(statement(f"sagemaker:{action}Space"))) == expected


@pytest.mark.parametrize(
    ("one", "action"),
    [
        *(pytest.param(statement(action), action, id=action) for action in (START, "sagemaker:DeleteApp")),
        *(
            pytest.param(statement(action), action, id=action)
            for action in ("*", "sagemaker:*Space", "SageMaker:Update?pace", "sagemaker:deleteapp")
        ),
        pytest.param({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}, "NotAction", id="all but some"),
        pytest.param(
            {"Effect": "Allow", "Action": START, "NotResource": sagemaker_arn("app/d-1/team/*")},
            START,
            id="all resources but some",
        ),
        *(
            pytest.param(_owned(operator, ALICE), UPDATE, id=operator)
            for operator in (
                "ArnLikeIfExists",
                "StringEqualsIfExists",
                "ForAllValues:ArnLike",
                "ForAllValues:StringEquals",
                "ArnNotEquals",
            )
        ),
        pytest.param(_owned("Null", "false"), UPDATE, id="any owner"),
        pytest.param(_owned("ArnLike", ANYBODY), UPDATE, id="wildcard"),
        pytest.param(_owned("ArnLike", "*"), UPDATE, id="all"),
        pytest.param(_owned("ArnLike", [ALICE, ANYBODY]), UPDATE, id="wildcard beside"),
        pytest.param(_owned("ArnLike", ALICE.replace("d-1", "*")), UPDATE, id="any domain"),
        pytest.param(_owned("ArnLike", sagemaker_arn("*/d-1/*")), UPDATE, id="any kind in the domain"),
        pytest.param(_owned("ArnEquals", [ALICE, BOB]), UPDATE, id="two owners"),
        pytest.param(_owned("ArnEquals", [ALICE, UNKNOWN]), UPDATE, id="one owner of two unknown"),
        pytest.param(statement(UPDATE, ArnEquals={"aws:PrincipalArn": ALICE}), UPDATE, id="another key"),
        pytest.param(_shared("Shared", UPDATE), UPDATE, id="shared is not enough for spaces"),
        pytest.param(statement(UPDATE, UNKNOWN), UPDATE, id="resource does not matter for spaces"),
        pytest.param(_shared("Private"), START, id="private"),
        pytest.param(_shared(["Shared", "Private"]), START, id="shared or private"),
        pytest.param(_shared("Shared", operator="StringEqualsIfExists"), START, id="shared if at all"),
        pytest.param(_apps("app/d-1/team/*", "app/d-1/*"), START, id="all spaces beside"),
        pytest.param(_apps("app/d-1/te?m/*"), START, id="similar names"),
        pytest.param(_apps("app/*/team/*"), START, id="space of any domain"),
        pytest.param(_apps("app/*/app/*"), START, id="space called app of any domain"),
        pytest.param(_apps("app/d-1/*/JupyterLab/default"), START, id="any space"),
        pytest.param(_apps("*"), START, id="anything"),
    ],
)
def test_not_bound(one: dict[str, Any], action: str) -> None:
    expected = {(f"{RULE}[{action}]", "Role", f"{STATEMENT}.Condition")}
    assert found_by(RULE, studio(one)) == expected


@pytest.mark.parametrize(
    ("one", "place"),
    [
        pytest.param(statement(UNKNOWN), "Action", id="action"),
        pytest.param(statement(START, UNKNOWN), "Resource", id="app"),
        pytest.param(statement(START, parameter_in(sagemaker_arn("app/d-1/${Unknown}/*"))), "Resource", id="space"),
        pytest.param(_owned("ArnEquals", UNKNOWN), "Condition", id="owner"),
        pytest.param(_owned("ArnLike", either(ALICE, "*")), "Condition", id="owner if"),
        pytest.param(
            _owned("ArnLike", parameter_in(ALICE.replace("alice", "${Unknown}"))), "Condition", id="owner's name"
        ),
        pytest.param(_shared(UNKNOWN), "Condition", id="sharing"),
        pytest.param(statement(UPDATE) | {"Condition": UNKNOWN}, "Condition", id="condition"),
        pytest.param(
            statement(UPDATE) | {"Condition": either({"ArnEquals": {OWNER: ALICE}}, {})}, "Condition", id="condition if"
        ),
        pytest.param(statement(UPDATE, ArnEquals=UNKNOWN), "Condition.ArnEquals", id="keys"),
        pytest.param(
            statement(UPDATE, ArnEquals={"Fn::GetAtt": ["Keys", "Value"]}), "Condition.ArnEquals", id="CfnJson"
        ),
    ],
)
def test_unknown(one: dict[str, Any], place: str) -> None:
    keys = {"Keys": {"Type": "Custom::AWSCDKCfnJson"}}
    assert found_by(RULE, studio(one) | keys) == {(f"{RULE}[Unresolved]", "Role", f"{STATEMENT}.{place}")}
