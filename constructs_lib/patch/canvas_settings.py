"""What SageMaker Canvas offers its users."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aws_cdk import aws_iam as iam

from constructs_lib.access.role_arn import check_role_arn
from constructs_lib.errors import check_type
from constructs_lib.patch.canvas_feature import CanvasFeature
from constructs_lib.patch.canvas_o_auth import CanvasOAuth
from constructs_lib.patch.canvas_workspace import CanvasWorkspace
from constructs_lib.patch.feature_status import feature_status


@dataclass(frozen=True, kw_only=True)
class CanvasSettings:
    """What Canvas offers all users of a domain. What is left open stays as it is.

    The features need rights of the users' roles besides, which the guide of each says.

    Args:
        workspace: the bucket of what users make. Default: as it is.
        time_series_forecasting: forecasts, and the role that Amazon Forecast acts as. Default: as it is.
        model_register: the model registry, and the role of the account of the registry if it is another one.
            Default: as it is.
        emr_serverless: data processing by Amazon EMR Serverless, and the role of its jobs. Default: as it is.
        direct_deploy: whether users may deploy models to endpoints. Default: as it is.
        kendra: whether users may query documents by Amazon Kendra. Default: as it is.
        amazon_bedrock_role: the role that Amazon Bedrock acts as to fine-tune large models. Default: as it is.
        identity_provider_o_auth: data sources that users sign in to by OAuth, each once; others are taken off.
            Default: as they are.

    Raises:
        TypeError: an argument is of another type.
        ValueError: nothing is set, or a data source stands twice, or the ARN of a role is malformed.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CanvasAppSettings.html
    """

    workspace: CanvasWorkspace | None = None
    time_series_forecasting: CanvasFeature | None = None
    model_register: CanvasFeature | None = None
    emr_serverless: CanvasFeature | None = None
    direct_deploy: bool | None = None
    kendra: bool | None = None
    amazon_bedrock_role: iam.IRole | None = None
    identity_provider_o_auth: Sequence[CanvasOAuth] | None = None

    def __post_init__(self) -> None:
        check_type("workspace", self.workspace, CanvasWorkspace, "CanvasWorkspace(bucket=bucket) say")
        for argument in ("time_series_forecasting", "model_register", "emr_serverless"):
            check_type(argument, getattr(self, argument), CanvasFeature, "CanvasFeature.enabled() or .disabled()")
        for argument in ("direct_deploy", "kendra"):
            check_type(argument, getattr(self, argument), bool, "True or False")
        if self.amazon_bedrock_role is not None:
            check_role_arn("amazon_bedrock_role", self.amazon_bedrock_role)
        if self.identity_provider_o_auth is not None:
            object.__setattr__(self, "identity_provider_o_auth", _data_sources(self.identity_provider_o_auth))
        if all(value is None for value in vars(self).values()):
            raise ValueError("CanvasSettings must set something, got nothing; pass an argument, or leave canvas out")

    def _roles(self) -> list[iam.IRole]:
        """The roles that features act as."""
        features = (self.time_series_forecasting, self.model_register, self.emr_serverless)
        roles = [None if feature is None else feature._role for feature in features]
        return [role for role in (*roles, self.amazon_bedrock_role) if role is not None]

    def _render(self) -> dict[str, Any]:
        features = {
            "WorkspaceSettings": self.workspace and self.workspace._render(),
            "TimeSeriesForecastingSettings": _feature(self.time_series_forecasting, "AmazonForecastRoleArn"),
            "ModelRegisterSettings": _feature(self.model_register, "CrossAccountModelRegisterRoleArn"),
            "EmrServerlessSettings": _feature(self.emr_serverless, "ExecutionRoleArn"),
            "DirectDeploySettings": _status(self.direct_deploy),
            "KendraSettings": _status(self.kendra),
            "GenerativeAiSettings": self.amazon_bedrock_role
            and {"AmazonBedrockRoleArn": self.amazon_bedrock_role.role_arn},
            "IdentityProviderOAuthSettings": None
            if self.identity_provider_o_auth is None
            else [one._render() for one in self.identity_provider_o_auth],
        }
        return {name: rendered for name, rendered in features.items() if rendered is not None}


def _feature(feature: CanvasFeature | None, role_name: str) -> dict[str, str] | None:
    return None if feature is None else feature._render(role_name)


def _status(is_enabled: bool | None) -> dict[str, str] | None:
    return None if is_enabled is None else {"Status": feature_status(is_enabled)}


def _data_sources(given: Sequence[CanvasOAuth]) -> tuple[CanvasOAuth, ...]:
    argument = "identity_provider_o_auth"
    check_type(argument, given, (list, tuple), "a list such as [CanvasOAuth.snowflake(secret)]")
    for one in given:
        if not isinstance(one, CanvasOAuth):
            raise TypeError(
                f"{argument} must be of type CanvasOAuth, got {one!r}; pass CanvasOAuth.snowflake(secret) say"
            )
    names = [one._data_source for one in given]
    if twice := next((name for index, name in enumerate(names) if name in names[:index]), None):
        raise ValueError(f"{argument} must have each data source once, got {twice} twice; pass it once")
    return tuple(given)
