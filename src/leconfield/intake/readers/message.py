"""E-mail: the head's main lines, the text (HTML only where there is none) and the attachments, to be read in turn."""

from __future__ import annotations

import email.header
import email.parser
import email.policy
import email.utils
import re
from contextlib import suppress
from email.errors import HeaderParseError
from email.message import Message
from pathlib import PurePath
from typing import Final

from leconfield.intake.readers.dates import written_of
from leconfield.intake.readers.model import EMAIL, Document, UnreadableError
from leconfield.intake.readers.page import read_markup
from leconfield.intake.readers.words import decoded, tidy, tidy_line

_HEAD_LINE: Final = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:|[ \t]+\S)")
_SHOWN: Final = ("From", "To", "Cc", "Date", "Subject")
_LONGEST_HEADER: Final = 4000
_MOST_WORK: Final = 10_000_000
"""Lines times nested parts: what the parser compares, about half a microsecond each."""


class _ShortHeaders(email.policy.Compat32):
    """The lenient policy of the standard library, without headers whose length alone takes hours to parse."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Name and value of a header, the value cut to its first 4,000 characters."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


def is_message(content: bytes) -> bool:
    """Whether the bytes begin with the head of an e-mail."""
    lines = re.split(rb"\r?\n", content[:20_000])
    head = lines[: lines.index(b"")] if b"" in lines else lines[:-1]
    names = {line.partition(b":")[0].lower() for line in head}
    return (
        bool(head)
        and all(_HEAD_LINE.match(line) for line in head)
        and b"from" in names
        and not names.isdisjoint({b"message-id", b"mime-version", b"received", b"subject"})
    )


def read_message(content: bytes, filename: str) -> Document:
    """What the e-mail says; attachments and enclosed messages become `parts`.

    Raises:
        UnreadableError: if it nests so many parts that reading it would not end, or holds no words.
    """
    if content.count(b"\n") * content.lower().count(b"boundary") > _MOST_WORK:
        raise UnreadableError(filename, "nests too many parts", "save its text and attachments as files of their own")
    message = email.parser.BytesParser(policy=_ShortHeaders()).parsebytes(content)
    heads = {name: _header(message, name) for name in (*_SHOWN, "Message-ID")}
    parts: list[tuple[str, bytes]] = []
    body = _body(message, filename, parts)
    shown = "\n".join(f"{name}: {heads[name]}" for name in _SHOWN if heads[name])
    return Document(
        text=tidy(f"{shown}\n\n{body}", filename),
        title=heads["Subject"],
        written=_written(heads["Date"]),
        identifier=heads["Message-ID"].strip("<>"),
        media_type=EMAIL,
        parts=tuple(parts),
    )


def _header(message: Message, name: str) -> str:
    """The header in plain words: encoded words decoded, raw bytes as UTF-8 or Western."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    octets = str(raw).encode("utf-8", errors="surrogateescape")
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        text = octets.decode("cp1252", errors="replace")
    with suppress(LookupError, ValueError, HeaderParseError):  # a broken encoded word is shown as it stands
        text = str(email.header.make_header(email.header.decode_header(text)))
    return tidy_line(text)


def _written(text: str) -> str:
    try:
        return written_of(email.utils.parsedate_to_datetime(text))
    except (ValueError, TypeError, OverflowError):
        return ""


def _body(message: Message, filename: str, parts: list[tuple[str, bytes]]) -> str:
    """The text of a message or part; whatever is not its text is added to `parts`."""
    kind = message.get_content_type()
    if kind == "message/rfc822":
        parts.append((_name(message, len(parts), ".eml"), _enclosed(message)))
        return ""
    inner = message.get_payload()
    if message.is_multipart() and isinstance(inner, list):
        within = [part for part in inner if isinstance(part, Message)]
        return _one_of(within, filename, parts) if kind == "multipart/alternative" else _all_of(within, filename, parts)
    octets = message.get_payload(decode=True)
    if not isinstance(octets, bytes) or not octets.strip():
        return ""
    if message.get_content_disposition() != "attachment" and kind in {"text/plain", "text/html"}:
        try:
            text = decoded(octets, filename, message.get_content_charset() or "")
            return read_markup(text, filename).text if kind == "text/html" else text
        except UnreadableError:
            pass  # what calls itself text and is none is kept as an attachment
    parts.append((_name(message, len(parts), ".html" if kind == "text/html" else ""), octets))
    return ""


def _all_of(within: list[Message], filename: str, parts: list[tuple[str, bytes]]) -> str:
    texts = [_body(part, filename, parts) for part in within]
    return "\n\n".join(text for text in texts if text.strip())


def _one_of(within: list[Message], filename: str, parts: list[tuple[str, bytes]]) -> str:
    """The plainest of the alternatives that says anything."""
    for part in sorted(within, key=lambda each: each.get_content_type() != "text/plain"):
        text = _body(part, filename, parts)
        if text.strip():
            return text
    return ""


def _enclosed(message: Message) -> bytes:
    inner = message.get_payload()
    first = inner[0] if isinstance(inner, list) and inner else None
    return first.as_bytes() if isinstance(first, Message) else str(inner).encode("utf-8", errors="replace")


def _name(part: Message, number: int, suffix: str) -> str:
    """The attachment's own name without any folder, or one by its number."""
    named = tidy_line(str(part.get_filename("")))
    own = PurePath(named.replace("\\", "/")).name
    return own or f"attachment-{number + 1}{suffix}"
