"""Running the window: one process, nothing logged of who asks, nothing said of what it runs on."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Final

import uvicorn
from starlette.concurrency import run_in_threadpool

from leconfield.window.config import Config
from leconfield.window.house import Window, open_window
from leconfield.window.site.app import DEPARTMENTS, application, report
from leconfield.window.site.templates_of import templates

TICK_SECONDS: Final = 30
AT_ONCE: Final = 900
"""Connections at once; more are told to come again. Below the files that a process may have open (1,024)."""


def serve(folder: Path, host: str, port: int) -> None:
    """Serve the window in a folder until it is told to stop.

    Raises:
        BadInputError: if its configuration will not do.
    """
    window = open_window(Config.load(folder), templates())
    logging.disable(logging.CRITICAL)  # a library's warning could repeat what somebody sent
    asyncio.run(_until_stopped(uvicorn.Server(settings(window, host, port)), window))


def settings(window: Window, host: str, port: int) -> uvicorn.Config:
    """How the server is run."""
    return uvicorn.Config(
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
        limit_concurrency=AT_ONCE,
        timeout_keep_alive=5,
        h11_max_incomplete_event_size=64 * 1024,
    )


async def _until_stopped(server: uvicorn.Server, window: Window) -> None:
    ticking = asyncio.create_task(_tick(window))
    try:
        await server.serve()
    finally:
        ticking.cancel()


async def _tick(window: Window) -> None:
    """Let each area do what is due, as boxing the votes of a round that has closed, though nobody looks."""
    acts = [tick for each in DEPARTMENTS if (tick := getattr(each, "TICK", None)) is not None]
    while True:
        for act in acts:
            try:
                await run_in_threadpool(act, window)
            except Exception as error:  # noqa: BLE001 - one area's fault must not stop the others, or the site
                report(error)
        await asyncio.sleep(TICK_SECONDS)
