"""The escalation paths that no policy of a user closes: what the template does about them."""

from __future__ import annotations

from pathlib import Path

import aws_cdk as cdk

from constructs_lib import Domain
from tests.access.deployment import Deployment, Role
from tests.access.mutations import actions_of
from tests.studios import REFERENCE, synthesized
from tests.templates import properties, resources, template_of


def test_path_13_whoever_plants_code_in_a_shared_space_gets_the_weakest_role(tmp_path: Path) -> None:
    deployment = Deployment(synthesized(REFERENCE, tmp_path / "out"))
    inside = deployment.role("DomainSpaceExecutionRole")
    users = [role for name, role in deployment.roles().items() if "ExecutionRole" in name and "/Domain" not in name]

    def allowed(role: Role) -> set[str]:
        return {
            action
            for document in role.policies.values()
            for statement in document["Statement"]
            if statement["Effect"] == "Allow"
            for action in actions_of(statement)
        }

    assert users
    for user in users:
        assert allowed(inside) < allowed(user)
        assert inside.arn != user.arn


def test_path_14_there_is_no_home_file_system_to_mount(stack: cdk.Stack, domain: Domain) -> None:
    assert properties(template_of(stack), "AWS::SageMaker::Domain")["HomeEfsFileSystemCreation"] == "Disabled"
    assert not resources(template_of(stack), "AWS::EC2::SecurityGroupIngress")
