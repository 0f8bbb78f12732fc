from __future__ import annotations

import aws_cdk as cdk
import pytest
from cfnlint.helpers import REGIONS
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from constructs_lib.environment import _REGIONS_WITHOUT, Environment


def has(region: str, resource_type: str) -> bool:
    try:
        PROVIDER_SCHEMA_MANAGER.get_resource_schema(region, resource_type)
    except Exception:
        return False
    return True


def test_regions_that_lack_a_type_are_those_of_the_resource_schemas() -> None:
    for resource_type, regions in _REGIONS_WITHOUT.items():
        assert regions == {region for region in REGIONS if not has(region, resource_type)}


def test_tells_what_the_stack_leaves_open(app: cdk.App) -> None:
    fixed = cdk.Stack(app, "Fixed", env=cdk.Environment(account="123456789012", region="eu-west-1"))
    half = cdk.Stack(app, "Half", env=cdk.Environment(region="eu-west-1"))
    free = cdk.Stack(app, "Open")

    found = [(one.account, one.region) for one in map(Environment.of, (fixed, half, free))]

    assert found == [("123456789012", "eu-west-1"), (None, "eu-west-1"), (None, None)]


@pytest.mark.parametrize(
    ("mine", "other", "refused"),
    [
        ((None, None), (None, None), None),
        ((None, None), ("1", None), "account"),
        ((None, None), (None, "eu-west-1"), "region"),
        (("1", None), ("1", "eu-west-1"), "region"),
        (("1", "eu-west-1"), (None, None), None),
        (("1", "eu-west-1"), ("2", "us-east-1"), None),
    ],
)
def test_what_is_open_resolves_only_where_it_is_open_too(
    mine: tuple[str | None, str | None], other: tuple[str | None, str | None], refused: str | None
) -> None:
    if refused is None:
        Environment(*mine).check_resolves_in(Environment(*other), "a grantee")
        return
    with pytest.raises(ValueError, match=f"^a grantee must leave the {refused} open as the domain does"):
        Environment(*mine).check_resolves_in(Environment(*other), "a grantee")


def test_arn_is_literal_where_the_stack_is(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Half", env=cdk.Environment(region="eu-west-1"))

    arn = stack.resolve(Environment.of(stack).arn("sagemaker", "domain/d-1"))

    parts = ["arn:", {"Ref": "AWS::Partition"}, ":sagemaker:eu-west-1:", {"Ref": "AWS::AccountId"}, ":domain/d-1"]
    assert arn == {"Fn::Join": ["", parts]}
