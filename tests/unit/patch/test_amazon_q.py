from __future__ import annotations

import aws_cdk as cdk

from constructs_lib import AmazonQ

ARN = "arn:aws:codewhisperer:us-east-1:123456789012:profile/ABC"


def test_enabled_and_disabled() -> None:
    assert AmazonQ.enabled(ARN)._render() == {"Status": "ENABLED", "QProfileArn": ARN}
    assert AmazonQ.disabled()._render() == {"Status": "DISABLED"}


def test_repr_can_be_pasted() -> None:
    for one in (AmazonQ.enabled(ARN), AmazonQ.disabled()):
        assert eval(repr(one)) == one


def test_token_is_not_judged(stack: cdk.Stack) -> None:
    AmazonQ.enabled(cdk.CfnParameter(stack, "Profile").value_as_string)
