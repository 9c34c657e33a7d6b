"""`leconfield fake-instagram`: the fake on a port of this machine."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Annotated

import typer

from leconfield.fake_instagram.mastodon import TOKEN
from leconfield.fake_instagram.model import Settings


def fake_instagram(
    port: Annotated[int, typer.Option(help="The port on this machine.")] = 8702,
    name: Annotated[str, typer.Option(help="What the account is called.")] = "Our service",
    username: Annotated[str, typer.Option(help="Its name in addresses.")] = "our_service",
    token: Annotated[str, typer.Option(help="The token that is let in.")] = "fake-long-lived-token",  # noqa: S107
    webhook: Annotated[str, typer.Option(help="Who is told of comments, e.g. http://.../webhooks/instagram.")] = "",
    polls: Annotated[int, typer.Option(help="How often a container is IN_PROGRESS before it is FINISHED.")] = 1,
) -> None:
    """A server that behaves as the Instagram API (and a small Mastodon) does, for demonstrations and tests.

    It listens on this machine alone and keeps nothing when it ends. docs/fake-instagram.md tells all of it.
    """
    import uvicorn  # noqa: PLC0415 - whoever asks for help needs no server

    from leconfield.fake_instagram.app import made  # noqa: PLC0415

    settings = replace(Settings(), name=name, username=username, token=token, polls=polls)
    base = f"http://127.0.0.1:{port}"
    told = [
        f"Profile        {base}/",
        f"API            {base}/v26.0/{settings.account}/media",
        f"Token          {settings.token}",
        f"Mastodon API   {base}/mastodon/ (token {TOKEN})",
        f"Control        {base}/_fake/state",
    ]
    sys.stdout.write("\n".join(told) + "\n")
    sys.stdout.flush()
    server = made(settings)
    server.fake.listener.wanted = webhook
    uvicorn.run(server.app, host="127.0.0.1", port=port, access_log=False, log_level="warning")
