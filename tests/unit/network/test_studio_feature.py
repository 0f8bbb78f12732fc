from __future__ import annotations

import re

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2

from constructs_lib.network.studio_feature import StudioFeature
from tests.conftest import ROOT

CONSTANTS = {name: value for name, value in vars(StudioFeature).items() if name.isupper()}
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| \[[^]]+\]\((\S+)\) \|$", re.MULTILINE)


def named_by_the_cdk(stack: cdk.Stack) -> set[str]:
    """The services that the CDK has constants for, without the region."""
    services = ec2.InterfaceVpcEndpointAwsService
    names = [getattr(services, name).name for name in dir(services) if name.isupper()]
    resolved = [re.sub(r"\bcom\.amazonaws\.|us-east-1\.", "", stack.resolve(name)) for name in names]
    return set(resolved)


def test_all_features_are_known_to_the_cdk(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Somewhere", env=cdk.Environment(account="1" * 12, region="us-east-1"))

    known = named_by_the_cdk(stack)

    assert {one for feature in CONSTANTS.values() for one in feature.interface_services} - known == set()


def test_the_guide_lists_what_each_feature_takes() -> None:
    rows = {name: (services, page) for name, services, page in ROW.findall((ROOT / "docs/network.md").read_text())}

    assert rows == {
        name: (
            ", ".join(f"`{one}`" for one in (*feature.interface_services, *feature.gateway_services)),
            feature.page,
        )
        for name, feature in CONSTANTS.items()
    }


def test_services_stand_in_one_order() -> None:
    unsorted = [
        name
        for name, feature in CONSTANTS.items()
        if feature is not StudioFeature.CORE and list(feature.interface_services) != sorted(feature.interface_services)
    ]

    assert unsorted == []


def test_the_door_takes_any_other_service() -> None:
    queue = StudioFeature.of("sqs", gateway_services=["dynamodb"])

    assert queue == StudioFeature(("sqs",), ("dynamodb",))
    assert hash(queue) == hash(StudioFeature.of("sqs", gateway_services=("dynamodb",)))


@pytest.mark.parametrize("feature", CONSTANTS.values(), ids=CONSTANTS.keys())
def test_repr_can_be_pasted(feature: StudioFeature) -> None:
    assert eval(repr(feature)) == feature
