"""One domain, two apps: another team adds its people to a domain that it imports."""

from __future__ import annotations

from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk import aws_s3 as s3

from constructs_lib import Domain, IDomain, JupyterLab, NetworkAccess
from tests.conftest import CONTEXT
from tests.e2e.place import REGION, Place

pytestmark = pytest.mark.e2e


def test_another_team_adds_its_people_and_takes_them_away(place: Place, tmp_path: Path) -> None:
    network = place.network()
    platform = new_app(tmp_path / "platform")
    owner = new_stack(platform, "platform", place)
    access = NetworkAccess.vpc_only_from_ids(vpc_id=network["vpc_id"], subnet_ids=network["subnet_ids"])
    domain = Domain(owner, "Studio", network=access)
    domain.add_user_profile("Alice").add_private_space("Lab", app=JupyterLab())
    cdk.CfnOutput(owner, "DomainId", value=domain.domain_id)
    place.deploy(Path(platform.synth().directory))
    domain_id = place.outputs("platform")["DomainId"]
    before = place.studio("studio")
    role = place.client("iam").get_role

    team = new_app(tmp_path / "team")
    guests = new_stack(team, "team", place)
    shared = Domain.from_domain_attributes(
        guests, "Shared", domain_id=domain_id, removal_policy=cdk.RemovalPolicy.DESTROY
    )
    add_bob(guests, shared)
    assembly = Path(team.synth().directory)
    place.deploy(assembly)

    both = place.studio("studio")
    assert set(both.profiles) == {"alice", "bob"}
    assert set(both.spaces) == {"alice-lab", "bob-train", "churn"}
    assert {name: one["OwnershipSettings"]["OwnerUserProfileName"] for name, one in both.spaces.items()} == {
        "alice-lab": "alice",
        "bob-train": "bob",
        "churn": "bob",
    }
    arn = both.profiles["bob"]["UserSettings"]["ExecutionRole"]
    assert role(RoleName=arn.rpartition("/")[2])["Role"]["Arn"] == arn
    assert place.outputs("team")["Bucket"] in place.client("s3").list_buckets()["Buckets"][-1]["Name"]
    assert (both.domain, both.profiles["alice"]) == (before.domain, before.profiles["alice"])

    place.destroy(assembly)

    assert place.studio("studio") == before
    assert place.statuses() == {"platform": "CREATE_COMPLETE"}


def add_bob(stack: cdk.Stack, domain: IDomain) -> None:
    """Add a user with spaces, and a bucket that only the team has."""
    bob = domain.add_user_profile("Bob")
    bob.add_private_space("Train", app=JupyterLab(), storage=cdk.Size.gibibytes(50))
    bob.add_shared_space("Churn", app=JupyterLab())
    bucket = s3.Bucket(stack, "Data", removal_policy=cdk.RemovalPolicy.DESTROY, auto_delete_objects=True)
    bucket.grant_read(bob)
    cdk.CfnOutput(stack, "Bucket", value=bucket.bucket_name)


def new_app(outdir: Path) -> cdk.App:
    return cdk.App(outdir=str(outdir), context=CONTEXT, builtin_cloud_formation_validation=False)


def new_stack(app: cdk.App, id: str, place: Place) -> cdk.Stack:
    return cdk.Stack(app, id, env=cdk.Environment(account=place.account, region=REGION))
