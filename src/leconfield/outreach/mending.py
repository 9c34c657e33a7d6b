"""Mending what was said: a correction of what is published, an honest notice beside what is withdrawn.

Both are releases of their own and pass the gate like any other. What ties one to what it mends is kept inside until it
crosses itself: only then does the order go that tells the window of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from leconfield.errors import BadInputError, RefusedError
from leconfield.gate.bundles import telling
from leconfield.gate.release import service
from leconfield.gate.release.model import Release, State, Step
from leconfield.gate.release.state import found
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Entry, EntryId, Question
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded
from leconfield.outreach.outward import PUBLIC

MENDED: Final = "release mended"
"""Kind of entry, about a release: another release mends it."""
BY: Final = "by"
HOW: Final = "how"
MAX_WORDS: Final = 20_000
"""Characters of a correction or a notice."""


class How(StrEnum):
    """How one release mends another: the kind of the order that ties them, outside."""

    CORRECTION = "correction"
    NOTICE = "withdrawal-notice"


_FORMS: Final = {How.CORRECTION: "correction", How.NOTICE: "notice"}
_TITLES: Final = {How.CORRECTION: "Correction", How.NOTICE: "Withdrawn"}
_OUT: Final = frozenset({State.PUBLISHED, State.SEALED})


@dataclass(frozen=True, slots=True)
class Mend:
    """One release mends another."""

    of: EntryId
    by: EntryId
    how: How
    label: str


class Mends(Folded):
    """What mends what (a `Derived`)."""

    def __init__(self) -> None:
        self.all: list[Mend] = []

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == MENDED and each.body.get(HOW) in {str(one) for one in How}:
                how = How(each.body[HOW])
                self.all.append(Mend(EntryId(each.about), EntryId(each.body.get(BY, "")), how, each.label))

    def of_release(self, which: str) -> tuple[Mend, ...]:
        """Those that mend one release, the first first."""
        return tuple(each for each in self.all if each.of == which)


def begin(desk: Desk, view: View, which: str, how: How, words: str) -> EntryId:
    """Begin the release that mends another, as a draft under the same label; its id.

    Raises:
        NotFoundError: if the view has no such release.
        RefusedError: if it has not left for everybody, or is in no state to be mended so.
        BadInputError: if there are no words, or they are not written as blocks are.
    """
    refuse_the_past(view)
    known = found(view, which)
    if fault := why_not(known, how):
        raise RefusedError(fault)
    written = telling.written(telling.blocks(in_words(words, "what is said of it", MAX_WORDS)))
    title = f"{_TITLES[how]}: {known.content.title}" if known.content.title else _TITLES[how]
    files = {telling.TEXT: ("text/plain", written.encode("utf-8"))}
    made = service.draft(desk, view, _FORMS[how], PUBLIC, files, label=known.label, title=title)
    desk.append(view.reader, [Draft(MENDED, known.label, known.id, {BY: made, HOW: how.value}, key=(known.id, made))])
    return made


def why_not(known: Release, how: How) -> str:
    """Why a release cannot be mended so, in words; empty if it can."""
    if known.content.audience != PUBLIC or not known.was_sealed:
        return "it has not left for everybody; edit it instead"
    if how is How.CORRECTION and known.state not in _OUT:
        return "it is withdrawn, and nobody reads it any more; write a notice"
    if how is How.NOTICE and known.state is not State.WITHDRAWN:
        return "it stands; withdraw it first, or correct it"
    return ""


def _again(desk: Desk, view: View) -> View:
    return desk.view(view.reader, asking=Question("release", "mended"))


def withdraw(desk: Desk, view: View, which: str, reason: str, words: str) -> EntryId | None:
    """Take a release back at once, and begin the notice that will stand in its place, if there are words for one.

    Raises:
        NotFoundError, RefusedError, BadInputError: as `service.take` and `begin`; words that cannot be written as
            blocks are refused before anything is done.
    """
    known = found(view, which)
    if words.strip():
        telling.blocks(words)
    if known.content.audience != PUBLIC:
        raise BadInputError("it is not for everybody; withdraw it on its own page")
    service.take(desk, view, which, Step.WITHDRAW, reason=reason)
    if not words.strip():
        return None
    return begin(desk, _again(desk, view), which, How.NOTICE, words)
