from __future__ import annotations

import os

import pytest

from constructs_lib.lifecycle.lifecycle_scripts import LifecycleScripts
from tests.lifecycle.shell import METADATA, Shell

CONFIG = LifecycleScripts.mount_home_efs()
PRIVATE = ("describe-space", "printf 'Private\\talice\\n'")
DOMAIN = ("describe-domain", "echo fs-0123456789abcdef0")
PROFILE = ("describe-user-profile", "echo 200005")
OPTIONS = "nfsvers=4.1,rsize=1048576,wsize=1048576,hard,timeo=600,retrans=2,noresvport"


def test_mounts_the_directory_of_the_owner_and_lets_the_app_in(shell: Shell) -> None:
    shell.aws(PRIVATE, DOMAIN, PROFILE)

    result = shell.run(CONFIG)

    target = str(shell.home / "home-efs")
    assert (result.returncode, result.stderr) == (0, "")
    source = "fs-0123456789abcdef0.efs.eu-west-1.amazonaws.com:/200005"
    assert shell.calls("sudo") == [
        ["sudo", "timeout", "60", "mount", "-t", "nfs4", "-o", OPTIONS, source, target],
        ["sudo", "chgrp", str(os.getgid()), target],
        ["sudo", "chmod", "g+rwx", target],
    ]
    space, domain, profile = shell.calls("aws")
    assert space[1:9] == [
        "sagemaker",
        "describe-space",
        "--region",
        "eu-west-1",
        "--domain-id",
        "d-abc123",
        "--space-name",
        "alice-lab",
    ]
    assert domain[1:7] == ["sagemaker", "describe-domain", "--region", "eu-west-1", "--domain-id", "d-abc123"]
    assert profile[7:9] == ["--user-profile-name", "alice"]


def test_mounts_at_another_directory(shell: Shell) -> None:
    shell.aws(PRIVATE, DOMAIN, PROFILE)

    shell.run(LifecycleScripts.mount_home_efs(directory="classic"))

    assert shell.calls("sudo")[0][-1] == str(shell.home / "classic")


def test_china_has_names_of_its_own(shell: Shell) -> None:
    arn = METADATA["ResourceArn"].replace("arn:aws:", "arn:aws-cn:").replace("eu-west-1", "cn-north-1")
    shell.describe(METADATA | {"ResourceArn": arn})
    shell.aws(PRIVATE, DOMAIN, PROFILE)

    shell.run(CONFIG)

    assert ".efs.cn-north-1.amazonaws.com.cn:/200005" in " ".join(shell.calls("sudo")[0])


def test_does_nothing_where_it_is_mounted(shell: Shell) -> None:
    shell.command("mountpoint")

    result = shell.run(CONFIG)

    assert result.returncode == 0
    assert shell.calls() == [["mountpoint", "-q", str(shell.home / "home-efs")]]


def test_does_nothing_in_a_shared_space(shell: Shell) -> None:
    shell.aws(("describe-space", "printf 'Shared\\talice\\n'"), DOMAIN, PROFILE)

    result = shell.run(CONFIG)

    assert (result.returncode, shell.calls("sudo")) == (0, [])
    assert not (shell.home / "home-efs").exists()


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ((), "the space alice-lab could not be described"),
        ((PRIVATE,), "AccessDenied"),
        (
            (PRIVATE, ("describe-domain", "echo None"), PROFILE),
            "the domain d-abc123 must have a home file system, got None",
        ),
        (
            (PRIVATE, DOMAIN, ("describe-user-profile", "echo None")),
            "the user alice must have a home directory, got None",
        ),
        ((PRIVATE, DOMAIN), "AccessDenied"),
    ],
)
def test_fails_where_studio_does_not_say_what_to_mount(
    shell: Shell, answers: tuple[tuple[str, str], ...], message: str
) -> None:
    shell.aws(*answers)

    result = shell.run(CONFIG)

    assert result.returncode != 0
    assert message in result.stderr
    assert shell.calls("sudo") == []
    assert not (shell.home / "home-efs").exists()


def test_hides_no_files(shell: Shell) -> None:
    shell.aws(PRIVATE, DOMAIN, PROFILE)
    (shell.home / "home-efs").mkdir()
    (shell.home / "home-efs" / "work.ipynb").touch()

    result = shell.run(CONFIG)

    assert result.returncode == 1
    assert "must be empty, the mount would hide what is in it" in result.stderr
    assert shell.calls("sudo") == []


def test_leaves_no_directory_that_looks_mounted_where_it_could_not_mount(shell: Shell) -> None:
    shell.aws(PRIVATE, DOMAIN, PROFILE)
    shell.command("sudo", "exit 32")

    result = shell.run(CONFIG)

    assert result.returncode == 1
    assert "is port 2049 open and the directory 200005 there?" in result.stderr
    assert not (shell.home / "home-efs").exists()
    assert len(shell.calls("sudo")) == 1


@pytest.mark.parametrize("metadata", [None, {}, {"DomainId": "d-abc123", "SpaceName": "alice-lab"}])
def test_fails_outside_studio(shell: Shell, metadata: dict[str, str] | None) -> None:
    shell.describe(metadata)

    result = shell.run(CONFIG)

    assert result.returncode == 1
    assert "resource-metadata.json must" in result.stderr
    assert shell.calls("sudo", "aws") == []
