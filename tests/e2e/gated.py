"""A small desk with a release, a staff register and a persona, for the pages of pictures, personas and redaction."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from leconfield.gate.mosaic import service as mosaic
from leconfield.gate.release import service as releases
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question, Reader
from tests.e2e.house import PASSWORDS
from tests.gate.files.plants import exif
from tests.gate.mosaic.staff import table

TOKENS: Final = frozenset({"O", "S", "AGENTS"})
LABEL: Final = "S"
ROB: Final = Reader("rob", "Rob, agent runner", TOKENS, frozenset({"release-officer"}))
SAID: Final = (
    ("Rob was once a teacher.", "2025-01-10"),
    ("He has been in the service for more than ten years.", "2025-06-02"),
    ("Rob speaks Arabic.", "2026-02-11"),
    ("He grew up in a coastal town.", "2026-03-20"),
)
NOTE: Final = (
    "Mr Tobias Quillfeather met Ms Halima Nuuradin on 14 June 2019 near 12 Tannery Lane. He gave her a telephone, "
    "07700 900123. Quillfeather rang again, and said that SAXIFRAGE had been asked about him."
)


def build(folder: Path) -> str:
    """The desk in the folder; the id of its release."""
    desk = Desk.create(folder)
    enrolled = [accounts.enrolling("rob", ROB.persona, PASSWORDS["rob"], TOKENS, tuple(ROB.roles))]
    desk.append(accounts.KEEPER, enrolled)
    view = desk.view(ROB, asking=Question("release"))
    text = {"text.txt": ("text/plain", b"We watched a street for a week.\n")}
    which = releases.draft(desk, view, "story", "public", text, label=LABEL, title="A street in spring")
    mosaic.keep_register(desk, view, table(), "S&AGENTS")
    for words, on in SAID:
        mosaic.note_said(desk, view, "Rob", words, on=on, where="a broadcast", label=LABEL)
    desk.close()
    return str(which)


def street() -> bytes:
    """A street with a car and its plate, a window with a screen, a passer-by; with what a camera writes into a file."""
    made = Image.new("RGB", (960, 640), (120, 138, 150))
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, 430, 960, 640), fill=(88, 88, 92))
    draw.rectangle((80, 90, 420, 430), fill=(150, 110, 90))
    draw.rectangle((150, 150, 330, 270), fill=(246, 248, 250))
    draw.text((180, 200), "OPERATION MARIGOLD", fill=(30, 30, 30))
    draw.rounded_rectangle((500, 420, 900, 560), 30, fill=(150, 40, 40))
    draw.rectangle((640, 500, 780, 534), fill=(240, 220, 60))
    draw.text((680, 511), "AB12 CDE", fill=(0, 0, 0))
    draw.ellipse((540, 190, 630, 310), fill=(222, 176, 140))
    draw.rectangle((545, 310, 625, 430), fill=(40, 60, 90))
    held = io.BytesIO()
    made.save(held, "JPEG", exif=exif("Robert Ashdown"), quality=92)
    return held.getvalue()
