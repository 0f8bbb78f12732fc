from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_iam as iam

from constructs_lib import EmrSettings


def test_renders_for_cloudformation_and_for_the_api(stack: cdk.Stack) -> None:
    first, second = (f"arn:aws:iam::123456789012:role/{name}" for name in ("first", "second"))
    roles = [iam.Role.from_role_arn(stack, arn[-5:], arn) for arn in (first, second)]

    assert EmrSettings(assumable_roles=roles[:1])._render() == {"assumableRoleArns": [first]}
    assert EmrSettings(execution_roles=roles)._render() == {"executionRoleArns": [first, second]}
    both = EmrSettings(assumable_roles=roles[:1], execution_roles=roles[1:])
    assert both._render_for_api() == {"AssumableRoleArns": [first], "ExecutionRoleArns": [second]}
    assert both == EmrSettings(assumable_roles=(roles[0],), execution_roles=(roles[1],))


def test_roles_of_this_app(stack: cdk.Stack) -> None:
    role = iam.Role(stack, "Role", assumed_by=iam.AccountRootPrincipal())

    assert stack.resolve(EmrSettings(execution_roles=[role])._render()) == {
        "executionRoleArns": [{"Fn::GetAtt": ["Role1ABCC5F0", "Arn"]}]
    }
