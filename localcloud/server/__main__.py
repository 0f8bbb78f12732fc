"""Serves the emulator, with the SageMaker API and the resource types that Studio adds to it.

It runs in the environment that ``scripts/setup-localcloud`` sets up; ``localcloud.cloud`` starts it.
"""

from __future__ import annotations

import asyncio
import os

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack import app

from localcloud.server import api, provisioning, template_urls


def main() -> None:
    """Serve until the process is asked to end."""
    for part in (api, provisioning, template_urls):
        part.register()
    config = Config()
    config.bind = [f"127.0.0.1:{os.environ['GATEWAY_PORT']}"]  # app.main() would take port 443 as well
    config.keep_alive_timeout = 75  # as app.main() has it; clients keep connections between polls
    asyncio.run(serve(app.app, config))


if __name__ == "__main__":
    main()
