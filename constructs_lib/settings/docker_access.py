"""Whether the apps of a domain may use Docker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from constructs_lib.errors import check_at_most, check_distinct, check_type
from constructs_lib.lookup import is_unresolved

_MAXIMUM_ACCOUNTS = 20
_ACCOUNT = re.compile(r"\d{12}", re.ASCII)


@dataclass(frozen=True)
class DockerAccess:
    """Whether JupyterLab and Code Editor may build and run containers with Docker on their instance.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-local.html
    """

    _is_enabled: bool
    _trusted_accounts: tuple[str, ...] = ()

    @staticmethod
    def enabled(*, trusted_accounts: Sequence[str] = ()) -> DockerAccess:
        """Let apps use Docker.

        Args:
            trusted_accounts: the accounts, at most 20, whose repositories apps may pull from where the domain sends
                all traffic through its VPC; elsewhere they may pull from anywhere. Default: none; AWS does not say what
                apps may then pull.

        Raises:
            TypeError: the accounts are no list of text.
            ValueError: there are more than 20, one stands twice, or one has not 12 digits. The domain raises it
                where its apps reach the internet past its VPC.
        """
        check_type("trusted_accounts", trusted_accounts, (list, tuple), "a list of account numbers")
        for account in trusted_accounts:
            check_type("trusted_accounts", account, str, "the number as text, '123456789012' say")
            if not _ACCOUNT.fullmatch(account) and not is_unresolved(account):
                raise ValueError(f"trusted_accounts must have 12 digits, got {account!r}; pass '123456789012' say")
        check_distinct("trusted_accounts", trusted_accounts)
        check_at_most("trusted_accounts", trusted_accounts, _MAXIMUM_ACCOUNTS)
        return DockerAccess(True, tuple(trusted_accounts))

    @staticmethod
    def disabled() -> DockerAccess:
        """Keep apps from Docker, as a domain does by default."""
        return DockerAccess(False)

    def _problems(self, app_network_access_type: str) -> Iterator[str]:
        if self._trusted_accounts and app_network_access_type != "VpcOnly":
            yield (
                "trusted_accounts must be with NetworkAccess.vpc_only, got them with public_internet, where SageMaker "
                "does not look at them; leave them out, or choose vpc_only"
            )

    def _render(self) -> dict[str, Any]:
        return {
            "enableDockerAccess": "ENABLED" if self._is_enabled else "DISABLED",
            "vpcOnlyTrustedAccounts": list(self._trusted_accounts) or None,
        }
