from __future__ import annotations

from pathlib import Path

import pytest

from localcloud.environment import of_client, of_server


@pytest.fixture(autouse=True)
def account_of_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_CA_BUNDLE", "CDK_DEFAULT_ACCOUNT"):
        monkeypatch.setenv(name, "somebody")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example")


def test_a_client_reaches_the_emulator_and_no_account() -> None:
    environment = of_client("http://127.0.0.1:1", account="111122223333", region="eu-west-1")

    assert "somebody" not in environment.values()
    assert environment["AWS_ACCESS_KEY_ID"] == "111122223333"
    assert environment["AWS_REGION"] == environment["AWS_DEFAULT_REGION"] == "eu-west-1"
    assert {value for name, value in environment.items() if "ENDPOINT" in name} == {"http://127.0.0.1:1"}
    assert environment["AWS_CONFIG_FILE"] == "/dev/null"
    assert environment["NO_PROXY"] == environment["no_proxy"] == "127.0.0.1"


@pytest.mark.parametrize(
    "name",
    [
        "DATABASE_PASSWORD", "PERSIST_STATE", "STATE_DIR", "S3_PERSIST", "SERVICES", "USE_SSL", "LAMBDA_EXECUTOR",
        "SFN_WAIT_SCALE", "MINISTACK_REGION", "LOCALSTACK_HOST", "HTTP_PROXY", "PYTHONPATH", "NODE_OPTIONS",
    ],
)  # fmt: skip
def test_the_emulator_sees_nothing_of_the_shell(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "somebody")

    assert "somebody" not in of_server(tmp_path, port=1, seconds_under_way=0.2).values()


def test_the_emulator_has_what_any_program_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "LANG", "LC_ALL", "TZ", "PATH"):
        monkeypatch.setenv(name, f"the {name}")

    environment = of_server(tmp_path, port=1, seconds_under_way=0.2)

    assert {f"the {name}" for name in ("HOME", "LANG", "LC_ALL", "TZ")} <= {*environment.values()}
    assert environment["PATH"].endswith(":the PATH")
    assert environment["GATEWAY_PORT"] == "1"
    assert environment["TMPDIR"] == str(tmp_path)
