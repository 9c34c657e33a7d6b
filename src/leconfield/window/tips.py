"""A tip on its way into its box: what was typed and sent along, as `gate/bundles/tips.py` says it crosses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from leconfield.gate.bundles.boxes import Box, Enclosed
from leconfield.gate.bundles.tips import MOST_NAME, REPLY, TIP, Reply, Tip, fields_of, plain
from leconfield.window.codes import Derived
from leconfield.window.site.filled import Sent

TYPED: Final = tuple(each.name for each in fields(Tip) if each.name not in ("language", "place", "mailbox"))
"""The fields that somebody fills in."""
_TYPE: Final = re.compile(r"[a-z]+/[a-z0-9.+-]{1,80}", re.ASCII)
_ANY: Final = "application/octet-stream"


def tip_of(answers: Mapping[str, str]) -> Tip:
    """What was typed so far, as it will be kept."""
    return Tip(**{name: plain(answers.get(name, "")) for name in TYPED})


def enclosed(sent: Iterable[Sent]) -> tuple[Enclosed, ...]:
    """The files that were sent along, unopened; of their names only the last part."""
    return tuple(
        Enclosed(_name(each.name, number), each.media_type if _TYPE.fullmatch(each.media_type) else _ANY, each.held)
        for number, each in enumerate(sent, start=1)
    )


def box_of(tip: Tip, files: Sequence[Enclosed], receipt: Derived, *, language: str, day: str, id_: str) -> Box:
    """The box of a tip, with the mailbox that its teller will look into."""
    mailbox = {"place": receipt.place, "mailbox": receipt.mailbox.hex(), "language": language}
    return Box(TIP, day, {**fields_of(tip), **mailbox}, tuple(files), id_)


def reply_box(place: str, letter: str, words: str, day: str, id_: str) -> Box:
    """The box of a reply."""
    return Box(REPLY, day, fields_of(Reply(place, letter, plain(words))), (), id_)


def _name(written: str, number: int) -> str:
    """The last part of a name, shortened from the front, so that its ending stays."""
    name = plain(PureWindowsPath(PurePosixPath(written).name).name).replace("\n", " ")[-MOST_NAME:]
    return name or f"file {number}"
