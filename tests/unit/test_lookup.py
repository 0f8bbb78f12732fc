from __future__ import annotations

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ssm as ssm

from constructs_lib.lookup import awaits_lookup, is_unresolved


@pytest.fixture
def here(app: cdk.App) -> cdk.Stack:
    """A stack for which the CDK looks things up, and has not yet."""
    return cdk.Stack(app, "Here", env=cdk.Environment(account="1" * 12, region="eu-west-1"))


def test_what_a_look_up_is_to_find_is_unresolved(here: cdk.Stack) -> None:
    vpc = ec2.Vpc.from_lookup(here, "Vpc", vpc_name="research")
    subnets = [one.subnet_id for one in (*vpc.private_subnets, *vpc.public_subnets, *vpc.isolated_subnets)]
    parameter = ssm.StringParameter.value_from_lookup(here, "/network/vpc")
    texts = [parameter, f"arn:aws:kms:eu-west-1:{parameter}:key/1", vpc.vpc_id, *subnets, *here.availability_zones]

    assert len(texts) > 8
    assert [one for one in texts if not (awaits_lookup(one) and is_unresolved(one))] == []


def test_a_token_is_unresolved_and_awaits_no_look_up() -> None:
    assert is_unresolved(cdk.Aws.REGION)
    assert is_unresolved(f"team-{cdk.Aws.REGION}")
    assert not awaits_lookup(cdk.Aws.REGION)


@pytest.mark.parametrize(
    "text", ["vpc-0a1b2c3d", "subnet-0a1b2c3d", "eu-west-1a", "dummy", "dummy-1", "vpc-123456", ""]
)
def test_text_is_taken_at_its_word(text: str) -> None:
    assert not is_unresolved(text)
    assert not awaits_lookup(text)
