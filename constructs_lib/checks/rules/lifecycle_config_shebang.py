"""Scripts say what runs them."""

import re
from collections.abc import Iterator

from constructs_lib.checks import subjects
from constructs_lib.checks.rule import Finding, Level, Rule
from constructs_lib.checks.scripts import script_of
from constructs_lib.checks.studio import Studio
from constructs_lib.templates.resource import Part

_CONTENT = "StudioLifecycleConfigContent"


def check(lifecycle_config: Part, studio: Studio) -> Iterator[Finding]:
    """Judge a lifecycle configuration."""
    script = script_of(lifecycle_config)
    if script is None:
        yield Finding(lifecycle_config, _CONTENT, "must be a script in base64, got something else")
    elif not re.match(r"#! */", script):
        first = next(iter(script.splitlines()), "")
        yield Finding(lifecycle_config, _CONTENT, f"must begin with #!/, got {first[:40]!r}")
    elif "\r" in script:
        yield Finding(lifecycle_config, _CONTENT, "must have the line ends of Unix, got those of Windows")


LIFECYCLE_CONFIG_SHEBANG = Rule(
    name="LifecycleConfigShebang",
    level=Level.WARNING,
    info="A lifecycle configuration does not run as it stands.",
    explanation="A script that does not start fails every app that it is attached to, for everybody at once.",
    fix="begin with #!/bin/bash, end lines with a line feed alone, and encode it with Fn.base64",
    subjects=subjects.lifecycle_configs,
    check=check,
)
