from __future__ import annotations

import json
import re

import aws_cdk as cdk
from aws_cdk import aws_s3 as s3
from syrupy.assertion import SnapshotAssertion

from constructs_lib import CanvasSettings, CanvasWorkspace, Domain, DomainSettingsPatch, ExecutionRoleSessionNameMode
from tests.templates import template_of


def test_domain_with_a_patch(stack: cdk.Stack, domain: Domain, template_snapshot: SnapshotAssertion) -> None:
    bucket = s3.Bucket.from_bucket_name(stack, "Bucket", "artifacts")
    DomainSettingsPatch(
        stack,
        "Patch",
        domain=domain,
        canvas=CanvasSettings(workspace=CanvasWorkspace(bucket=bucket), direct_deploy=False),
        execution_role_session_name_mode=ExecutionRoleSessionNameMode.USER_IDENTITY,
    )

    resources = template_of(stack)["Resources"]

    patch = json.dumps({logical_id: one for logical_id, one in resources.items() if logical_id.startswith("Patch")})
    # The code of the function has tests of its own, and the digest of the domain changes with every domain.
    patch = re.sub(r"\b[0-9a-f]{64}\b", "CODE", patch)
    assert json.loads(re.sub(r'"DomainProperties": "[0-9a-f]{16}"', '"DomainProperties": "DIGEST"', patch)) == (
        template_snapshot
    )
