"""Pictures that lines show: put away by their digest, given back to whoever may see the operation, and by whom seen."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from weakref import WeakKeyDictionary

from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger import accounts
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.audit import Read, parse_leaf
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.labels import Tokens
from leconfield.ledger.model import EntryId, Question
from leconfield.ledger.view import View
from leconfield.surveillance import rules
from leconfield.surveillance.keeping import showing
from leconfield.surveillance.model import OPERATION, PICTURED, Operation, Picture
from leconfield.surveillance.service import found
from leconfield.surveillance.state import KEPT, YES

MOST: Final = 12 * 2**20
"""Bytes of one picture."""
LOOKED: Final = "picture, file"
"""What the audit log says was asked when somebody looks at a picture."""
_BEGINS: Final[Mapping[str, bytes]] = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}


def media_of(content: bytes) -> str:
    """What kind of picture the bytes are.

    Raises:
        BadInputError: if they are none that every browser shows, or too many.
    """
    if len(content) > MOST:
        raise BadInputError(f"a picture of {len(content) / 2**20:.0f} MB is too large; {MOST // 2**20} MB at most")
    kind = next((each for each, begins in _BEGINS.items() if content.startswith(begins)), "")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        kind = "image/webp"
    if not kind:
        raise BadInputError("this file is no picture that the desk shows; take it as JPEG, PNG or WebP")
    return kind


def receive(desk: Desk, view: View, which: str, content: bytes) -> EntryId:
    """Put away a picture that a line of the operation names; the same one once. Its id.

    One that only lines about bystanders show is kept sealed as long as they are.

    Raises:
        NotFoundError: if the view has no such operation.
        RefusedError: if no line shows it, or none whose words are still kept.
        BadInputError: if it is no picture.
    """
    refuse_the_past(view)
    operation, media, digest = found(view, which), media_of(content), sha256(content).hexdigest()
    if known := operation.pictures.get(digest):
        return known.entry
    lines = showing(desk, operation, digest, view.moment)
    if not lines:
        raise RefusedError(
            "no line of this operation shows this picture; send the line first, and the picture after it"
        )
    shortly = all(each.written.collateral for each in lines)
    if shortly:
        until = max(map(rules.kept_until, lines))
        kept = desk.keep(desk.vault.seal_until(b64encode(content).decode(), until).encode())
    else:
        kept = desk.keep(content)
    body = {OPERATION: operation.id, "digest": digest, KEPT: kept, "media": media}
    if shortly:
        body["shortly"] = YES
    draft = Draft(PICTURED, operation.label, about=operation.about, body=body, key=(operation.id, digest))
    (receipt,) = desk.append(view.reader, [draft])
    return receipt.entry


def picture(view: View, which: str, picture_id: str) -> tuple[Operation, Picture]:
    """A picture by its id, and the operation that it is of.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    operation = found(view, which)
    for each in operation.pictures.values():
        if each.entry == picture_id:
            return operation, each
    raise NotFoundError("no such picture here; look it up on the page of the operation")


def content_of(desk: Desk, view: View, operation: Operation, shown: Picture) -> bytes | None:
    """The bytes of a picture; None if it was of bystanders, and is kept no more.

    Raises:
        DamagedError: if what was put away is gone, or is not what was put away.
    """
    content = view.kept(shown.kept, about=operation.about)
    if not shown.shortly:
        return content
    text = desk.vault.unsealed(content.decode("ascii", "replace"))
    return None if text is None else b64decode(text)


def matches(content: bytes, shown: Picture) -> bool:
    """Whether the bytes are those whose digest the line bears."""
    return sha256(content).hexdigest() == shown.digest


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a picture."""

    at: str
    by: str


class _Log:
    """The looks at pictures of one desk; taken in as the audit grows."""

    def __init__(self) -> None:
        self.next = 0
        self.of: dict[str, list[Look]] = {}

    def take(self, leaves: Iterable[bytes]) -> None:
        """Take in what has come since."""
        for each in leaves:
            self.next += 1
            if LOOKED.encode() not in each:
                continue
            read = parse_leaf(each)
            if isinstance(read, Read) and read.action == LOOKED:
                self.of.setdefault(read.about.partition(" ")[0], []).append(Look(read.time, read.actor))


_LOGS: Final[WeakKeyDictionary[Desk, _Log]] = WeakKeyDictionary()


def looks_at(desk: Desk, view: View, shown: Picture) -> list[Look]:
    """Who looked at a picture by the moment of the view: whoever reads this, and those who held nothing more than he.

    What anybody else did is left out, whether or not there was anything; an inspector holds the whole audit.
    """
    log = _LOGS.setdefault(desk, _Log())
    log.take(desk.leaves(log.next))
    looks = [each for each in log.of.get(shown.entry, ()) if each.at <= view.moment]
    held = _holdings(desk) if any(each.by != view.reader.name for each in looks) else {}
    return [each for each in looks if each.by == view.reader.name or _within(view, held.get(each.by, []), each.at)]


def _holdings(desk: Desk) -> dict[str, list[tuple[str, Tokens]]]:
    """What every officer has held, since when, in order."""
    holdings: dict[str, list[tuple[str, Tokens]]] = {}
    for each in desk.view(accounts.KEEPER, asking=Question("accounts")).entries(kind=accounts.ENROLLED):
        if each.label == accounts.LABEL:
            holdings.setdefault(each.about, []).append((each.at, frozenset(each.body["tokens"].split())))
    return holdings


def _within(view: View, held: list[tuple[str, Tokens]], moment: str) -> bool:
    by_then = [tokens for at, tokens in held if at <= moment]
    return bool(by_then) and by_then[-1] <= view.reader.tokens
