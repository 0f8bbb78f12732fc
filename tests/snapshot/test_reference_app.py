from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.studios import REFERENCE, synthesized

STATEFUL = {
    "AWS::EC2::VPC",
    "AWS::IAM::Role",
    "AWS::KMS::Key",
    "AWS::SageMaker::Domain",
    "AWS::SageMaker::Space",
    "AWS::SageMaker::UserProfile",
}


@pytest.mark.parametrize("stack", ["research-network", "research-studio", "research-users-1"])
def test_reference_app(stack: str, tmp_path: Path, template_snapshot: SnapshotAssertion) -> None:
    assert synthesized(REFERENCE, tmp_path)[stack] == template_snapshot


@pytest.mark.parametrize("stack", ["research-network", "research-studio", "research-users-1"])
def test_reference_app_without_feature_flags(stack: str, tmp_path: Path, template_snapshot: SnapshotAssertion) -> None:
    assert synthesized(REFERENCE, tmp_path, context={})[stack] == template_snapshot


def test_logical_ids_of_what_must_not_be_lost(tmp_path: Path, template_snapshot: SnapshotAssertion) -> None:
    """Change this snapshot with a decision only: another logical id is another resource, and an empty one."""
    found = {
        name: {
            logical_id: resource["Type"]
            for logical_id, resource in template["Resources"].items()
            if resource["Type"] in STATEFUL
        }
        for name, template in synthesized(REFERENCE, tmp_path).items()
    }

    assert found == template_snapshot
