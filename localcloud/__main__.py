"""Deploys a Studio on this machine.

::

    python -m localcloud start              start the emulator unless it runs
    python -m localcloud deploy studio.yaml deploy to it what make synth has made of a settings file
    python -m localcloud destroy            destroy what was deployed to it, and end it
    python -m localcloud stop               end it, whatever is in it
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

import boto3

from localcloud import cdk
from localcloud.assembly import ACCOUNT, REGION, Assembly
from localcloud.cloud import Cloud, CloudError, files_of, running, start, stop
from localcloud.environment import HOME, ROOT, credentials
from localcloud.inventory import studios
from localcloud.table import table

_ASSEMBLIES = files_of(HOME) / "assemblies"


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m localcloud", description="An emulator of AWS, on this machine.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("start", help="start it unless it runs")
    deploying = commands.add_parser("deploy", help="deploy cdk.out to it")
    deploying.add_argument("config", type=Path, help="the settings file of which cdk.out was made")
    commands.add_parser("destroy", help="destroy what was deployed to it, and end it")
    commands.add_parser("stop", help="end it, whatever is in it")
    arguments = parser.parse_args()
    try:
        match arguments.command:
            case "start":
                print(_usage(start(), ACCOUNT, REGION))
            case "deploy":
                _deploy(arguments.config.stem)
            case "destroy":
                _destroy()
            case "stop":
                _stop()
    except CloudError as error:
        sys.exit(str(error))


def _deploy(name: str) -> None:
    """Deploy the stacks, and show what has become of them; an emulator that did not run before ends if they fail."""
    ran = running()
    cloud = start()
    try:
        shutil.rmtree(_ASSEMBLIES / name, ignore_errors=True)
        assembly = Assembly.read(shutil.copytree(ROOT / "cdk.out", _ASSEMBLIES / name))
        cdk.bootstrap(cloud, assembly)
        cdk.deploy(cloud, assembly)
        described = _described(cloud, assembly)
    except BaseException:
        if not ran:
            stop()
        raise
    print(f"deployed {', '.join(assembly.stacks)} to {cloud.url}\n\n{described}\n")
    print(_usage(cloud, assembly.account, assembly.region))


def _destroy() -> None:
    """Destroy the stacks and end the emulator; it goes on if they cannot be destroyed, so that one can see why."""
    if cloud := running():
        for folder in sorted(_ASSEMBLIES.glob("*")):
            assembly = Assembly.read(folder)
            cdk.destroy(cloud, assembly)
            print(f"destroyed {', '.join(assembly.stacks)}")
            shutil.rmtree(folder)
    _stop()


def _stop() -> None:
    print("ended the emulator" if stop() else "the emulator does not run")


def _described(cloud: Cloud, assembly: Assembly) -> str:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]  # a profile of an account, say
    os.environ |= credentials(cloud.url, assembly.account, assembly.region)
    return "\n\n".join(table(one) for one in studios(boto3.client("sagemaker")))


def _usage(cloud: Cloud, account: str, region: str) -> str:
    keys = f"AWS_ACCESS_KEY_ID={account} AWS_SECRET_ACCESS_KEY=local"
    return (
        "It is an emulator, not AWS (docs/local-deploy.md), and runs until make destroy-local. To speak to it:\n"
        f"export AWS_ENDPOINT_URL={cloud.url} AWS_REGION={region} {keys}"
    )


if __name__ == "__main__":
    main()
