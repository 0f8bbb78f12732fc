"""Amazon Q in the apps of a domain."""

from __future__ import annotations

import re
from dataclasses import dataclass

from constructs_lib.errors import check_type
from constructs_lib.lookup import is_unresolved
from constructs_lib.patch.feature_status import feature_status

_PROFILE_ARN = re.compile(
    r"arn:[-.a-z0-9]{1,63}:codewhisperer:([-.a-z0-9]{0,63}:){2}([a-zA-Z0-9\-_:/]){1,1023}", re.ASCII
)


@dataclass(frozen=True)
class AmazonQ:
    """Whether users of a domain with ``AuthMode.SSO`` have Amazon Q Developer in JupyterLab and Code Editor.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-amazon-q-admin-guide-set-up.html
    """

    _is_enabled: bool
    _profile_arn: str | None = None

    @staticmethod
    def enabled(profile_arn: str) -> AmazonQ:
        """Let users have Amazon Q.

        Args:
            profile_arn: the ARN of the profile of Amazon Q Developer that their subscriptions belong to.

        Raises:
            TypeError: the ARN is no text.
            ValueError: it is not that of a profile.
        """
        check_type("profile_arn", profile_arn, str, "the ARN of the profile")
        if not _PROFILE_ARN.fullmatch(profile_arn) and not is_unresolved(profile_arn):
            raise ValueError(
                "profile_arn must be arn:PARTITION:codewhisperer:REGION:ACCOUNT:profile/ID, "
                f"got {profile_arn!r}; pass the ARN that the console of Amazon Q Developer shows"
            )
        return AmazonQ(True, profile_arn)

    @staticmethod
    def disabled() -> AmazonQ:
        """Keep Amazon Q from users, be it that somebody enabled it by hand."""
        return AmazonQ(False)

    def __repr__(self) -> str:
        return f"AmazonQ.enabled({self._profile_arn!r})" if self._is_enabled else "AmazonQ.disabled()"

    def _render(self) -> dict[str, str]:
        profile = {} if self._profile_arn is None else {"QProfileArn": self._profile_arn}
        return {"Status": feature_status(self._is_enabled)} | profile
