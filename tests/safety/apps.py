"""Small apps with something to lose, and what the lock says of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import aws_cdk as cdk
from constructs import Construct

from constructs_lib import StudioLock
from constructs_lib.safety.change import Change
from constructs_lib.safety.comparison import compare
from constructs_lib.safety.lock_file import LockFile
from constructs_lib.safety.stateful_resources import StatefulResources
from constructs_lib.templates.assembly import Assembly
from tests.checks.reports import report, unfailing_app

FILE = "studio.lock.json"


def resource(scope: Construct, id: str, kind: str, **properties: Any) -> cdk.CfnResource:
    """A resource of SageMaker, or of another service with the service before a dot; it is kept."""
    service, _, name = kind.rpartition(".")
    made = cdk.CfnResource(scope, id, type=f"AWS::{service or 'SageMaker'}::{name}", properties=properties)
    made.apply_removal_policy(cdk.RemovalPolicy.RETAIN)
    return made


def space(scope: Construct, id: str = "Lab", *, name: str = "lab", owner: str = "alice", **settings: Any) -> Any:
    return resource(
        scope,
        id,
        "Space",
        DomainId=settings.pop("domain", "d-abc123"),
        SpaceName=name,
        OwnershipSettings={"OwnerUserProfileName": owner},
        SpaceSharingSettings={"SharingType": "Private"},
        SpaceSettings={
            "AppType": "JupyterLab",
            "SpaceStorageSettings": {"EbsStorageSettings": {"EbsVolumeSizeInGb": 100}},
            **settings,
        },
    )


class Studio:
    """An app that is synthesized over and over with other contents, beside one lock."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE
        self._folder = folder
        self._synths = 0

    def app(self, **context: Any) -> cdk.App:
        self._synths += 1
        return unfailing_app(self._folder / f"cdk.out.{self._synths}", **context)

    def lock(self, app: cdk.App) -> dict[str, Any]:
        """Lock what an app has, and return the entries."""
        app.synth()
        LockFile(self.file).write(StatefulResources(Assembly.in_folder(Path(app.outdir))).resources.values())
        entries: dict[str, Any] = json.loads(self.file.read_text())["resources"]
        return entries

    def changes(self, app: cdk.App) -> list[Change]:
        """What an app would lose of what is locked."""
        app.synth()
        locked = LockFile(self.file).read()
        assert locked is not None
        return compare(locked, StatefulResources(Assembly.in_folder(Path(app.outdir))))

    def report(self, app: cdk.App) -> dict[str, Any]:
        """What the plugin reports of an app."""
        cdk.Validations.of(app).add_plugins(StudioLock(app, file=self.file))
        return report(app, "StudioLock")

    def findings(self, app: cdk.App) -> set[tuple[str, str, str]]:
        """What the plugin finds: id, severity, and construct path."""
        return {
            (one["ruleName"], one["severity"], place.get("constructPath", ""))
            for one in self.report(app)["violations"]
            for place in one["violatingConstructs"]
        }
