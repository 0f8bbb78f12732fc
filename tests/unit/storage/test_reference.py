from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2

from constructs_lib.storage.reference import element_of


def test_knows_what_the_app_defines(stack: cdk.Stack, vpc: ec2.IVpc) -> None:
    parameter = cdk.CfnParameter(stack, "Id")
    made = element_of(vpc.vpc_id)

    assert isinstance(made, ec2.CfnVPC)
    assert made.node.path == "Research/Vpc/Resource"
    assert element_of(parameter.value_as_string) is parameter


def test_knows_nothing_of_other_texts(vpc: ec2.IVpc) -> None:
    for text in ("vpc-0a1b2c3d", cdk.Fn.import_value("vpc"), f"id of {vpc.vpc_id}", cdk.Aws.REGION):
        assert element_of(text) is None
