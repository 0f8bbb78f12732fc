"""Clients of the other services, in the account and the region of the request."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import boto3
from botocore.config import Config
from ministack.core.responses import get_account_id, get_region


def client(service: str) -> Any:
    """Return a client of a service of this emulator. It blocks: never call it on the event loop."""
    return _client(service, get_account_id(), get_region())


@cache
def _client(service: str, account: str, region: str) -> Any:
    return boto3.session.Session().client(
        service,
        region_name=region,
        endpoint_url=f"http://{os.environ['MINISTACK_HOST']}:{os.environ['GATEWAY_PORT']}",
        aws_access_key_id=account,  # from which the emulator knows the account
        aws_secret_access_key="unused",
        config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
    )
