"""What words and numbers of the settings stand for in the CDK."""

from typing import Literal

from aws_cdk import RemovalPolicy, Size

from constructs_lib import App, CodeEditor, JupyterLab, StudioImage

APPS: dict[Literal["JupyterLab", "CodeEditor"], type[App]] = {"JupyterLab": JupyterLab, "CodeEditor": CodeEditor}
DISTRIBUTIONS = {"cpu": StudioImage.distribution_cpu(), "gpu": StudioImage.distribution_gpu()}
REMOVAL_POLICIES: dict[Literal["Retain", "Delete"], RemovalPolicy] = {
    "Retain": RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    "Delete": RemovalPolicy.DESTROY,
}


def gibibytes(number: int | None) -> Size | None:
    """Return a size, or none for a key that was left out."""
    return None if number is None else Size.gibibytes(number)
