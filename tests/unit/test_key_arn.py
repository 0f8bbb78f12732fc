from __future__ import annotations

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms

from constructs_lib.key_arn import check_key_arn


def test_keys_of_any_origin_are_taken(stack: cdk.Stack) -> None:
    parameter = cdk.CfnParameter(stack, "KeyArn")
    there = cdk.Stack(stack.node.root, "There", env=cdk.Environment(account="1" * 12, region="eu-west-1"))
    keys = (
        None,
        kms.Key(stack, "New"),
        kms.Alias.from_alias_name(stack, "Alias", "alias/studio"),
        kms.Key.from_key_arn(stack, "Known", "arn:aws-cn:kms:cn-north-1:123456789012:key/mrk-0a1b"),
        kms.Key.from_key_arn(stack, "Told", parameter.value_as_string),
        kms.Key.from_lookup(there, "LookedUp", alias_name="alias/studio"),
    )

    for key in keys:
        check_key_arn("key", key)


@pytest.mark.parametrize("arn", ["arn:aws:kms:eu-west-1:1:key/abc", "arn:aws:kms:eu-west-1:123456789012:key/a b"])
def test_what_no_key_has_for_an_arn_is_refused(arn: str, stack: cdk.Stack) -> None:
    with pytest.raises(ValueError, match="key must have an ARN such as"):
        check_key_arn("key", kms.Key.from_key_arn(stack, "Key", arn))
