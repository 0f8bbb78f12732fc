from __future__ import annotations

import subprocess

from constructs_lib.lifecycle.lifecycle_scripts import LifecycleScripts
from tests.lifecycle.shell import Shell

OF_OWNER = LifecycleScripts.git_identity(email_domain="example.com")
PRIVATE = ("describe-space", "printf 'Private\\talice\\n'")


def said(shell: Shell) -> dict[str, str]:
    """Who commits, as the real Git has it."""
    command = ["git", "config", "--file", str(shell.home / ".gitconfig"), "--get-regexp", "^user[.]"]
    noted = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return dict(line.split(" ", 1) for line in noted.splitlines())


def test_is_that_of_the_owner(shell: Shell) -> None:
    shell.aws(PRIVATE)

    result = shell.run(OF_OWNER)

    assert (result.returncode, result.stderr) == (0, "")
    assert said(shell) == {"user.name": "alice", "user.email": "alice@example.com"}


def test_is_that_of_a_person(shell: Shell) -> None:
    shell.aws(PRIVATE)

    shell.run(LifecycleScripts.git_identity_of("Alice O'Hara $(touch pwned)", email="alice@example.com"))

    assert said(shell) == {"user.name": "Alice O'Hara $(touch pwned)", "user.email": "alice@example.com"}
    assert not (shell.root / "pwned").exists()


def test_what_the_user_has_said_stands(shell: Shell) -> None:
    shell.aws(PRIVATE)
    (shell.home / ".gitconfig").write_text("[user]\nemail = me@home.example\n")

    shell.run(OF_OWNER)
    shell.run(OF_OWNER)

    assert said(shell) == {"user.name": "alice", "user.email": "me@home.example"}


def test_another_word_of_the_administrator_follows(shell: Shell) -> None:
    shell.aws(PRIVATE)

    shell.run(OF_OWNER)
    shell.run(LifecycleScripts.git_identity_of("Alice Ng", email="alice@new.example"))

    assert said(shell) == {"user.name": "Alice Ng", "user.email": "alice@new.example"}


def test_a_shared_space_is_nobodys(shell: Shell) -> None:
    shell.aws(("describe-space", "printf 'Shared\\talice\\n'"))

    result = shell.run(OF_OWNER)

    assert (result.returncode, said(shell)) == (0, {})


def test_app_starts_where_the_owner_is_unknown(shell: Shell) -> None:
    shell.aws()

    result = shell.run(OF_OWNER)

    assert result.returncode == 0
    assert "the space alice-lab could not be described" in result.stderr
    assert "the app starts without this, it ended with 1" in result.stderr
    assert said(shell) == {}


def test_does_nothing_outside_studio(shell: Shell) -> None:
    shell.describe(None)

    result = shell.run(OF_OWNER)

    assert (result.returncode, shell.calls()) == (0, [])
