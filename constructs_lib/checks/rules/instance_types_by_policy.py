"""What the portal hides, policies deny."""

from collections.abc import Callable, Iterator
from functools import cache, partial

from constructs_lib.checks import subjects
from constructs_lib.checks.iam.arn_pattern import matches
from constructs_lib.checks.iam.policies import policy_at
from constructs_lib.checks.iam.statement import Statement
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part, Resource

_HIDDEN = "StudioWebPortalSettings.HiddenInstanceTypes"
_WRITES = ("sagemaker:CreateApp", "sagemaker:CreateSpace", "sagemaker:UpdateSpace")
_KEY = "sagemaker:InstanceTypes"


def check(settings: Part, studio: Studio) -> Iterator[Finding]:
    """Judge the settings of a domain or a profile that hide instance types."""
    hidden = settings.get(_HIDDEN)
    denies = cache(partial(_denies, hidden=hidden))  # most roles have the same denials
    for role in studio.roles_under(settings) if hidden else ():
        missing = [action for action in _WRITES if not _is_limited(role, action, denies, studio)]
        if missing:
            what = f"must be denied to {role.logical_id} by a condition on {_KEY}"
            yield Finding(settings, _HIDDEN, f"{what}, got no denial of {', '.join(missing)}")


def _is_limited(role: Resource, action: str, denies: Callable[[Statement], bool], studio: Studio) -> bool:
    if any(one.covering(action) and denies(one) for one in studio.policies.denied_to(role)):
        return True
    of_elsewhere = [place for place in role.parts("ManagedPolicyArns") if policy_at(studio.deployment, place) is None]
    allowing = (one for one in studio.policies.allowed_to(role) if one.covering(action))
    return not of_elsewhere and all(one.mentions(_KEY) for one in allowing)


def _denies(denial: Statement, *, hidden: list[str]) -> bool:
    """Whether a denial is about all these types, for whichever app and space."""
    about_all = denial.wide("app") and denial.wide("space")
    return bool(about_all and denial.conditions) and all(
        name == _KEY.lower() and all(any(matches(one, type) for one in types) != ("not" in operator) for type in hidden)
        for operator, name, types in denial.conditions
    )


INSTANCE_TYPES_BY_POLICY = Rule(
    name="InstanceTypesByPolicy",
    level=Level.WARNING,
    info="Instance types are hidden in the portal, and allowed all the same.",
    explanation="Hiding is cosmetic: the API, a notebook or the CLI start what the portal does not show.",
    fix="deny these actions with ForAnyValue:StringNotLike on sagemaker:InstanceTypes in the execution roles",
    controls=Controls(nist=("AC-3", "AC-6"), pci_dss=("7.1.2",)),
    subjects=subjects.user_settings,
    check=check,
)
