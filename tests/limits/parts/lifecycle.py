"""Scripts that run when an app starts."""

from __future__ import annotations

from base64 import b64encode

from constructs_lib import JupyterLab, LifecycleConfig, UserSettings
from tests.limits.user import user_with_lab
from tests.limits.values import OURS, Held, Items, Made, Text
from tests.unit.wrong_inputs.studio import Studio

CONFIG = "arn:aws:sagemaker:eu-west-1:123456789012:studio-lifecycle-config/"


def existing(arn: str) -> LifecycleConfig:
    return LifecycleConfig.from_lifecycle_config_arn(arn)


def script(size: int) -> str:
    return ("#!/bin/bash\n" + "#" * size)[:size]


def content(size: int) -> str:
    return b64encode(script(size).encode()).decode()


def with_content(studio: Studio, content: str) -> object:
    """Run a script that takes as many characters in base64."""
    size = -(-len(content) // 4) * 3
    return user_with_lab(studio, lifecycle_config=LifecycleConfig.from_script(script(size), name="setup"))


def longest_names(studio: Studio) -> object:
    lab = JupyterLab(lifecycle_config=LifecycleConfig.from_script("#!/bin/bash", name="a" * 32))
    return studio.domain(domain_name="a" * 63, default_user_settings=UserSettings(jupyter_lab=lab))


HELD: dict[str, Held] = {
    "LifecycleConfigArn": Text(lambda s, v: user_with_lab(s, lifecycle_config=existing(v)), f"{CONFIG}setup", f"{CONFIG}{'a' * 63}"),
    "BuiltInLifecycleConfigArn": Text(lambda s, v: user_with_lab(s, built_in_lifecycle_config=existing(v)), f"{CONFIG}setup", f"{CONFIG}{'a' * 63}"),
    "LifecycleConfigArns": Items(lambda s, v: user_with_lab(s, lifecycle_configs=[existing(arn) for arn in v]), lambda number: f"{CONFIG}setup-{number}", most=30),
    "LifecycleConfigArns[]": Text(lambda s, v: user_with_lab(s, lifecycle_configs=[existing(v)]), f"{CONFIG}setup", f"{CONFIG}{'a' * 63}"),
    "StudioLifecycleConfigContent": Text(with_content, content(12), content(12_288)),
}  # fmt: skip

CLOSED = {OURS: ("StudioLifecycleConfigAppType",)}

MADE = {"StudioLifecycleConfigName": Made(longest_names)}
