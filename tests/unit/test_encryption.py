from __future__ import annotations

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms

from constructs_lib import Domain, DomainEncryption, NetworkAccess
from tests.templates import properties, template_of
from tests.unit.access.policies import policies


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


@pytest.mark.parametrize(("via_sagemaker", "key"), [(True, "kms:ViaService"), (False, "kms:GrantIsForAWSResource")])
@pytest.mark.parametrize("given", [True, False])
def test_everybody_grants_the_key_on_the_condition_that_was_chosen(
    given: bool, via_sagemaker: bool, key: str, stack: cdk.Stack, network: NetworkAccess
) -> None:
    own = kms.Key(stack, "Own") if given else None
    encryption = DomainEncryption.customer_managed(own, grants_via_sagemaker=via_sagemaker)
    Domain(stack, "Studio", network=network, encryption=encryption)

    found = policies(template_of(stack))

    for path in ("StudioUserUse", "StudioSpaceUse"):
        (condition,) = found[path]["GrantVolumeKey"]["Condition"].values()
        assert condition.keys() == {key}
