"""The environment variables with which processes reach the emulator, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent
HOME = ROOT / ".localcloud"
HOST = "127.0.0.1"

_NO_ACCOUNT = {
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}
_OF_THE_MACHINE = ("HOME", "LANG", "PATH", "TZ")
_TOOLS = (ROOT / ".venv" / "bin", ROOT / "node_modules" / ".bin")


def of_client(url: str, *, account: str, region: str) -> dict[str, str]:
    """Return the environment of the CDK CLI, the AWS CLI or an SDK that speaks to the emulator.

    Args:
        url: where the emulator listens.
        account: the account to be in; the emulator reads it from the access key.
        region: the region to be in.
    """
    path = os.pathsep.join([*map(str, _TOOLS), os.environ["PATH"]])
    return {
        **_without_account(),
        **_NO_ACCOUNT,
        "PATH": path,
        "CDK_HOME": str(HOME / "cdk"),
        "AWS_ACCESS_KEY_ID": account,
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_ENDPOINT_URL": url,
        "AWS_ENDPOINT_URL_S3": url,
        "AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION": url,
    }


def of_server(folder: Path, *, port: int, seconds_under_way: float) -> dict[str, str]:
    """Return the environment of the emulator, which its Lambda functions inherit.

    Of this process's environment it is only what any program needs: the emulator reads some hundred variables with
    which it stores, skips or starts things, and what else is in a shell is nobody's business.

    Args:
        folder: where it may write.
        port: the one port on which it listens.
        seconds_under_way: how long SageMaker takes to create, update or delete something.
    """
    return {
        **_of_the_machine(),
        **_NO_ACCOUNT,
        "PATH": os.pathsep.join([str(HOME / "venv" / "bin"), os.environ["PATH"]]),
        "NODE_PATH": str(ROOT / "node_modules"),  # the SDK that the CDK's functions find in a runtime of Lambda
        "TMPDIR": str(folder),
        "GATEWAY_PORT": str(port),
        "MINISTACK_HOST": HOST,
        "SECONDS_UNDER_WAY": str(seconds_under_way),
        "IOT_MTLS_ENABLED": "0",  # else it listens on every address
        "SFTP_ENABLED": "0",
        "DOCKER_HOST": "unix:///nowhere",  # else it removes containers
    }


def _of_the_machine() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name in _OF_THE_MACHINE or name.startswith("LC_")}


def _without_account() -> dict[str, str]:
    """Return this process's environment without what names an account, and with no proxy before the emulator."""
    names = ("AWS_", "CDK_", "PYTHON", "PYTEST")
    return {name: value for name, value in os.environ.items() if not name.startswith(names)} | {
        "NO_PROXY": HOST,
        "no_proxy": HOST,
    }
