from __future__ import annotations

from typing import Any

import pytest

from tests.checks.rules.roles import ACCOUNT, UNKNOWN, either, found_by, parameter_in, role, studio

RULE = "NoFullAccess"
WIDE = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
NARROW = "arn:aws:iam::aws:policy/AmazonSageMakerReadOnly"


@pytest.mark.parametrize(
    "resources",
    [
        pytest.param(studio(ManagedPolicyArns=[NARROW]), id="narrow policy of AWS"),
        pytest.param(studio(ManagedPolicyArns=[f"arn:aws:iam::{ACCOUNT}:policy/TeamFullAccess"]), id="own policy"),
        pytest.param(
            studio(ManagedPolicyArns=["arn:aws:iam::aws:policy/service-role/FullAccessOfNothing/ReadOnly"]), id="path"
        ),
        pytest.param(studio() | {"Other": role(ManagedPolicyArns=[WIDE])}, id="not an execution role"),
        pytest.param(studio(PermissionsBoundary=WIDE), id="boundary"),
    ],
)
def test_own_policies(resources: dict[str, Any]) -> None:
    assert found_by(RULE, resources) == set()


@pytest.mark.parametrize(
    ("attached", "id", "place"),
    [
        pytest.param([NARROW, WIDE], "AmazonSageMakerFullAccess", ".1", id="SageMaker"),
        pytest.param(WIDE, "AmazonSageMakerFullAccess", "", id="not a list"),
        pytest.param(["arn:aws-cn:iam::aws:policy/AmazonS3FullAccess"], "AmazonS3FullAccess", ".0", id="China"),
        pytest.param(
            [parameter_in("arn:${AWS::Partition}:iam::aws:policy/AWSLambda_FullAccess")],
            "AWSLambda_FullAccess",
            ".0",
            id="partition",
        ),
        pytest.param(
            ["arn:aws:iam::aws:policy/AdministratorAccess"], "AdministratorAccess", ".0", id="AdministratorAccess"
        ),
        pytest.param(["arn:aws:iam::aws:policy/PowerUserAccess"], "PowerUserAccess", ".0", id="PowerUserAccess"),
        pytest.param(
            ["arn:aws:iam::aws:policy/job-function/DataScientist"], "DataScientist", ".0", id="all of SageMaker by job"
        ),
        pytest.param([either(WIDE, NARROW)], "AmazonSageMakerFullAccess", ".0", id="if"),
        pytest.param([either(WIDE, {"Ref": "AWS::NoValue"})], "AmazonSageMakerFullAccess", ".0", id="if at all"),
        pytest.param([UNKNOWN], "Unresolved", ".0", id="unknown"),
        pytest.param(UNKNOWN, "Unresolved", "", id="all unknown"),
        pytest.param([parameter_in("arn:aws:iam::aws:policy/${Unknown}")], "Unresolved", ".0", id="name unknown"),
    ],
)
def test_policies_that_open_a_service(attached: Any, id: str, place: str) -> None:
    expected = {(f"{RULE}[{id}]", "Role", f"ManagedPolicyArns{place}")}
    assert found_by(RULE, studio(ManagedPolicyArns=attached)) == expected
