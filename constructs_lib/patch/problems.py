"""What a domain cannot be patched with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from constructs_lib.auth_mode import AuthMode
from constructs_lib.domain import Domain, IDomain
from constructs_lib.patch.amazon_q import AmazonQ


def problems_with_sign_in(
    domain: IDomain, trusted_identity_propagation: bool | None, amazon_q: AmazonQ | None
) -> Iterator[str]:
    """Say what the sign-in of the domain rules out, and what its roles do not trust SageMaker with."""
    if domain.auth_mode is AuthMode.IAM:
        for argument, given in (("trusted_identity_propagation", trusted_identity_propagation), ("amazon_q", amazon_q)):
            if given is not None:
                yield (
                    f"{argument} must be with AuthMode.SSO, got a domain with AuthMode.IAM; "
                    "leave it out, or pass auth_mode=AuthMode.SSO to the domain"
                )
    elif (
        trusted_identity_propagation
        and isinstance(domain, Domain)
        and not domain.execution_role_settings.trusted_identity_propagation
    ):
        yield (
            "trusted_identity_propagation must be on for the execution roles too, got a domain where it is off; "
            "pass execution_role_settings=ExecutionRoleSettings(trusted_identity_propagation=True) to the domain"
        )


def problems_with_docker(domain: IDomain, rootless_docker: bool | None) -> Iterator[str]:
    """Say why Docker cannot be rootless: there is none."""
    if rootless_docker and isinstance(domain, Domain) and not domain.docker._is_enabled:
        yield (
            "rootless_docker must be with access to Docker, got a domain without; "
            "leave it out, or pass docker=DockerAccess.enabled() to the domain"
        )


def problems_with_roles(domain: IDomain, settings: dict[str, Any]) -> Iterator[str]:
    """Say which role is missing among the settings that go back to SageMaker."""
    for name, argument, of_domain in (
        ("DefaultUserSettings", "default_user_settings", domain.default_user_settings),
        ("DefaultSpaceSettings", "default_space_settings", domain.default_space_settings),
    ):
        if name in settings and of_domain.execution_role is None:
            yield (
                f"{argument} of an imported domain must name its execution_role, which goes back to SageMaker with "
                f"the rest, got none; pass it to from_domain_attributes"
            )
