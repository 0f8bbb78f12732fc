"""Runs the CDK CLI against the emulator."""

from __future__ import annotations

import subprocess

from localcloud.assembly import Assembly
from localcloud.cloud import Cloud, CloudError
from localcloud.environment import ROOT, of_client


def bootstrap(cloud: Cloud, assembly: Assembly) -> None:
    """Make what the CDK needs in the account and region of an assembly, unless it is there.

    Raises:
        CloudError: the CLI has failed; with what it says.
    """
    print(f"bootstrapping {assembly.account}/{assembly.region}", flush=True)
    _run(cloud, assembly, "bootstrap", f"aws://{assembly.account}/{assembly.region}")


def deploy(cloud: Cloud, assembly: Assembly) -> None:
    """Deploy all stacks of an assembly, and roll back what fails.

    Raises:
        CloudError: the CLI has failed; with what it says.
    """
    print(f"deploying {', '.join(assembly.stacks)} to {cloud.url}", flush=True)
    _run(cloud, assembly, "deploy", "--all", "--require-approval", "never")


def destroy(cloud: Cloud, assembly: Assembly) -> None:
    """Destroy all stacks of an assembly.

    Raises:
        CloudError: the CLI has failed; with what it says.
    """
    print(f"destroying {', '.join(assembly.stacks)} at {cloud.url}", flush=True)
    _run(cloud, assembly, "destroy", "--all", "--force")


def _run(cloud: Cloud, assembly: Assembly, command: str, *arguments: str) -> None:
    result = subprocess.run(
        ["cdk", command, "--no-notices", "--app", str(assembly.folder), *arguments],
        cwd=ROOT,
        env=of_client(cloud.url, account=assembly.account, region=assembly.region),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode:
        raise CloudError(f"{result.stdout.strip()}\ncdk {command} has failed")
