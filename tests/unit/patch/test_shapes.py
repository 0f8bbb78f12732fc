"""All that the API has and CloudFormation lacks is offered, in values that fit the shapes of the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from botocore.model import Shape
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from constructs_lib import (
    AmazonQ,
    AuthMode,
    CanvasFeature,
    CanvasOAuth,
    CanvasSettings,
    CanvasWorkspace,
    Domain,
    DomainSettingsPatch,
    EmrSettings,
    ExecutionRoleSessionNameMode,
    SpaceSettings,
    UserSettings,
)
from constructs_lib.patch.handler.settings import taken_back
from tests.templates import properties, template_of
from tests.unit.patch.handler.aws import client_of

ROLE = "arn:aws:iam::123456789012:role/studio"

# What the API has beyond CloudFormation, and no patch sets.
LEFT_OUT = {
    "HomeEfsFileSystemKmsKeyId": "deprecated: KmsKeyId, which CloudFormation has",
    "DomainSettings/UnifiedStudioSettings/SingleSignOnApplicationArn": "of Unified Studio, which makes such domains",
    "DefaultUserSettings/JupyterServerAppSettings/CodeRepositories": "of Studio Classic",
    "DefaultUserSettings/JupyterServerAppSettings/DefaultResourceSpec/SageMakerImageVersionAlias": "of Studio Classic",
    "DefaultUserSettings/KernelGatewayAppSettings/DefaultResourceSpec/SageMakerImageVersionAlias": "of Studio Classic",
    "DefaultUserSettings/TensorBoardAppSettings": "nothing but the image and the instance type of TensorBoard, which has one of each",
    "DefaultUserSettings/RSessionAppSettings/DefaultResourceSpec/SageMakerImageVersionAlias": "images of RStudio have none",
    "DefaultSpaceSettings/JupyterServerAppSettings/CodeRepositories": "of Studio Classic",
    "DefaultSpaceSettings/JupyterServerAppSettings/DefaultResourceSpec/SageMakerImageVersionAlias": "of Studio Classic",
    "DefaultSpaceSettings/KernelGatewayAppSettings/DefaultResourceSpec/SageMakerImageVersionAlias": "of Studio Classic",
    "DomainSettings/RStudioServerProDomainSettings/DefaultResourceSpec/SageMakerImageVersionAlias": "images of RStudio have none",
}

# What SageMaker has no value for nothing of: it is left out of an update, which may keep it.
CANNOT_BE_UNSET = {
    "DomainSettings/AmazonQSettings/QProfileArn",
    *(
        f"DefaultUserSettings/CanvasAppSettings/{name}"
        for name in (
            "EmrServerlessSettings/ExecutionRoleArn",
            "GenerativeAiSettings/AmazonBedrockRoleArn",
            "ModelRegisterSettings/CrossAccountModelRegisterRoleArn",
            "TimeSeriesForecastingSettings/AmazonForecastRoleArn",
            "WorkspaceSettings/S3ArtifactPath",
            "WorkspaceSettings/S3KmsKeyId",
        )
    ),
    *(
        f"{app}/DefaultResourceSpec/SageMakerImageVersionAlias"
        for app in (
            "DefaultSpaceSettings/JupyterLabAppSettings",
            "DefaultUserSettings/CodeEditorAppSettings",
            "DefaultUserSettings/JupyterLabAppSettings",
        )
    ),
}


@pytest.fixture
def everything(stack: cdk.Stack) -> dict[str, Any]:
    """The settings of a patch that sets all there is."""
    role = iam.Role.from_role_arn(stack, "Role", ROLE)
    secret = secretsmanager.Secret.from_secret_complete_arn(
        stack, "Secret", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:oauth-a1b2c3"
    )
    shared = Domain.from_domain_attributes(
        stack,
        "Shared",
        domain_id="d-abc123",
        auth_mode=AuthMode.SSO,
        default_user_settings=UserSettings(execution_role=role),
        default_space_settings=SpaceSettings(execution_role=role),
    )
    feature = CanvasFeature.enabled(role=role)
    emr = EmrSettings(assumable_roles=[role], execution_roles=[role])
    DomainSettingsPatch(
        stack,
        "Patch",
        domain=shared,
        canvas=CanvasSettings(
            workspace=CanvasWorkspace(
                bucket=s3.Bucket.from_bucket_name(stack, "Bucket", "artifacts"),
                prefix="canvas",
                encryption_key=kms.Key.from_key_arn(stack, "Key", "arn:aws:kms:eu-west-1:123456789012:key/abc"),
            ),
            time_series_forecasting=feature,
            model_register=feature,
            emr_serverless=feature,
            direct_deploy=True,
            kendra=True,
            amazon_bedrock_role=role,
            identity_provider_o_auth=[CanvasOAuth.snowflake(secret), CanvasOAuth.without_salesforce_data_cloud()],
        ),
        trusted_identity_propagation=True,
        amazon_q=AmazonQ.enabled("arn:aws:codewhisperer:us-east-1:123456789012:profile/ABC"),
        rootless_docker=True,
        execution_role_session_name_mode=ExecutionRoleSessionNameMode.USER_IDENTITY,
        emr=emr,
        shared_space_emr=emr,
        jupyter_lab_image_version_alias="3.2",
        code_editor_image_version_alias="3.2",
        shared_space_image_version_alias="3.2",
    )
    settings: dict[str, Any] = properties(template_of(stack), "Custom::StudioDomainSettings")["Settings"]
    return settings


def test_every_member_that_only_the_api_has_is_offered_or_left_out_with_a_reason(everything: dict[str, Any]) -> None:
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", "AWS::SageMaker::Domain").schema
    api = client_of("sagemaker").meta.service_model.operation_model("CreateDomain").input_shape
    of_cloudformation = set(in_schema(schema, schema))

    missing = {path for path in in_shape(api) if path not in of_cloudformation}

    covered = set(LEFT_OUT)
    found = {path for path in missing if not any(path == one or path.startswith(f"{one}/") for one in covered)}
    assert found == set(in_settings(everything))
    assert all(any(path == one or path.startswith(f"{one}/") for path in missing) for one in covered)


def test_every_value_fits_its_shape(everything: dict[str, Any]) -> None:
    from localcloud.server import shapes  # held to patterns and ranges, which botocore leaves out

    update = client_of("sagemaker").meta.service_model.operation_model("UpdateDomain").input_shape
    request = {name if name != "DomainSettings" else f"{name}ForUpdate": one for name, one in everything.items()}
    shapes.check(update, {"DomainId": "d-abc123", **request})
    assert everything["DomainSettings"].keys() <= update.members["DomainSettingsForUpdate"].members.keys()


def test_what_is_taken_back_is_off_empty_or_cannot_be_unset(everything: dict[str, Any]) -> None:
    left = taken_back(everything, everything)

    assert set(in_settings(everything)) - set(in_settings(left)) == CANNOT_BE_UNSET
    assert {str(value) for value in leaves(left)} == {"DISABLED", "STATIC", "[]"}


def in_shape(shape: Shape, path: tuple[str, ...] = (), seen: tuple[str, ...] = ()) -> Iterator[str]:
    """The paths of what can be set; what is in a list belongs to the list."""
    for name, member in shape.members.items():
        if member.type_name == "structure":
            yield from in_shape(member, (*path, name), (*seen, shape.name))
        else:
            yield "/".join((*path, name))


def in_schema(schema: dict[str, Any], root: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    while "$ref" in schema:
        schema = root["definitions"][schema["$ref"].rpartition("/")[2]]
    if "properties" not in schema:
        yield "/".join(path)
    for name, inner in schema.get("properties", {}).items():
        yield from in_schema(inner, root, (*path, name))


def in_settings(settings: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    for name, value in settings.items():
        if isinstance(value, dict):
            yield from in_settings(value, (*path, name))
        else:
            yield "/".join((*path, name))


def leaves(settings: dict[str, Any]) -> Iterator[Any]:
    for value in settings.values():
        yield from leaves(value) if isinstance(value, dict) else [value]
