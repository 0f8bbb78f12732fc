"""What concerns a domain as a whole, none of its users."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from constructs import Construct

from constructs_lib.access.allow_list import AllowList
from constructs_lib.access.execution_role_settings import ExecutionRoleSettings
from constructs_lib.environment import Environment
from constructs_lib.network.ip_address_type import IpAddressType
from constructs_lib.settings.app_security_groups import AppSecurityGroups
from constructs_lib.settings.docker_access import DockerAccess
from constructs_lib.settings.r_studio import RStudio
from constructs_lib.settings.unified_studio import UnifiedStudioSettings


@dataclass(frozen=True, kw_only=True)
class DomainSettings:
    """What a domain was given of ``DomainSettings``, and of what must agree with it.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DomainSettings.html
    """

    docker: DockerAccess
    ip_address_type: IpAddressType | None
    app_security_groups: AppSecurityGroups | None
    r_studio: RStudio | None
    unified_studio: UnifiedStudioSettings | None
    execution_role_settings: ExecutionRoleSettings

    def _problems(self, app_network_access_type: str, environment: Environment, allowed: AllowList) -> Iterator[str]:
        yield from self.docker._problems(app_network_access_type)
        if self.r_studio is not None:
            yield from self.r_studio._problems(environment, allowed)
        if self.app_security_groups is not None:
            yield from self.app_security_groups._problems(
                app_network_access_type, has_r_studio=self.r_studio is not None
            )

    def _render_management(self, app_network_access_type: str) -> str | None:
        """Return who makes the security groups between apps, which SageMaker wants to know for RStudio in a VPC."""
        groups = self.app_security_groups
        if groups is None and self.r_studio is not None and app_network_access_type == "VpcOnly":
            groups = AppSecurityGroups.managed_by_sagemaker()
        return None if groups is None else groups._render_management()

    def _render(self, scope: Construct, environment: Environment) -> dict[str, Any]:
        rendered: dict[str, Any] = {"dockerSettings": self.docker._render(), **self.execution_role_settings._render()}
        if self.ip_address_type is not None:
            rendered["ipAddressType"] = self.ip_address_type.value
        if self.app_security_groups is not None:
            rendered |= self.app_security_groups._render()
        if self.r_studio is not None:
            rendered["rStudioServerProDomainSettings"] = self.r_studio._render(scope, environment)
        if self.unified_studio is not None:
            rendered["unifiedStudioSettings"] = self.unified_studio._render()
        return rendered
