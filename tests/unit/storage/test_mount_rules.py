"""What is opened between apps and file systems, in which stack the rules stand, and under which ids."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_efs as efs
from aws_cdk import aws_fsx as fsx

from constructs_lib import (
    CustomFileSystem,
    Domain,
    IDomain,
    NetworkAccess,
    SpaceSettings,
    StudioFileSystem,
    UserProfile,
    UserSettings,
)
from tests.conftest import CONTEXT
from tests.templates import resources, template_of

VPC = {
    "vpc_id": "vpc-0a1b2c3d",
    "availability_zones": ["a"],
    "isolated_subnet_ids": ["subnet-0a1b2c3d"],
    "isolated_subnet_route_table_ids": ["rtb-0a1b2c3d"],
}
INGRESS, EGRESS = "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"
NOT_OPENED = "sagemaker-studio-constructs:fileSystemNotOpened"

Rules = dict[str, dict[str, Any]]
Make = Callable[[cdk.Stack], CustomFileSystem]


def efs_of(scope: cdk.Stack) -> CustomFileSystem:
    return CustomFileSystem.efs(StudioFileSystem(scope, "Files", vpc=network(scope)))


def lustre_of(scope: cdk.Stack, security_group: ec2.ISecurityGroup | None = None) -> CustomFileSystem:
    vpc = network(scope)
    return CustomFileSystem.fsx_lustre(
        fsx.LustreFileSystem(
            scope,
            "Fast",
            vpc=vpc,
            vpc_subnet=vpc.isolated_subnets[0],
            security_group=security_group,
            storage_capacity_gib=1200,
            lustre_configuration=fsx.LustreConfiguration(deployment_type=fsx.LustreDeploymentType.SCRATCH_2),
        )
    )


def imported(scope: cdk.Stack, group_id: str = "sg-1a1b2c3d") -> CustomFileSystem:
    """A file system of elsewhere, whose group is known by its id."""
    group = ec2.SecurityGroup.from_security_group_id(scope, "FilesGroup", group_id)
    return CustomFileSystem.efs(
        efs.FileSystem.from_file_system_attributes(
            scope, "Files", file_system_id="fs-0123456789abcdef0", security_group=group
        )
    )


def network(scope: cdk.Stack) -> ec2.IVpc:
    found = scope.node.try_find_child("Vpc")
    return ec2.Vpc.from_vpc_attributes(scope, "Vpc", **VPC) if found is None else found


def apps_of(scope: cdk.Stack, id: str = "Apps", **arguments: Any) -> ec2.SecurityGroup:
    return ec2.SecurityGroup(scope, id, vpc=network(scope), **arguments)


def domain_of(
    scope: cdk.Stack,
    *file_systems: CustomFileSystem,
    security_groups: Sequence[ec2.ISecurityGroup] | None = None,
    **arguments: Any,
) -> Domain:
    access = NetworkAccess.vpc_only(network(scope), security_groups=security_groups)
    settings = UserSettings(custom_file_systems=file_systems)
    return Domain(scope, "Studio", network=access, default_user_settings=settings, **arguments)


def user_of(
    scope: cdk.Stack,
    domain: IDomain,
    *file_systems: CustomFileSystem,
    name: str = "Alice",
    security_groups: Sequence[ec2.ISecurityGroup] | None = None,
    **arguments: Any,
) -> UserProfile:
    settings = UserSettings(custom_file_systems=file_systems, security_groups=security_groups)
    return UserProfile(scope, name, domain=domain, user_settings=settings, **arguments)


def rules(stack: cdk.Stack, resource_type: str = INGRESS) -> Rules:
    return {
        logical_id: one
        for logical_id, one in resources(template_of(stack), resource_type).items()
        if one["Properties"].get("Description") == "File system of SageMaker Studio"
    }


def ports(stack: cdk.Stack, resource_type: str = INGRESS) -> list[tuple[str, int, int]]:
    """What rules say: into which group, through which ports."""
    return sorted(
        (str(one["Properties"]["GroupId"]), one["Properties"]["FromPort"], one["Properties"]["ToPort"])
        for one in rules(stack, resource_type).values()
    )


def attribute(stack: cdk.Stack, group: ec2.ISecurityGroup) -> str:
    return str(stack.resolve(group.security_group_id))


def fresh() -> cdk.Stack:
    return cdk.Stack(cdk.App(context=CONTEXT, builtin_cloud_formation_validation=False), "Research")


def warnings(stack: cdk.Stack) -> list[str]:
    return [
        str(entry.data)
        for construct in stack.node.find_all()
        for entry in construct.node.metadata
        if entry.type == "aws:cdk:warning" and NOT_OPENED in str(entry.data)
    ]


def test_efs_lets_apps_in_by_nfs(stack: cdk.Stack) -> None:
    file_system = efs_of(stack)

    domain_of(stack, file_system)

    assert ports(stack) == [(attribute(stack, file_system._security_groups[0]), 2049, 2049)]
    assert ports(stack, EGRESS) == []


def test_lustre_and_apps_let_each_other_in(stack: cdk.Stack) -> None:
    file_system = lustre_of(stack)

    domain = domain_of(stack, file_system)

    groups = [attribute(stack, one) for one in (*domain.connections.security_groups, *file_system._security_groups)]
    assert ports(stack) == sorted((one, *range) for one in groups for range in ((988, 988), (1018, 1023)))


def test_lustre_in_the_group_of_the_apps_has_the_rules_of_the_cdk(stack: cdk.Stack) -> None:
    group = apps_of(stack)

    domain_of(stack, lustre_of(stack, group), security_groups=[group])

    assert ports(stack) == []
    own = [one["Properties"] for one in resources(template_of(stack), INGRESS).values()]
    assert [(one["FromPort"], one["ToPort"]) for one in own] == [(988, 1023)]


def test_apps_that_may_go_nowhere_may_go_there(stack: cdk.Stack) -> None:
    apps = apps_of(stack, allow_all_outbound=False)

    domain_of(stack, efs_of(stack), security_groups=[apps])

    assert ports(stack, EGRESS) == [(attribute(stack, apps), 2049, 2049)]


def test_each_group_of_apps_is_let_in_once(stack: cdk.Stack) -> None:
    first, second = apps_of(stack), apps_of(stack, "More")
    file_system = efs_of(stack)

    domain = domain_of(stack, file_system, security_groups=[first, second])
    user_of(stack, domain, file_system)
    user_of(stack, domain, file_system, name="Bob", security_groups=[second, apps_of(stack, "Bobs")])

    assert len(ports(stack)) == 3


def test_a_group_is_one_whichever_construct_stands_for_it(stack: cdk.Stack) -> None:
    def named(id: str) -> ec2.ISecurityGroup:
        return ec2.SecurityGroup.from_security_group_id(stack, id, cdk.Fn.import_value("apps"))

    domain = domain_of(stack, imported(stack), security_groups=[named("One")])
    user_of(stack, domain, imported_again(stack), security_groups=[named("Two")])

    assert len(ports(stack)) == 1


def imported_again(stack: cdk.Stack) -> CustomFileSystem:
    group = ec2.SecurityGroup.from_security_group_id(stack, "SameGroup", "sg-1a1b2c3d")
    return CustomFileSystem.efs(
        efs.FileSystem.from_file_system_attributes(
            stack, "Same", file_system_id="fs-0123456789abcdef0", security_group=group
        )
    )


def test_groups_of_two_parameters_are_two(stack: cdk.Stack) -> None:
    groups = [
        ec2.SecurityGroup.from_security_group_id(stack, id, cdk.CfnParameter(stack, f"{id}Id").value_as_string)
        for id in ("One", "Two")
    ]

    domain_of(stack, imported(stack), security_groups=groups)

    assert len(ports(stack)) == 2


def test_nothing_is_opened_whose_group_is_unknown(stack: cdk.Stack) -> None:
    domain_of(stack, CustomFileSystem.efs_from_id("fs-0123456789abcdef0"))

    assert ports(stack) == []
    assert warnings(stack) == []


def test_stages_have_rules_of_their_own(app: cdk.App) -> None:
    stacks = [cdk.Stack(cdk.Stage(app, id), "Research") for id in ("Test", "Production")]

    for stack in stacks:
        apps = ec2.SecurityGroup.from_security_group_id(stack, "Apps", "sg-0a1b2c3d")
        domain_of(stack, imported(stack), security_groups=[apps])

    assert [len(resources(stack_template(app, stack), INGRESS)) for stack in stacks] == [1, 1]


def stack_template(app: cdk.App, stack: cdk.Stack) -> dict[str, Any]:
    stage = cdk.Stage.of(stack)
    assert stage is not None
    template: dict[str, Any] = stage.synth().get_stack_by_name(stack.stack_name).template
    return template


def two_users(stack: cdk.Stack, file_system: CustomFileSystem, names: Sequence[str]) -> None:
    domain = domain_of(stack)
    for name in names:
        user_of(stack, domain, file_system, name=name)


@pytest.mark.parametrize("make", [efs_of, lustre_of])
def test_a_rule_is_the_same_whoever_needs_it_first(make: Make) -> None:
    found = []
    for names in (("Alice", "Bob"), ("Bob", "Alice"), ("Bob",)):
        stack = fresh()
        two_users(stack, make(stack), names)
        found.append(rules(stack))

    assert found[0] == found[1] == found[2] != {}


def test_a_rule_elsewhere_is_the_same_whoever_needs_it_first() -> None:
    found = []
    for names in (("Alice", "Bob"), ("Bob", "Alice"), ("Bob",)):
        stack = fresh()
        users = cdk.Stack(stack.node.scope, "Users")
        file_system, domain = efs_of(users), domain_of(stack)
        for name in names:
            user_of(users, domain, file_system, name=name)
        found.append(rules(users))

    assert found[0] == found[1] == found[2] != {}


def test_a_rule_stays_when_the_domain_permits_what_a_user_did() -> None:
    found = []
    for at_domain in (False, True):
        stack = fresh()
        file_system = efs_of(stack)
        domain = domain_of(stack, *([file_system] if at_domain else []))
        user_of(stack, domain, file_system)
        found.append(rules(stack))

    assert found[0] == found[1] != {}


def test_a_rule_has_its_id_whatever_the_order() -> None:
    found = []
    for order in (1, -1):
        stack = fresh()
        groups = [apps_of(stack, "Apps"), apps_of(stack, "More")]
        domain_of(stack, efs_of(stack), security_groups=groups[::order])
        found.append(rules(stack))

    assert found[0] == found[1] != {}


@pytest.mark.parametrize("make", [efs_of, lustre_of])
@pytest.mark.parametrize("files", ["Research", "Files"])
def test_the_domain_closes_no_circle_between_stacks(make: Make, files: str, app: cdk.App, stack: cdk.Stack) -> None:
    of_files = stack if files == "Research" else cdk.Stack(app, files)

    domain_of(stack, make(of_files))

    app.synth()
    assert len(ports(stack)) == (1 if make is efs_of else 4)


@pytest.mark.parametrize(
    ("files", "apps", "where", "groups"),
    [
        ("Research", None, "Research", 1),
        ("Research", "Network", "Users", 1),
        ("Research", "Users", "Users", 1),
        ("Users", None, "Users", 1),
        ("Files", None, "Users", 1),
        ("Files", "Files", "Users", 2),
    ],
)
@pytest.mark.parametrize("make", [efs_of, lustre_of])
def test_a_user_elsewhere_closes_no_circle_between_stacks(
    make: Make, files: str, apps: str | None, where: str, groups: int, app: cdk.App, stack: cdk.Stack
) -> None:
    stacks = {"Research": stack, **{id: cdk.Stack(app, id) for id in ("Users", "Files", "Network")}}
    domain = domain_of(stack)
    file_system = make(stacks[files])
    own = None if apps is None else [apps_of(stacks[apps])]

    user_of(stacks["Users"], domain, file_system, security_groups=own)
    cdk.CfnOutput(stacks["Files"], "Needs", value=domain.domain_id)  # so that the domain must not need the files

    app.synth()
    assert len(rules(stacks[where])) == groups * (1 if make is efs_of else 4)


def test_users_of_several_stacks_have_one_rule_beside_the_domain(app: cdk.App, stack: cdk.Stack) -> None:
    file_system, domain = efs_of(stack), domain_of(stack)
    users = [cdk.Stack(app, id) for id in ("Alices", "Bobs")]

    for one in users:
        user_of(one, domain, file_system, name=one.stack_name)

    assert [len(rules(one)) for one in (stack, *users)] == [1, 0, 0]


def test_the_network_of_a_domain_and_file_systems_may_stand_together(app: cdk.App, stack: cdk.Stack) -> None:
    there, users = cdk.Stack(app, "Network"), cdk.Stack(app, "Users")
    vpc = ec2.Vpc(there, "Vpc", restrict_default_security_group=False)
    file_system = CustomFileSystem.efs(StudioFileSystem(there, "Files", vpc=vpc))
    domain = Domain(stack, "Studio", network=NetworkAccess.vpc_only(vpc))

    user_of(users, domain, file_system)

    app.synth()
    assert [len(rules(one)) for one in (there, stack, users)] == [0, 1, 0]


def test_what_the_domain_permits_is_opened_beside_it_to_groups_of_users_too(app: cdk.App, stack: cdk.Stack) -> None:
    there, users = cdk.Stack(app, "Files"), cdk.Stack(app, "Users")
    domain = domain_of(stack, efs_of(there))
    apps = ec2.SecurityGroup.from_security_group_id(users, "Apps", "sg-0a1b2c3d")

    UserProfile(users, "Alice", domain=domain, user_settings=UserSettings(security_groups=[apps]))

    app.synth()
    assert [len(rules(one)) for one in (there, stack, users)] == [0, 2, 0]


def test_users_of_an_imported_domain_may_stand_elsewhere(app: cdk.App, stack: cdk.Stack) -> None:
    users = cdk.Stack(app, "Users")
    domain = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123")

    user_of(users, domain, efs_of(users), security_groups=[apps_of(users)])

    app.synth()
    assert len(rules(users)) == 1


def test_a_rule_is_kept_as_the_domain_is(stack: cdk.Stack) -> None:
    domain = domain_of(stack)
    user_of(stack, domain, efs_of(stack), removal_policy=cdk.RemovalPolicy.DESTROY)

    (rule,) = rules(stack).values()
    assert (rule["DeletionPolicy"], rule["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")


@pytest.mark.parametrize("policy", [cdk.RemovalPolicy.RETAIN, cdk.RemovalPolicy.DESTROY])
def test_a_rule_elsewhere_is_kept_as_its_user_is(policy: cdk.RemovalPolicy, app: cdk.App, stack: cdk.Stack) -> None:
    users = cdk.Stack(app, "Users")

    user_of(users, domain_of(stack), efs_of(users), removal_policy=policy)

    (rule,) = rules(users).values()
    assert rule["DeletionPolicy"] == ("Retain" if policy is cdk.RemovalPolicy.RETAIN else "Delete")


def public_domain(stack: cdk.Stack, *file_systems: CustomFileSystem) -> Domain:
    access = NetworkAccess.public_internet(network(stack))
    return Domain(stack, "Studio", network=access, default_user_settings=UserSettings(custom_file_systems=file_systems))


def test_warns_of_apps_without_a_group_once(stack: cdk.Stack) -> None:
    domain = public_domain(stack, efs_of(stack))
    domain.add_user_profile("Alice")
    domain.add_user_profile("Bob")

    assert warnings(stack) == [
        "security_groups must be known to open CustomFileSystem.efs(Research/Files) to the apps, got none; pass those "
        "of the apps to the network of the domain, or to the settings that are given to an imported one "
        f"[ack: {NOT_OPENED}]"
    ]


def test_warns_of_an_imported_domain_whose_groups_are_unknown(stack: cdk.Stack) -> None:
    domain = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123")

    user_of(stack, domain, efs_of(stack))

    assert len(warnings(stack)) == 1


def test_does_not_warn_where_the_groups_are_known(stack: cdk.Stack) -> None:
    group = ec2.SecurityGroup.from_security_group_id(stack, "Group", "sg-0a1b2c3d")
    settings = UserSettings(security_groups=[group])
    domain = Domain.from_domain_attributes(stack, "Shared", domain_id="d-abc123", default_user_settings=settings)

    user_of(stack, domain, efs_of(stack))

    assert warnings(stack) == []
    assert len(rules(stack)) == 1


def test_shared_spaces_are_let_in_too(stack: cdk.Stack) -> None:
    access = NetworkAccess.vpc_only(network(stack))
    settings = SpaceSettings(custom_file_systems=[efs_of(stack)])

    Domain(stack, "Studio", network=access, default_space_settings=settings)

    assert len(rules(stack)) == 1
