"""A shell to run lifecycle scripts in, with recorders in place of the commands that reach beyond it."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path

from constructs_lib.lifecycle.lifecycle_config import LifecycleConfig

METADATA = {
    "AppType": "JupyterLab",
    "DomainId": "d-abc123",
    "SpaceName": "alice-lab",
    "ResourceName": "default",
    "ResourceArn": "arn:aws:sagemaker:eu-west-1:111111111111:app/d-abc123/alice-lab/JupyterLab/default",
}

_RECORDER = """\
#!/bin/bash
printf '%s\\n' "$(printf ' %q' "${0##*/}" "$@")" >>LOG
"""

# What a script finds at a fixed place, and where it is here.
_PLACES = {
    "/opt/ml/metadata/": "metadata",
    "/proc/": "proc",
    "/var/log/apps/": "log",
    "/tmp/": "log",
}


class Shell:
    """The place of one script: a home directory, what Studio says, and the commands."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / "home"
        for name in ("home", "bin", "temporary", *set(_PLACES.values())):
            (root / name).mkdir()
        self._log = root / "calls"
        self.describe(METADATA)
        for command in ("sudo", "aws", "pip", "mountpoint", "sagemaker-code-editor"):
            self.command(command)
        self.command("mountpoint", "exit 1")

    def describe(self, metadata: dict[str, str] | None) -> None:
        """Say what Studio says of the space."""
        file = self.root / "metadata" / "resource-metadata.json"
        file.unlink(missing_ok=True)
        if metadata is not None:
            file.write_text(json.dumps(metadata))

    def command(self, name: str, does: str = "") -> None:
        """Record the calls of a command, and do something besides."""
        file = self.root / "bin" / name
        file.write_text(_RECORDER.replace("LOG", shlex.quote(str(self._log))) + does + "\n")
        file.chmod(0o755)

    def aws(self, *answers: tuple[str, str]) -> None:
        """Answer calls of the AWS CLI by what they contain; others fail."""
        cases = "".join(f"  *{shlex.quote(part)}*) {does} ;;\n" for part, does in answers)
        self.command("aws", f'case "$*" in\n{cases}  *) echo "AccessDenied" >&2; exit 254 ;;\nesac')

    def run(self, config: LifecycleConfig, *, server: str = "") -> subprocess.CompletedProcess[str]:
        """Run the script, but for the places and the server that are fixed in it."""
        moved = {place: f"{self.root / here}/" for place, here in _PLACES.items()} | {"http://localhost:8888": server}
        script = re.sub("|".join(moved), lambda found: moved[found[0]], config._script or "")
        file = self.root / "script"
        file.write_text(script)
        file.chmod(0o755)
        environment = {
            "PATH": f"{self.root / 'bin'}:/usr/bin:/bin",
            "HOME": str(self.home),
            "TMPDIR": str(self.root / "temporary"),
        }
        return subprocess.run([file], cwd=self.root, env=environment, capture_output=True, text=True, check=False)

    def calls(self, *commands: str) -> list[list[str]]:
        """The calls of these commands so far, or of all."""
        lines = self._log.read_text().splitlines() if self._log.exists() else []
        calls = [shlex.split(line) for line in lines]
        return [call for call in calls if not commands or call[0] in commands]
