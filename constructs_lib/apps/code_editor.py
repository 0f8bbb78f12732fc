"""Code Editor, the hosted VS Code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from constructs_lib.apps.app import App


@dataclass(frozen=True, kw_only=True)
class CodeEditor(App):
    """Code Editor: of a private space, or by default; SageMaker has no shared Code Editor.

    Args:
        instance_type: what it runs on. Default for a space: its owner's, then the domain's, then Studio's own choice.
        image: the container image. Default for a space: as for the instance type.
        idle_shutdown: when an idle app stops. Default for a domain: after 2 hours; for a profile: as the domain;
            for a space: as its owner.

    Raises:
        TypeError: an argument is of another type.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/code-editor.html
    """

    app_type: ClassVar[str] = "CodeEditor"
    can_be_shared: ClassVar[bool] = False

    @property
    def _settings_name(self) -> str:
        return "codeEditorAppSettings"
