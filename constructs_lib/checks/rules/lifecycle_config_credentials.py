"""Scripts carry no credentials."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.credentials import credentials_in
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.scripts import legible_in
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part


def check(lifecycle_config: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a lifecycle configuration."""
    found = [f"{what} in line {line}" for line, what in credentials_in(legible_in(lifecycle_config))]
    if found:
        path = "StudioLifecycleConfigContent"
        yield Finding(lifecycle_config, path, f"must carry no credential, got what looks like {', '.join(found)}")


LIFECYCLE_CONFIG_CREDENTIALS = Rule(
    name="LifecycleConfigCredentials",
    level=Level.ERROR,
    info="A lifecycle configuration carries a credential.",
    explanation="Whoever may describe it reads it, and whoever has this template.",
    fix="read the secret from AWS Secrets Manager when the script runs, with the execution role",
    controls=Controls(nist=("IA-5(7)",), hipaa=("164.312(d)",), pci_dss=("8.2.1",)),
    subjects=subjects.lifecycle_configs,
    check=check,
)
