from __future__ import annotations

import json
import re

import aws_cdk as cdk
import pytest
from syrupy.assertion import SnapshotAssertion

from constructs_lib import Domain, DomainDrain, JupyterLab, NetworkAccess, UserProfile
from tests.templates import template_of


@pytest.mark.parametrize("name", ["Research", "Users"])
def test_domain_and_users_with_a_drain_each(
    name: str, app: cdk.App, stack: cdk.Stack, network: NetworkAccess, template_snapshot: SnapshotAssertion
) -> None:
    users = cdk.Stack(app, "Users", synthesizer=cdk.DefaultStackSynthesizer(generate_bootstrap_version_rule=False))
    domain = Domain(stack, "Studio", network=network, removal_policy=cdk.RemovalPolicy.DESTROY)
    DomainDrain(stack, "Drain", domain=domain, delete_user_spaces=True)
    domain.add_user_profile("Alice")
    UserProfile(users, "Bob", domain=domain).add_private_space("Lab", app=JupyterLab())
    DomainDrain(users, "Drain", domain=domain)

    resources = template_of({"Research": stack, "Users": users}[name])["Resources"]

    drain = json.dumps({logical_id: one for logical_id, one in resources.items() if logical_id.startswith("Drain")})
    # The code of the functions has tests of its own; that of the framework changes with the CDK.
    assert json.loads(re.sub(r"\b[0-9a-f]{64}\b", "CODE", drain)) == template_snapshot
