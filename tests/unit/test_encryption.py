from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_kms as kms

from constructs_lib import Domain, DomainEncryption, NetworkAccess
from tests.templates import properties, template_of


def test_is_equal_by_value(stack: cdk.Stack) -> None:
    key = kms.Key(stack, "Key")

    assert DomainEncryption.customer_managed() == DomainEncryption.customer_managed() != DomainEncryption.aws_managed()
    assert DomainEncryption.customer_managed(key) == DomainEncryption.customer_managed(key)


def test_key_of_the_same_region_may_be_of_another_account(app: cdk.App, network: NetworkAccess) -> None:
    stack = cdk.Stack(app, "Fixed", env=cdk.Environment(account="123456789012", region="eu-west-1"))
    arn = "arn:aws:kms:eu-west-1:210987654321:key/abc"
    key = kms.Key.from_key_arn(stack, "Key", arn)
    Domain(stack, "Studio", network=network, encryption=DomainEncryption.customer_managed(key))

    assert properties(template_of(stack), "AWS::SageMaker::Domain")["KmsKeyId"] == arn


def test_key_by_a_token_is_taken(app: cdk.App, network: NetworkAccess) -> None:
    stack = cdk.Stack(app, "Fixed", env=cdk.Environment(account="123456789012", region="eu-west-1"))
    key = kms.Key.from_key_arn(stack, "Key", cdk.Fn.import_value("Key"))
    Domain(stack, "Studio", network=network, encryption=DomainEncryption.customer_managed(key))

    assert properties(template_of(stack), "AWS::SageMaker::Domain")["KmsKeyId"] == {"Fn::ImportValue": "Key"}
