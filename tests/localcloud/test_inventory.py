from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from localcloud.inventory import client, studios


class NoDomains(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = b'{"Domains": []}'
        assert "Credential=111122223333/" in self.headers["Authorization"]
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), NoDomains) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    "variables",
    [
        {"HTTP_PROXY": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9", "NO_PROXY": "", "no_proxy": ""},
        {"AWS_PROFILE": "somebody", "AWS_CONFIG_FILE": "/missing"},
        {"AWS_USE_FIPS_ENDPOINT": "true", "AWS_USE_DUALSTACK_ENDPOINT": "true"},
        {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_REGION": "us-west-2", "AWS_SESSION_TOKEN": "token"},
    ],
)
def test_reaches_the_emulator_whatever_the_shell_says(
    variables: dict[str, str], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    sagemaker = client(url, account="111122223333", region="eu-west-1")

    assert studios(sagemaker) == []
    sagemaker.close()
