from __future__ import annotations

from typing import Any

import pytest

from tests.checks.rules.roles import (
    ACCOUNT,
    STATEMENT,
    UNKNOWN,
    either,
    found_by,
    of_identities,
    parameter_in,
    role_arn,
    statement,
    studio,
)

RULE = "PassRole"
PASS = "iam:PassRole"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/jobs"
OF_OTHERS = of_identities(statement(PASS))


def _named(name: str) -> dict[str, Any]:
    return statement(PASS, f"arn:aws:iam::{ACCOUNT}:{name}")


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(statement(PASS, ROLE), id="role"),
        pytest.param(statement(PASS, [ROLE, role_arn("Role")]), id="roles"),
        pytest.param(_named("role/team/jobs"), id="path"),
        pytest.param(_named("role/${aws:PrincipalTag/job-role}"), id="variable"),
        pytest.param(statement(PASS, parameter_in("arn:aws:iam::${Unknown}:role/jobs")), id="account unknown"),
        pytest.param(statement([PASS, "s3:GetObject"], [ROLE, "arn:aws:s3:::data/*"]), id="objects beside"),
        pytest.param(statement("iam:GetRole"), id="other action"),
        pytest.param(statement("iam:GetRole", UNKNOWN), id="other action, resource unknown"),
        pytest.param({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}, id="all but IAM"),
        pytest.param(statement(PASS) | {"Effect": "Deny"}, id="deny"),
    ],
)
def test_named_roles(one: dict[str, Any]) -> None:
    assert found_by(RULE, studio(one)) == set()


@pytest.mark.parametrize(
    ("one", "action"),
    [
        pytest.param(statement(PASS), PASS, id="all"),
        pytest.param(statement(PASS, [ROLE, f"arn:aws:iam::{ACCOUNT}:role/*"]), PASS, id="all roles beside"),
        pytest.param(_named("role/team/*"), PASS, id="all of a path"),
        pytest.param(_named("role/job?"), PASS, id="similar names"),
        pytest.param(_named("r*"), PASS, id="kind"),
        pytest.param(_named("rol?/team/*"), PASS, id="kind with a wildcard"),
        pytest.param(_named("*jobs"), PASS, id="ends alike"),
        pytest.param(statement(PASS, {"Fn::Join": ["", [role_arn("Role"), "*"]]}), PASS, id="longer names"),
        pytest.param(statement("IAM:passrole"), "IAM:passrole", id="another case"),
        pytest.param(statement("iam:Pass*"), "iam:Pass*", id="wildcard"),
        pytest.param(
            statement(PASS, StringEquals={"iam:PassedToService": "sagemaker.amazonaws.com"}), PASS, id="to SageMaker"
        ),
        pytest.param({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}, "NotAction", id="all but some"),
        pytest.param({"Effect": "Allow", "Action": PASS, "NotResource": ROLE}, PASS, id="all resources but some"),
    ],
)
def test_any_role(one: dict[str, Any], action: str) -> None:
    assert found_by(RULE, studio(one)) == {(f"{RULE}[{action}]", "Role", f"{STATEMENT}.Resource")}


@pytest.mark.parametrize(("resources", "logical_id", "document"), OF_OTHERS.values(), ids=OF_OTHERS)
def test_not_of_an_execution_role(resources: dict[str, Any], logical_id: str, document: str) -> None:
    assert found_by(RULE, studio() | resources) == set()


@pytest.mark.parametrize(
    ("one", "place"),
    [
        pytest.param(statement(UNKNOWN), "Action", id="action"),
        pytest.param(statement(PASS, UNKNOWN), "Resource", id="resource"),
        pytest.param(statement(PASS, [ROLE, UNKNOWN]), "Resource", id="one resource"),
        pytest.param(statement(PASS, either(ROLE, "*")), "Resource", id="resource if"),
        pytest.param(statement(PASS, parameter_in(ROLE.replace("jobs", "${Unknown}"))), "Resource", id="name"),
    ],
)
def test_unknown(one: dict[str, Any], place: str) -> None:
    assert found_by(RULE, studio(one)) == {(f"{RULE}[Unresolved]", "Role", f"{STATEMENT}.{place}")}
