from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2

from constructs_lib import UserSettings


def test_a_list_that_changes_later_changes_nothing(stack: cdk.Stack) -> None:
    group = ec2.SecurityGroup.from_security_group_id(stack, "Group", "sg-0a1b2c3d")
    groups = [group]
    settings = UserSettings(security_groups=groups)

    groups.clear()

    assert settings == UserSettings(security_groups=(group,))
    assert hash(settings) == hash(UserSettings(security_groups=[group]))
