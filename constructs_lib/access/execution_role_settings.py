"""What the execution roles of a Studio have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from aws_cdk import Token
from aws_cdk import aws_iam as iam

from constructs_lib.auth_mode import AuthMode
from constructs_lib.environment import Environment
from constructs_lib.errors import check_no_text, check_type

_PATH = re.compile(r"/([!-~]{1,510}/)?")


@dataclass(frozen=True, kw_only=True)
class ExecutionRoleSettings:
    """The path, the boundary and the trust of execution roles.

    Args:
        path: where the roles stand in IAM, ``/studio/`` say. Default: ``/``.
        permissions_boundary: what the roles may do at most. Default: no boundary.
        source_identity: whether the name of the user profile is recorded with what its role does, for CloudTrail:
            the domain sets it on sessions, and the roles trust SageMaker with ``sts:SetSourceIdentity``. What is
            done in shared spaces carries no name. It can be changed while no app runs. Default: it is not.
        trusted_identity_propagation: whether the roles trust SageMaker with ``sts:SetContext``, which a domain with
            ``AuthMode.SSO`` needs for it; ``DomainSettingsPatch`` switches it on for the domain. Default: they do not.
        confused_deputy_prevention: whether SageMaker may take on the roles only for this account and region, by
            ``aws:SourceAccount`` and ``aws:SourceArn``. AWS advises it, and does not say that Studio always sends
            these keys; if it does not, nothing starts. Default: there is no such condition.

    Raises:
        TypeError: an argument is of another type.
        ValueError: the path is too long, or does not begin and end with a slash.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html and
    https://docs.aws.amazon.com/sagemaker/latest/dg/monitor-user-access.html
    """

    path: str | None = None
    permissions_boundary: iam.IManagedPolicy | None = None
    source_identity: bool = False
    trusted_identity_propagation: bool = False
    confused_deputy_prevention: bool = False

    def __post_init__(self) -> None:
        boundary = "iam.ManagedPolicy.from_managed_policy_arn(...) say"
        check_no_text("permissions_boundary", self.permissions_boundary, boundary)
        for switch in ("source_identity", "trusted_identity_propagation", "confused_deputy_prevention"):
            check_type(switch, getattr(self, switch), bool, "True or False")
        check_type("path", self.path, str, "'/studio/' say")
        if (
            self.path is not None
            and not (len(self.path) <= 512 and _PATH.fullmatch(self.path))
            and not Token.is_unresolved(self.path)
        ):
            raise ValueError(
                f"path must be at most 512 characters that begin and end with a slash, got {self.path!r}; "
                "pass '/studio/' say"
            )

    def _actions_beside_assuming(self) -> list[str]:
        """Return what SageMaker may do with the roles besides taking them on."""
        return [
            *(["sts:SetContext"] if self.trusted_identity_propagation else []),
            *(["sts:SetSourceIdentity"] if self.source_identity else []),
        ]

    def _problems(self, auth_mode: AuthMode | None) -> Iterator[str]:
        """Say what a domain with this sign-in cannot have."""
        if self.trusted_identity_propagation and auth_mode is AuthMode.IAM:
            yield (
                "trusted_identity_propagation must be with AuthMode.SSO, got AuthMode.IAM; "
                "leave it out of execution_role_settings, or pass auth_mode=AuthMode.SSO"
            )

    def _render(self) -> dict[str, str]:
        """Return the settings of a domain that follow from these."""
        return {"executionRoleIdentityConfig": "USER_PROFILE_NAME"} if self.source_identity else {}

    def _principal(self, environment: Environment) -> iam.IPrincipal:
        if not self.confused_deputy_prevention:
            return _sagemaker()
        return iam.ServicePrincipal(
            "sagemaker.amazonaws.com",
            conditions={
                "ArnLike": {"aws:SourceArn": environment.arn("sagemaker", "*")},
                "StringEquals": {"aws:SourceAccount": environment.account_reference},
            },
        )


@cache
def _sagemaker() -> iam.ServicePrincipal:
    """One principal for all roles: it has no state, and each new one is a call to the CDK."""
    return iam.ServicePrincipal("sagemaker.amazonaws.com")
