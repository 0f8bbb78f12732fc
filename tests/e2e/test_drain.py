"""A Studio that people work in is destroyed on purpose, with a drain and without one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.place import Place, settle
from tests.e2e.studios import apps, open_space, start_app, synthesize

HALF_A_MINUTE = r"\"IntervalSeconds\":30"

pytestmark = pytest.mark.e2e


def test_without_a_drain_a_studio_in_use_is_not_destroyed(place: Place, tmp_path: Path) -> None:
    assembly = synthesize(settings("busy", place.network()), tmp_path)
    place.deploy(assembly)
    domain_id = place.studio("busy").domain["DomainId"]
    open_space(place, domain_id, "alice", "forecast")

    refused = place.try_to_destroy(assembly)

    assert refused.returncode != 0
    assert place.statuses() == {"busy-studio": "CREATE_COMPLETE", "busy-users-1": "DELETE_FAILED"}
    assert "alice" in refused.stdout + refused.stderr
    left = place.studio("busy")
    assert (left.domain["Status"], set(left.profiles), set(left.spaces)) == ("InService", {"alice"}, {"forecast"})
    assert apps(place, domain_id) == {"forecast": "InService"}


def test_with_a_drain_everything_goes_and_nothing_of_others(place: Place, tmp_path: Path) -> None:
    network = place.network()
    others = domain_of_others(place, network)
    before, running = place.studio("others"), apps(place, others)
    roles = set(names(place, "iam", "list_roles", "Roles", "RoleName"))
    drained = settings("drained", network, drain={"delete_user_spaces": True}, home_efs=True)
    assembly = synthesize(drained, tmp_path)
    ask_more_often(assembly)
    place.deploy(assembly)
    domain_id = place.studio("drained").domain["DomainId"]
    open_space(place, domain_id, "alice", "forecast")
    start_app(place, domain_id, "alice-lab")
    stacks = {"drained-studio", "drained-users-1"}
    assert stacks <= set(place.statuses())

    place.destroy(assembly)

    assert stacks.isdisjoint(place.statuses())
    assert "drained" not in [one.domain["DomainName"] for one in place.studios()]
    assert (place.studio("others"), apps(place, others)) == (before, running)
    assert set(names(place, "iam", "list_roles", "Roles", "RoleName")) == roles
    assert names(place, "lambda", "list_functions", "Functions", "FunctionName") == []
    assert names(place, "stepfunctions", "list_state_machines", "stateMachines", "name") == []
    file_systems = names(place, "efs", "describe_file_systems", "FileSystems", "FileSystemId")
    assert file_systems == [before.domain["HomeEfsFileSystemId"]]
    groups = names(place, "ec2", "describe_security_groups", "SecurityGroups", "GroupName")
    assert [name for name in groups if domain_id in name] == []


def ask_more_often(assembly: Path) -> None:
    """Let the drain look after a second, not half a minute, whether what it deletes is gone."""
    for template in assembly.glob("*.template.json"):
        text = template.read_text()
        assert text.count(HALF_A_MINUTE) == 1
        template.write_text(text.replace(HALF_A_MINUTE, HALF_A_MINUTE.replace("30", "1")))


def settings(name: str, network: dict[str, Any], **domain: Any) -> dict[str, Any]:
    return {
        "domain": {"name": name, "vpc": network, "removal_policy": "Delete", **domain},
        "users": [{"name": "alice", "spaces": [{"name": "alice-lab", "app": "JupyterLab"}]}],
    }


def domain_of_others(place: Place, network: dict[str, Any]) -> str:
    """Make a domain in the same network by hand, with a profile and a space that runs."""
    sagemaker = place.client("sagemaker")
    trust = '{"Statement": [{"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}]}'
    role = place.client("iam").create_role(RoleName="others", AssumeRolePolicyDocument=trust)["Role"]
    domain_id: str = sagemaker.create_domain(
        DomainName="others",
        AuthMode="IAM",
        VpcId=network["vpc_id"],
        SubnetIds=network["subnet_ids"],
        DefaultUserSettings={"ExecutionRole": role["Arn"]},
        DefaultSpaceSettings={"ExecutionRole": role["Arn"]},
    )["DomainArn"].rpartition("/")[2]
    settle(lambda: sagemaker.describe_domain(DomainId=domain_id))
    sagemaker.create_user_profile(DomainId=domain_id, UserProfileName="alice")
    settle(lambda: sagemaker.describe_user_profile(DomainId=domain_id, UserProfileName="alice"))
    open_space(place, domain_id, "alice", "forecast")
    return domain_id


def names(place: Place, service: str, operation: str, key: str, name: str) -> list[str]:
    """The names of everything of a kind in the account."""
    pages = place.client(service).get_paginator(operation).paginate()
    return [one[name] for page in pages for one in page[key]]
