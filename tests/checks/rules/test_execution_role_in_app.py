from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import resource
from tests.checks.rules.roles import (
    ACCOUNT,
    UNKNOWN,
    document,
    domain,
    either,
    found_by,
    parameter_in,
    profile,
    role,
    role_arn,
    studio,
)

RULE = "ExecutionRoleInApp"
POLICY = {"Use": resource("IAM.ManagedPolicy", ManagedPolicyName="use", PolicyDocument=document())}
ROLES = {"Role": role(RoleName="research"), "Use": POLICY["Use"]}
ROLE, OUTSIDE = role_arn("Role"), f"arn:aws:iam::{ACCOUNT}:role/outside"
USERS, SPACES = "DefaultUserSettings.ExecutionRole", "DefaultSpaceSettings.ExecutionRole"
RSTUDIO = "DomainSettings.RStudioServerProDomainSettings.DomainExecutionRoleArn"


def _rstudio(execution_role: Any) -> dict[str, Any]:
    return {"RStudioServerProDomainSettings": {"DomainExecutionRoleArn": execution_role}}


@pytest.mark.parametrize(
    "execution_role",
    [
        pytest.param(ROLE, id="reference"),
        pytest.param(f"arn:aws:iam::{ACCOUNT}:role/research", id="ARN"),
        pytest.param(f"arn:aws:iam::{ACCOUNT}:role/team/research", id="path"),
        pytest.param(parameter_in("arn:aws:iam::${AWS::AccountId}:role/research"), id="this account"),
        pytest.param(parameter_in("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/research"), id="this partition"),
        pytest.param(parameter_in("arn:aws:iam::${AWS::AccountId}:role/${Role}"), id="name by reference"),
        pytest.param(either(ROLE, ROLE), id="either way"),
    ],
)
def test_role_of_this_app(execution_role: Any) -> None:
    one = domain(
        execution_role,
        DefaultSpaceSettings={"ExecutionRole": execution_role},
        DomainSettings=_rstudio(execution_role),
    )
    assert found_by(RULE, ROLES | {"Domain": one, "Alice": profile("alice", ExecutionRole=execution_role)}) == set()


@pytest.mark.parametrize(
    "execution_role",
    [
        pytest.param(OUTSIDE, id="ARN"),
        pytest.param(parameter_in("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/outside"), id="this account"),
        pytest.param({"Fn::GetAtt": ["Use", "PolicyArn"]}, id="no role"),
        pytest.param(UNKNOWN, id="unknown"),
        pytest.param(parameter_in("arn:aws:iam::${Unknown}:role/outside"), id="account unknown"),
        pytest.param(either(ROLE, OUTSIDE), id="if"),
    ],
)
def test_role_from_elsewhere(execution_role: Any) -> None:
    other = domain(
        ROLE, DefaultSpaceSettings={"ExecutionRole": execution_role}, DomainSettings=_rstudio(execution_role)
    )
    resources = {
        "Domain": domain(execution_role),
        "Other": other,
        "Alice": profile("alice", ExecutionRole=execution_role),
    }
    assert found_by(RULE, ROLES | resources) == {
        (RULE, "Domain", USERS),
        (RULE, "Other", SPACES),
        (RULE, "Other", RSTUDIO),
        (RULE, "Alice", "UserSettings.ExecutionRole"),
    }


@pytest.mark.parametrize(
    "attached",
    [
        pytest.param([{"Ref": "Use"}], id="reference"),
        pytest.param([f"arn:aws:iam::{ACCOUNT}:policy/team/use"], id="ARN"),
        pytest.param(["arn:aws:iam::aws:policy/AmazonSageMakerReadOnly"], id="of AWS"),
        pytest.param([either({"Ref": "Use"}, {"Ref": "AWS::NoValue"})], id="if at all"),
    ],
)
def test_policy_of_this_app(attached: Any) -> None:
    assert found_by(RULE, POLICY | studio(ManagedPolicyArns=attached)) == set()


@pytest.mark.parametrize(
    "attached",
    [
        pytest.param([{"Ref": "Use"}, f"arn:aws:iam::{ACCOUNT}:policy/outside"], id="ARN"),
        pytest.param([{"Ref": "Use"}, UNKNOWN], id="unknown"),
        pytest.param([{"Ref": "Use"}, role_arn("Role")], id="no policy"),
        pytest.param([{"Ref": "Use"}, either({"Ref": "Use"}, f"arn:aws:iam::{ACCOUNT}:policy/outside")], id="if"),
    ],
)
def test_policy_from_elsewhere(attached: Any) -> None:
    bystander = {"Bystander": role(ManagedPolicyArns=attached)}
    assert found_by(RULE, POLICY | bystander | studio(ManagedPolicyArns=attached)) == {
        (RULE, "Role", "ManagedPolicyArns.1")
    }
