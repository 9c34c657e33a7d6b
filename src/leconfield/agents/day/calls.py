"""Safety calls: by when somebody who goes out calls in, what became of it, and what alarms the duty line. Folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from leconfield.agents.day.words import Heard
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.world import Folded

DUTY_LINE: Final = "DUTYLINE"
"""The token of those on the duty line; by itself the label of what they alone may know."""
SET: Final = "safety call set"
EXTENDED: Final = "safety call extended"
CALLED: Final = "safety call made"
HEARD: Final = "safety call heard"
"""Which word it was: for the duty line alone. One follows every call, so that nothing shows which it was."""
STOOD_DOWN: Final = "safety call stood down"
"""He does not go out after all. It counts until he would have gone: after that, ending it takes his word."""
ANSWERED: Final = "safety alarm answered"
TIMER: Final = "timer"
ALARM: Final = "alarm"
WORDS: Final = "words"
WORD: Final = "word"
DUE: Final = "due"
PERSONA: Final = "persona"
WHO: Final = "who"
BEGINS: Final = "begins"
OUTING: Final = "outing"


class State(StrEnum):
    """How a safety call stands, for whoever sees it."""

    RUNNING = "running"
    ENDED = "ended"
    DURESS = "duress"


class Danger(StrEnum):
    """Why the duty line is alarmed."""

    MISSED = "missed"
    DURESS = "duress"


@dataclass(frozen=True, slots=True)
class Due:
    """By when he calls; one more each time that it is put off."""

    entry: EntryId
    at: str
    """When it was set (a stamp)."""
    until: str
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word of duress."""

    entry: EntryId
    at: str


@dataclass(frozen=True, slots=True)
class Timer:
    """Somebody is out, and calls in by a time."""

    id: EntryId
    who: str
    """His sign-in name."""
    persona: str
    words: str
    label: str
    dues: tuple[Due, ...]
    begins: str = ""
    """When he goes out (a stamp); empty: at once."""
    outing: str = ""
    """What he goes out for, as an id that says nothing; empty: for nothing that was planned here."""
    called: str = ""
    """When he called, or did not go out after all; empty: neither."""
    duress: tuple[Spoken, ...] = ()
    """When he spoke the word that nobody speaks of his own will."""

    @property
    def state(self) -> State:
        """How it stands."""
        if self.duress:
            return State.DURESS
        return State.ENDED if self.called else State.RUNNING

    @property
    def due(self) -> str:
        """By when he calls, as it stands (a stamp)."""
        return self.dues[-1].until

    @property
    def set_at(self) -> str:
        """When it was set (a stamp)."""
        return self.dues[0].at


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody on the duty line did about an alarm."""

    at: str
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that nobody on the duty line may let lie."""

    id: EntryId
    danger: Danger
    since: str
    """From when it alarms: when he should have called, or when he spoke the word (a stamp)."""
    timer: Timer
    answers: tuple[Answer, ...] = ()


Answers = dict[EntryId, list[tuple[str, Answer]]]
"""By alarm: the label of each answer, and what it says."""


class Calls(Folded):
    """Every safety call of a world, and what was answered (a `Derived`)."""

    def __init__(self) -> None:
        self.by_id: dict[EntryId, Timer] = {}
        self.answers: Answers = {}

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == SET:
                self.by_id[each.id] = _set(each)
            elif each.kind == ANSWERED:
                answer = Answer(each.at, each.by, each.body.get(WORDS, ""))
                self.answers.setdefault(EntryId(each.body.get(ALARM, "")), []).append((each.label, answer))
            elif known := self.by_id.get(EntryId(each.body.get(TIMER, ""))):
                self.by_id[known.id] = after(known, each)


def _set(entry: Entry) -> Timer:
    body = entry.body
    return Timer(
        entry.id,
        body.get(WHO) or entry.by,
        body.get(PERSONA, ""),
        body.get(WORDS, ""),
        entry.label,
        (Due(entry.id, entry.at, body.get(DUE, ""), entry.by, ""),),
        body.get(BEGINS, ""),
        body.get(OUTING, ""),
    )


def after(timer: Timer, entry: Entry) -> Timer:
    """The timer once that was written; what is not of it, or not his to write, changes nothing."""
    mine, its = entry.by == timer.who, entry.label == timer.label
    match entry.kind:
        case kind if kind == EXTENDED and its and not timer.called:
            due = Due(entry.id, entry.at, entry.body.get(DUE, ""), entry.by, entry.body.get(WORDS, ""))
            return replace(timer, dues=(*timer.dues, due))
        case kind if kind == CALLED and its and mine and not timer.called:
            return replace(timer, called=entry.at)
        case kind if kind == STOOD_DOWN and its and not timer.called and entry.at < timer.begins:
            return replace(timer, called=entry.at)
        case kind if kind == HEARD and mine and entry.label == DUTY_LINE and entry.body.get(WORD) == Heard.DURESS:
            return replace(timer, duress=(*timer.duress, Spoken(entry.id, entry.at)))
        case _:
            return timer


def alarms_of(timer: Timer, answers: Answers, moment: str) -> Iterator[Alarm]:
    """What alarms the duty line about a timer at a moment (a stamp), answered or not.

    Each time by which he had not called alarms for itself, even if he called later: somebody says what was done.
    """
    ends = [*(each.at for each in timer.dues[1:]), timer.called or moment]
    for due, end in zip(timer.dues, ends, strict=True):
        if due.until < end:
            yield Alarm(due.entry, Danger.MISSED, due.until, timer, _given(answers, due.entry, timer.label))
    for each in timer.duress:
        yield Alarm(each.entry, Danger.DURESS, each.at, timer, _given(answers, each.entry, DUTY_LINE))


def _given(answers: Answers, alarm: EntryId, label: str) -> tuple[Answer, ...]:
    return tuple(answer for stands, answer in answers.get(alarm, ()) if stands == label)
