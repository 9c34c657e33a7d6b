"""Running the window: one process, nothing logged of who asks, nothing said of what it runs on."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import uvicorn

from leconfield.window.config import Config
from leconfield.window.house import open_window
from leconfield.window.site.app import application
from leconfield.window.site.templates_of import templates


def serve(folder: Path, host: str, port: int) -> None:
    """Serve the window in a folder until it is told to stop.

    Raises:
        BadInputError: if its configuration will not do.
    """
    window = open_window(Config.load(folder), templates())
    logging.disable(logging.CRITICAL)  # a library's warning could repeat what somebody sent
    settings = uvicorn.Config(
        application(window),
        host=host,
        port=port,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        log_config=None,
        log_level="critical",
        lifespan="off",
        timeout_keep_alive=15,
        h11_max_incomplete_event_size=64 * 1024,
    )
    asyncio.run(_until_stopped(uvicorn.Server(settings)))


async def _until_stopped(server: uvicorn.Server) -> None:
    await server.serve()
