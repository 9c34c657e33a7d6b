"""Reading a form that was sent: in memory alone, so that no word of it touches a disk, and no larger than allowed."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

MAX_FORM: Final = 512 * 1024
"""Bytes of a form without files, unless its page allows more."""
MAX_PARTS: Final = 400


class TooLargeError(Exception):
    """The form is larger than its page takes."""


class UnreadableError(Exception):
    """What was sent is no form."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent along. It is not opened here."""

    name: str
    media_type: str
    held: bytes


@dataclass(frozen=True, slots=True)
class Filled:
    """What stood in a form."""

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, tuple[Sent, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Faults:
    """What is wrong with a form, by field, in the order in which it was found; false if nothing is."""

    _found: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, words: str) -> None:
        """Say what is wrong with a field and what to do; the first word on a field stands."""
        self._found.setdefault(name, words)

    def at(self, name: str) -> str:
        """What is wrong with a field; empty if nothing is."""
        return self._found.get(name, "")

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._found.items())

    def __len__(self) -> int:
        return len(self._found)

    def __bool__(self) -> bool:
        return bool(self._found)


async def read_form(headers: Headers, stream: AsyncIterator[bytes], limit: int) -> Filled:
    """What stands in the form that is being sent.

    Raises:
        TooLargeError: if it has more bytes than the limit.
        UnreadableError: if it is no form.
    """
    body = bytearray()
    async for part in stream:
        body += part
        if len(body) > limit:
            raise TooLargeError
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _multipart(headers, bytes(body), limit)
    if kind in ("application/x-www-form-urlencoded", ""):
        return _encoded(bytes(body))
    raise UnreadableError


def _encoded(body: bytes) -> Filled:
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="replace", max_num_fields=MAX_PARTS
        )
    except (UnicodeDecodeError, ValueError):
        raise UnreadableError from None
    return Filled(_gathered(pairs))


class _InMemory(MultiPartParser):
    """Starlette's parser rolls parts over one megabyte to a file; here none is."""

    def __init__(self, headers: Headers, stream: AsyncGenerator[bytes, None], limit: int) -> None:
        super().__init__(headers, stream, max_files=MAX_PARTS, max_fields=MAX_PARTS, max_part_size=limit)
        self.spool_max_size = limit + 1


async def _multipart(headers: Headers, body: bytes, limit: int) -> Filled:
    async def whole() -> AsyncGenerator[bytes, None]:
        yield body
        yield b""

    try:
        form = await _InMemory(headers, whole(), limit).parse()
    except (MultiPartException, KeyError, ValueError):
        raise UnreadableError from None
    files: dict[str, list[Sent]] = {}
    texts: list[tuple[str, str]] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            held = await value.read()
            if value.filename or held:
                sent = Sent(value.filename or "", value.content_type or "application/octet-stream", held)
                files.setdefault(name, []).append(sent)
        else:
            texts.append((name, value))
    await form.close()
    return Filled(_gathered(texts), {name: tuple(each) for name, each in files.items()})


def _gathered(pairs: Sequence[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    texts: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        texts[name] = (*texts.get(name, ()), value.replace("\r\n", "\n").replace("\0", ""))
    return texts
