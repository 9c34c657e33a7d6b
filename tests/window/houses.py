"""A window in a folder, for tests: releases and orders are sealed with real keys and come in by the spool."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jinja2 import Environment
from starlette.testclient import TestClient

from leconfield.gate.bundles import SecretKey, content, orders, write
from leconfield.gate.bundles.boxes import Box, opened
from leconfield.gate.bundles.content import WITHDRAWAL
from leconfield.gate.bundles.orders import Order
from leconfield.window import codes
from leconfield.window.commands import initialise
from leconfield.window.config import FILE, Config
from leconfield.window.house import Window, open_window
from leconfield.window.site.app import application
from leconfield.window.site.templates_of import templates

NAME = "The Harbour Service"
TAGLINE = "We listen for what others would rather we did not hear."
SEAL = SecretKey.from_seed(bytes(range(32)))
TODAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
CHEAP = "[codes]\npasses = 1\nkib = 8\n\n[tickets]\nwait = 0\nbits = 1\n"
"""Codes and tickets that cost nothing: their strength is tested by itself."""


@dataclass
class Moment:
    """A clock that stands until it is set on."""

    at: datetime = TODAY

    def __call__(self) -> datetime:
        return self.at

    def on(self, **delta: float) -> None:
        self.at += timedelta(**delta)


@dataclass
class Spooled:
    """A window's folder, and what comes into its spool."""

    folder: Path
    serials: dict[tuple[str, str], int] = field(default_factory=dict, kw_only=True)

    def release(
        self,
        form: str,
        text: str,
        *,
        title: str = "",
        embargo: str = "",
        audience: str = "public",
        files: Mapping[str, tuple[str, bytes]] | None = None,
        release: str = "",
    ) -> str:
        """Put a sealed release into the spool; its id."""
        return put_release(
            self.folder, form, text, title=title, embargo=embargo, audience=audience, files=files, release=release
        )

    def withdraw(self, release: str) -> None:
        """Put the withdrawal of a release into the spool."""
        made = content(WITHDRAWAL, "public", {})
        (self.folder / "spool" / "in" / f"{release}-w.bundle").write_bytes(write(release, made, {}, [SEAL]))

    def order(self, kind: str, about: str, body: Mapping[str, object], serial: int = -1) -> None:
        """Put a signed order into the spool, newer than those before."""
        self.serials[kind, about] = serial if serial >= 0 else self.serials.get((kind, about), 0) + 1
        put_order(self.folder, kind, about, body, self.serials[kind, about])


@dataclass
class House(Spooled):
    """A window, the keys of its inside, and a reader without scripts."""

    box_key: X25519PrivateKey
    clock: Moment
    window: Window

    @property
    def reader(self) -> TestClient:
        """Asks the window as a browser would; keeps no cookies since it gets none."""
        return TestClient(application(self.window, _raised), base_url=self.window.config.url, follow_redirects=True)

    def boxes(self) -> list[Box]:
        """What lies in the outbox, opened as the inside opens it."""
        files = sorted((self.folder / "spool" / "out").glob("*.box"))
        return [opened(each.read_bytes(), self.box_key) for each in files]

    def refused(self) -> dict[str, str]:
        """What was put aside, with why."""
        aside = self.folder / "spool" / "aside"
        return {each.name.removesuffix(".why"): each.read_text() for each in sorted(aside.glob("*.why"))}


@contextmanager
def crowd(purpose: str) -> Iterator[None]:
    """As many are at their codes for a purpose as may be."""
    with ExitStack() as held:
        while not codes.crowded(purpose):
            held.enter_context(codes._places(purpose))
        yield


@lru_cache(maxsize=1)
def _templates() -> Environment:
    """One for all tests: a template is compiled once."""
    return templates()


def _raised(error: BaseException) -> None:
    """In tests an error is seen whole."""
    raise error


def put_release(
    folder: Path,
    form: str,
    text: str,
    *,
    title: str = "",
    embargo: str = "",
    audience: str = "public",
    files: Mapping[str, tuple[str, bytes]] | None = None,
    release: str = "",
) -> str:
    """Put a sealed release into the spool of a window's folder; its id follows from its words if none is given."""
    held = {"text.txt": ("text/plain", text.encode()), **(files or {})}
    made = content(form, audience, held, title=title, embargo=embargo)
    name = release or sha256(f"{form} {title} {text}".encode()).hexdigest()[:32]
    packed = write(name, made, {each: held[each][1] for each in held}, [SEAL])
    _dropped(folder / "spool" / "in" / f"{name}.bundle", packed)
    return name


def put_order(folder: Path, kind: str, about: str, body: Mapping[str, object], serial: int = 1) -> None:
    """Put a signed order into the spool of a window's folder."""
    signed = orders.write(Order(kind, about, serial, body), SEAL)
    _dropped(folder / "spool" / "in" / f"{kind}-{about}-{serial}.order", signed)


def _dropped(target: Path, held: bytes) -> None:
    fresh = target.with_name(f".{target.name}")
    fresh.write_bytes(held)
    fresh.replace(target)


def keys(folder: Path) -> tuple[Path, Path, X25519PrivateKey]:
    """The public halves as files, and the secret half by which boxes are opened."""
    folder.mkdir(parents=True, exist_ok=True)
    box_key = X25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
    (folder / "seal.pem").write_bytes(SEAL.public.pem)
    (folder / "box.pem").write_bytes(box_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return folder / "seal.pem", folder / "box.pem", box_key


def initialised(folder: Path, url: str = "http://127.0.0.1:8700", toml: str = "") -> X25519PrivateKey:
    """Make a window's folder with cheap codes and tickets and more lines of configuration; the key of its boxes."""
    seal, box, box_key = keys(folder.parent / f"{folder.name}-keys")
    told = {"name": NAME, "url": url, "tagline": TAGLINE}
    initialise(folder, told, ["en", "de"], [seal], [box])
    file = folder / FILE
    file.write_text(f"{file.read_text()}\n{CHEAP}\n{toml}", encoding="utf-8")
    return box_key


def house(folder: Path, toml: str = "", clock: Callable[[], datetime] | None = None, **named: Any) -> House:
    """A window in a fresh folder, with a clock that stands."""
    box_key = initialised(folder / "window", toml=toml, **named)
    moment = clock if isinstance(clock, Moment) else Moment()
    window = open_window(Config.load(folder / "window"), _templates(), moment)
    return House(folder / "window", box_key, moment, window)
