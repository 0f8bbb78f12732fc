"""What the CDK has synthesized, and where it is meant to be deployed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

ACCOUNT = "123456789012"
REGION = "us-east-1"


@dataclass(frozen=True)
class Assembly:
    """The stacks of one Studio.

    Attributes:
        folder: where they are.
        stacks: their names.
        account: the account that they name, or that of the emulator.
        region: the region that they name, or that of the emulator.
    """

    folder: Path
    stacks: tuple[str, ...]
    account: str
    region: str

    @property
    def key(self) -> str:
        """A name for a folder, the same for what is deployed to the same stacks, whatever file it comes from."""
        return hashlib.sha256("\n".join([self.account, self.region, *self.stacks]).encode()).hexdigest()[:16]

    def covers(self, other: Assembly) -> bool:
        """Whether every stack of another assembly is one of this one."""
        return (self.account, self.region) == (other.account, other.region) and {*other.stacks} <= {*self.stacks}

    @staticmethod
    def read(folder: Path) -> Assembly:
        """Read the manifest that the CDK has written into a folder."""
        artifacts = json.loads((folder / "manifest.json").read_text())["artifacts"]
        stacks = {name: one for name, one in artifacts.items() if one["type"] == "aws:cloudformation:stack"}
        account, _, region = next(iter(stacks.values()))["environment"].removeprefix("aws://").partition("/")
        return Assembly(
            folder,
            tuple(stacks),
            ACCOUNT if account == "unknown-account" else account,
            REGION if region == "unknown-region" else region,
        )
