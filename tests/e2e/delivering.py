"""A desk with releases that went out by channels, deliveries in every state and comments, and its site."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from PIL import Image, ImageDraw

from leconfield import app
from leconfield.gate.bundles import deliveries as d
from leconfield.gate.release import sealing
from leconfield.ledger.desk import Desk
from leconfield.outreach.crossing import import_
from leconfield.outreach.publishing import service
from tests.ledger.desks import look
from tests.noninterference.desks import cheap_passwords
from tests.outreach.house import EDITOR, enrolled, kept, lies, published

QUAY = (
    "Every harbour keeps a book of who came in and who went out. For eleven nights in spring one boat was in no "
    "book.\n\n!quay.jpg A quay before sunrise, with one lamp lit and an empty berth. | The berth, drawn from memory."
    "\n\nWe asked why."
)


def quay(night: bool = True) -> bytes:
    """A quay, drawn."""
    sky, sea, stone = (
        ((22, 32, 48), (30, 52, 66), (58, 60, 62)) if night else ((196, 214, 220), (120, 156, 164), (150, 146, 138))
    )
    made = Image.new("RGB", (1080, 1080), sky)
    draw = ImageDraw.Draw(made)
    for row in range(540):
        shade = tuple(min(255, each + row // 9) for each in sky)
        draw.line((0, row, 1080, row), fill=shade)
    draw.rectangle((0, 540, 1080, 800), fill=sea)
    for row in range(560, 800, 22):
        draw.line((40 + row % 90, row, 1040 - row % 130, row), fill=tuple(each + 14 for each in sea), width=2)
    draw.polygon(((0, 760), (1080, 700), (1080, 1080), (0, 1080)), fill=stone)
    draw.rectangle((220, 380, 232, 790), fill=(20, 20, 22))
    draw.ellipse((176, 340, 276, 440), fill=(250, 214, 130) if night else (90, 90, 90))
    for at in range(400, 1080, 160):
        draw.rounded_rectangle((at, 720, at + 46, 790), 12, fill=(34, 34, 36))
    held = io.BytesIO()
    made.save(held, "JPEG", quality=88)
    return held.getvalue()


@dataclass(frozen=True, slots=True)
class Desked:
    """The desk, where its site is, and what is on it."""

    desk: Desk
    site: str
    release: str
    plain: str
    doubtful: str
    comment: str


def told(release: str, channel: str, step: int, state: d.State, why: str = "", address: str = "") -> d.Told:
    return d.Told(release, channel, step, state, f"2026-08-01T09:{step:02d}:00Z", why, address)


def _boxes(public: str, other: str) -> list[d.Told]:
    address = "https://social.example/@harbour/1"
    doubt = "it was begun to be made public; no answer came back (ReadTimeout)"
    asks = (
        "not found on the platform in 15 minutes: the platform says of what was submitted that it is ready. "
        "Look, and decide"
    )
    return [
        told(public, "site", 1, d.State.QUEUED),
        told(public, "site", 2, d.State.LIVE, "", "https://harbour.example/news/1"),
        told(public, "mastodon", 1, d.State.QUEUED),
        told(public, "mastodon", 2, d.State.LIVE, "", address),
        told(public, "instagram", 1, d.State.QUEUED),
        told(public, "instagram", 2, d.State.SUBMITTED),
        told(public, "instagram", 3, d.State.AMBIGUOUS, doubt),
        told(public, "instagram", 4, d.State.MANUAL, asks),
        told(other, "mastodon", 1, d.State.REJECTED, "text: 812 characters; Mastodon takes 500"),
        told(other, "instagram", 1, d.State.PROCESSING),
    ]


@contextmanager
def delivering(folder: Path) -> Iterator[Desked]:
    """The desk and its site."""
    with kept(folder / "desk") as desk, cheap_passwords():
        enrolled(desk, EDITOR)
        files = {"text.txt": ("text/plain", QUAY.encode()), "quay.jpg": ("image/jpeg", quay())}
        which = published(desk, files, title="The boat in no book")
        plain = published(desk, {"text.txt": ("text/plain", b"Our round opens on Monday.")}, title="Ask us on Monday")
        service.choose(desk, look(desk, EDITOR), which, ["instagram", "mastodon"])
        public, other = (sealing.public_id(desk, each) for each in (which, plain))
        for each in _boxes(public, other):
            lies(desk, folder / "out", d.told_box(each))
        short = [d.short_id("instagram", str(number)) for number in range(3)]
        said = ("Who kept the book?", "My grandfather was on that quay that spring. Can I write to you?", "first")
        for at, words in enumerate(said):
            name = ("harbourmouse", "anna.k", "xx_first_xx")[at]
            lies(desk, folder / "out", d.heard_box(d.Heard(short[at], "instagram", public, name, words, "2026-08-01")))
        import_(desk, look(desk, EDITOR), folder / "out", folder / "aside")
        service.treat(desk, look(desk, EDITOR), short[2], act="hide", reason="It says nothing, ten times over.")
        with _served(desk) as site:
            yield Desked(desk, site, which, plain, d.key_of(public, "instagram"), short[1])


@contextmanager
def _served(desk: Desk) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app.site(desk), port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)  # uvicorn says that it is ready in no other way
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
