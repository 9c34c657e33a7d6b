"""Reading a form that was sent: in memory alone, so that no word of it touches a disk, and no larger than allowed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

MAX_FORM: Final = 512 * 1024
"""Bytes of a form without files, unless its page allows more."""
MAX_PARTS: Final = 400
LARGE_AT_A_TIME: Final = 6
"""Forms that are in memory at once with more than `MAX_FORM`, until they are answered."""
PATIENCE: Final = 30.0
"""Seconds for which a form may take to come, and then as many again as its bytes take at the pace of `SLOWEST`."""
SLOWEST: Final = 16 * 1024
"""Bytes a second: what a poor line through Tor still carries."""
_PIECE: Final = 64 * 1024
_LARGE: Final = threading.BoundedSemaphore(LARGE_AT_A_TIME)


class TooLargeError(Exception):
    """The form is larger than its page takes."""


class TooManyError(Exception):
    """The form is large, and as many large ones are being read as memory is meant for."""


class TooSlowError(Exception):
    """The form did not come in the time that it may take."""


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


@asynccontextmanager
async def filled(headers: Headers, stream: AsyncIterator[bytes], limit: int) -> AsyncGenerator[Filled]:
    """What stands in the form that is being sent; a large one keeps its place among the few until it is dealt with.

    Raises:
        TooLargeError: if it has more bytes than the limit.
        TooManyError: if it is large, and as many large ones are here as may be.
        TooSlowError: if it comes so slowly that it only takes room.
        UnreadableError: if it is no form.
    """
    with ExitStack() as held:
        body = await _read(headers, stream, limit, held)
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "multipart/form-data":
            yield await _multipart(headers, body, limit)
        elif kind in ("application/x-www-form-urlencoded", ""):
            yield _encoded(bytes(body))
        else:
            raise UnreadableError


async def _read(headers: Headers, stream: AsyncIterator[bytes], limit: int, held: ExitStack) -> bytearray:
    said = headers.get("content-length", "")
    expected = int(said) if said.isascii() and said.isdigit() else 0
    body, placed = bytearray(), False
    ends = asyncio.get_running_loop().time() + PATIENCE
    try:
        async with asyncio.timeout_at(ends) as deadline:
            while True:
                if max(len(body), expected) > limit:
                    raise TooLargeError
                if len(body) > MAX_FORM and not placed:  # only saying that much will come takes no place
                    _take_place(held)
                    placed = True
                part = await anext(stream, None)
                if part is None:
                    return body
                body += part
                deadline.reschedule(ends + len(body) / SLOWEST)
    except TimeoutError:
        raise TooSlowError from None


def _take_place(held: ExitStack) -> None:
    if not _LARGE.acquire(blocking=False):
        raise TooManyError
    held.callback(_LARGE.release)


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


async def _multipart(headers: Headers, body: bytearray, limit: int) -> Filled:
    async def whole() -> AsyncGenerator[bytes, None]:
        with memoryview(body) as held:
            for at in range(0, len(held), _PIECE):
                yield held[at : at + _PIECE].tobytes()
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
