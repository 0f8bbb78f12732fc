from __future__ import annotations

from typing import Any

import pytest

from tests.checks.rules.roles import UNKNOWN, document, either, found_by, parameter_in, role, role_arn, studio

RULE = "TrustedBySageMaker"
SAGEMAKER, LAMBDA = "sagemaker.amazonaws.com", "lambda.amazonaws.com"
STATEMENTS = "AssumeRolePolicyDocument.Statement"


def _trust(principal: Any, **elements: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal} | elements


@pytest.mark.parametrize(
    "trusted",
    [
        pytest.param(_trust({"Service": SAGEMAKER}), id="service"),
        pytest.param(_trust({"Service": [SAGEMAKER]}), id="list"),
        pytest.param(_trust({"Service": f"{SAGEMAKER}.cn"}), id="China"),
        pytest.param(_trust({"Service": parameter_in("sagemaker.${AWS::URLSuffix}")}), id="suffix"),
        pytest.param(_trust({"Service": either(SAGEMAKER, SAGEMAKER)}), id="either way"),
        pytest.param(_trust({"AWS": "*"}, Effect="Deny"), id="deny"),
    ],
)
def test_sagemaker_alone(trusted: dict[str, Any]) -> None:
    assert found_by(RULE, studio() | {"Role": role(trusted)}) == set()


@pytest.mark.parametrize(
    ("principal", "named"),
    [
        pytest.param("*", "*", id="everybody"),
        pytest.param({"AWS": "*"}, "*", id="everybody with AWS"),
        pytest.param({"AWS": "111122223333"}, "AWS:111122223333", id="account"),
        pytest.param({"AWS": UNKNOWN}, 'AWS:{"Ref":"Unknown"}', id="unknown account"),
        pytest.param({"AWS": role_arn("Other")}, "AWS:<Research.Other.Arn>", id="role"),
        pytest.param({"AWS": SAGEMAKER}, "AWS:sagemaker.amazonaws.com", id="not as a service"),
        pytest.param({"Service": [SAGEMAKER, LAMBDA]}, "lambda.amazonaws.com", id="another service"),
        pytest.param({"Service": f"{SAGEMAKER}.example.com"}, "sagemaker.amazonaws.com.example.com", id="longer"),
        pytest.param({"Service": "sagemakerXamazonaws.com"}, "sagemakerXamazonaws.com", id="similar"),
        pytest.param(
            {"Service": SAGEMAKER, "Federated": "accounts.google.com"}, "Federated:accounts.google.com", id="federated"
        ),
    ],
)
def test_others(principal: Any, named: str) -> None:
    resources = studio() | {"Other": role(), "Role": role(_trust({"Service": SAGEMAKER}), _trust(principal))}
    assert found_by(RULE, resources) == {(f"{RULE}[{named}]", "Role", f"{STATEMENTS}.1.Principal")}


@pytest.mark.parametrize(
    ("trust", "id", "place"),
    [
        pytest.param({"Statement": _trust("*")}, f"{RULE}[*]", f"{STATEMENTS}.Principal", id="single statement"),
        pytest.param(
            document({"Effect": "Allow", "Action": "sts:AssumeRole", "NotPrincipal": {"Service": SAGEMAKER}}),
            f"{RULE}[*]",
            f"{STATEMENTS}.0.Principal",
            id="all but some",
        ),
        pytest.param(
            either(document(_trust({"Service": SAGEMAKER})), document(_trust("*"))),
            f"{RULE}[*]",
            f"{STATEMENTS}.0.Principal",
            id="document if",
        ),
        pytest.param(
            document(_trust({"Service": UNKNOWN})),
            f"{RULE}[Unresolved]",
            f"{STATEMENTS}.0.Principal",
            id="service unknown",
        ),
        pytest.param(
            document(_trust({"Service": either(SAGEMAKER, LAMBDA)})),
            f"{RULE}[Unresolved]",
            f"{STATEMENTS}.0.Principal",
            id="service if",
        ),
        pytest.param(UNKNOWN, f"{RULE}[Unresolved]", f"{STATEMENTS}.Principal", id="document unknown"),
    ],
)
def test_other_documents(trust: Any, id: str, place: str) -> None:
    resources = studio(AssumeRolePolicyDocument=trust)
    assert found_by(RULE, resources) == {(id, "Role", place)}


def test_not_an_execution_role() -> None:
    assert found_by(RULE, studio() | {"Other": role(_trust("*"))}) == set()
