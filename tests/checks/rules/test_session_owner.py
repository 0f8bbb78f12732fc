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

RULE = "SessionOwner"
START = "sagemaker:StartSession"
TAG = "aws:ResourceTag/sagemaker:user-profile-arn"
ALICE, ANYBODY = sagemaker_arn("user-profile/d-1/alice"), sagemaker_arn("user-profile/d-1/*")
SPACE, SPACES = sagemaker_arn("space/d-1/alice-lab"), sagemaker_arn("space/d-1/*")
IDENTITIES = of_identities(statement(START))


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(statement(START, SPACE), id="space"),
        pytest.param(statement(START, {"Fn::GetAtt": ["Lab", "SpaceArn"]}), id="reference"),
        pytest.param(statement(START, SPACES, ArnEquals={TAG: ALICE}), id="tag"),
        pytest.param(
            statement(START, SPACES, StringLike={TAG.replace("aws", "sagemaker"): ALICE}), id="SageMaker's key"
        ),
        pytest.param(
            statement(START, StringEquals={TAG.lower(): ALICE.replace("alice", "${sagemaker:UserProfileName}")}),
            id="variable",
        ),
        pytest.param(statement(START, [SPACE, sagemaker_arn("app/d-1/*")]), id="all apps beside"),
        pytest.param(statement("ssm:StartSession"), id="another service"),
        pytest.param(statement("ssm:StartSession", UNKNOWN, StringEquals=UNKNOWN), id="another service, rest unknown"),
        pytest.param(statement(START) | {"Effect": "Deny"}, id="deny"),
    ],
)
def test_own_spaces(one: dict[str, Any]) -> None:
    assert found_by(RULE, studio(one) | {"Lab": {"Type": "AWS::SageMaker::Space"}}) == set()


@pytest.mark.parametrize(
    ("one", "action"),
    [
        pytest.param(statement(START), START, id="all"),
        pytest.param(statement(START, [SPACE, SPACES]), START, id="domain beside"),
        pytest.param(statement(START, sagemaker_arn("space/*/alice-lab")), START, id="any domain"),
        pytest.param(statement(START, sagemaker_arn("spac?/d-1/*")), START, id="kind with a wildcard"),
        pytest.param(statement("sagemaker:startsess*"), "sagemaker:startsess*", id="wildcard"),
        pytest.param({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}, "NotAction", id="all but some"),
        pytest.param({"Effect": "Allow", "Action": START, "NotResource": SPACE}, START, id="all resources but some"),
        pytest.param(statement(START, SPACES, ArnLike={TAG: ANYBODY}), START, id="any owner"),
        pytest.param(statement(START, SPACES, ArnLike={TAG: [ALICE, "*"]}), START, id="all beside"),
        pytest.param(
            statement(START, SPACES, StringEquals={"aws:ResourceTag/environment": "test"}), START, id="no tag of owners"
        ),
        pytest.param(statement(START, SPACES, Null={TAG: "false"}), START, id="any tag"),
        *(
            pytest.param(statement(START, SPACES, **{operator: {TAG: ALICE}}), START, id=operator)
            for operator in ("ArnLikeIfExists", "ForAllValues:StringEquals", "StringNotEquals")
        ),
        pytest.param(
            statement(START, SPACES, ArnEquals={"sagemaker:OwnerUserProfileArn": ALICE}), START, id="no key of sessions"
        ),
    ],
)
def test_any_space(one: dict[str, Any], action: str) -> None:
    assert found_by(RULE, studio(one)) == {(f"{RULE}[{action}]", "Role", f"{STATEMENT}.Resource")}


@pytest.mark.parametrize(("resources", "logical_id", "document"), IDENTITIES.values(), ids=IDENTITIES)
def test_each_identity(resources: dict[str, Any], logical_id: str, document: str) -> None:
    assert found_by(RULE, resources) == {(f"{RULE}[{START}]", logical_id, f"{document}.Statement.0.Resource")}


@pytest.mark.parametrize(
    ("one", "place"),
    [
        pytest.param(statement(UNKNOWN), "Action", id="action"),
        pytest.param(statement(START, UNKNOWN), "Resource", id="resource"),
        pytest.param(statement(START, either(SPACE, SPACES)), "Resource", id="resource if"),
        pytest.param(statement(START, SPACES, ArnEquals={TAG: UNKNOWN}), "Condition", id="owner"),
        pytest.param(statement(START, SPACES, ArnEquals=UNKNOWN), "Condition.ArnEquals", id="keys"),
    ],
)
def test_unknown(one: dict[str, Any], place: str) -> None:
    assert found_by(RULE, studio(one)) == {(f"{RULE}[Unresolved]", "Role", f"{STATEMENT}.{place}")}
