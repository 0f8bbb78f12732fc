"""Custom::StudioLeftovers: what belonged to a domain that is gone, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.drain.handler.refusal import RefusalError
from tests.drain.handler.aws import DEADLINE, DOMAIN, DOMAIN_ARN, STACK, Aws, request

Json = dict[str, Any]
TAG = "ManagedByAmazonSageMakerResource"
INBOUND = f"security-group-for-inbound-nfs-{DOMAIN}"
OUTBOUND = f"security-group-for-outbound-nfs-{DOMAIN}"
OTHER_ARN = "arn:aws:sagemaker:eu-west-1:123456789012:domain/d-other"
FILTERS = [{"Name": "group-name", "Values": [INBOUND, OUTBOUND]}, {"Name": "vpc-id", "Values": ["vpc-1"]}]


def leftovers() -> Json:
    event = request(
        "Delete", "Custom::StudioLeftovers", DomainLogicalId="StudioABC", VpcId="vpc-1", SubnetIds=["subnet-00000001"]
    )
    return {**event, "Deadline": DEADLINE}


def remembers(aws: Aws, *, status: str = "DELETE_COMPLETE", physical_id: str | None = DOMAIN) -> None:
    """The stack is being deleted, and this is what it says of its domain."""
    aws.stack_is("DELETE_IN_PROGRESS")
    detail = {
        "LogicalResourceId": "StudioABC",
        "ResourceType": "AWS::SageMaker::Domain",
        "LastUpdatedTimestamp": "2026-01-01",
        "ResourceStatus": status,
        **({} if physical_id is None else {"PhysicalResourceId": physical_id}),
    }
    aws.answers(
        "cloudformation",
        "describe_stack_resource",
        {"StackResourceDetail": detail},
        StackName=STACK,
        LogicalResourceId="StudioABC",
    )


def is_gone(aws: Aws) -> None:
    remembers(aws)
    aws.refuses("sagemaker", "describe_domain", "ResourceNotFound", DomainId=DOMAIN)


def has_file_systems(aws: Aws, *file_systems: Json) -> None:
    """Two to a page."""
    pages = [file_systems[first : first + 2] for first in range(0, len(file_systems), 2)] or [()]
    for number, page in enumerate(pages):
        following = {"NextMarker": f"page{number + 1}"} if number + 1 < len(pages) else {}
        marker = {"Marker": f"page{number}"} if number else {}
        aws.answers("efs", "describe_file_systems", {"FileSystems": list(page), **following}, **marker)


def file_system(file_system_id: str, *, tag: str = DOMAIN_ARN, key: str = TAG, state: str = "available") -> Json:
    return {
        "OwnerId": "123456789012",
        "CreationToken": "token",
        "FileSystemId": file_system_id,
        "CreationTime": "2026-01-01",
        "LifeCycleState": state,
        "NumberOfMountTargets": 0,
        "SizeInBytes": {"Value": 0},
        "PerformanceMode": "generalPurpose",
        "Tags": [{"Key": "Name", "Value": DOMAIN_ARN}, {"Key": key, "Value": tag}],
    }


def has_mount_targets(aws: Aws, file_system_id: str, mount_targets: dict[str, str] | None = None) -> None:
    """The mount targets of a file system, with their states."""
    targets = [
        {"MountTargetId": one, "FileSystemId": file_system_id, "SubnetId": "subnet-00000001", "LifeCycleState": state}
        for one, state in (mount_targets or {}).items()
    ]
    aws.answers("efs", "describe_mount_targets", {"MountTargets": targets}, FileSystemId=file_system_id)


def rules(other: str) -> list[Json]:
    return [{"IpProtocol": "tcp", "FromPort": 2049, "ToPort": 2049, "UserIdGroupPairs": [{"GroupId": other}]}]


def group(
    group_id: str, name: str, *, ingress: list[Json] | None = None, egress: list[Json] | None = None, **other: Any
) -> Json:
    tags = [{"Key": TAG, "Value": DOMAIN_ARN}]
    found = {"GroupId": group_id, "GroupName": name, "VpcId": "vpc-1", "Tags": tags}
    return {**found, "IpPermissions": ingress or [], "IpPermissionsEgress": egress or [], **other}


def has_groups(aws: Aws, *groups: Json) -> None:
    aws.answers("ec2", "describe_security_groups", {"SecurityGroups": list(groups)}, Filters=FILTERS)


def both() -> tuple[Json, Json]:
    return group("sg-in", INBOUND, ingress=rules("sg-out")), group("sg-out", OUTBOUND, egress=rules("sg-in"))


def refused(aws: Aws, now: float = 0) -> str:
    with pytest.raises(RefusalError) as raised:
        aws.is_complete(leftovers(), now)
    assert len(str(raised.value)) < 2000
    return str(raised.value)


# Whether there is something to do


def test_nothing_left_is_complete(aws: Aws) -> None:
    is_gone(aws)
    has_file_systems(aws)
    has_groups(aws)
    assert aws.is_complete(leftovers())


def test_a_domain_that_is_kept_keeps_everything(aws: Aws) -> None:
    remembers(aws, status="DELETE_SKIPPED")
    assert aws.is_complete(leftovers())


@pytest.mark.parametrize("physical_id", [None, ""])
def test_a_domain_that_was_not_made_left_nothing(aws: Aws, physical_id: str | None) -> None:
    remembers(aws, physical_id=physical_id)
    assert aws.is_complete(leftovers())


def test_a_domain_that_was_never_begun_left_nothing(aws: Aws) -> None:
    aws.stack_is("DELETE_IN_PROGRESS")
    aws.refuses(
        "cloudformation", "describe_stack_resource", "ValidationError", "Resource StudioABC does not exist for stack"
    )
    assert aws.is_complete(leftovers())


def test_a_throttled_look_at_the_domain_waits_for_the_next_pass(aws: Aws) -> None:
    aws.stack_is("DELETE_IN_PROGRESS")
    aws.refuses("cloudformation", "describe_stack_resource", "Throttling", "Rate exceeded")
    assert not aws.is_complete(leftovers())


@pytest.mark.parametrize("status", ["DELETE_IN_PROGRESS", "DELETE_FAILED", "CREATE_COMPLETE", "UPDATE_COMPLETE"])
def test_a_domain_that_cloudformation_has_is_refused(aws: Aws, status: str) -> None:
    remembers(aws, status=status)
    assert refused(aws) == (
        "[d-abc123] the domain must be gone before what it leaves behind, got a domain that is there: CloudFormation "
        f"has it as {status}; delete it, then the stack again"
    )


@pytest.mark.parametrize("status", ["InService", "Failed", "Pending", "Updating", "Update_Failed", "Delete_Failed"])
def test_a_domain_that_sagemaker_has_is_refused(aws: Aws, status: str) -> None:
    remembers(aws)
    aws.answers("sagemaker", "describe_domain", {"Status": status}, DomainId=DOMAIN)
    assert f"a domain that is there: SageMaker has it as {status}; delete it" in refused(aws)


def test_a_domain_that_is_being_deleted_is_waited_for(aws: Aws) -> None:
    remembers(aws)
    aws.answers("sagemaker", "describe_domain", {"Status": "Deleting"}, DomainId=DOMAIN)
    assert not aws.is_complete(leftovers())


@pytest.mark.parametrize("physical_id", ["Studio-StudioABC-1XYZ", "d-", "*"])
def test_what_is_no_domain_is_refused(aws: Aws, physical_id: str) -> None:
    remembers(aws, physical_id=physical_id)
    assert f"the id of a domain must be one such as d-abc123, got {physical_id!r}; delete by hand" in refused(aws)


# The file system


def test_mount_targets_go_first(aws: Aws) -> None:
    is_gone(aws)
    has_file_systems(aws, file_system("fs-1"))
    has_mount_targets(aws, "fs-1", {"fsmt-00000001": "available", "fsmt-00000002": "available"})
    aws.answers("efs", "delete_mount_target", MountTargetId="fsmt-00000001")
    aws.answers("efs", "delete_mount_target", MountTargetId="fsmt-00000002")
    assert not aws.is_complete(leftovers())


def test_mount_targets_that_are_being_deleted_are_waited_for(aws: Aws) -> None:
    is_gone(aws)
    has_file_systems(aws, file_system("fs-1"))
    has_mount_targets(aws, "fs-1", {"fsmt-00000001": "deleting"})
    assert not aws.is_complete(leftovers())


def test_a_file_system_without_mount_targets_goes(aws: Aws) -> None:
    is_gone(aws)
    has_file_systems(aws, file_system("fs-1"))
    has_mount_targets(aws, "fs-1", {"fsmt-00000001": "deleted"})
    aws.answers("efs", "delete_file_system", FileSystemId="fs-1")
    assert not aws.is_complete(leftovers())


def test_a_file_system_that_is_being_deleted_is_waited_for(aws: Aws) -> None:
    is_gone(aws)
    has_file_systems(aws, file_system("fs-1", state="deleting"))
    assert not aws.is_complete(leftovers())


def test_a_file_system_in_use_is_tried_until_the_deadline(aws: Aws) -> None:
    for now in (0, DEADLINE):
        is_gone(aws)
        has_file_systems(aws, file_system("fs-1"))
        has_mount_targets(aws, "fs-1")
        aws.refuses("efs", "delete_file_system", "FileSystemInUse", "has mount targets", FileSystemId="fs-1")
        assert not aws.is_complete(leftovers(), now)
    is_gone(aws)
    has_file_systems(aws, file_system("fs-1"))
    has_mount_targets(aws, "fs-1")
    aws.refuses("efs", "delete_file_system", "FileSystemInUse", "has mount targets", FileSystemId="fs-1")
    assert refused(aws, DEADLINE + 1) == (
        "the drain must end within 55 minutes, got 1 left: file system fs-1 (FileSystemInUse: has mount "
        "targets); delete them or wait until they are gone, then delete the stack again"
    )


def test_a_mount_target_that_refuses_stops_no_other(aws: Aws) -> None:
    is_gone(aws)
    has_file_systems(aws, file_system("fs-1"))
    has_mount_targets(aws, "fs-1", {"fsmt-00000001": "creating", "fsmt-00000002": "available"})
    aws.refuses("efs", "delete_mount_target", "IncorrectMountTargetState", MountTargetId="fsmt-00000001")
    aws.answers("efs", "delete_mount_target", MountTargetId="fsmt-00000002")
    assert not aws.is_complete(leftovers())


def test_other_file_systems_are_left_alone(aws: Aws) -> None:
    is_gone(aws)
    has_file_systems(
        aws,
        file_system("fs-1", tag=OTHER_ARN),
        file_system("fs-2", tag=DOMAIN_ARN + "4"),
        file_system("fs-3", key="Name"),
        file_system("fs-4", tag=DOMAIN_ARN.replace("123456789012", "210987654321")),
        file_system("fs-5", tag=DOMAIN),
    )
    has_groups(aws)
    assert aws.is_complete(leftovers())


def test_a_file_system_on_a_later_page_is_found_and_one_refusal_stops_no_other(aws: Aws) -> None:
    is_gone(aws)
    has_file_systems(aws, file_system("fs-1"), file_system("fs-2", tag=OTHER_ARN), file_system("fs-3"))
    aws.refuses("efs", "describe_mount_targets", "ThrottlingException", FileSystemId="fs-1")
    has_mount_targets(aws, "fs-3")
    aws.answers("efs", "delete_file_system", FileSystemId="fs-3")
    assert not aws.is_complete(leftovers())


@pytest.mark.parametrize("operation", ["describe_mount_targets", "delete_file_system"])
def test_a_file_system_that_is_gone_already_is_done(aws: Aws, operation: str) -> None:
    is_gone(aws)
    has_file_systems(aws, file_system("fs-1"))
    if operation == "delete_file_system":
        has_mount_targets(aws, "fs-1")
    aws.refuses("efs", operation, "FileSystemNotFound")
    has_groups(aws)
    assert aws.is_complete(leftovers())


def test_mount_targets_that_are_gone_already_are_no_refusal(aws: Aws) -> None:
    is_gone(aws)
    has_file_systems(aws, file_system("fs-1"))
    has_mount_targets(aws, "fs-1", {"fsmt-00000001": "available"})
    aws.refuses("efs", "delete_mount_target", "MountTargetNotFound")
    text = refused(aws, DEADLINE + 1)
    assert "got 1 left: file system fs-1 (being deleted);" in text


# The security groups


def test_rules_go_before_both_groups(aws: Aws) -> None:
    is_gone(aws)
    has_file_systems(aws)
    has_groups(aws, *both())
    aws.answers("ec2", "revoke_security_group_ingress", GroupId="sg-in", IpPermissions=rules("sg-out"))
    aws.answers("ec2", "revoke_security_group_egress", GroupId="sg-out", IpPermissions=rules("sg-in"))
    aws.answers("ec2", "delete_security_group", GroupId="sg-in")
    aws.answers("ec2", "delete_security_group", GroupId="sg-out")
    assert not aws.is_complete(leftovers())


def test_groups_wait_for_the_file_system(aws: Aws) -> None:
    is_gone(aws)
    has_file_systems(aws, file_system("fs-1", state="deleting"))
    assert not aws.is_complete(leftovers())


@pytest.mark.parametrize("now", [0, DEADLINE])
def test_groups_in_use_are_tried_again(aws: Aws, now: float) -> None:
    has_groups_in_use(aws)
    assert not aws.is_complete(leftovers(), now)


def test_groups_in_use_are_named_after_the_deadline(aws: Aws) -> None:
    has_groups_in_use(aws)
    assert (
        f"got 2 left: security group sg-in {INBOUND} (DependencyViolation: has a dependent object), security group "
        f"sg-out {OUTBOUND} (being deleted); delete them"
    ) in refused(aws, DEADLINE + 1)


def has_groups_in_use(aws: Aws) -> None:
    is_gone(aws)
    has_file_systems(aws)
    has_groups(aws, group("sg-in", INBOUND), group("sg-out", OUTBOUND))
    aws.refuses("ec2", "delete_security_group", "DependencyViolation", "has a dependent object", GroupId="sg-in")
    aws.answers("ec2", "delete_security_group", GroupId="sg-out")


def test_other_groups_are_left_alone(aws: Aws) -> None:
    is_gone(aws)
    has_file_systems(aws)
    has_groups(
        aws,
        group("sg-1", INBOUND, VpcId="vpc-2"),
        group("sg-2", INBOUND + "4"),
        group("sg-3", OUTBOUND, Tags=[{"Key": TAG, "Value": OTHER_ARN}]),
        group("sg-4", "default"),
    )
    assert aws.is_complete(leftovers())


def test_a_group_without_a_mark_is_known_by_its_name(aws: Aws) -> None:
    is_gone(aws)
    has_file_systems(aws)
    has_groups(aws, group("sg-in", INBOUND, Tags=[{"Key": "Name", "Value": "nfs"}]))
    aws.answers("ec2", "delete_security_group", GroupId="sg-in")
    assert not aws.is_complete(leftovers())


def test_groups_and_rules_that_are_gone_already_are_done(aws: Aws) -> None:
    is_gone(aws)
    has_file_systems(aws)
    has_groups(aws, *both())
    aws.refuses("ec2", "revoke_security_group_ingress", "InvalidPermission.NotFound")
    aws.refuses("ec2", "revoke_security_group_egress", "InvalidGroup.NotFound")
    aws.refuses("ec2", "delete_security_group", "InvalidGroup.NotFound")
    aws.refuses("ec2", "delete_security_group", "InvalidGroup.NotFound")
    assert aws.is_complete(leftovers())


def test_a_throttled_revocation_stops_no_other(aws: Aws) -> None:
    is_gone(aws)
    has_file_systems(aws)
    has_groups(aws, *both())
    aws.refuses("ec2", "revoke_security_group_ingress", "RequestLimitExceeded")
    aws.answers("ec2", "revoke_security_group_egress", GroupId="sg-out", IpPermissions=rules("sg-in"))
    aws.refuses("ec2", "delete_security_group", "RequestLimitExceeded")
    aws.answers("ec2", "delete_security_group", GroupId="sg-out")
    assert not aws.is_complete(leftovers())


def test_a_denied_deletion_fails_at_once(aws: Aws) -> None:
    is_gone(aws)
    has_file_systems(aws)
    has_groups(aws, group("sg-in", INBOUND), group("sg-out", OUTBOUND))
    aws.refuses("ec2", "delete_security_group", "UnauthorizedOperation", "You are not authorized")
    aws.answers("ec2", "delete_security_group", GroupId="sg-out")
    assert (
        f"got 2 left: security group sg-in {INBOUND} (UnauthorizedOperation: You are not authorized), "
        f"security group sg-out {OUTBOUND} (being deleted); allow it"
    ) in refused(aws)
