"""Who had read it: from the audit, through the view rule.

The audit records who asked what before he was answered; it has no labels. A reader learns of a read only if it was made
by himself, or by somebody who held nothing, at that moment, that he does not hold himself: whatever such a colleague
did can rest on nothing that is hidden from the reader. What anybody else read is left out, whatever it was and whether
or not there was anything (docs/incidents.md, "Who had read it").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from leconfield.ledger import accounts
from leconfield.ledger.audit import Read, parse_leaf
from leconfield.ledger.desk import Desk
from leconfield.ledger.labels import Tokens
from leconfield.ledger.model import Question
from leconfield.ledger.view import View
from leconfield.registry.scripts import fold

OURS: Final = (
    "Reads by yourself and by colleagues who held nothing at the time that you do not hold. Whether others read it is "
    "not said here; an inspector holds the whole audit."
)
"""The same words over every list of reads."""
_ID: Final = re.compile(r"[0-9a-f]{32}\b")
_TRACE: Final = "trace"
_READ: Final = b'"leaf":"read"'


@dataclass(frozen=True, slots=True)
class ReadBy:
    """What one officer read of one thing, all his reads of it together."""

    actor: str
    thing: str
    """The id of the report or record; of a trace the folded words."""
    first: str
    """A stamp."""
    last: str
    times: int


@dataclass(frozen=True, slots=True)
class _Once:
    """One read, as far as it matters here."""

    time: str
    actor: str


class _Log:
    """The reads of one desk by what they were of; taken in as the audit grows."""

    def __init__(self) -> None:
        self._next = 0
        self._of: dict[str, list[_Once]] = defaultdict(list)

    def take(self, leaves: Iterable[bytes]) -> None:
        """Take in what has come since."""
        for each in leaves:
            self._next += 1
            if _READ not in each:
                continue
            read = parse_leaf(each)
            if isinstance(read, Read) and (thing := _thing_of(read)):
                self._of[thing].append(_Once(read.time, read.actor))

    @property
    def next(self) -> int:
        """The place of the first leaf that has not been taken in."""
        return self._next

    def of(self, thing: str) -> list[_Once]:
        """The reads of one thing, in order."""
        return self._of.get(thing, [])


_LOGS: Final[WeakKeyDictionary[Desk, _Log]] = WeakKeyDictionary()


def _thing_of(read: Read) -> str:
    """What a read was of: an id, or what was asked of a trace; empty: a list or a search, which opens no one thing."""
    if _ID.match(read.about):
        return read.about[:32]
    return asked_for(read.about.partition(" as of ")[0]) if read.action == _TRACE else ""


def asked_for(name: str) -> str:
    """The thing that a trace of a name is."""
    return f"{_TRACE} {' '.join(fold(name).split())}"


def reads_of(desk: Desk, view: View, things: Iterable[str]) -> list[ReadBy]:
    """Who had read these things by the moment of the view, as far as its reader may know; the earliest first.

    `things`: ids of reports and records, and `asked_for` names.
    """
    wanted = dict.fromkeys(things)
    log = _LOGS.setdefault(desk, _Log())
    log.take(desk.leaves(log.next))
    held = _holdings(desk)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for thing in wanted:
        for each in log.of(thing):
            if _past(view, each.time) and (each.actor == view.reader.name or _within(view, held, each)):
                found[each.actor, thing].append(each.time)
    rows = [ReadBy(actor, thing, min(times), max(times), len(times)) for (actor, thing), times in found.items()]
    return sorted(rows, key=lambda each: (each.first, each.actor, each.thing))


def _past(view: View, time: str) -> bool:
    """Whether it was before the view was opened; of one as of a day, by then."""
    return time < view.moment if view.as_of is None else time <= view.moment


Holdings = Mapping[str, list[tuple[str, Tokens]]]


def _holdings(desk: Desk) -> Holdings:
    """What every officer has held, since when, in order."""
    found: dict[str, list[tuple[str, Tokens]]] = defaultdict(list)
    for each in desk.view(accounts.KEEPER, asking=Question("accounts")).entries(kind=accounts.ENROLLED):
        if each.label == accounts.LABEL:
            found[each.about].append((each.at, frozenset(each.body["tokens"].split())))
    return found


def _within(view: View, held: Holdings, read: _Once) -> bool:
    """Whether he who read held nothing at that moment that the view's reader does not hold; unknown is no."""
    by_then = [tokens for at, tokens in held.get(read.actor, ()) if at <= read.time]
    return bool(by_then) and by_then[-1] <= view.reader.tokens
