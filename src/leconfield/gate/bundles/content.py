"""What is released: a form, an audience, a title, a moment before which it must not show, and files by their digests.

The digest of a `Content` is what people approve and what a seal stands on. Plain values; nothing of the inside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final, NoReturn

from leconfield.errors import BadInputError, DamagedError

MAX_MEMBERS: Final = 1_000
MAX_WORDS: Final = 500
"""Characters of a title, an audience or a recipient."""
WITHDRAWAL: Final = "withdrawal"
"""The form of a content that takes a release back; it has no members."""
_DOMAIN: Final = b"leconfield release content v1\n"
_FORM: Final = re.compile(r"[a-z][a-z-]{0,39}")
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}(?:\.[a-z0-9]{1,8})?")
_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9.+-]{0,63}/[a-z0-9][a-z0-9.+-]{0,63}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{each}{one}" for each in ("com", "lpt") for one in range(10))}
)
"""Names that one system takes for devices, whatever follows the dot."""


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """One file, as the manifest names it."""

    name: str
    """Lower-case letters, digits, `-`, `_` and one ending: it is public, so it must say nothing."""
    media_type: str
    size: int
    """Bytes."""
    digest: str
    """SHA-256 of its bytes, in hex."""

    @classmethod
    def of(cls, name: str, media_type: str, held: bytes) -> Member:
        """The member that these bytes make."""
        return cls(name, media_type, len(held), sha256(held).hexdigest())


@dataclass(frozen=True, slots=True)
class Content:
    """What is released. `members` are sorted by name, so that the same content has one digest."""

    form: str
    """What it is: `post`, `answer`, `story`, `press-line`, `schedule` ...; `withdrawal` takes a release back."""
    audience: str
    title: str = ""
    embargo: str = ""
    """The moment (UTC, to the second, as 2026-12-01T09:00:00Z) before which it must not show; empty: at once."""
    members: tuple[Member, ...] = ()

    @property
    def fields(self) -> dict[str, object]:
        """What its digest is made of."""
        listed = [
            {"digest": each.digest, "media_type": each.media_type, "name": each.name, "size": each.size}
            for each in self.members
        ]
        head = {"audience": self.audience, "embargo": self.embargo, "form": self.form, "title": self.title}
        return {**head, "members": listed}

    @property
    def digest(self) -> str:
        """SHA-256, in hex, of a domain line and the canonical JSON of the fields."""
        return _digest_of(self)


@lru_cache(maxsize=4096)
def _digest_of(made: Content) -> str:
    return sha256(_DOMAIN + canonical(made.fields)).hexdigest()


def content(
    form: str, audience: str, files: dict[str, tuple[str, bytes]], *, title: str = "", embargo: str = ""
) -> Content:
    """The content that these files make, each by its name with its media type and bytes.

    Raises:
        BadInputError: naming what may not stand in it.
    """
    members = tuple(sorted(Member.of(name, media_type, held) for name, (media_type, held) in files.items()))
    made = Content(form, audience, title, embargo, members)
    if fault := fault_in(made):
        raise BadInputError(fault)
    return made


def fault_in(made: Content) -> str:
    """Why a content will not do, in words; empty if it will."""
    if _FORM.fullmatch(made.form) is None:
        return f'form "{made.form[:40]}": write it as "post" or "press-line"'
    if not made.audience:
        return 'audience: it is missing; write "public", or whom it is for'
    for name, words in (("audience", made.audience), ("title", made.title)):
        if fault := fault_in_words(words, name):
            return fault
    if made.embargo and not _is_moment(made.embargo):
        return f'embargo "{made.embargo[:40]}": write the moment as 2026-12-01T09:00:00Z'
    if made.form == WITHDRAWAL and made.members:
        return "withdrawal: it has members; it takes back and brings nothing"
    if made.form != WITHDRAWAL and not made.members:
        return "members: there is none; add what is to be released"
    return _fault_in_members(made.members)


def fault_in_words(words: str, name: str) -> str:
    """Why words will not do as one line that anybody may be shown; empty if they will."""
    if found := _CONTROL.search(words):
        return f"{name}, character {found.start() + 1}: {found[0]!r} may not stand in one line of text"
    return f"{name}: {len(words):,} characters; {MAX_WORDS} at most" if len(words) > MAX_WORDS else ""


def _fault_in_members(members: tuple[Member, ...]) -> str:
    if len(members) > MAX_MEMBERS:
        return f"members: {len(members):,}; {MAX_MEMBERS:,} at most"
    names = [each.name for each in members]
    if names != sorted(set(names)):
        return "members: they are not sorted by name, or two bear one name"
    for each in members:
        if fault := _fault_in_member(each):
            return f'member "{each.name[:80]}": {fault}'
    return ""


def _fault_in_member(member: Member) -> str:
    if _NAME.fullmatch(member.name) is None or member.name.partition(".")[0] in _DEVICES:
        return "a name is lower-case letters, digits, - and _ and at most one ending; no folders"
    if _TYPE.fullmatch(member.media_type) is None:
        return f'"{member.media_type[:80]}" is no media type; write it as text/plain'
    if member.size < 0 or _DIGEST.fullmatch(member.digest) is None:
        return "its size or digest is none"
    return ""


def _is_moment(text: str) -> bool:
    if _MOMENT.fullmatch(text) is None:
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def canonical(value: object) -> bytes:
    """The canonical JSON (RFC 8785) of text, whole numbers, lists and objects with ASCII keys.

    Raises:
        BadInputError: if it holds half a character.
    """
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise BadInputError(f"half a character at {error.start} cannot be written; take it out") from error


def parsed(raw: bytes, where: str) -> dict[str, object]:
    """The object that canonical JSON writes; nothing else is taken.

    Raises:
        DamagedError: if it is none, or is written in another way.
    """
    try:
        value = json.loads(raw, parse_float=_no_number, parse_constant=_no_number)
        if isinstance(value, dict) and canonical(value) == raw:
            return value
    except (ValueError, RecursionError, BadInputError):
        pass
    raise DamagedError(f"{where}: it is no canonical JSON (RFC 8785); it was altered, or is of another make")


def _no_number(written: str) -> NoReturn:
    """RFC 8785 writes 1.0 as 1, and our numbers are whole: whatever has a point or an exponent is not canonical."""
    raise ValueError(f"{written[:20]} is no whole number")


_FIELDS: Final = ("form", "audience", "title", "embargo")
_OF_MEMBER: Final = frozenset({"digest", "media_type", "name", "size"})


def content_in(fields: Mapping[str, object], place: str) -> Content:
    """The content that the fields of a parsed object write; `fault_in` is still to be asked.

    Raises:
        DamagedError: if a field is missing or of another kind.
    """
    texts = {name: _text(fields.get(name), name, place) for name in _FIELDS}
    listed = fields.get("members")
    if not isinstance(listed, list):
        raise DamagedError(f'{place}: "members" is no list')
    return Content(**texts, members=tuple(_member(each, place) for each in listed))


def _text(value: object, name: str, place: str) -> str:
    if not isinstance(value, str):
        raise DamagedError(f'{place}: "{name}" is no text')
    return value


def _member(value: object, place: str) -> Member:
    if not isinstance(value, dict) or value.keys() != _OF_MEMBER:
        raise DamagedError(f"{place}: a member has name, media_type, size and digest, and nothing else")
    name, media_type, digest = (_text(value[each], each, place) for each in ("name", "media_type", "digest"))
    size = value["size"]
    if not isinstance(size, int) or isinstance(size, bool):
        raise DamagedError(f"{place}: the size of a member is a whole number")
    return Member(name, media_type, size, digest)
