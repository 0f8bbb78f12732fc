"""Every type of Studio in CloudFormation: created, referred to, updated, replaced and deleted."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from botocore.exceptions import WaiterError

from tests.e2e.place import Place
from tests.e2e.test_api import TRUST

pytestmark = pytest.mark.e2e

Template = dict[str, Any]
ROLE = {"Fn::GetAtt": ["Role", "Arn"]}
DOMAIN = {"Ref": "Domain"}

TEMPLATE: Template = {
    "Parameters": {"Size": {"Type": "Number", "Default": 50}},
    "Resources": {
        "Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": json.loads(TRUST)}},
        "Domain": {
            "Type": "AWS::SageMaker::Domain",
            "Properties": {
                "DomainName": "types",
                "AuthMode": "IAM",
                "HomeEfsFileSystemCreation": "Disabled",
                "DefaultUserSettings": {"ExecutionRole": ROLE},
                "Tags": [{"Key": "team", "Value": "a"}],
            },
        },
        "Alice": {
            "Type": "AWS::SageMaker::UserProfile",
            "Properties": {"DomainId": DOMAIN, "UserProfileName": "alice", "UserSettings": {"ExecutionRole": ROLE}},
        },
        "Script": {
            "Type": "AWS::SageMaker::StudioLifecycleConfig",
            "Properties": {
                "StudioLifecycleConfigName": "script",
                "StudioLifecycleConfigAppType": "JupyterLab",
                "StudioLifecycleConfigContent": "IyEvYmluL3NoCg==",
            },
        },
        "Space": {
            "Type": "AWS::SageMaker::Space",
            "DependsOn": "Alice",
            "Properties": {
                "DomainId": DOMAIN,
                "SpaceName": "lab",
                "OwnershipSettings": {"OwnerUserProfileName": "alice"},
                "SpaceSharingSettings": {"SharingType": "Private"},
                "SpaceSettings": {
                    "AppType": "JupyterLab",
                    "JupyterLabAppSettings": {
                        "DefaultResourceSpec": {
                            "InstanceType": "ml.t3.medium",
                            "LifecycleConfigArn": {"Fn::GetAtt": ["Script", "StudioLifecycleConfigArn"]},
                        }
                    },
                    "SpaceStorageSettings": {"EbsStorageSettings": {"EbsVolumeSizeInGb": {"Ref": "Size"}}},
                },
            },
        },
        "Image": {
            "Type": "AWS::SageMaker::Image",
            "Properties": {"ImageName": "team", "ImageRoleArn": ROLE, "ImageDescription": "ours"},
        },
        "Version": {
            "Type": "AWS::SageMaker::ImageVersion",
            "Properties": {
                "ImageName": "team",
                "BaseImage": "123456789012.dkr.ecr.us-east-1.amazonaws.com/team:1",
                "Alias": "stable",
            },
            "DependsOn": "Image",
        },
        "Config": {
            "Type": "AWS::SageMaker::AppImageConfig",
            "Properties": {
                "AppImageConfigName": "team",
                "JupyterLabAppImageConfig": {
                    "ContainerConfig": {"ContainerEnvironmentVariables": [{"Key": "TEAM", "Value": "a"}]}
                },
            },
        },
        "App": {
            "Type": "AWS::SageMaker::App",
            "DependsOn": "Alice",
            "Properties": {
                "DomainId": DOMAIN,
                "UserProfileName": "alice",
                "AppType": "KernelGateway",
                "AppName": "kernel",
            },
        },
        "Mlflow": {
            "Type": "AWS::SageMaker::MlflowApp",
            "Properties": {"Name": "runs", "ArtifactStoreUri": "s3://runs", "RoleArn": ROLE},
        },
        "Server": {
            "Type": "AWS::SageMaker::MlflowTrackingServer",
            "Properties": {"TrackingServerName": "runs", "ArtifactStoreUri": "s3://runs", "RoleArn": ROLE},
        },
    },
    "Outputs": {
        "Domain": {"Value": DOMAIN},
        "DomainArn": {"Value": {"Fn::GetAtt": ["Domain", "DomainArn"]}},
        "Alice": {"Value": {"Ref": "Alice"}},
        "Space": {"Value": {"Ref": "Space"}},
        "SpaceArn": {"Value": {"Fn::GetAtt": ["Space", "SpaceArn"]}},
        "Script": {"Value": {"Ref": "Script"}},
        "Version": {"Value": {"Fn::GetAtt": ["Version", "Version"]}},
        "Mlflow": {"Value": {"Ref": "Mlflow"}},
    },
}


def deploy(place: Place, stack: str, template: Template, *, create: bool = False) -> str:
    """Create or update a stack, and return the status in which it ends."""
    cloudformation = place.client("cloudformation")
    call = cloudformation.create_stack if create else cloudformation.update_stack
    call(StackName=stack, TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_IAM"])
    waiter = cloudformation.get_waiter(f"stack_{'create' if create else 'update'}_complete")
    try:
        waiter.wait(StackName=stack, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    except WaiterError:
        pass
    return place.statuses()[stack]


def changed(template: Template, logical_id: str, **properties: Any) -> Template:
    template = copy.deepcopy(template)
    template["Resources"][logical_id]["Properties"].update(properties)
    return template


def reasons(place: Place, stack: str) -> str:
    events = place.client("cloudformation").describe_stack_events(StackName=stack)["StackEvents"]
    return " ".join(event.get("ResourceStatusReason", "") for event in events)


def test_all_types_of_studio(place: Place) -> None:
    sagemaker = place.client("sagemaker")

    assert deploy(place, "types", TEMPLATE, create=True) == "CREATE_COMPLETE", reasons(place, "types")

    outputs = place.outputs("types")
    domain_id = outputs["Domain"]
    assert outputs["DomainArn"] == f"arn:aws:sagemaker:us-east-1:{place.account}:domain/{domain_id}"
    assert (outputs["Alice"], outputs["Space"]) == (f"alice|{domain_id}", f"{domain_id}|lab")
    assert (outputs["Script"], outputs["Version"]) == ("script", "1")
    assert outputs["Mlflow"].startswith(f"arn:aws:sagemaker:us-east-1:{place.account}:mlflow-app/app-")
    space = sagemaker.describe_space(DomainId=domain_id, SpaceName="lab")
    assert space["SpaceSettings"]["SpaceStorageSettings"] == {"EbsStorageSettings": {"EbsVolumeSizeInGb": 50}}
    config = sagemaker.describe_app_image_config(AppImageConfigName="team")["JupyterLabAppImageConfig"]
    assert config == {"ContainerConfig": {"ContainerEnvironmentVariables": {"TEAM": "a"}}}
    tags = {tag["Key"]: tag["Value"] for tag in sagemaker.list_tags(ResourceArn=outputs["DomainArn"])["Tags"]}
    assert tags["team"] == "a"

    updated = changed(TEMPLATE, "Image", ImageDisplayName="Team")
    del updated["Resources"]["Image"]["Properties"]["ImageDescription"]
    updated["Resources"]["Domain"]["Properties"]["Tags"] = [{"Key": "team", "Value": "b"}]
    updated["Parameters"]["Size"]["Default"] = 60
    assert deploy(place, "types", updated) == "UPDATE_COMPLETE", reasons(place, "types")
    assert place.resources("types")["Domain"] == domain_id
    image = sagemaker.describe_image(ImageName="team")
    assert (image["DisplayName"], "Description" in image) == ("Team", False)

    place.client("cloudformation").delete_stack(StackName="types")
    place.client("cloudformation").get_waiter("stack_delete_complete").wait(
        StackName="types", WaiterConfig={"Delay": 1}
    )
    assert place.studios() == []
    assert sagemaker.list_images()["Images"] == []
    assert sagemaker.list_mlflow_apps()["Summaries"] == []


def test_what_is_replaced_and_what_is_not(place: Place) -> None:
    names = ("Role", "Domain", "Alice", "Space")
    small: Template = {"Resources": {name: copy.deepcopy(TEMPLATE["Resources"][name]) for name in names}}
    del small["Resources"]["Space"]["Properties"]["SpaceSettings"]["JupyterLabAppSettings"]
    small["Resources"]["Space"]["Properties"]["SpaceSettings"]["SpaceStorageSettings"] = {
        "EbsStorageSettings": {"EbsVolumeSizeInGb": 50}
    }
    assert deploy(place, "small", small, create=True) == "CREATE_COMPLETE", reasons(place, "small")
    before = place.resources("small")

    assert deploy(place, "small", changed(small, "Space", SpaceName="other")) == "UPDATE_COMPLETE"
    after = place.resources("small")
    assert after["Space"] == f"{before['Domain']}|other"
    assert set(place.studio("types").spaces) == {"other"}

    shared = changed(small, "Space", SpaceName="other", SpaceSharingSettings={"SharingType": "Shared"})
    assert deploy(place, "small", shared) == "UPDATE_ROLLBACK_COMPLETE"
    assert "already exists" in reasons(place, "small")
    assert place.resources("small") == after

    smaller = changed(small, "Space", SpaceName="other")
    smaller["Resources"]["Space"]["Properties"]["SpaceSettings"]["SpaceStorageSettings"] = {
        "EbsStorageSettings": {"EbsVolumeSizeInGb": 40}
    }
    assert deploy(place, "small", smaller) == "UPDATE_ROLLBACK_COMPLETE"
    assert "cannot be decreased from 50 to 40" in reasons(place, "small")
