"""Nothing runs in Studio Classic."""

from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Finding, Level, Rule
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part

_CLASSIC = ("JupyterServer", "KernelGateway")


def check(part: Part, studio: Studio) -> Iterator[Finding]:
    """Judge an app or a space."""
    path = "AppType" if part.resource.type == "AWS::SageMaker::App" else "SpaceSettings.AppType"
    app_type = part.get(path)
    if app_type in _CLASSIC:
        yield Finding(part, path, f"must be an app of the modern Studio, JupyterLab say, got {app_type}")


NO_CLASSIC_APP = Rule(
    name="NoClassicApp",
    level=Level.WARNING,
    info="An app of Studio Classic is declared.",
    explanation="Studio Classic is being retired; its apps know neither idle shutdown nor volumes of their own.",
    fix="declare a space that runs JupyterLab or CodeEditor, and let its owner start the app",
    subjects=subjects.apps_and_spaces,
    check=check,
)
