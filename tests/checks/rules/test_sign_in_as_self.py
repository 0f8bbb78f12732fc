from __future__ import annotations

from typing import Any

import pytest

from tests.checks.rules.roles import (
    STATEMENT,
    UNKNOWN,
    either,
    found_by,
    of_identities,
    parameter_in,
    sagemaker_arn,
    statement,
    studio,
)

RULE = "SignInAsSelf"
SIGN_IN = "sagemaker:CreatePresignedDomainUrl"
TAG, OWN = "aws:ResourceTag/owner", "${aws:PrincipalTag/owner}"
ALICE, BOB = sagemaker_arn("user-profile/d-1/alice"), sagemaker_arn("user-profile/d-1/bob")
IDENTITIES = of_identities(statement(SIGN_IN))


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(statement(SIGN_IN, ALICE), id="profile"),
        pytest.param(statement(SIGN_IN, [ALICE, BOB]), id="profiles"),
        pytest.param(statement(SIGN_IN, {"Fn::GetAtt": ["Alice", "UserProfileArn"]}), id="reference"),
        pytest.param(statement(SIGN_IN, ALICE.replace("alice", "${sagemaker:UserProfileName}")), id="variable"),
        pytest.param(statement(SIGN_IN, parameter_in(ALICE.replace("eu-west-1", "${Unknown}"))), id="region unknown"),
        pytest.param(statement(SIGN_IN, [ALICE, sagemaker_arn("space/d-1/*")]), id="all spaces beside"),
        pytest.param(statement(SIGN_IN, StringEquals={TAG: OWN}), id="own tag"),
        pytest.param(statement(SIGN_IN, StringEquals={"sagemaker:ResourceTag/owner": OWN}), id="SageMaker's key"),
        pytest.param(statement("sagemaker:DescribeUserProfile"), id="other action"),
        pytest.param(statement("s3:GetObject", UNKNOWN), id="other action, resource unknown"),
        pytest.param(statement("sagemaker:CreatePresignedNotebookInstanceUrl"), id="notebook instance"),
        pytest.param({"Effect": "Allow", "NotAction": "SageMaker:*", "Resource": "*"}, id="all but SageMaker"),
        pytest.param(statement(SIGN_IN) | {"Effect": "Deny"}, id="deny"),
    ],
)
def test_named_profiles(one: dict[str, Any]) -> None:
    assert found_by(RULE, studio(one) | {"Alice": {"Type": "AWS::SageMaker::UserProfile"}}) == set()


@pytest.mark.parametrize(
    "wide",
    [
        pytest.param("*", id="all"),
        pytest.param([UNKNOWN, "*"], id="all beside"),
        pytest.param([ALICE, sagemaker_arn("user-profile/d-1/*")], id="domain beside"),
        pytest.param(sagemaker_arn("user-profile/*/alice"), id="any domain"),
        pytest.param(sagemaker_arn("user-profile/d-1/alic?"), id="similar names"),
        pytest.param(sagemaker_arn("*"), id="all of SageMaker"),
        pytest.param("arn:aws:sagemaker:*", id="all of SageMaker everywhere"),
        pytest.param(sagemaker_arn("user*"), id="kind"),
        pytest.param(sagemaker_arn("*/d-1/*"), id="any kind in the domain"),
        pytest.param(sagemaker_arn("user-profil?/d-1/alice"), id="kind with a wildcard"),
        pytest.param(sagemaker_arn("*/alice"), id="ends alike"),
        pytest.param(parameter_in(sagemaker_arn("user-profile/${Unknown}/*")), id="domain unknown"),
        pytest.param({"Fn::Join": ["", [{"Fn::GetAtt": ["Alice", "UserProfileArn"]}, "*"]]}, id="longer names"),
    ],
)
def test_any_profile(wide: Any) -> None:
    resources = studio(statement(SIGN_IN, wide)) | {"Alice": {"Type": "AWS::SageMaker::UserProfile"}}
    assert found_by(RULE, resources) == {(f"{RULE}[{SIGN_IN}]", "Role", f"{STATEMENT}.Resource")}


@pytest.mark.parametrize(
    ("one", "action"),
    [
        pytest.param(statement("sagemaker:createpresigned*"), "sagemaker:createpresigned*", id="wildcard"),
        pytest.param({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}, "NotAction", id="all but some"),
        pytest.param(
            {"Effect": "Allow", "Action": SIGN_IN, "NotResource": ALICE}, SIGN_IN, id="all resources but some"
        ),
        pytest.param(
            statement(SIGN_IN, ArnEquals={"sagemaker:OwnerUserProfileArn": ALICE}), SIGN_IN, id="no condition on owners"
        ),
        pytest.param(statement(SIGN_IN, StringLike={TAG: ["alice", "*"]}), SIGN_IN, id="any tag"),
        pytest.param(statement(SIGN_IN, StringEquals={TAG: "alice"}), SIGN_IN, id="tag of whomever"),
        *(
            pytest.param(statement(SIGN_IN, StringLike={TAG: tag}), SIGN_IN, id=f"tag {tag}")
            for tag in (f"{OWN}*", f"{OWN}?", [OWN, "alice"])
        ),
        pytest.param(statement(SIGN_IN, StringEqualsIfExists={TAG: OWN}), SIGN_IN, id="tag if at all"),
        pytest.param(statement(SIGN_IN, StringEquals={"aws:PrincipalTag/owner": OWN}), SIGN_IN, id="own tag alone"),
    ],
)
def test_other_words(one: dict[str, Any], action: str) -> None:
    assert found_by(RULE, studio(one)) == {(f"{RULE}[{action}]", "Role", f"{STATEMENT}.Resource")}


@pytest.mark.parametrize(("resources", "logical_id", "document"), IDENTITIES.values(), ids=IDENTITIES)
def test_each_identity(resources: dict[str, Any], logical_id: str, document: str) -> None:
    assert found_by(RULE, resources) == {(f"{RULE}[{SIGN_IN}]", logical_id, f"{document}.Statement.0.Resource")}


@pytest.mark.parametrize(
    ("one", "place"),
    [
        pytest.param(statement(UNKNOWN), "Action", id="action"),
        pytest.param({"Effect": "Allow", "NotAction": UNKNOWN, "Resource": "*"}, "NotAction", id="all but some"),
        pytest.param(statement(SIGN_IN, UNKNOWN), "Resource", id="resource"),
        pytest.param(statement(SIGN_IN, parameter_in(sagemaker_arn("${Unknown}"))), "Resource", id="kind"),
        pytest.param(statement(SIGN_IN, StringEquals={TAG: UNKNOWN}), "Condition", id="tag"),
        pytest.param(statement(SIGN_IN, StringEquals={TAG: [OWN, UNKNOWN]}), "Condition", id="one tag"),
        pytest.param(statement(SIGN_IN, [ALICE, UNKNOWN]), "Resource", id="one resource"),
        pytest.param(statement(SIGN_IN, either(ALICE, "*")), "Resource", id="resource if"),
        pytest.param(statement(SIGN_IN, parameter_in(ALICE.replace("alice", "${Unknown}"))), "Resource", id="profile"),
    ],
)
def test_unknown(one: dict[str, Any], place: str) -> None:
    assert found_by(RULE, studio(one)) == {(f"{RULE}[Unresolved]", "Role", f"{STATEMENT}.{place}")}
