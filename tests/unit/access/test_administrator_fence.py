from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_iam as iam

from constructs_lib import AdministratorFence, Domain
from tests.templates import properties, resources, template_of
from tests.unit.access.policies import POLICY, by_sid, size


def test_it_is_attached_where_it_is_wanted_and_denies(stack: cdk.Stack, domain: Domain) -> None:
    role = iam.Role(stack, "Role", assumed_by=iam.AccountRootPrincipal())
    user, group = iam.User(stack, "User"), iam.Group(stack, "Group")
    AdministratorFence(stack, "Fence", domain=domain, roles=[role], users=[user], groups=[group])

    (fence,) = (
        one["Properties"]
        for logical_id, one in resources(template_of(stack), POLICY).items()
        if logical_id[:-8] == "Fence"
    )
    attached = [fence[kind] for kind in ("Roles", "Users", "Groups")]
    assert attached == [[stack.resolve(name)] for name in (role.role_name, user.user_name, group.group_name)]
    assert {one["Effect"] for one in fence["PolicyDocument"]["Statement"]} == {"Deny"}


def test_it_protects_the_users_of_an_imported_domain(stack: cdk.Stack) -> None:
    domain = Domain.from_domain_attributes(
        stack, "Shared", domain_id="d-abc123", account="123456789012", region="eu-west-1"
    )
    AdministratorFence(stack, "Fence", domain=domain)

    document = properties(template_of(stack), POLICY)["PolicyDocument"]
    way_in = by_sid(document["Statement"])["NoWayIn"]
    assert stack.resolve(domain.domain_arn) in way_in["Resource"]
    assert size(document) < 6144
