from __future__ import annotations

from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_efs as efs
from aws_cdk import aws_kms as kms

from constructs_lib import PosixUser, StudioFileSystem
from tests.conftest import CONTEXT
from tests.templates import properties, resources, template_of

ALICE = PosixUser(uid=10_001, gid=1_001)
TYPE, DIRECTORY, FUNCTION = "AWS::EFS::FileSystem", "Custom::StudioDirectory", "AWS::Lambda::Function"


def fates(stack: cdk.Stack, *types: str) -> set[tuple[str, str, str]]:
    template = template_of(stack)
    return {
        (one, body["DeletionPolicy"], body["UpdateReplacePolicy"])
        for one in types
        for logical_id, body in resources(template, one).items()
        if logical_id.startswith("Files")
    }


def test_is_encrypted_backed_up_and_elastic(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    StudioFileSystem(stack, "Files", vpc=vpc)

    template = template_of(stack)
    assert properties(template, "AWS::KMS::Key")["EnableKeyRotation"] is True
    (key,) = resources(template, "AWS::KMS::Key")
    found = properties(template, TYPE)
    assert found["Encrypted"] is True
    assert found["KmsKeyId"] == {"Fn::GetAtt": [key, "Arn"]}
    assert found["BackupPolicy"] == {"Status": "ENABLED"}
    assert found["ThroughputMode"] == "elastic"
    assert "LifecyclePolicies" not in found


def test_has_no_policy_that_a_mount_without_iam_would_fail(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    files = StudioFileSystem(stack, "Files", vpc=vpc)
    files.add_directory("Alice", owner=ALICE)

    assert stack.node.get_context("@aws-cdk/aws-efs:denyAnonymousAccess") is True, "which this is about"
    assert "FileSystemPolicy" not in properties(template_of(stack), TYPE)


def test_takes_a_key(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    arn = f"arn:aws:kms:eu-west-1:{'1' * 12}:key/abc"
    StudioFileSystem(stack, "Files", vpc=vpc, encryption_key=kms.Key.from_key_arn(stack, "Key", arn))

    template = template_of(stack)
    assert properties(template, TYPE)["KmsKeyId"] == arn
    assert resources(template, "AWS::KMS::Key") == {}


def test_moves_files_that_nobody_reads_if_told_to(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    StudioFileSystem(stack, "Files", vpc=vpc, lifecycle_policy=efs.LifecyclePolicy.AFTER_30_DAYS)

    assert properties(template_of(stack), TYPE)["LifecyclePolicies"] == [{"TransitionToIA": "AFTER_30_DAYS"}]


def test_lets_nobody_in_by_itself(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    StudioFileSystem(stack, "Files", vpc=vpc)

    template = template_of(stack)
    assert "SecurityGroupIngress" not in properties(template, "AWS::EC2::SecurityGroup")
    assert resources(template, "AWS::EC2::SecurityGroupIngress") == {}


def test_has_a_mount_target_in_each_zone_of_the_vpc(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    StudioFileSystem(stack, "Files", vpc=vpc)

    found = [one["Properties"]["SubnetId"] for one in resources(template_of(stack), "AWS::EFS::MountTarget").values()]
    assert found == [stack.resolve(one.subnet_id) for one in vpc.isolated_subnets]


def test_has_mount_targets_in_the_subnets_that_are_given(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    StudioFileSystem(stack, "Files", vpc=vpc, vpc_subnets=ec2.SubnetSelection(subnets=[vpc.isolated_subnets[1]]))

    found = properties(template_of(stack), "AWS::EFS::MountTarget")["SubnetId"]
    assert found == stack.resolve(vpc.isolated_subnets[1].subnet_id)


OF_FILES = (TYPE, "AWS::EC2::SecurityGroup", "AWS::EFS::MountTarget", "AWS::KMS::Key")
OF_DIRECTORIES = ("AWS::EC2::SecurityGroupIngress", "AWS::EFS::AccessPoint", "AWS::IAM::Role", FUNCTION)


def test_is_kept_with_all_that_it_needs_and_nothing_else(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    StudioFileSystem(stack, "Files", vpc=vpc).add_directory("Alice", owner=ALICE)

    assert fates(stack, *OF_FILES) == {(one, "RetainExceptOnCreate", "Retain") for one in OF_FILES}
    assert fates(stack, *OF_DIRECTORIES) == {(one, "Delete", "Delete") for one in OF_DIRECTORIES}


def test_is_destroyed_if_told_to(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    StudioFileSystem(stack, "Files", vpc=vpc, removal_policy=cdk.RemovalPolicy.DESTROY)

    assert fates(stack, *OF_FILES) == {(one, "Delete", "Delete") for one in OF_FILES}


def test_says_whose_a_directory_is(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    files = StudioFileSystem(stack, "Files", vpc=vpc)
    files.add_directory("Alice", owner=ALICE)
    files.add_directory("Bob", owner=PosixUser(uid=10_002, gid=1_002), path="/users/bob")
    files.add_shared_directory("Team", gid=1_001)

    found = [one["Properties"] for one in resources(template_of(stack), DIRECTORY).values()]
    assert [(one["Path"], one["Uid"], one["Gid"], one["Mode"]) for one in found] == [
        ("/alice", 10_001, 1_001, "0700"),
        ("/users/bob", 10_002, 1_002, "0700"),
        ("/team", 0, 1_001, "2770"),
    ]
    assert len({str(one["ServiceToken"]) for one in found}) == 1


@pytest.mark.parametrize("order", [1, -1])
def test_makes_a_directory_before_those_in_it(order: int, stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    files = StudioFileSystem(stack, "Files", vpc=vpc)
    for path in ("/team", "/team/alice", "/team/alice/old", "/teams")[::order]:
        files.add_shared_directory(path.replace("/", ""), gid=1_001, path=path)

    found = resources(template_of(stack), DIRECTORY)
    paths = {logical_id: one["Properties"]["Path"] for logical_id, one in found.items()}
    after = {
        one["Properties"]["Path"]: {paths[before] for before in one.get("DependsOn", []) if before in paths}
        for one in found.values()
    }
    assert after == {
        "/team": set(),
        "/team/alice": {"/team"},
        "/team/alice/old": {"/team", "/team/alice"},
        "/teams": set(),
    }


def test_takes_numbers_and_paths_that_only_the_deployment_knows(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    number = cdk.CfnParameter(stack, "Number", type="Number").value_as_number
    files = StudioFileSystem(stack, "Files", vpc=vpc)
    files.add_shared_directory("Team", gid=number, path=cdk.CfnParameter(stack, "Path").value_as_string)
    files.add_directory("Alice", owner=PosixUser(uid=number, gid=number), path="/team/alice")
    files.add_shared_directory("Churn", gid=1_001, path="/team")

    found = [one["Properties"] for one in resources(template_of(stack), DIRECTORY).values()]
    assert [(one["Path"], one["Gid"]) for one in found] == [
        ({"Ref": "Path"}, {"Ref": "Number"}),
        ("/team/alice", {"Ref": "Number"}),
        ("/team", 1_001),
    ]


def test_a_user_has_directories_in_directories(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    files = StudioFileSystem(stack, "Files", vpc=vpc)
    files.add_shared_directory("Team", gid=ALICE.gid)
    files.add_directory("Old", owner=ALICE, path="/team/alice/old")

    files.add_directory("Alice", owner=ALICE, path="/team/alice")

    assert len(resources(template_of(stack), DIRECTORY)) == 3


def test_a_function_in_the_vpc_mounts_the_root_as_root(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    StudioFileSystem(stack, "Files", vpc=vpc).add_directory("Alice", owner=ALICE)

    template = template_of(stack)
    handler = handler_of(template)
    (group,) = resources(template, "AWS::EC2::SecurityGroup")
    targets = resources(template, "AWS::EFS::MountTarget")
    (rule,) = resources(template, "AWS::EC2::SecurityGroupIngress")
    access_point = properties(template, "AWS::EFS::AccessPoint")
    assert (access_point["PosixUser"], access_point["RootDirectory"]) == ({"Uid": "0", "Gid": "0"}, {"Path": "/"})
    (mounted,) = handler["Properties"]["FileSystemConfigs"]
    assert mounted["LocalMountPath"] == handler["Properties"]["Environment"]["Variables"]["ROOT"] == "/mnt/files"
    assert handler["Properties"]["VpcConfig"] == {
        "SecurityGroupIds": [{"Fn::GetAtt": [group, "GroupId"]}],
        "SubnetIds": [one["Properties"]["SubnetId"] for one in targets.values()],
    }
    assert {*targets, rule} <= set(handler["DependsOn"]), "or there is nothing yet to mount"


def test_the_cdk_answers_from_outside_the_vpc(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    StudioFileSystem(stack, "Files", vpc=vpc).add_directory("Alice", owner=ALICE)

    (framework,) = (
        one["Properties"]
        for one in resources(template_of(stack), FUNCTION).values()
        if one["Properties"]["Handler"] == "framework.onEvent"
    )
    assert "VpcConfig" not in framework


def test_the_function_may_do_this_and_no_more(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    StudioFileSystem(stack, "Files", vpc=vpc).add_directory("Alice", owner=ALICE)

    template = template_of(stack)
    (role,) = (one for one in resources(template, "AWS::IAM::Role") if "HandlerRole" in one)
    statements = [
        statement
        for policy in resources(template, "AWS::IAM::ManagedPolicy").values()
        if policy["Properties"]["Roles"] == [{"Ref": role}]
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
    ]
    (root,) = (one for one in statements if one["Sid"] == "Root")
    (file_system,) = resources(template, TYPE)
    assert resources(template, "AWS::IAM::Policy") == {}
    assert {one["Sid"] for one in statements} == {"Logs", "NetworkInterfaces", "Root"}
    assert root["Action"] == [f"elasticfilesystem:Client{one}" for one in ("Mount", "RootAccess", "Write")]
    assert root["Resource"] == {"Fn::GetAtt": [file_system, "Arn"]}
    assert list(root["Condition"]) == ["StringEquals"]
    assert [one["Sid"] for one in statements if one["Resource"] == "*"] == ["NetworkInterfaces"]


def test_the_code_is_the_handler_alone(tmp_path: Path) -> None:
    app = cdk.App(outdir=str(tmp_path), context=CONTEXT, builtin_cloud_formation_validation=False)
    stack = cdk.Stack(app, "Research")
    StudioFileSystem(stack, "Files", vpc=ec2.Vpc(stack, "Vpc")).add_directory("Alice", owner=ALICE)
    template = app.synth().get_stack_by_name("Research").template

    handler = handler_of(template)["Properties"]

    folder = tmp_path / f"asset.{handler['Code']['S3Key'].removesuffix('.zip')}"
    assert [path.name for path in folder.rglob("*")] == ["index.py"]
    assert handler["Handler"] == "index.on_event"


@pytest.mark.parametrize("public", [True, False])
def test_directories_are_made_in_subnets_of_every_kind(public: bool, stack: cdk.Stack) -> None:
    kind = ec2.SubnetType.PUBLIC if public else ec2.SubnetType.PRIVATE_ISOLATED
    vpc = ec2.Vpc(stack, "Net", subnet_configuration=[ec2.SubnetConfiguration(name="Apps", subnet_type=kind)])
    files = StudioFileSystem(stack, "Files", vpc=vpc, vpc_subnets=ec2.SubnetSelection(subnet_type=kind))

    files.add_directory("Alice", owner=ALICE)

    assert len(handler_of(template_of(stack))["Properties"]["VpcConfig"]["SubnetIds"]) == len(
        vpc.public_subnets if public else vpc.isolated_subnets
    )


def handler_of(template: dict[str, Any]) -> dict[str, Any]:
    (handler,) = (
        one for one in resources(template, FUNCTION).values() if one["Properties"]["Handler"] == "index.on_event"
    )
    return handler
