"""The text of the generated policies: size, what parliament finds, and what no statement may say."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator

import pytest

from constructs_lib.access.studio_arns import WHOEVER_CALLS
from tests.access.cells import cells
from tests.access.documents import Document, Statement

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import parliament
    import parliament.statement

# Findings that come from parliament's age: its data end before these names of SageMaker.
REVIEWED = {
    ("UNKNOWN_ACTION", "sagemaker:StartSession"),
    ("UNKNOWN_CONDITION_FOR_ACTION", "sagemaker:RemoteAccess"),
    ("UNKNOWN_CONDITION_FOR_ACTION", "sagemaker:StudioLifecycleConfigArns"),
}


def documents() -> dict[str, Document]:
    """All distinct documents that actors of the contract carry, by kind and number."""
    distinct = {
        json.dumps(document, sort_keys=True): kind for cell in cells() for kind, document in cell.actor.policies.items()
    }
    return {f"{kind} {number}": json.loads(text) for number, (text, kind) in enumerate(distinct.items())}


def statements() -> Iterator[Statement]:
    """The statements of all but what the app itself grants."""
    for name, document in documents().items():
        if not name.startswith("Grants"):
            yield from document["Statement"]


@pytest.fixture
def parliament_that_knows_lists_of_arns(monkeypatch: pytest.MonkeyPatch) -> None:
    translate = parliament.statement.translate_documentation_types
    monkeypatch.setattr(
        parliament.statement,
        "translate_documentation_types",
        lambda name: "Arn" if name == "ArrayOfARN" else translate(name),
    )


def findings(document: Document) -> set[tuple[str, str]]:
    """What parliament finds, which takes the colon in a policy variable for one of the ARN."""
    analyzed = parliament.analyze_policy_string(json.dumps(document).replace(WHOEVER_CALLS, "alice"))
    return {(finding.issue, _subject(finding.detail)) for finding in analyzed.findings}


def _subject(detail: object) -> str:
    """Return the action or the condition key that a finding is about."""
    text = str(detail)
    return next((name for _, name in REVIEWED if name in text), text)


@pytest.mark.usefixtures("parliament_that_knows_lists_of_arns")
def test_parliament_finds_nothing_but_what_was_reviewed() -> None:
    found = {finding for document in documents().values() for finding in findings(document)}

    assert found - REVIEWED == set()
    assert REVIEWED - found == set(), "a review that nothing needs any more"


@pytest.mark.usefixtures("parliament_that_knows_lists_of_arns")
def test_parliament_finds_a_mistake() -> None:
    statement = {"Effect": "Allow", "Action": "sagemaker:CreateSpaces", "Resource": "*"}

    assert findings({"Version": "2012-10-17", "Statement": [statement]}) != set()


def test_no_document_has_more_characters_than_iam_takes() -> None:
    assert {name: _size(document) for name, document in documents().items() if _size(document) > 6144} == {}


def _size(document: Document) -> int:
    return len(json.dumps(document, separators=(",", ":")))


def test_nothing_is_allowed_on_everything_but_listing_and_signing_in_to_registries() -> None:
    for statement in statements():
        if statement["Effect"] == "Allow" and statement.get("Resource") == "*":
            actions = _listed(statement["Action"])
            assert actions == ["ecr:GetAuthorizationToken"] or all(
                action.startswith("sagemaker:List") for action in actions
            ), statement


def test_every_statement_names_its_actions_in_order() -> None:
    for statement in statements():
        actions = _listed(statement["Action"])
        assert actions == sorted(actions)
        assert not any("*" in action for action in actions)
        assert "NotAction" not in statement


def test_only_these_services_are_used_at_all() -> None:
    """What the app itself grants aside."""
    allowed = {
        action
        for name, document in documents().items()
        if not name.startswith(("DefaultPolicy", "Grants"))
        for statement in document["Statement"]
        if statement["Effect"] == "Allow"
        for action in _listed(statement["Action"])
        if not action.startswith("sagemaker:")
    }

    assert allowed == {
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetAuthorizationToken",
        "ecr:GetDownloadUrlForLayer",
        "kms:CreateGrant",
        "kms:DescribeKey",
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:DescribeLogStreams",
        "logs:PutLogEvents",
    }


def test_nothing_is_allowed_because_an_owner_is_missing() -> None:
    for statement in statements():
        condition = statement.get("Condition", {})
        if statement["Effect"] == "Allow":
            assert condition.get("Null", {}).get("sagemaker:OwnerUserProfileArn") != "true"
            assert not any("IfExists" in operator or "ForAllValues" in operator for operator in condition)
            assert not any("Not" in operator for operator in condition)


def _listed(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]
