"""What the regulated Studio promises."""

from __future__ import annotations

import json
from typing import Any

import pytest

from constructs_lib import InstanceType
from tests.recipes.every_recipe import EveryRecipe
from tests.recipes.recipes import Recipe

pytestmark = pytest.mark.e2e

USERS = {"alice", "bob"}
STUDIO, S3 = "aws.sagemaker..studio", "com.amazonaws..s3"
OTHERS = ("ecr.api", "ecr.dkr", "kms", "logs", "monitoring", "sagemaker.api", "sagemaker.runtime", "sts")
WAYS_OUT = (
    "AWS::EC2::CarrierGateway",
    "AWS::EC2::EIP",
    "AWS::EC2::EgressOnlyInternetGateway",
    "AWS::EC2::InternetGateway",
    "AWS::EC2::NatGateway",
    "AWS::EC2::Route",
    "AWS::EC2::TransitGatewayAttachment",
    "AWS::EC2::VPCGatewayAttachment",
    "AWS::EC2::VPCPeeringConnection",
    "AWS::EC2::VPNGateway",
)


class TestRegulated(EveryRecipe):
    recipe = "regulated"


def service_of(endpoint: dict[str, Any]) -> str:
    """Return the name of a service without its region."""
    return "".join(part for part in endpoint["ServiceName"]["Fn::Join"][1] if isinstance(part, str))


def studio_roles(recipe: Recipe) -> dict[str, dict[str, Any]]:
    """The roles that SageMaker assumes, by logical id."""
    return {
        logical_id: role
        for logical_id, role in recipe.resources("AWS::IAM::Role").items()
        if "sagemaker.amazonaws.com" in json.dumps(role["Properties"]["AssumeRolePolicyDocument"])
    }


def denied(recipe: Recipe, role_id: str) -> dict[str, dict[str, Any]]:
    """What a role may never do: the statements of all policies that it has, by their ids."""
    policies = recipe.resources("AWS::IAM::ManagedPolicy")
    role = recipe.resources("AWS::IAM::Role")[role_id]["Properties"]
    attached = [one["Ref"] for one in role.get("ManagedPolicyArns", [])]
    attached += [id for id, one in policies.items() if {"Ref": role_id} in one["Properties"].get("Roles", [])]
    statements = [one for id in attached for one in policies[id]["Properties"]["PolicyDocument"]["Statement"]]
    return {one["Sid"]: one for one in statements if one["Effect"] == "Deny"}


def test_nothing_leads_to_the_internet(regulated: Recipe) -> None:
    assert [kind for kind in WAYS_OUT if regulated.resources(kind)] == []
    assert [one.get("MapPublicIpOnLaunch") for one in regulated.properties("AWS::EC2::Subnet")] == [False, False]
    (domain,) = regulated.properties("AWS::SageMaker::Domain")
    assert domain["AppNetworkAccessType"] == "VpcOnly"
    assert len(domain["SubnetIds"]) == 2


def test_endpoints_let_the_account_through_alone(regulated: Recipe) -> None:
    account = {"Ref": "AWS::AccountId"}

    allowed = {
        service_of(one): one["PolicyDocument"]["Statement"] for one in regulated.properties("AWS::EC2::VPCEndpoint")
    }

    assert allowed.keys() == {STUDIO, S3, *(f"com.amazonaws..{service}" for service in OTHERS)}
    (of_studio,) = allowed.pop(STUDIO)
    assert account in of_studio["Resource"]["Fn::Join"][1]
    of_account, of_aws = allowed.pop(S3)
    assert of_account["Condition"]["StringEquals"]["aws:PrincipalAccount"] == account
    assert "s3:PutObject" not in of_aws["Action"]
    assert "*" not in of_aws["Action"]
    for (of_account,) in allowed.values():
        assert of_account["Condition"] == {"StringEquals": {"aws:PrincipalAccount": account}}


def test_volumes_have_a_key_of_the_app_and_nothing_of_the_studio_is_deleted(regulated: Recipe) -> None:
    keys = regulated.resources("AWS::KMS::Key")
    ((_, domain),) = regulated.resources("AWS::SageMaker::Domain").items()

    (key_id,) = [id for id in keys if id in json.dumps(domain["Properties"]["KmsKeyId"])]
    kept = [keys[key_id], domain]
    kept += [
        one for kind in ("UserProfile", "Space") for one in regulated.resources(f"AWS::SageMaker::{kind}").values()
    ]

    assert keys[key_id]["Properties"]["EnableKeyRotation"] is True
    assert {one["DeletionPolicy"] for one in kept} == {"RetainExceptOnCreate"}
    assert {one["UpdateReplacePolicy"] for one in kept} == {"Retain"}


def test_every_role_is_bounded_fenced_and_names_its_user(regulated: Recipe) -> None:
    roles = studio_roles(regulated)

    assert len(roles) == 4, "one for each user, one inside shared spaces, one by default"
    for role_id, role in roles.items():
        assert denied(regulated, role_id).keys() >= {
            "NoAdministration",
            "OnlyAllowedInstanceTypes",
            "OnlyPassableRoles",
        }
        assert role["Properties"]["Path"] == "/studio/"
        assert role["Properties"]["PermissionsBoundary"]["Fn::Join"][1][-1] == ":policy/studio-boundary"
        assert "sts:SetSourceIdentity" in json.dumps(role["Properties"]["AssumeRolePolicyDocument"])
    assert regulated.resources("AWS::IAM::Policy") == {}, "there are no inline policies"
    (domain,) = regulated.properties("AWS::SageMaker::Domain")
    assert domain["DomainSettings"]["ExecutionRoleIdentityConfig"] == "USER_PROFILE_NAME"


def test_users_run_what_is_allowed_and_nothing_else(regulated: Recipe) -> None:
    allowed = {"ml.m5.large", "ml.t3.medium"}
    profiles = regulated.properties("AWS::SageMaker::UserProfile")

    assert {one["UserProfileName"] for one in profiles} == USERS
    for profile in profiles:
        deny = denied(regulated, profile["UserSettings"]["ExecutionRole"]["Fn::GetAtt"][0])
        instance_types = deny["OnlyAllowedInstanceTypes"]["Condition"]["ForAnyValue:StringNotEquals"]
        assert set(instance_types["sagemaker:InstanceTypes"]) == allowed
        assert deny.keys() >= {"OnlyAllowedImages", "OnlyAllowedImageVersions", "OnlyPassableRoles", "OnlyOwnSpaces"}
        assert deny["OnlyAllowedLifecycleConfigs"]["Condition"] == {
            "Null": {"sagemaker:StudioLifecycleConfigArns": "false"}
        }
    (domain,) = regulated.properties("AWS::SageMaker::Domain")
    portal = domain["DefaultUserSettings"]["StudioWebPortalSettings"]
    assert not allowed & set(portal["HiddenInstanceTypes"])
    assert len(portal["HiddenInstanceTypes"]) > len(InstanceType.known()) / 2
    assert portal["HiddenAppTypes"] == ["JupyterServer", "Canvas"]
    assert portal["HiddenMlTools"] == ["JumpStart", "HyperPodClusters"]


def test_every_space_has_an_owner_and_says_what_it_runs(regulated: Recipe) -> None:
    spaces = regulated.properties("AWS::SageMaker::Space")

    assert {one["SpaceName"]: one["SpaceSharingSettings"]["SharingType"] for one in spaces} == {
        "alice-lab": "Private",
        "bob-lab": "Private",
        "review": "Shared",
    }
    for space in spaces:
        assert space["OwnershipSettings"]["OwnerUserProfileName"] in USERS
        runs = space["SpaceSettings"]["JupyterLabAppSettings"]["DefaultResourceSpec"]
        assert runs["InstanceType"] in {"ml.m5.large", "ml.t3.medium"}
        assert runs["SageMakerImageArn"]["Fn::Join"][1][-1] == ":image/sagemaker-distribution-cpu"
        assert space["SpaceSettings"].get("RemoteAccess", "DISABLED") == "DISABLED"


def test_docker_and_the_output_of_notebooks_are_off(regulated: Recipe) -> None:
    (domain,) = regulated.properties("AWS::SageMaker::Domain")

    assert domain["AuthMode"] == "SSO"
    assert domain["DomainSettings"]["DockerSettings"] == {"EnableDockerAccess": "DISABLED"}
    assert domain["DefaultUserSettings"]["SharingSettings"] == {"NotebookOutputOption": "Disabled"}
    assert domain["HomeEfsFileSystemCreation"] == "Disabled"


def test_administrators_are_fenced(regulated: Recipe) -> None:
    policies = [
        one["PolicyDocument"]["Statement"]
        for one in regulated.properties("AWS::IAM::ManagedPolicy")
        if one.get("Roles") == ["studio-administrator"]
    ]

    allowing, denying = sorted(policies, key=lambda statements: statements[0]["Effect"])

    assert {one["Effect"] for one in allowing} == {"Allow"}
    (no_way_in,) = [one["Action"] for one in denying if one["Sid"] == "NoWayIn"]
    assert {f"sagemaker:{one}" for one in ("CreateApp", "CreatePresignedDomainUrl", "UpdateSpace")} <= {*no_way_in}
