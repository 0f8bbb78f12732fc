from __future__ import annotations

from typing import Any

import pytest

from tests.checks.judged import resource
from tests.checks.rules.roles import (
    UNKNOWN,
    attached,
    document,
    either,
    found_by,
    parameter_in,
    profile,
    role,
    role_arn,
    statement,
    studio,
)

RULE = "InstanceTypesByPolicy"
PLACE = "StudioWebPortalSettings.HiddenInstanceTypes"
KEY = "sagemaker:InstanceTypes"
CREATE_APP, CREATE_SPACE, UPDATE_SPACE = WRITES = [
    "sagemaker:CreateApp",
    "sagemaker:CreateSpace",
    "sagemaker:UpdateSpace",
]
SMALL = {"ForAnyValue:StringEquals": {KEY: ["ml.t3.medium"]}}
USE = statement(WRITES)
BY_EACH_WAY = attached(statement(WRITES) | {"Sid": "Use"})


def _deny(action: Any = "sagemaker:*", operator: str = "ForAnyValue:StringNotLike") -> dict[str, Any]:
    return statement(action, **{operator: {KEY: ["ml.t3.*"]}}) | {"Effect": "Deny"}


def _hiding(types: Any = ("ml.p4d.24xlarge",)) -> dict[str, Any]:
    hidden = list(types) if isinstance(types, tuple) else types
    return {"StudioWebPortalSettings": {"HiddenInstanceTypes": hidden}}


def _domain(resources: dict[str, Any], **settings: Any) -> dict[str, Any]:
    """A domain that hides instance types, beside what is there."""
    one = resources["Domain"]
    role = one["Properties"]["DefaultUserSettings"]
    return resources | {"Domain": one | {"Properties": {"DefaultUserSettings": role | (settings or _hiding())}}}


@pytest.mark.parametrize(
    "resources",
    [
        pytest.param(_domain(studio(USE, _deny())), id="denied"),
        pytest.param(_domain(studio(USE, _deny(CREATE_APP), _deny("sagemaker:*space"))), id="denied one by one"),
        pytest.param(_domain(studio(statement(WRITES, **SMALL))), id="allowed for some"),
        pytest.param(_domain(studio(statement("s3:*"))), id="not allowed at all"),
        pytest.param(_domain(studio(statement(CREATE_APP, **SMALL), _deny([CREATE_SPACE, UPDATE_SPACE]))), id="both"),
        pytest.param(
            _domain(studio(statement(WRITES, **SMALL), statement(WRITES, "arn:x") | {"Effect": "Deny"})),
            id="denied too",
        ),
        pytest.param(
            _domain(studio(statement(WRITES, **SMALL), ManagedPolicyArns=[{"Ref": "Use"}]))
            | {"Use": resource("IAM.ManagedPolicy", PolicyDocument=document(statement("s3:*")))},
            id="policy of this app",
        ),
        pytest.param(studio(USE), id="nothing said"),
        pytest.param(_domain(studio(USE), **_hiding([])), id="nothing hidden"),
        pytest.param(_domain(studio(USE, _deny())) | {"Other": role(Policies=[])}, id="another role"),
        pytest.param(
            _domain(studio(USE, _deny())) | {"Alice": profile("alice", ExecutionRole=role_arn("Free"), **_hiding([]))},
            id="profile hides nothing",
        ),
    ],
)
def test_denied_by_policy(resources: dict[str, Any]) -> None:
    free = {"Free": role(Policies=[{"PolicyName": "Use", "PolicyDocument": {"Statement": USE}}])}
    assert found_by(RULE, free | resources) == set()


@pytest.mark.parametrize(
    "resources",
    [
        pytest.param(studio(USE), id="not denied"),
        pytest.param(studio(USE, _deny([CREATE_APP, CREATE_SPACE])), id="UpdateSpace"),
        pytest.param(studio(USE, _deny([CREATE_APP, UPDATE_SPACE])), id="CreateSpace"),
        pytest.param(studio(USE, _deny([CREATE_SPACE, UPDATE_SPACE])), id="CreateApp"),
        pytest.param(studio(statement(WRITES, **SMALL), statement(CREATE_APP)), id="one statement allows all"),
        pytest.param(studio(USE, statement(WRITES, "arn:x") | {"Effect": "Deny"}), id="denied for another reason"),
        pytest.param(studio(USE, _deny(operator="Null")), id="denied if none is named"),
        pytest.param(
            studio(USE, statement(WRITES, StringEquals={"aws:RequestedRegion": "us-east-1"}) | {"Effect": "Deny"}),
            id="denied on another condition",
        ),
        pytest.param(
            studio(ManagedPolicyArns=["arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"]), id="allowed by AWS"
        ),
    ],
)
def test_hidden_alone(resources: dict[str, Any]) -> None:
    assert found_by(RULE, _domain(resources)) == {(RULE, "Domain", f"DefaultUserSettings.{PLACE}")}


@pytest.mark.parametrize("resources", [one for one, _, _ in BY_EACH_WAY.values()], ids=BY_EACH_WAY)
def test_each_way_of_attaching(resources: dict[str, Any]) -> None:
    assert found_by(RULE, _domain(resources)) == {(RULE, "Domain", f"DefaultUserSettings.{PLACE}")}


@pytest.mark.parametrize(
    ("alice", "logical_id", "settings"),
    [
        pytest.param({"ExecutionRole": role_arn("Free")}, "Domain", "DefaultUserSettings", id="hidden by the domain"),
        pytest.param({"ExecutionRole": role_arn("Free")} | _hiding(), "Alice", "UserSettings", id="by the profile"),
    ],
)
def test_role_of_a_profile(alice: dict[str, Any], logical_id: str, settings: str) -> None:
    free = {"Free": role(Policies=[{"PolicyName": "Use", "PolicyDocument": {"Statement": USE}}])}
    resources = _domain(studio(USE, _deny())) | free | {"Alice": profile("alice", **alice)}
    assert found_by(RULE, resources) == {(RULE, logical_id, f"{settings}.{PLACE}")}


def test_role_of_the_domain_for_a_profile() -> None:
    resources = studio(USE) | {"Alice": profile("alice", **_hiding())}
    assert found_by(RULE, resources) == {(RULE, "Alice", f"UserSettings.{PLACE}")}


@pytest.mark.parametrize(
    "types",
    [
        pytest.param(UNKNOWN, id="types"),
        pytest.param(["ml.g5.xlarge", UNKNOWN], id="type"),
        pytest.param([parameter_in("ml.${Unknown}.xlarge")], id="family"),
        pytest.param(either(["ml.g5.xlarge"], []), id="if"),
    ],
)
def test_unknown_types(types: Any) -> None:
    expected = {(f"{RULE}[Unresolved]", "Domain", f"DefaultUserSettings.{PLACE}")}
    assert found_by(RULE, _domain(studio(USE), **_hiding(types))) == expected


@pytest.mark.parametrize(
    ("statements", "place"),
    [
        pytest.param([statement(UNKNOWN)], "Action", id="allowed action"),
        pytest.param([USE, _deny(UNKNOWN)], "Action", id="denied action"),
        pytest.param([USE, statement("*") | {"Effect": "Deny", "Condition": UNKNOWN}], "Condition", id="condition"),
    ],
)
def test_unknown_policies(statements: list[Any], place: str) -> None:
    document = "Policies.0.PolicyDocument.Statement"
    expected = {(f"{RULE}[Unresolved]", "Role", f"{document}.{len(statements) - 1}.{place}")}
    assert found_by(RULE, _domain(studio(*statements))) == expected
