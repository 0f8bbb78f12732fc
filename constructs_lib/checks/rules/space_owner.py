"""A space belongs to a profile of its domain."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part

_OWNER, _SHARING = "OwnershipSettings.OwnerUserProfileName", "SpaceSharingSettings.SharingType"


def check(space: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a space."""
    if not space.is_given(_SHARING):
        yield Finding(space, _SHARING, "must be Private or Shared, got nothing")
    if not space.below(_OWNER).exists:
        yield Finding(space, _OWNER, "must be a user profile of the domain, got nothing")
        return
    if studio.domain_of(space.resource) is None or studio.owner_of(space.resource) is not None:
        return
    names = sorted(str(one.text("UserProfileName")) for one in studio.profiles_beside(space.resource))
    got = space.get(_OWNER)
    yield Finding(
        space, _OWNER, f"must be a user profile of the domain, {', '.join(names) or 'which has none'}, got {got}"
    )


SPACE_OWNER = Rule(
    name="SpaceOwner",
    level=Level.ERROR,
    info="The space has no owner among the user profiles of its domain.",
    explanation="Policies let a user into the spaces that the user owns; a space without an owner is open to all who "
    "may write spaces, and neither owner nor sharing can be changed later.",
    fix="set OwnershipSettings and SpaceSharingSettings, with the name of a user profile of the same domain",
    controls=Controls(nist=("AC-3", "AC-6"), hipaa=("164.312(a)(1)",), pci_dss=("7.1.1",)),
    subjects=subjects.spaces,
    check=check,
)
