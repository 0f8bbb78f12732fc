"""Data sources outside AWS that Canvas signs in to by OAuth."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aws_cdk import aws_secretsmanager as secretsmanager

from constructs_lib.errors import check_no_text
from constructs_lib.lookup import is_unresolved
from constructs_lib.patch.feature_status import feature_status

_SECRET_ARN = re.compile(r"arn:aws[a-z\-]*:secretsmanager:[a-z0-9\-]*:[0-9]{12}:secret:.+", re.ASCII)
_MAXIMUM_LENGTH = 2048


@dataclass(frozen=True)
class CanvasOAuth:
    """Whether users of Canvas sign in to a data source by OAuth, and with which client.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/canvas-setting-up-oauth.html
    """

    _data_source: str
    _secret: secretsmanager.ISecret | None

    @staticmethod
    def snowflake(secret: secretsmanager.ISecret) -> CanvasOAuth:
        """Let users sign in to Snowflake.

        Args:
            secret: the client id, the client secret and the URLs of the identity provider.

        Raises:
            TypeError: the secret is no secret.
            ValueError: its ARN is malformed.
        """
        return CanvasOAuth("Snowflake", _checked(secret))

    @staticmethod
    def salesforce_data_cloud(secret: secretsmanager.ISecret) -> CanvasOAuth:
        """Let users sign in to Salesforce Data Cloud, which the API calls ``SalesforceGenie``.

        Args:
            secret: the client id, the client secret and the URLs of the identity provider.

        Raises:
            TypeError: the secret is no secret.
            ValueError: its ARN is malformed.
        """
        return CanvasOAuth("SalesforceGenie", _checked(secret))

    @staticmethod
    def without_snowflake() -> CanvasOAuth:
        """Keep OAuth for Snowflake from users."""
        return CanvasOAuth("Snowflake", None)

    @staticmethod
    def without_salesforce_data_cloud() -> CanvasOAuth:
        """Keep OAuth for Salesforce Data Cloud from users."""
        return CanvasOAuth("SalesforceGenie", None)

    def _render(self) -> dict[str, str]:
        secret = {} if self._secret is None else {"SecretArn": self._secret.secret_arn}
        return {"DataSourceName": self._data_source, "Status": feature_status(self._secret is not None)} | secret


def _checked(secret: secretsmanager.ISecret) -> secretsmanager.ISecret:
    check_no_text("secret", secret, "secretsmanager.Secret.from_secret_complete_arn(...) say")
    arn = getattr(secret, "secret_arn", None)
    if not isinstance(arn, str):
        raise TypeError(f"secret must be a secret, got {secret!r}; pass secretsmanager.Secret(...) say")
    if not is_unresolved(arn) and not (len(arn) <= _MAXIMUM_LENGTH and _SECRET_ARN.fullmatch(arn)):
        raise ValueError(
            f"secret must have an ARN such as arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME, got {arn!r}; "
            "pass a secret with such an ARN"
        )
    return secret
