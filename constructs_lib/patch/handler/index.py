"""Where Lambda enters."""

from __future__ import annotations

import json
from typing import Any
from urllib.request import Request, urlopen

from .clients import Clients
from .clock import Clock
from .custom_resource import CustomResource


def on_event(event: dict[str, Any], context: object) -> None:
    """Carry out a request of CloudFormation, and answer where it said.

    See https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
    """
    answer = CustomResource(Clients.of_function(), Clock()).answer(event)
    body = json.dumps(answer).encode()
    request = Request(event["ResponseURL"], data=body, method="PUT", headers={"Content-Type": ""})
    with urlopen(request, timeout=30):
        pass
