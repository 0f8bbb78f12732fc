"""Serves the emulator, with the SageMaker API and the resource types that Studio adds to it.

It runs in the environment that ``scripts/setup-localcloud`` sets up; ``localcloud.cloud`` starts it.
"""

from __future__ import annotations

import asyncio
import os
import signal

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack import app

from localcloud.environment import HOST
from localcloud.server import api, provisioning, template_urls


def main() -> None:
    """Serve until the process is asked to end."""
    os.setpgid(0, 0)  # a group with its Lambda functions, which are never to outlive it
    for part in (provisioning, api, template_urls):
        part.register()
    config = Config()
    config.bind = [f"{HOST}:{os.environ['GATEWAY_PORT']}"]  # app.main() would take port 443 as well
    config.keep_alive_timeout = 75  # as app.main() has it; clients keep connections between polls
    asyncio.run(serve(app.app, config))
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
