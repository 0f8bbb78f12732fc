from __future__ import annotations

from typing import Any

import pytest

from tests.checks.rules.roles import STATEMENT, UNKNOWN, found_by, of_identities, statement, studio

RULE = "NoAdministration"
OF_STUDIO = [
    *(f"{verb}{kind}" for verb in ("Create", "Update", "Delete") for kind in ("AppImageConfig", "Domain", "Image")),
    *(f"{verb}{kind}" for verb in ("Create", "Update", "Delete") for kind in ("ImageVersion", "UserProfile")),
    *(f"{verb}NotebookInstance{kind}" for verb in ("Create", "Update") for kind in ("", "LifecycleConfig")),
    *("CreatePresignedNotebookInstanceUrl", "CreateStudioLifecycleConfig", "DeleteStudioLifecycleConfig"),
]
OF_ROLES = [
    *("AttachRolePolicy", "DeleteRolePolicy", "DetachRolePolicy", "PutRolePolicy", "UpdateAssumeRolePolicy"),
    *("CreatePolicyVersion", "SetDefaultPolicyVersion"),
    *("DeleteRolePermissionsBoundary", "PutRolePermissionsBoundary"),
]
OF_KEYS = ["DisableKey", "PutKeyPolicy", "ScheduleKeyDeletion"]
OF_OTHERS = of_identities(statement("sagemaker:UpdateDomain"))


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(statement(["sagemaker:DescribeDomain", "sagemaker:List*"]), id="reading"),
        pytest.param(statement(["sagemaker:CreateSpace", "sagemaker:UpdateSpace", "sagemaker:CreateApp"]), id="work"),
        pytest.param(statement(["iam:GetRole", "iam:PassRole", "kms:CreateGrant", "kms:Decrypt"]), id="use"),
        pytest.param(
            {"Effect": "Allow", "NotAction": ["IAM:*", "kms:*", "SageMaker:*"], "Resource": "*"}, id="all but these"
        ),
        pytest.param(statement("sagemaker:*") | {"Effect": "Deny"}, id="deny"),
    ],
)
def test_no_administration(one: dict[str, Any]) -> None:
    assert found_by(RULE, studio(one)) == set()


@pytest.mark.parametrize(
    "action",
    [
        *(f"sagemaker:{name}" for name in OF_STUDIO),
        *(f"iam:{name}" for name in OF_ROLES),
        *(f"kms:{name}" for name in OF_KEYS),
        *("*", "iam:*", "kms:Put*", "SageMaker:updatedomain", "sagemaker:*UserProfile", "sagemaker:Update?omain"),
    ],
)
def test_administration(action: str) -> None:
    expected = {(f"{RULE}[{action}]", "Role", f"{STATEMENT}.Action")}
    assert found_by(RULE, studio(statement(["s3:GetObject", action]))) == expected


@pytest.mark.parametrize(
    ("one", "id", "place"),
    [
        pytest.param(
            {"Effect": "Allow", "NotAction": ["iam:*", "kms:*"], "Resource": "*"},
            "NotAction",
            "Action",
            id="all but some",
        ),
        pytest.param(
            {"Effect": "Allow", "NotAction": ["sagemaker:*", UNKNOWN], "Resource": "*"},
            "Unresolved",
            "NotAction",
            id="all but some unknown",
        ),
        pytest.param(statement(["s3:GetObject", UNKNOWN]), "Unresolved", "Action", id="action unknown"),
    ],
)
def test_other_findings(one: dict[str, Any], id: str, place: str) -> None:
    assert found_by(RULE, studio(one)) == {(f"{RULE}[{id}]", "Role", f"{STATEMENT}.{place}")}


@pytest.mark.parametrize(("resources", "logical_id", "document"), OF_OTHERS.values(), ids=OF_OTHERS)
def test_not_of_an_execution_role(resources: dict[str, Any], logical_id: str, document: str) -> None:
    assert found_by(RULE, studio() | resources) == set()
