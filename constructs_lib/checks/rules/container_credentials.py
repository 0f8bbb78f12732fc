"""The environment of containers carries no credentials."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.credentials import is_secret
from constructs_lib.checks.rule import Controls, Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part


def check(variable: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a variable that an image gets."""
    name = variable.get("Key")
    if is_secret(str(name), str(variable.text("Value"))):
        yield Finding(variable, "Value", f"must carry no credential, got what looks like one in {name}")


CONTAINER_CREDENTIALS = Rule(
    name="ContainerCredentials",
    level=Level.ERROR,
    info="An image is started with a credential in its environment.",
    explanation="Every process in every space that runs the image sees it, and whoever may describe the configuration.",
    fix="read the secret from AWS Secrets Manager in the space, with the execution role",
    controls=Controls(nist=("IA-5(7)",), hipaa=("164.312(d)",), pci_dss=("8.2.1",)),
    subjects=subjects.container_environments,
    check=check,
)
