"""A feature of SageMaker Canvas that acts as a role."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import aws_iam as iam

from constructs_lib.access.role_arn import check_role_arn
from constructs_lib.patch.feature_status import feature_status


@dataclass(frozen=True)
class CanvasFeature:
    """Whether users of Canvas have a feature, and the role that it acts as.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CanvasAppSettings.html
    """

    _is_enabled: bool
    _role: iam.IRole | None = None

    @staticmethod
    def enabled(*, role: iam.IRole | None = None) -> CanvasFeature:
        """Let users have the feature.

        Args:
            role: the role that it acts as. Default: none is named, and Canvas takes the execution role of the user
                where the feature can do with it.

        Raises:
            TypeError: the role is no role.
            ValueError: its ARN is malformed.
        """
        if role is not None:
            check_role_arn("role", role)
        return CanvasFeature(True, role)

    @staticmethod
    def disabled() -> CanvasFeature:
        """Keep the feature from users."""
        return CanvasFeature(False)

    def _render(self, role_name: str) -> dict[str, str]:
        """Return the settings of the feature, which calls its role by a name of its own."""
        role = {} if self._role is None else {role_name: self._role.role_arn}
        return {"Status": feature_status(self._is_enabled)} | role
