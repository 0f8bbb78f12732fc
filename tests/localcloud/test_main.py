"""What is deployed, kept and destroyed, with a CDK CLI that always succeeds."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from localcloud import __main__ as module
from localcloud.assembly import Assembly
from localcloud.cloud import Cloud

USERS = ("vision-network", "vision-studio", "vision-users-1")


class Machine:
    """The commands, and what they have asked of the CDK CLI and of the emulator."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = folder
        self.cloud: Cloud | None = None
        self.cdk = Mock()
        self.destroyed: list[tuple[str, ...]] = []
        self.cdk.destroy.side_effect = lambda _, assembly: self.destroyed.append((assembly.account, *assembly.stacks))
        self.studios = Mock(return_value=[])
        self._argv = monkeypatch
        fakes = {
            "ROOT": folder,
            "_ASSEMBLIES": folder / "assemblies",
            "cdk": self.cdk,
            "studios": self.studios,
            "start": self._start,
            "stop": self._stop,
            "running": lambda: self.cloud,
        }
        for name, fake in fakes.items():
            monkeypatch.setattr(module, name, fake)

    def deploy(self, *stacks: str, account: str = "111122223333") -> None:
        out = self.root / "cdk.out"
        out.mkdir(exist_ok=True)
        one = {"type": "aws:cloudformation:stack", "environment": f"aws://{account}/eu-west-1"}
        out.joinpath("manifest.json").write_text(json.dumps({"artifacts": dict.fromkeys(stacks, one)}))
        self.run("deploy")

    def run(self, command: str) -> None:
        self._argv.setattr(sys, "argv", ["localcloud", command])
        module.main()

    def _start(self) -> Cloud:
        is_new = self.cloud is None
        self.cloud = Cloud(1, 1, is_new=is_new)
        return self.cloud

    def _stop(self) -> bool:
        ran, self.cloud = self.cloud is not None, None
        return ran


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path, monkeypatch)


def test_every_studio_is_destroyed_whatever_file_it_came_from(machine: Machine) -> None:
    machine.deploy(*USERS)
    machine.deploy(*USERS, account="444455556666")
    machine.deploy("renamed-network")
    machine.run("destroy")

    assert sorted(machine.destroyed) == [
        ("111122223333", "renamed-network"),
        ("111122223333", *USERS),
        ("444455556666", *USERS),
    ]
    assert machine.cloud is None


def test_a_stack_that_a_studio_no_longer_has_goes_first(machine: Machine) -> None:
    machine.deploy(*USERS, "vision-users-2")
    machine.deploy(*USERS)
    machine.run("destroy")

    assert machine.destroyed == [("111122223333", *USERS, "vision-users-2")]


def test_what_could_not_be_destroyed_is_still_known(machine: Machine) -> None:
    machine.deploy(*USERS)
    destroy, machine.cdk.destroy.side_effect = machine.cdk.destroy.side_effect, module.CloudError("in use")
    with pytest.raises(SystemExit, match="in use"):
        machine.run("destroy")
    assert machine.cloud

    machine.cdk.destroy.side_effect = destroy
    machine.run("destroy")

    assert machine.destroyed == [("111122223333", *USERS)]


@pytest.mark.parametrize("ran", [True, False])
def test_a_deployment_that_fails_ends_an_emulator_that_did_not_run_before(ran: bool, machine: Machine) -> None:
    if ran:
        machine.run("start")
    machine.cdk.deploy.side_effect = module.CloudError("no such subnet")

    with pytest.raises(SystemExit, match="no such subnet"):
        machine.deploy(*USERS)

    assert (machine.cloud is not None) is ran


def test_what_was_deployed_stays_when_it_cannot_be_shown(machine: Machine) -> None:
    machine.studios.side_effect = ConnectionError

    with pytest.raises(ConnectionError):
        machine.deploy(*USERS)

    assert machine.cloud


def test_an_assembly_covers_one_with_fewer_stacks_in_the_same_place() -> None:
    one = Assembly(Path(), USERS, "111122223333", "eu-west-1")

    assert one.covers(Assembly(Path(), USERS[:1], "111122223333", "eu-west-1"))
    assert not one.covers(Assembly(Path(), (*USERS, "more"), "111122223333", "eu-west-1"))
    assert not one.covers(Assembly(Path(), USERS, "111122223333", "us-east-1"))
