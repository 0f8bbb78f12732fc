from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager

from constructs_lib import CanvasFeature, CanvasOAuth, CanvasSettings, CanvasWorkspace

ROLE = "arn:aws:iam::123456789012:role/canvas"
SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:oauth-a1b2c3"


@pytest.fixture
def role(stack: cdk.Stack) -> iam.IRole:
    return iam.Role.from_role_arn(stack, "Role", ROLE)


@pytest.mark.parametrize(
    ("given", "rendered"),
    [
        ({"direct_deploy": True}, {"DirectDeploySettings": {"Status": "ENABLED"}}),
        ({"direct_deploy": False}, {"DirectDeploySettings": {"Status": "DISABLED"}}),
        ({"kendra": False}, {"KendraSettings": {"Status": "DISABLED"}}),
        ({"model_register": CanvasFeature.enabled()}, {"ModelRegisterSettings": {"Status": "ENABLED"}}),
        ({"emr_serverless": CanvasFeature.disabled()}, {"EmrServerlessSettings": {"Status": "DISABLED"}}),
        ({"identity_provider_o_auth": []}, {"IdentityProviderOAuthSettings": []}),
        (
            {"identity_provider_o_auth": [CanvasOAuth.without_snowflake()]},
            {"IdentityProviderOAuthSettings": [{"DataSourceName": "Snowflake", "Status": "DISABLED"}]},
        ),
    ],
)
def test_settings_say_what_is_given_and_nothing_else(given: dict[str, Any], rendered: dict[str, Any]) -> None:
    assert CanvasSettings(**given)._render() == rendered
    assert CanvasSettings(**given) == CanvasSettings(**given)


@pytest.mark.parametrize(
    ("argument", "name", "role_name"),
    [
        ("time_series_forecasting", "TimeSeriesForecastingSettings", "AmazonForecastRoleArn"),
        ("model_register", "ModelRegisterSettings", "CrossAccountModelRegisterRoleArn"),
        ("emr_serverless", "EmrServerlessSettings", "ExecutionRoleArn"),
    ],
)
def test_features_name_their_roles(role: iam.IRole, argument: str, name: str, role_name: str) -> None:
    given: dict[str, Any] = {argument: CanvasFeature.enabled(role=role)}
    settings = CanvasSettings(**given)

    assert settings._render() == {name: {"Status": "ENABLED", role_name: ROLE}}
    assert settings._roles() == [role]


def test_role_of_bedrock(role: iam.IRole) -> None:
    settings = CanvasSettings(amazon_bedrock_role=role)

    assert settings._render() == {"GenerativeAiSettings": {"AmazonBedrockRoleArn": ROLE}}
    assert settings._roles() == [role]


def test_data_sources_name_their_secrets(stack: cdk.Stack) -> None:
    secret = secretsmanager.Secret.from_secret_complete_arn(stack, "Secret", SECRET)
    sources = [CanvasOAuth.snowflake(secret), CanvasOAuth.salesforce_data_cloud(secret)]

    assert [one._render() for one in sources] == [
        {"DataSourceName": "Snowflake", "Status": "ENABLED", "SecretArn": SECRET},
        {"DataSourceName": "SalesforceGenie", "Status": "ENABLED", "SecretArn": SECRET},
    ]


def test_secret_of_this_app(stack: cdk.Stack) -> None:
    rendered = CanvasOAuth.snowflake(secretsmanager.Secret(stack, "Secret"))._render()

    assert stack.resolve(rendered["SecretArn"]) == {"Ref": "SecretA720EF05"}


def test_workspace_is_a_path_in_a_bucket(stack: cdk.Stack) -> None:
    bucket = s3.Bucket.from_bucket_name(stack, "Bucket", "artifacts")
    key = kms.Key.from_key_arn(stack, "Key", "arn:aws:kms:eu-west-1:123456789012:key/abc")

    assert CanvasWorkspace(bucket=bucket)._render() == {"S3ArtifactPath": "s3://artifacts"}
    assert CanvasWorkspace(bucket=bucket, prefix="canvas/team", encryption_key=key)._render() == {
        "S3ArtifactPath": "s3://artifacts/canvas/team",
        "S3KmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/abc",
    }
    longest = CanvasWorkspace(bucket=s3.Bucket.from_bucket_name(stack, "Long", "b" * 63), prefix="c" * 955)
    assert len(longest._render()["S3ArtifactPath"]) == 1024


def test_tokens_are_not_judged(stack: cdk.Stack) -> None:
    imported = iam.Role.from_role_arn(stack, "Imported", cdk.Fn.import_value("role"))
    prefix = cdk.CfnParameter(stack, "Prefix").value_as_string

    CanvasFeature.enabled(role=imported)
    CanvasFeature.enabled(role=iam.Role(stack, "Own", assumed_by=iam.AccountRootPrincipal()))
    CanvasWorkspace(bucket=s3.Bucket(stack, "Bucket"), prefix=prefix)
