"""Templates in S3 under the host name of their bucket, as ``cdk import`` names large ones; the emulator reads paths."""

from __future__ import annotations

import re
from typing import Any

from ministack.services.cloudformation import helpers

_OF_BUCKET = re.compile(r"https://(?P<bucket>[a-z0-9.-]+)\.s3\.([a-z0-9-]+\.)?amazonaws\.com/(?P<key>.+)")


def register() -> None:
    """Let operations find such templates."""
    built_in = helpers._resolve_document

    def resolve(params: dict[str, Any], body_key: str, url_key: str, label: str) -> Any:
        if found := _OF_BUCKET.fullmatch(helpers._p(params, url_key)):
            params = {**params, url_key: f"https://s3.amazonaws.com/{found['bucket']}/{found['key']}"}
        return built_in(params, body_key, url_key, label)

    helpers._resolve_document = resolve
