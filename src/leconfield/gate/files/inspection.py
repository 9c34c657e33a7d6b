"""The files of a release, looked through before they leave: what is in them that should not be, in plain words."""

from __future__ import annotations

import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from leconfield.errors import BadInputError
from leconfield.gate.bundles.content import Content, Member
from leconfield.gate.files.anatomy import faults_in
from leconfield.gate.files.papers import DOCX, ENDINGS, PDF, docx_faults, leaks_in, pdf_faults
from leconfield.gate.files.pictures import JPEG, PNG
from leconfield.gate.files.protected import Leak, Names

CSV: Final = "text/csv"
"""Tables begin with a byte order mark, and end their lines with two characters, for those who open them in Excel."""
_TEXTS: Final = frozenset({"text/plain", "text/markdown", "application/json", CSV})
ALLOWED: Final = frozenset({JPEG, PNG, PDF, DOCX}) | _TEXTS
"""Kinds of files that can be looked through, and so can leave."""
_UNSEEN: Final = frozenset({"Cf", "Cc", "Co", "Cs", "Cn"})
_PLAIN: Final = frozenset("\n\t")


@dataclass(frozen=True, slots=True)
class Trace:
    """Something that a file has in it."""

    member: str
    words: str
    """What it is; a protected name is not repeated."""
    name: str = ""
    """The protected name, for whoever may know it; empty if it is something else."""


def traces(content: Content, files: Mapping[str, bytes], names: Names) -> tuple[Trace, ...]:
    """All that is left behind in the members of a content, its title and its audience; nothing is let pass unread."""
    found = [Trace("title", "a protected name", name) for name in names.in_text(content.title)]
    for each in content.members:
        held = files.get(each.name, b"")
        if sha256(held).hexdigest() != each.digest:
            found.append(Trace(each.name, "other bytes than those of the content"))
            continue
        try:
            found += [
                Trace(each.name, f"a protected name: {leak.where}", leak.name) for leak in _leaks(each, held, names)
            ]
            found += [Trace(each.name, words) for words in structure(held, each.media_type)]
        except BadInputError as error:
            found.append(Trace(each.name, str(error)))
    return tuple(found)


def _leaks(member: Member, held: bytes, names: Names) -> tuple[Leak, ...]:
    if member.media_type in ENDINGS and not any(structure(held, member.media_type)):
        return leaks_in(names, member.name, held, member.media_type)
    return names.leaks(member.name, held)


def structure(held: bytes, media_type: str) -> Iterator[str]:
    """What a file has in it beside what one sees, in words; a kind that cannot be looked through is a fault itself."""
    if media_type in (JPEG, PNG):
        starts = {JPEG: b"\xff\xd8", PNG: b"\x89PNG"}
        yield from faults_in(held) if held.startswith(starts[media_type]) else (f"no {media_type}",)
    elif media_type == PDF:
        yield from pdf_faults(held)
    elif media_type == DOCX:
        yield from docx_faults(held)
    elif media_type == CSV:
        yield from _text_faults(held.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n"))
    elif media_type in _TEXTS:
        yield from _text_faults(held)
    else:
        yield f"a kind of file that cannot be looked through ({media_type}): make it a picture, a paper or text"


def _text_faults(held: bytes) -> Iterator[str]:
    try:
        text = held.decode("utf-8")
    except UnicodeDecodeError as error:
        yield f"no UTF-8 at byte {error.start}"
        return
    unseen = {each for each in text if each not in _PLAIN and unicodedata.category(each) in _UNSEEN}
    if unseen:
        places = [text.index(each) + 1 for each in unseen]
        first = text[min(places) - 1]
        yield f"characters that cannot be seen ({unicodedata.name(first, f'U+{ord(first):04X}')} at {min(places):,})"


def name_for(held: bytes, ending: str) -> str:
    """A file name that says nothing: the beginning of the SHA-256 of its bytes."""
    return f"{sha256(held).hexdigest()[:32]}.{ending}"
