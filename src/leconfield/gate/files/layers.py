"""Everything that can be read in a file, layer by layer: as it is, unpacked, decoded, without its tags.

For looking for what must not be there. Unpacks by what bytes look like rather than by what a format's table of
contents says, so that what is no longer referred to (an older revision, a part that nobody names) is looked at, too.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote_to_bytes

import pypdf
from pypdf.errors import PyPdfError

from leconfield.errors import BadInputError

MAX_UNPACKED: Final = 128 * 1024 * 1024
"""Bytes of all layers of a file together."""
MAX_DEPTH: Final = 6
_STREAM: Final = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_LITERAL: Final = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_HEX: Final = re.compile(rb"<([0-9A-Fa-f\s]{4,})>")
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_NAME_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/_-]{6,}={0,2}")
_WRAPPED: Final = re.compile(rb"(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{8,}+\r?\n[ \t]*+)++[A-Za-z0-9+/]*+={0,2}")
"""Base64 over several lines, as mail has it: a name may lie across them."""
_TAG: Final = re.compile(r"<[^<>]*>")
_UNICODE: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|=([0-9A-F]{2})")
_ESCAPES: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r\n": b""}
_PRINTABLE: Final = frozenset((*range(32, 127), 9, 10, 13))


@dataclass(frozen=True, slots=True)
class Layer:
    """Some bytes that a file gives, and where from."""

    where: str
    held: bytes


@dataclass(slots=True)
class _Budget:
    """How much may still be unpacked: what swells is refused rather than looked at in part."""

    name: str
    left: int = field(default=MAX_UNPACKED)

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise BadInputError(f"{self.name}: it unpacks to more than {MAX_UNPACKED:,} bytes; it is not let out")


def layers(name: str, held: bytes) -> Iterator[Layer]:
    """The file itself, and all that can be unpacked or decoded from it.

    Raises:
        BadInputError: if it unpacks to too much, or too deep.
    """
    yield from _under(Layer(name, held), _Budget(name), 0)


def _under(layer: Layer, budget: _Budget, depth: int) -> Iterator[Layer]:
    if depth > MAX_DEPTH:
        raise BadInputError(f"{layer.where}: it is packed more than {MAX_DEPTH} times; it is not let out")
    budget.spend(len(layer.held))
    yield layer
    for found in _unpacked(layer, budget):
        yield from _under(found, budget, depth + 1)


def _unpacked(layer: Layer, budget: _Budget) -> Iterator[Layer]:
    held, where = layer.held, layer.where
    if held.startswith(b"PK\x03\x04") or zipfile.is_zipfile(io.BytesIO(held)):
        yield from _zipped(held, where, budget)
    if held.startswith(b"\x1f\x8b"):
        yield from _maybe(f"{where}, unpacked", _gunzipped(held, budget))
    elif held.startswith(b"\x89PNG"):
        yield from _chunks(held, where, budget)
    elif b"%PDF-" in held[:1024]:
        yield from _of_pdf(held, where, budget)


def _maybe(where: str, held: bytes) -> Iterator[Layer]:
    if held:
        yield Layer(where, held)


def _zipped(held: bytes, where: str, budget: _Budget) -> Iterator[Layer]:
    try:
        with zipfile.ZipFile(io.BytesIO(held)) as opened:
            yield from _maybe(f"{where}, comment", opened.comment)
            if (size := sum(each.file_size for each in opened.infolist())) > budget.left:
                budget.spend(size)
            for each in opened.infolist():
                yield Layer(f"{where}, name of a part", each.orig_filename.encode() + b"\n" + each.comment + each.extra)
                yield Layer(f"{where}, {each.filename}", _part(opened, each))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error, OSError) as error:
        raise BadInputError(f"{where}: its archive is broken or locked, so nobody can look through it") from error


def _part(opened: zipfile.ZipFile, each: zipfile.ZipInfo) -> bytes:
    with opened.open(each) as part:
        return part.read(each.file_size + 1)


def _gunzipped(held: bytes, budget: _Budget) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(held)) as opened:
            return opened.read(budget.left + 1)
    except (OSError, EOFError, zlib.error):
        return b""


def inflated(packed: bytes, most: int) -> bytes:
    """What zlib makes of bytes, as far as it goes; empty if it makes nothing."""
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        unpacked, found = zlib.decompressobj(window), b""
        try:
            found = unpacked.decompress(packed, most + 1)
        except zlib.error:
            continue
        return found
    return b""


def _chunks(held: bytes, where: str, budget: _Budget) -> Iterator[Layer]:
    """The parts of a PNG that hold packed text; the others are read as they are."""
    at = 8
    while at + 12 <= len(held):
        size, kind = int.from_bytes(held[at : at + 4], "big"), held[at + 4 : at + 8]
        part = held[at + 8 : at + 8 + size]
        if kind in (b"zTXt", b"iTXt", b"iCCP"):
            for start in [found.end() for found in re.finditer(rb"\0+", part)][:6]:
                yield from _maybe(f"{where}, {kind.decode()}", inflated(part[start:], budget.left))
        at += 12 + size


def _of_pdf(held: bytes, where: str, budget: _Budget) -> Iterator[Layer]:
    """Streams unpacked, strings decoded, whether anything refers to them or not; and the pages as they are read."""
    yield Layer(f"{where}, text of its pages", _pages(held, where))
    yield Layer(f"{where}, strings", _strings(held))
    for number, found in enumerate(_STREAM.finditer(held), 1):
        plain = _unpacked_whole(found[1], budget)
        place = f"{where}, stream {number}"
        yield from _maybe(place, plain if plain != found[1] else b"")
        yield from _maybe(f"{place}, strings", _strings(plain))


def _unpacked_whole(packed: bytes, budget: _Budget) -> bytes:
    """What a stream holds, also where it is packed several times, in whichever ways."""
    plain = packed
    for _ in range(MAX_DEPTH):
        raw = unfiltered(plain)
        found = inflated(raw, budget.left) or raw
        if found == plain:
            break
        plain = found
    return plain


def _pages(held: bytes, where: str) -> bytes:
    try:
        reader = pypdf.PdfReader(io.BytesIO(held), strict=False)
        said = [str(each) for each in (reader.metadata or {}).values()]
        words = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise BadInputError(f"{where}: it cannot be read as a PDF, so nobody can look through it") from error
    return "\n".join((*said, *words)).encode("utf-8", "replace")


def unfiltered(packed: bytes) -> bytes:
    """The bytes that ASCII85 or hexadecimal digits of a PDF's stream write; the same bytes if it is neither."""
    held = packed.strip()
    try:
        if held.endswith(b"~>"):
            return base64.a85decode(held if held.startswith(b"<~") else b"<~" + held, adobe=True)
        if re.fullmatch(rb"[0-9A-Fa-f\s]+>", held):
            return _unhexed(held[:-1])
    except ValueError:
        pass
    return packed


def _strings(held: bytes) -> bytes:
    """All strings of a PDF's syntax, decoded and parted by newlines, and once more without anything between them."""
    found = [_ESCAPE.sub(_unescaped, each[1]) for each in _LITERAL.finditer(held)]
    found += [_unhexed(each[1]) for each in _HEX.finditer(held)]
    found.append(_NAME_ESCAPE.sub(lambda each: bytes.fromhex(each[1].decode()), held) if b"#" in held else b"")
    return b"\n".join((*found, b"".join(found[:-1])))


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    if code[0] in b"01234567":
        return bytes((int(code, 8) & 0xFF,))
    return _ESCAPES.get(code, code)


def _unhexed(written: bytes) -> bytes:
    digits = re.sub(rb"\s", b"", written)
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def texts(layer: Layer) -> Iterator[str]:
    """The ways in which a layer may be read as text; none if it is no text."""
    for text in _decoded(layer.held):
        yield text
        if "<" in text:
            yield _TAG.sub("", text)
            yield _TAG.sub(" ", text)
        plain = _unwritten(text)
        if plain != text:
            yield plain
            yield _TAG.sub("", plain)
    wrapped = (b"".join(found[0].split()) for found in _WRAPPED.finditer(layer.held))
    for found in (*(each[0] for each in _BASE64.finditer(layer.held)), *wrapped):
        for start in range(4):
            yield from _decoded(_from_base64(found[start:]))


def _decoded(held: bytes) -> Iterator[str]:
    """As UTF-8 or Latin-1 where most of it is letters, and as UTF-16 or UTF-32 where every second byte says so."""
    if not held:
        return
    sample = held[:65536]
    if held.startswith((b"\xfe\xff", b"\xff\xfe")) or sample.count(0) * 4 > len(sample):
        for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
            yield held.decode(encoding, "ignore")
        yield held.replace(b"\0", b"").decode("utf-8", "ignore")
    try:
        yield held.decode("utf-8")
    except UnicodeDecodeError:
        if sum(each in _PRINTABLE for each in sample) * 10 > len(sample) * 8:
            yield held.decode("utf-8", "ignore")
            yield held.decode("latin-1")


def _unwritten(text: str) -> str:
    """Entities, percent signs, escapes of JSON and of quoted-printable decoded."""
    found = html.unescape(text) if "&" in text else text
    if "%" in found:
        found = unquote_to_bytes(found.encode("utf-8", "surrogatepass")).decode("utf-8", "replace")
    if "\\u" in found or "\\x" in found or "=" in found:
        found = _UNICODE.sub(lambda each: chr(int(each[1] or each[2] or each[3], 16)), found)
    return found


def _from_base64(written: bytes) -> bytes:
    plain = written.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    try:
        return base64.b64decode(plain[: len(plain) - (len(plain) % 4 == 1)] + b"==", validate=False)
    except (binascii.Error, ValueError):
        return b""
