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
        custom_images: images of yours that users may choose, at most 200, and as many as IAM takes, see
            ``StudioImage``; for a domain or a profile. Default for a domain: none; for a profile: as the domain.
        idle_shutdown: when an idle app stops. Default for a domain: after 2 hours; for a profile: as the domain;
            for a space: as its owner.
        lifecycle_config: the script that runs when the app starts; users may choose another one for spaces that they
            make. Default: as for the instance type, without a script of Studio's.
        lifecycle_configs: the scripts that users may choose besides, at most 30 with the default one; for a domain or
            a profile. Default for a domain: none; for a profile: as the domain.
        built_in_lifecycle_config: the script that always runs, before the other one, and that users cannot choose
            away; for a domain or a profile. Default for a domain: none; for a profile: as the domain.
        training_plan_arn: the training plan whose reserved capacity the app runs on. Default: none.

    Raises:
        TypeError: an argument is of another type.
        ValueError: as for every app.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/code-editor.html
    """

    app_type: ClassVar[str] = "CodeEditor"
    can_be_shared: ClassVar[bool] = False

    @property
    def _settings_name(self) -> str:
        return "codeEditorAppSettings"
