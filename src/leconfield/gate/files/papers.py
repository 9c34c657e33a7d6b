"""Papers: set anew from their words by `leconfield.printing`, never edited, and looked through when written."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import pypdf
from lxml import etree
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.files.layers import MAX_UNPACKED, unfiltered
from leconfield.gate.files.protected import Leak, Names
from leconfield.gate.files.reading import parser, words_and_title
from leconfield.ledger.marking import Marking
from leconfield.printing import WRITERS, Document, Heading, Paragraph

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS: Final = {PDF: "pdf", DOCX: "docx"}
_OURS: Final = frozenset({"word/document.xml", "word/header1.xml", "word/footer1.xml", "docProps/core.xml"})
"""Parts of our DOCX files that differ from one paper to the next."""
_SAID: Final = ("word/document.xml", "word/header1.xml", "word/footer1.xml")
_NEVER: Final = frozenset(
    {"del", "ins", "moveFrom", "moveTo", "vanish", "webHidden", "specVanish", "comment", "commentReference", "drawing"}
    | {"commentRangeStart", "object", "pict", "altChunk", "footnoteReference", "endnoteReference", "sdt", "customXml"}
    | {"docVars", "permStart", "AlternateContent", "smartTag", "rPrChange", "pPrChange"}
)
_CORE: Final = frozenset({"title", "subject", "created", "modified", "revision"})
"""What our files say of themselves; the two times are those of no clock."""
_INFO: Final = frozenset({"/Title", "/Subject", "/Producer", "/CreationDate", "/ModDate", "/Trapped"})
_ACTIVE: Final = frozenset(
    {
        "/JavaScript",
        "/JS",
        "/OpenAction",
        "/AA",
        "/EmbeddedFile",
        "/EmbeddedFiles",
        "/EF",
        "/AF",
        "/Metadata",
        "/AcroForm",
    }
    | {"/XFA", "/RichMedia", "/Launch", "/URI", "/OCProperties", "/PieceInfo", "/Collection", "/Outlines", "/Encrypt"}
    | {"/Alt", "/ActualText", "/Thumb", "/GoToR", "/SubmitForm", "/Movie", "/Sound", "/Prev", "/XRefStm"}
)
_PACKED: Final = frozenset({("/FlateDecode",), ("/ASCII85Decode", "/FlateDecode")})
"""The ways in which our PDFs pack a stream. Any other, or one within another, can hide what is looked for."""
_OBJECT: Final = re.compile(rb"(?m)^(\d+) (\d+) obj\b(.*?)endobj", re.DOTALL)
_COMMENT: Final = re.compile(rb"%[^\r\n]*")
_OUR_COMMENTS: Final = (b"%PDF-1.", b"%\x93\x8c\x8b\x9e ReportLab", b"% ReportLab generated PDF document", b"%%EOF")


def fresh(
    title: str, words: str, marking: Marking, *, by: str, day: str, media_type: str = PDF, names: Names | None = None
) -> bytes:
    """A paper with these words, looked through when it was written; the same bytes each time.

    `by`: the voice that speaks, as the outside knows it. `day`: the one that it bears (2026-12-01), never the moment
    of its making. `names`: what must not be in it.

    Raises:
        BadInputError: if it is to be another kind of file, or bears no day.
        DamagedError: if there is more in it than there should be (nothing is given back then).
    """
    if media_type not in ENDINGS:
        raise BadInputError(f'papers are written as PDF or DOCX, not "{media_type[:40]}"')
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day, re.ASCII) is None:
        raise BadInputError(f'"{day[:20]}" is no day; write the one that the paper bears as 2026-12-01')
    document = Document(title, marking, by, f"{day}T00:00:00.000000Z", tuple(_blocks(words)))
    written = WRITERS[ENDINGS[media_type]](document)
    faults = tuple(pdf_faults(written) if media_type == PDF else docx_faults(written))
    if faults:
        raise DamagedError(f"the paper that was written has {faults[0]} in it; it is not given out")
    if names is not None and (leaks := leaks_in(names, f"paper.{ENDINGS[media_type]}", written, media_type)):
        raise DamagedError(f"a protected name is in the paper ({leaks[0].where}); it is not given out: see the draft")
    return written


def _blocks(words: str) -> Iterator[Heading | Paragraph]:
    for part in re.split(r"\n\s*\n", words.strip()):
        if part.startswith("# "):
            yield Heading(part.removeprefix("# ").strip())
        elif part.strip():
            yield Paragraph(part.strip())


def leaks_in(names: Names, filename: str, held: bytes, media_type: str) -> tuple[Leak, ...]:
    """Protected names in a paper of ours without faults, but for those that stand in every paper of that kind.

    A codename may be the name of a font, or a word of the format itself. Such a one is looked for in the words.

    Raises:
        BadInputError: if it cannot be looked through.
    """
    found = _leaks(names, filename, held, media_type)
    always = {each.name for each in _leaks(names, "", _empty(media_type), media_type)} if found else set()
    if not always:
        return found
    said = tuple(Leak(name, "its words") for name in names.in_text(words_and_title(held, filename)))
    return (*(each for each in found if each.name not in always), *said)


def _leaks(names: Names, filename: str, held: bytes, media_type: str) -> tuple[Leak, ...]:
    """Names in what a paper has of its own: of a DOCX all other parts are those of an empty one, byte by byte."""
    if media_type != DOCX:
        return names.leaks(filename, held)
    with zipfile.ZipFile(io.BytesIO(held)) as opened:
        own = {name: opened.read(name) for name in sorted(_OURS & set(opened.namelist()))}
    return tuple(leak for name, part in own.items() for leak in names.leaks(f"{filename}/{name}", part))


@lru_cache(maxsize=4)
def _empty(media_type: str) -> bytes:
    """A paper without words: what is in it is in every paper."""
    return WRITERS[ENDINGS[media_type]](Document("", Marking("", (), ""), "", "2000-01-01T00:00:00.000000Z", ()))


def docx_faults(written: bytes) -> Iterator[str]:
    """What a DOCX of ours must not have: anything that an empty paper of ours has not, beside words and title."""
    plain = _empty(DOCX)
    try:
        with zipfile.ZipFile(io.BytesIO(written)) as ours, zipfile.ZipFile(io.BytesIO(plain)) as empty:
            yield from _differences(ours, empty)
            core = etree.fromstring(ours.read("docProps/core.xml"), parser())
            body = {name: etree.fromstring(ours.read(name), parser()) for name in _SAID if name in ours.namelist()}
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError, RuntimeError, OSError) as error:
        yield f"a fault in its structure ({type(error).__name__})"
        return
    for each in core:
        if (each.text or "") and etree.QName(each).localname not in _CORE:
            yield f"a property {etree.QName(each).localname}"
    for name, root in body.items():
        yield from (f"{words} in {name}" for words in sorted(set(_odd(root))))


def _differences(ours: zipfile.ZipFile, empty: zipfile.ZipFile) -> Iterator[str]:
    if ours.comment or any(each.extra or each.comment for each in ours.infolist()):
        yield "a comment of the archive"
    if {each.date_time for each in ours.infolist()} != {each.date_time for each in empty.infolist()}:
        yield "a time in the archive"
    if ours.namelist() != empty.namelist():
        yield "a part that a paper of ours has not"
        return
    for name in ours.namelist():
        if name not in _OURS and ours.read(name) != empty.read(name):
            yield f"something in {name}"


def _odd(root: etree._Element) -> Iterator[str]:
    """What our writer never writes into the words of a paper: remarks, changes, hidden runs, notes, foreign parts."""
    if next(root.iter(etree.Comment, etree.ProcessingInstruction), None) is not None:
        yield "a remark"
    names = {etree.QName(each).localname for each in root.iter("*")}
    yield from (f"an element {name}" for name in names & _NEVER)


def pdf_faults(written: bytes) -> Iterator[str]:
    """What a PDF of ours must not have: older revisions, actions, attachments, properties, unseen objects, remarks."""
    if not written.rstrip(b"\r\n").endswith(b"%%EOF") or written.count(b"%%EOF") != 1:
        yield "an older revision, or something behind its end"
    try:
        reader = pypdf.PdfReader(io.BytesIO(written), strict=True)
        reached = dict(_reached(reader.trailer))
        info = dict(reader.metadata or {})
    except (PyPdfError, ValueError, TypeError, KeyError, RecursionError) as error:
        yield f"a fault in its structure ({type(error).__name__})"
        return
    yield from sorted({f"{key.removeprefix('/')}" for keys in reached.values() for key in keys & _ACTIVE})
    yield from sorted(f"a property {key}" for key, value in info.items() if str(value) and key not in _INFO)
    if any(not _as_ours(each) for each in _streams(reader)):
        yield "a part that is packed in another way than ours"
    objects = {int(each[1]): each[3] for each in _OBJECT.finditer(written)}
    if unseen := objects.keys() - reached.keys():
        yield f"an object that nothing leads to ({min(unseen)})"
    for number, body in objects.items():
        if _more_than_its_stream(body):
            yield f"something behind the packed part of object {number}"
    for remark in _COMMENT.findall(_OBJECT.sub(b"", written)):
        if not remark.startswith(_OUR_COMMENTS):
            yield "a remark between its objects"


def _reached(trailer: DictionaryObject) -> Iterator[tuple[int, frozenset[str]]]:
    """Every object that the trailer leads to, by its number, with the keys in it; 0 is the trailer."""
    waiting: list[tuple[int, object]] = [(0, trailer)]
    known: set[int] = {0}
    while waiting:
        number, value = waiting.pop()
        keys: set[str] = set()
        inner: list[object] = [value]
        while inner:
            one = inner.pop()
            if isinstance(one, IndirectObject):
                if one.idnum not in known:
                    known.add(one.idnum)
                    waiting.append((one.idnum, one.get_object()))
            elif isinstance(one, DictionaryObject):
                keys |= {str(key) for key in one} | {str(each) for each in one.values() if isinstance(each, str)}
                inner += [one.raw_get(key) for key in one]
            elif isinstance(one, ArrayObject):
                inner += list(one)
        yield number, frozenset(keys)


def _streams(reader: pypdf.PdfReader) -> Iterator[StreamObject]:
    """Every stream of a PDF, as it is packed."""
    objects = (reader.get_object(number) for numbers in reader.xref.values() for number in numbers)
    return (each for each in objects if isinstance(each, StreamObject))


def _as_ours(stream: StreamObject) -> bool:
    """Whether a stream is packed as our printer packs."""
    filters = stream.get("/Filter", ())
    ways = tuple(map(str, filters)) if isinstance(filters, ArrayObject) else (str(filters),)
    return ways in _PACKED and "/DecodeParms" not in stream and "/F" not in stream


def _more_than_its_stream(body: bytes) -> bool:
    """Whether bytes follow the end of a packed stream: a reader does not see them."""
    start, end = body.find(b"stream"), body.rfind(b"endstream")
    if start < 0 or b"/FlateDecode" not in body[:start]:
        return False
    packed = body[start + len(b"stream") : end].strip(b"\r\n")
    if b"/ASCII85Decode" in body[:start]:
        packed = unfiltered(packed)
    unpacked = zlib.decompressobj()
    try:
        unpacked.decompress(packed, MAX_UNPACKED)
    except zlib.error:
        return True
    return bool(unpacked.unused_data.strip(b"\r\n")) or not unpacked.eof
