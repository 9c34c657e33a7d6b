"""A mixed report rebuilt: a new document of permitted statements in an officer's words, and the search for remains.

Nothing is blacked over: the original never goes in. That nothing of it is there is then looked for in the bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from leconfield.desk.evidence.intercept import runs_of
from leconfield.desk.evidence.schedules import OFFICER, marking_of
from leconfield.ledger.labels import parse, tokens_in
from leconfield.ledger.model import Report
from leconfield.printing import Document, Facts, Listing, Paragraph, docx

WINDOW: Final = 32
"""Bytes: a piece of twice this length of the original is always found."""
_LEAST: Final = 3
"""Letters of a name that is looked for."""
_LONG: Final = 7
"""A longer name is looked for in packed bytes, too; a shorter one stands there by chance."""


def rebuilt(case: str, heading: str, wordings: Iterable[str], moment: str, *, draft: bool = False) -> bytes:
    """The new document as a DOCX file: the case, a heading and the wordings, and nothing else."""
    blocks = (
        Facts((("Case", case),)),
        *((Paragraph("DRAFT, not disclosed.", boxed=True),) if draft else ()),
        Paragraph("A document made for this case. It gives the substance of part of the material, in our words."),
        Listing(tuple(wordings), numbered=True),
    )
    return docx(Document(heading, marking_of("O"), OFFICER, moment, blocks))


def copied_words(report: Report, wordings: Iterable[str]) -> list[str]:
    """The wordings in which a run of words of the report stands as it is."""
    runs = runs_of(report.text)
    return [each for each in wordings if not runs.isdisjoint(runs_of(each))]


def remains(report: Report, original: bytes, file: bytes) -> list[str]:
    """What of the report stands in the file, raw and unpacked: its bytes, text, ids, names. None: an empty list.

    What an empty document of ours holds, too, is not of the report.
    """
    blank = _blank()
    packed, *parts = [part.lower() for part in _parts(file)]
    fresh = [part for part in parts if part not in blank]
    found = [
        what for what, term in _terms(report) if _more(term, parts, blank) or (len(term) > _LONG and term in packed)
    ]
    ours = {window for part in blank for window in _windows(part, 1)}
    theirs = {window for part in (packed, *fresh) for window in _windows(part, 1)} - ours
    for what, content in (("its file", original), ("its text", report.text.encode("utf-8", "replace"))):
        if any(window in theirs for window in _windows(content.lower(), WINDOW)):
            found.append(what)
    return found


@lru_cache(maxsize=1)
def _blank() -> tuple[bytes, ...]:
    return tuple(part.lower() for part in _parts(rebuilt("", "", (), "")))


def _terms(report: Report) -> Iterator[tuple[str, bytes]]:
    """What would show where the document comes from."""
    named = {
        "its id": report.id,
        "the hash of its file": report.digest,
        "its reference": report.reference,
        "its source": report.source,
        "its origin": report.origin,
    }
    for what, words in (*named.items(), *(("a token of its label", each) for each in tokens_in(parse(report.label)))):
        if len(words) >= _LEAST:
            yield what, words.lower().encode("utf-8", "replace")


def _more(term: bytes, parts: Iterable[bytes], blank: Iterable[bytes]) -> bool:
    """Whether it stands there more often than in an empty document."""
    return sum(part.count(term) for part in parts) > sum(part.count(term) for part in blank)


def _parts(file: bytes) -> list[bytes]:
    """The file as it is, and everything packed into it."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return [file, *(archive.read(each) for each in archive.namelist())]


def _windows(content: bytes, step: int) -> Iterator[bytes]:
    for at in range(0, len(content) - WINDOW + 1, step):
        yield content[at : at + WINDOW]
