"""What execution roles may do is in this app to be judged."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.iam.policies import ROLE, policy_at
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part


def check(place: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a place that names an execution role, or a policy of one."""
    name = str(place.text(""))
    if place.resource.type == ROLE:
        if ":iam::aws:policy/" not in name and policy_at(studio.deployment, place) is None:
            yield Finding(place, "", f"must be a policy of this app, got {name}")
    elif studio.role_at(place, "") is None:
        yield Finding(place, "", f"must be a role of this app, got {name}")


EXECUTION_ROLE_IN_APP = Rule(
    name="ExecutionRoleInApp",
    level=Level.WARNING,
    info="An execution role, or a policy of one, is defined elsewhere and was not judged.",
    explanation="Whether it is trusted by SageMaker alone, and what it allows, nobody can tell from these templates.",
    fix="define the role and its policies in this app, or acknowledge who answers for them",
    controls=Controls(nist=("CA-2", "AC-6"), pci_dss=("7.1.4",)),
    subjects=subjects.role_and_policy_places,
    check=check,
)
