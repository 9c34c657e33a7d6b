"""What a publisher is told in `window.toml`: channels, where their tokens lie, how often a platform is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from leconfield.errors import BadInputError
from leconfield.gate.bundles.channels import INSTAGRAM, MASTODON
from leconfield.window.config import Config
from leconfield.window.publishing.calling import TIMEOUT, Caller
from leconfield.window.publishing.channel import Channel
from leconfield.window.publishing.instagram import Instagram
from leconfield.window.publishing.mastodon import Mastodon
from leconfield.window.publishing.tokens import TokenFile

SECRETS: Final = "secrets"
"""The folder of tokens, below the window's: no bundle and no box ever lies there."""
POLL: Final = 60
"""Seconds between two looks at a platform."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the publisher works."""

    poll: timedelta
    media_base: str
    """Where a platform fetches pictures, without a slash at the end: the window's own address, if nothing else."""
    channels: Mapping[str, Channel]
    app_secret: TokenFile
    verify_token: TokenFile


def settings_of(config: Config) -> Settings:
    """The publisher's part of a window's configuration.

    Raises:
        BadInputError: naming the key that is missing or wrong.
    """
    table = config.table("publishing")
    poll, timeout = _number(table, "poll_seconds", POLL), _number(table, "timeout_seconds", TIMEOUT)
    channels: dict[str, Channel] = {}
    if told := config.table(INSTAGRAM):
        channels[INSTAGRAM] = _instagram(config.folder, told, timeout)
    if told := config.table(MASTODON):
        channels[MASTODON] = _mastodon(config.folder, told, timeout)
    ours = config.table(INSTAGRAM)
    return Settings(
        poll=timedelta(seconds=poll),
        media_base=_text(table, "media_base", config.url).rstrip("/"),
        channels=channels,
        app_secret=_file(config.folder, _text(ours, "app_secret_file", "instagram.secret")),
        verify_token=_file(config.folder, _text(ours, "verify_token_file", "instagram.verify")),
    )


def _instagram(folder: Path, told: Mapping[str, object], timeout: float) -> Instagram:
    host, version = _text(told, "host", "https://graph.instagram.com").rstrip("/"), _text(told, "version", "v26.0")
    token = _file(folder, _text(told, "token_file", "instagram.token"))
    caller = Caller(f"{host}/{version}", token, timeout)
    return Instagram(caller, _needed(told, INSTAGRAM, "account"), host, _needed(told, INSTAGRAM, "username"))


def _mastodon(folder: Path, told: Mapping[str, object], timeout: float) -> Mastodon:
    token = _file(folder, _text(told, "token_file", "mastodon.token"))
    caller = Caller(_needed(told, MASTODON, "host").rstrip("/"), token, timeout)
    return Mastodon(caller, _needed(told, MASTODON, "account"), _text(told, "visibility", "public"))


def _file(folder: Path, name: str) -> TokenFile:
    return TokenFile(folder / SECRETS / name)


def _text(table: Mapping[str, object], name: str, otherwise: str) -> str:
    found = table.get(name, otherwise)
    if not isinstance(found, str):
        raise BadInputError(f'window.toml: {name} is a text, as {name} = "..."')
    return found


def _needed(table: Mapping[str, object], area: str, name: str) -> str:
    if not (found := _text(table, name, "")):
        raise BadInputError(f'window.toml: under [{area}] write {name} = "..."')
    return found


def _number(table: Mapping[str, object], name: str, otherwise: float) -> float:
    found = table.get(name, otherwise)
    if not isinstance(found, int | float) or isinstance(found, bool) or found <= 0:
        raise BadInputError(f"window.toml: {name} under [publishing] is a number of seconds")
    return float(found)
