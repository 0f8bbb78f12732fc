"""All templates are in this app to be judged."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part


def check(part: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a nested stack, or a macro."""
    if not studio.deployment.has_template_of(part.resource):
        got = part.text("TemplateURL") or "what a macro brings in"
        yield Finding(part, "TemplateURL", f"must be a template of this app, got {got}")


TEMPLATES_IN_APP = Rule(
    name="TemplatesInApp",
    level=Level.WARNING,
    info="A template that is defined elsewhere was not judged.",
    explanation="Whatever of a Studio stands in it has no finding here, good or bad.",
    fix="make it a NestedStack of this app, or acknowledge what is in it",
    controls=Controls(nist=("CA-2",)),
    subjects=subjects.further_templates,
    check=check,
)
