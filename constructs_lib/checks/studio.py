"""What belongs to what in a deployment with a Studio in it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from constructs_lib.checks.iam.policies import ROLE, Policies
from constructs_lib.checks.iam.statement import Statement
from constructs_lib.templates.deployment import Deployment
from constructs_lib.templates.resource import Part, Resource
from constructs_lib.templates.unresolved import is_known

DOMAIN = "AWS::SageMaker::Domain"
USER_PROFILE = "AWS::SageMaker::UserProfile"
SPACE = "AWS::SageMaker::Space"

_EXECUTION_ROLES = {
    DOMAIN: (
        "DefaultUserSettings.ExecutionRole",
        "DefaultSpaceSettings.ExecutionRole",
        "DomainSettings.RStudioServerProDomainSettings.DomainExecutionRoleArn",
    ),
    USER_PROFILE: ("UserSettings.ExecutionRole",),
}
_UID = "UserSettings.CustomPosixUserConfig.Uid"
_HIDDEN = "UserSettings.StudioWebPortalSettings.HiddenInstanceTypes"
_ROLE_ARN = re.compile(
    r"arn:(?:\$\{[^}]*\}|[^:])+:iam::(?P<account>(?:\$\{[^}]*\}|[^:])*):role/(?:.*/)?(?P<name>[^/]+)"
)


class Studio:
    """The domains, profiles and spaces of a deployment, and the roles that they run with.

    Attributes:
        deployment: all resources.
        policies: all IAM policies.
    """

    def __init__(self, deployment: Deployment) -> None:
        """Look at a deployment."""
        self.deployment = deployment
        self.policies = Policies(deployment)
        self._domains: dict[Resource, Resource | None] = {}

    def domain_of(self, member: Resource) -> Resource | None:
        """Return the domain of a profile or a space, None if it is not in the templates."""
        if member not in self._domains:
            self._domains[member] = self.deployment.referred(member, member.text("DomainId"), DOMAIN)
        return self._domains[member]

    def profiles_beside(self, member: Resource) -> list[Resource]:
        """Return the profiles of the domain that a profile or a space is in."""
        return self._profiles[self._domain_key(member)]

    def profiles_of(self, domain: Resource) -> list[Resource]:
        """Return the profiles of a domain."""
        return self._profiles[domain]

    def owner_of(self, space: Resource) -> Resource | None:
        """Return the profile that owns a space, None if its domain has none of that name in the templates."""
        name = space.text("OwnershipSettings.OwnerUserProfileName")
        owner = self._profiles_by_name.get((self._domain_key(space), name))
        same_meaning = owner is not None and (is_known(str(name)) or owner.template is space.template)
        return owner if same_meaning else None

    def shared_spaces(self, domain: Resource) -> list[Resource]:
        """Return the shared spaces of a domain.

        Raises:
            UnresolvedProperty: only the deployment knows whether one is shared.
        """
        return [
            one
            for one in self.deployment.of_type(SPACE)
            if self.domain_of(one) is domain and one.get("SpaceSharingSettings.SharingType") == "Shared"
        ]

    def role_at(self, part: Part, path: str) -> Resource | None:
        """Return the role that a property names, None if it is not in the templates."""
        text = str(part.text(path))
        arn = _ROLE_ARN.fullmatch(text)
        if arn is None:
            return self.deployment.referred(part, text, ROLE)
        known = {arn["account"], part.resource.template.account} - {"${AWS::AccountId}", None}
        return self.deployment.referred(part, arn["name"], ROLE) if len(known) < 2 else None

    def role_named(self, part: Part, path: str) -> Resource | str | None:
        """Return the role that a property names, by its ARN if it is not in the templates; None for no role."""
        return self.role_at(part, path) or part.text(path)

    def roles_under(self, settings: Part) -> set[Resource]:
        """Return the roles of the templates that those act with whom the settings of a domain or profile are for."""
        roles = {self.role_at(place, "") for place in settings.parts("ExecutionRole")}
        if settings.resource.type == DOMAIN:
            roles.update(
                self.role_at(place, "") for place in settings.resource.parts("DefaultSpaceSettings.ExecutionRole")
            )
            profiles = [one for one in self.profiles_of(settings.resource) if not one.below(_HIDDEN).exists]
        else:
            profiles = [settings.resource]
        return {role for role in (*roles, *map(self._role_of, profiles)) if isinstance(role, Resource)}

    def profiles_with_the_role_of(self, profile: Resource) -> int:
        """Return how many profiles of the stage act with the role of one of them."""
        return self._profiles_by_role[profile.template.stage, self._role_of(profile)]

    def names_with_the_uid_of(self, profile: Resource) -> list[str]:
        """Return the names of the profiles of the domain that have the POSIX user of one of them."""
        return self._names_by_uid[self._domain_key(profile), str(profile.text(_UID))]

    def role_places(self) -> Iterator[Part]:
        """Yield the places that name an execution role."""
        for resource_type, paths in _EXECUTION_ROLES.items():
            for resource in self.deployment.of_type(resource_type):
                for path in paths:
                    yield from resource.parts(path)

    @cached_property
    def execution_roles(self) -> dict[Resource, None]:
        """The execution roles that are in the templates."""
        found = (self.role_at(place, "") for place in self.role_places())
        return dict.fromkeys(role for role in found if role is not None)

    @cached_property
    def allowed_to_users(self) -> list[Statement]:
        """What policies allow to execution roles, those of elsewhere included."""
        elsewhere = [str(place.text("")) for place in self.role_places() if self.role_at(place, "") is None]
        if not self.execution_roles and not elsewhere:
            return []
        return self.policies.allowed_to_some_of(self.execution_roles, {arn.rpartition("/")[2] for arn in elsewhere})

    @cached_property
    def _profiles(self) -> dict[Resource | str, list[Resource]]:
        profiles: dict[Resource | str, list[Resource]] = defaultdict(list)
        for profile in self.deployment.of_type(USER_PROFILE):
            profiles[self._domain_key(profile)].append(profile)
        return profiles

    @cached_property
    def _profiles_by_name(self) -> dict[tuple[Resource | str, str], Resource]:
        profiles = self.deployment.of_type(USER_PROFILE)
        return {(self._domain_key(profile), profile.text("UserProfileName")): profile for profile in profiles}

    @cached_property
    def _profiles_by_role(self) -> Counter[tuple[Path, Resource | str | None]]:
        profiles = self.deployment.of_type(USER_PROFILE)
        return Counter((profile.template.stage, self._role_of(profile)) for profile in profiles)

    @cached_property
    def _names_by_uid(self) -> dict[tuple[Resource | str, str], list[str]]:
        names: dict[tuple[Resource | str, str], list[str]] = defaultdict(list)
        for profile in self.deployment.of_type(USER_PROFILE):
            names[self._domain_key(profile), str(profile.text(_UID))].append(str(profile.text("UserProfileName")))
        return names

    def _domain_key(self, member: Resource) -> Resource | str:
        return self.domain_of(member) or str(member.text("DomainId"))

    def _role_of(self, profile: Resource) -> Resource | str | None:
        """Return the role that a profile acts with: its own, or its domain's."""
        if profile.below("UserSettings.ExecutionRole").exists:
            return self.role_named(profile, "UserSettings.ExecutionRole")
        domain = self.domain_of(profile)
        if domain is None:
            return f"the default role of {profile.text('DomainId')}"
        return self.role_named(domain, "DefaultUserSettings.ExecutionRole")
