"""How a domain belongs to SageMaker Unified Studio."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from constructs_lib.errors import check_type
from constructs_lib.lookup import is_unresolved

_FORMS = {
    "domain_id": (re.compile(r"dzd[-_][a-zA-Z0-9_-]{1,32}", re.ASCII), "dzd-ID of at most 36 characters"),
    "domain_account": (re.compile(r"\d{12}", re.ASCII), "12 digits"),
    "domain_region": (re.compile(r"(?=.{1,24}$)[a-zA-Z]{2}-[a-zA-Z-]+-\d+", re.ASCII), "a region such as eu-west-1"),
    "project_id": (re.compile(r"[a-zA-Z0-9_-]{1,36}", re.ASCII), "1..36 letters, digits, hyphens and underscores"),
    "environment_id": (re.compile(r"[a-zA-Z0-9_-]{1,36}", re.ASCII), "1..36 letters, digits, hyphens and underscores"),
    "project_s3_path": (
        re.compile(r"(?=.{1,100}$)s3://[^/\s]*[\w.-](/\S*[\w.-])?", re.ASCII),
        "s3://BUCKET/PREFIX of at most 100 characters without a slash at the end",
    ),
}


@dataclass(frozen=True, kw_only=True)
class UnifiedStudioSettings:
    """The domain, project and environment of SageMaker Unified Studio that this domain serves.

    Unified Studio sets these itself for the domains that it makes; give them where you migrate a domain of yours.

    Args:
        domain_id: the id of the domain in Unified Studio, such as ``dzd-4abc1def``.
        project_id: the id of its project.
        environment_id: the id of the project's environment.
        domain_account: the account of the domain in Unified Studio. Default: this account.
        domain_region: its region. Default: this region.
        project_s3_path: where the project keeps temporary data, ``s3://bucket/prefix``. Default: none is said.
        portal_access: whether users may still open the domain in Studio itself. Default: SageMaker's own choice.

    Raises:
        TypeError: an argument is of another type.
        ValueError: an argument has another form.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UnifiedStudioSettings.html
    """

    domain_id: str | None = None
    project_id: str | None = None
    environment_id: str | None = None
    domain_account: str | None = None
    domain_region: str | None = None
    project_s3_path: str | None = None
    portal_access: bool | None = None

    def __post_init__(self) -> None:
        check_type("portal_access", self.portal_access, bool, "True or False")
        for argument, (pattern, form) in _FORMS.items():
            given = getattr(self, argument)
            check_type(argument, given, str, "text")
            if given is not None and not pattern.fullmatch(given) and not is_unresolved(given):
                raise ValueError(f"{argument} must be {form}, got {given!r}; copy it from Unified Studio")
        if all(value is None for value in vars(self).values()):
            raise ValueError("unified_studio must say something, got no setting; leave it out, or pass domain_id say")

    def _render(self) -> dict[str, Any]:
        access = None if self.portal_access is None else ("ENABLED" if self.portal_access else "DISABLED")
        return {
            "domainId": self.domain_id,
            "projectId": self.project_id,
            "environmentId": self.environment_id,
            "domainAccountId": self.domain_account,
            "domainRegion": self.domain_region,
            "projectS3Path": self.project_s3_path,
            "studioWebPortalAccess": access,
        }
