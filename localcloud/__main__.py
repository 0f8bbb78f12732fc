"""Deploys a Studio on this machine.

::

    python -m localcloud start     start the emulator unless it runs
    python -m localcloud deploy    deploy to it what make synth has made
    python -m localcloud destroy   destroy what was deployed to it, and end it
    python -m localcloud stop      end it, whatever is in it
"""

from __future__ import annotations

import argparse
import shutil
import sys

from localcloud import cdk
from localcloud.assembly import ACCOUNT, REGION, Assembly
from localcloud.cloud import Cloud, CloudError, files_of, running, start, stop
from localcloud.environment import HOME, ROOT
from localcloud.inventory import client, studios
from localcloud.table import table

_ASSEMBLIES = files_of(HOME) / "assemblies"


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m localcloud", description="An emulator of AWS, on this machine.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("start", help="start it unless it runs")
    commands.add_parser("deploy", help="deploy cdk.out to it")
    commands.add_parser("destroy", help="destroy what was deployed to it, and end it")
    commands.add_parser("stop", help="end it, whatever is in it")
    command = parser.parse_args().command
    try:
        match command:
            case "start":
                print(_usage(start(), ACCOUNT, REGION))
            case "deploy":
                _deploy()
            case "destroy":
                _destroy()
            case "stop":
                _stop()
    except CloudError as error:
        sys.exit(str(error))


def _deploy() -> None:
    """Deploy the stacks, and show what has become of them; an emulator that did not run before ends if they fail."""
    cloud = start()
    try:
        assembly = _kept(Assembly.read(ROOT / "cdk.out"))
        cdk.bootstrap(cloud, assembly)
        cdk.deploy(cloud, assembly)
    except BaseException:
        if cloud.is_new:
            stop()
        raise
    print(f"deployed {', '.join(assembly.stacks)}\n")
    print(f"{_described(cloud, assembly)}\n")
    print(_usage(cloud, assembly.account, assembly.region))


def _destroy() -> None:
    """Destroy the stacks and end the emulator; it goes on if they cannot be destroyed, so that one can see why.

    The longest assemblies go first: who has taken users away has left stacks that only an older assembly knows, and
    that the stacks of the newer one cannot go before.
    """
    if cloud := running():
        destroyed: list[Assembly] = []
        for assembly in sorted(_assemblies(), key=lambda one: len(one.stacks), reverse=True):
            if not any(one.covers(assembly) for one in destroyed):
                cdk.destroy(cloud, assembly)
                print(f"destroyed {', '.join(assembly.stacks)}")
                destroyed.append(assembly)
            shutil.rmtree(assembly.folder)
    _stop()


def _kept(assembly: Assembly) -> Assembly:
    """Copy an assembly to where it stays until it is destroyed; the next synthesis writes over the original."""
    folder = shutil.copytree(assembly.folder, _ASSEMBLIES / assembly.key, dirs_exist_ok=True)
    return Assembly.read(folder)


def _assemblies() -> list[Assembly]:
    return [Assembly.read(manifest.parent) for manifest in _ASSEMBLIES.glob("*/manifest.json")]


def _stop() -> None:
    print("ended the emulator" if stop() else "the emulator does not run")


def _described(cloud: Cloud, assembly: Assembly) -> str:
    sagemaker = client(cloud.url, account=assembly.account, region=assembly.region)
    return "\n\n".join(table(one) for one in studios(sagemaker))


def _usage(cloud: Cloud, account: str, region: str) -> str:
    keys = f"AWS_ACCESS_KEY_ID={account} AWS_SECRET_ACCESS_KEY=local"
    return (
        "It is an emulator, not AWS (docs/local-deploy.md), and runs until make destroy-local. To speak to it:\n"
        f"export AWS_ENDPOINT_URL={cloud.url} AWS_REGION={region} {keys}"
    )


if __name__ == "__main__":
    main()
