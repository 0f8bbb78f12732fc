"""The ARNs of what is in one domain, as policies name them."""

from __future__ import annotations

from dataclasses import dataclass

from constructs_lib.environment import Environment

WHOEVER_CALLS = "${sagemaker:UserProfileName}"
"""The policy variable for the user profile behind a call; it is absent from calls out of a shared space.

See https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
"""


@dataclass(frozen=True)
class StudioArns:
    """The ARNs of one domain, of its profiles, spaces and apps, and of what they use."""

    environment: Environment
    domain_id: str

    @property
    def domain(self) -> str:
        """The domain."""
        return self.of("domain", self.domain_id)

    def user_profile(self, name: str) -> str:
        """One profile, ``*`` for all."""
        return self.of("user-profile", f"{self.domain_id}/{name}")

    def space(self, name: str) -> str:
        """One space, ``*`` for all."""
        return self.of("space", f"{self.domain_id}/{name}")

    def apps(self, space_name: str | None = None) -> str:
        """All apps of one space or of all, whichever case SageMaker writes the type of an app in."""
        return self.of("app", f"{self.domain_id}/*" if space_name is None else f"{self.domain_id}/{space_name}/*")

    def of(self, kind: str, name: str) -> str:
        """One SageMaker resource of the account and region."""
        return self.environment.arn("sagemaker", f"{kind}/{name}")

    def anywhere(self, kind: str) -> str:
        """All SageMaker resources of a kind, in whichever account and region."""
        return Environment(account="*", region="*", is_of_stack=False).arn("sagemaker", f"{kind}/*")
