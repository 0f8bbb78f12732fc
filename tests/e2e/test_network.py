"""A network for Studio with its endpoints: deployed, given another feature, freed of it, and destroyed or kept.

The emulator has no NAT gateways in CloudFormation and forgets the policies of endpoints: nothing is shown of these.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest

from constructs_lib import Domain, NetworkAccess
from constructs_lib.network.studio_feature import StudioFeature
from constructs_lib.network.studio_network import StudioNetwork
from constructs_lib.removal import KEEP
from tests.conftest import CONTEXT
from tests.e2e.place import Place

pytestmark = pytest.mark.e2e

CORE = {
    "com.amazonaws.us-east-1.s3": "Gateway",
    "com.amazonaws.us-east-1.logs": "Interface",
    "com.amazonaws.us-east-1.sagemaker.api": "Interface",
    "com.amazonaws.us-east-1.sagemaker.runtime": "Interface",
    "com.amazonaws.us-east-1.sts": "Interface",
    "aws.sagemaker.us-east-1.studio": "Interface",
}


def assembly(folder: Path, *features: StudioFeature, policy: cdk.RemovalPolicy = cdk.RemovalPolicy.DESTROY) -> Path:
    """Synthesize a domain in a network."""
    app = cdk.App(outdir=str(folder), context=CONTEXT, builtin_cloud_formation_validation=False)
    stack = cdk.Stack(app, "research")
    defined = StudioNetwork(stack, "Network", features=features, removal_policy=policy)
    Domain(stack, "Studio", network=NetworkAccess.vpc_only(defined.vpc), removal_policy=cdk.RemovalPolicy.DESTROY)
    return Path(app.synth().directory)


def endpoints(place: Place) -> dict[str, dict[str, Any]]:
    found = place.client("ec2").describe_vpc_endpoints()["VpcEndpoints"]
    return {one["ServiceName"]: one for one in found if one["State"] != "deleted"}


def test_a_network_is_deployed_changed_and_destroyed(place: Place, tmp_path: Path) -> None:
    ec2 = place.client("ec2")
    vpcs = {one["VpcId"] for one in ec2.describe_vpcs()["Vpcs"]}

    place.deploy(assembly(tmp_path / "first"))

    before = endpoints(place)
    assert {service: one["VpcEndpointType"] for service, one in before.items()} == CORE
    (vpc_id,) = {one["VpcId"] for one in ec2.describe_vpcs()["Vpcs"]} - vpcs
    assert {one["VpcId"] for one in before.values()} == {vpc_id}
    assert place.studio("studio").domain["VpcId"] == vpc_id
    (flow_log,) = ec2.describe_flow_logs()["FlowLogs"]
    assert flow_log["ResourceId"] == vpc_id

    later = assembly(tmp_path / "second", StudioFeature.MLFLOW)
    place.deploy(later)

    after = endpoints(place)
    assert after.keys() - before.keys() == {"aws.sagemaker.us-east-1.experiments"}
    assert {one["VpcEndpointId"] for one in before.values()} < {one["VpcEndpointId"] for one in after.values()}

    place.destroy(later)

    assert endpoints(place) == {}
    assert {one["VpcId"] for one in ec2.describe_vpcs()["Vpcs"]} == vpcs
    assert ec2.describe_flow_logs()["FlowLogs"] == []


def test_of_a_kept_network_the_endpoints_of_studio_stay_and_those_of_features_go(place: Place, tmp_path: Path) -> None:
    with_feature = assembly(tmp_path / "first", StudioFeature.MLFLOW, policy=KEEP)
    without = assembly(tmp_path / "second", policy=KEEP)
    place.deploy(with_feature)
    assert endpoints(place).keys() == CORE.keys() | {"aws.sagemaker.us-east-1.experiments"}

    place.deploy(without)

    assert endpoints(place).keys() == CORE.keys()

    place.deploy(with_feature)
    place.destroy(with_feature)

    assert endpoints(place).keys() == CORE.keys()
