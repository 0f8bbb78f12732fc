"""The command that makes the lock."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest

from constructs_lib.safety.lock import main
from tests.safety.apps import Studio, resource, space


class Command:
    """``python -m constructs_lib.safety.lock`` on apps, and what it prints."""

    def __init__(self, studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
        self.studio = studio
        self._capsys = capsys

    def __call__(self, app: cdk.App, *accept: str) -> tuple[int, str, str]:
        app.synth()
        arguments = [argument for name in accept for argument in ("--accept", name)]
        code = main([str(self.studio.file), "--app", app.outdir, *arguments])
        printed = self._capsys.readouterr()
        return code, printed.out.replace(f"{self.studio.file}", "FILE"), printed.err

    def app(self, **spaces: Any) -> cdk.App:
        """An app whose spaces have these owners."""
        app = self.studio.app()
        stack = cdk.Stack(app, "S")
        for name, owner in spaces.items():
            space(stack, name.capitalize(), name=name, owner=owner)
        return app


@pytest.fixture
def lock(studio: Studio, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(studio, capsys)


def test_the_first_lock_has_all_there_is(lock: Command) -> None:
    assert lock(lock.app(lab="alice", code="alice")) == (
        0,
        "FILE: 2 resources, 2 new, 0 changed, 0 gone, 0 accepted\n",
        "",
    )
    assert lock.studio.changes(lock.app(lab="alice", code="alice")) == []


def test_what_is_new_is_added_and_the_rest_stays(lock: Command) -> None:
    lock(lock.app(lab="alice"))

    assert lock(lock.app(lab="alice", code="bob"))[:2] == (
        0,
        "FILE: 2 resources, 1 new, 0 changed, 0 gone, 0 accepted\n",
    )


def test_what_would_be_lost_is_refused_and_the_lock_stays(lock: Command) -> None:
    lock(lock.app(lab="alice", code="alice"))
    before = lock.studio.file.read_bytes()

    code, out, err = lock(lock.app(lab="bob", new="alice"))

    assert (code, out) == (1, "")
    assert [line.partition(" ")[0] for line in err.splitlines()] == ["[S/Code]", "[S/Lab]"]
    assert "make lock with ACCEPT=S/Lab" in err
    assert lock.studio.file.read_bytes() == before


def test_what_is_accepted_by_name_is_taken_over(lock: Command) -> None:
    lock(lock.app(lab="alice", code="alice"))
    app = lock.app(lab="bob", new="alice")

    assert lock(app, "S/Lab")[0] == 1
    assert lock(app, "S/Lab", "S/Code") == (0, "FILE: 2 resources, 1 new, 1 changed, 1 gone, 2 accepted\n", "")
    assert lock.studio.changes(lock.app(lab="bob", new="alice")) == []


@pytest.mark.parametrize(
    ("accept", "message"),
    [
        ("S/Code", "what is accepted must be something that would be lost, got S/Code; accept S/Lab"),
        ("S/*", "what is accepted must be something that would be lost, got S/*; accept S/Lab"),
        ("*", "what is accepted must be something that would be lost, got *; accept S/Lab"),
        ("", "what is accepted must be something that would be lost, got ; accept S/Lab"),
    ],
)
def test_a_name_that_means_nothing_is_refused(accept: str, message: str, lock: Command) -> None:
    lock(lock.app(lab="alice", code="alice"))

    assert lock(lock.app(lab="bob", code="alice"), "S/Lab", accept) == (1, "", f"{message}\n")


def test_there_may_be_nothing_to_accept(lock: Command) -> None:
    lock(lock.app(lab="alice"))

    assert lock(lock.app(lab="alice"), "S/Lab") == (
        1,
        "",
        "what is accepted must be something that would be lost, got S/Lab; accept nothing: nothing would be lost\n",
    )


def in_regions(lock: Command, owner: str) -> cdk.App:
    app = lock.studio.app()
    for region in ("eu-west-1", "us-east-1"):
        env = cdk.Environment(account="111122223333", region=region)
        space(cdk.Stack(app, region, stack_name="S", env=env), owner=owner)
    return app


def test_a_name_without_a_region_means_the_one_stack_that_has_it(lock: Command) -> None:
    lock(in_regions(lock, "alice"))
    europe, america = (f"aws://111122223333/{region}/S/Lab" for region in ("eu-west-1", "us-east-1"))
    app = in_regions(lock, "bob")

    assert lock(app, "S/Lab") == (
        1,
        "",
        f"what is accepted must be one resource, got S/Lab; accept {europe} or {america}\n",
    )
    assert lock(app, europe, america)[0] == 0


def test_a_stack_that_is_gone_is_accepted_as_a_whole(lock: Command) -> None:
    lock(lock.app(lab="alice", code="alice"))
    app = lock.studio.app()
    cdk.Stack(app, "Other")

    assert lock(app)[0] == 1
    assert lock(app, "S/*") == (0, "FILE: 0 resources, 0 new, 0 changed, 2 gone, 2 accepted\n", "")


def test_a_stack_that_is_not_kept_any_more_is_accepted_as_a_whole_but_for_what_else_would_be_lost(
    lock: Command,
) -> None:
    def not_kept(owner: str) -> cdk.App:
        app = lock.app(lab=owner, code="alice")
        cdk.RemovalPolicies.of(app).destroy()
        return app

    lock(lock.app(lab="alice", code="alice"))

    code, _, err = lock(not_kept("bob"), "S/*")
    assert code == 1
    assert [line.partition(";")[0] for line in err.splitlines()] == [
        '[S/Lab] OwnershipSettings must stay {"OwnerUserProfileName": "alice"}, got {"OwnerUserProfileName": "bob"}'
    ]
    assert lock(not_kept("alice"), "S/*")[0] == 0


def test_a_domain_that_others_refer_to_weakly_cannot_be_accepted(lock: Command) -> None:
    def define(auth_mode: str) -> cdk.App:
        app = lock.studio.app()
        domain = resource(cdk.Stack(app, "Studio"), "Domain", "Domain", AuthMode=auth_mode, DomainName="research")
        space(cdk.Stack(app, "Users"), domain=domain.ref)
        return app

    lock(define("IAM"))

    code, _, err = lock(define("SSO"), "Studio/Domain", "Users/Lab")

    assert code == 1
    assert "take what refers to the domain out of Users first" in err


def test_a_lock_that_cannot_be_read_stays(lock: Command) -> None:
    lock.studio.file.write_text("<<<<<<< HEAD\n")

    code, out, err = lock(lock.app(lab="alice"))

    assert (code, out) == (1, "")
    assert "resolve the merge so that it has the entries of both sides" in err
    assert lock.studio.file.read_text() == "<<<<<<< HEAD\n"


NO_ASSEMBLIES = {
    "nothing": (None, "manifest.json"),
    "no JSON": ("{", "Expecting property name"),
    "a list": ("[]", "must be what cdk synth wrote"),
    "another manifest": ('{"name": "x"}', "must be what cdk synth wrote"),
    "dummies": (
        '{"artifacts": {}, "missing": [{"provider": "vpc-provider"}]}',
        "must have all that the app looks up, got dummies for vpc-provider; sign in to AWS",
    ),
}


@pytest.mark.parametrize(("manifest", "message"), NO_ASSEMBLIES.values(), ids=NO_ASSEMBLIES)
def test_what_is_no_app_is_refused(
    manifest: str | None, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest)

    assert main([str(tmp_path / "studio.lock.json"), "--app", str(tmp_path)]) == 1
    assert message in capsys.readouterr().err
    assert not (tmp_path / "studio.lock.json").exists()


def test_a_lock_behind_a_link_stays_behind_it(lock: Command, tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text('{"resources": {}, "version": 1}')
    lock.studio.file.symlink_to(tmp_path / "real.json")

    assert lock(lock.app(lab="alice"))[0] == 0
    assert lock.studio.file.is_symlink()
    assert "S/Lab" in (tmp_path / "real.json").read_text()
