"""Safety calls: whoever goes out says by when he calls; the duty line is alarmed if he does not, or is made to.

A call stands under the label that he chose *or* `DUTY_LINE`: the line sees who is out until when, and learns neither
whom he meets nor where. Which word he spoke stands under `DUTY_LINE` alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from leconfield.agents.day import words as spoken
from leconfield.agents.day.calls import (
    ALARM,
    ANSWERED,
    BEGINS,
    CALLED,
    DUE,
    DUTY_LINE,
    EXTENDED,
    HEARD,
    OUTING,
    PERSONA,
    SET,
    STOOD_DOWN,
    TIMER,
    WHO,
    WORD,
    WORDS,
    Alarm,
    Answer,
    Calls,
    Danger,
    Due,
    State,
    Timer,
    alarms_of,
)
from leconfield.agents.state import agents
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger import labels
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId, Reader
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View

__all__ = [
    "DUTY_LINE",
    "Alarm",
    "Answer",
    "Danger",
    "Due",
    "State",
    "Timer",
    "alarms",
    "answered",
    "call",
    "enrol_words",
    "extend",
    "has_words",
    "set_timer",
    "stood_down",
    "timer_draft",
    "timers",
]
FARTHEST: Final = timedelta(days=92)
MAX_WORDS: Final = 500
_NONE: Final = "no such safety call here; set one before you go out"


def set_timer(desk: Desk, view: View, *, due: str, label: str, words: str) -> EntryId:
    """Say by when one calls in (a date with its hour, UTC), who may know of it besides the line, and a few words.

    Raises:
        BadInputError: if the time is none, over or too far off, the words name an agent, or no label is chosen.
        RefusedError: if he does not hold what the label asks for, or looks at the past.
    """
    refuse_the_past(view)
    (receipt,) = desk.append(view.reader, [timer_draft(desk, view, due=due, label=label, words=words)])
    return receipt.entry


def timer_draft(
    desk: Desk, view: View, *, due: str, label: str, words: str, who: str = "", begins: str = "", outing: str = ""
) -> Draft:
    """The act of `set_timer`, to be appended together with others.

    `who`: another who goes out, by his sign-in name; `begins`: when (a stamp); `outing`: what for, as an opaque id.

    Raises:
        BadInputError: as `set_timer` does, or if nobody signs in by that name.
        RefusedError: if one of the two does not hold what the label asks for.
    """
    if not labels.tokens_in(labels.parse(label)):
        raise BadInputError("choose who else may know that you are out; without a label everybody could")
    desk.check_writable(view.reader, label)
    goes = view.reader if who in ("", view.reader.name) else desk.reader(who)
    if not labels.admits(label, goes.tokens):
        raise RefusedError(f"{who} could not see his own safety call under that label; let another go, or set none")
    body = {WHO: goes.name, PERSONA: goes.persona, DUE: _due(desk, due), WORDS: _quiet(view, words)}
    planned = {name: each for name, each in ((BEGINS, begins), (OUTING, outing)) if each}
    return Draft(SET, labels.any_of((label, DUTY_LINE)), about=goes.name, body={**body, **planned})


def stood_down(view: View, outing: str, moment: str) -> list[Draft]:
    """The acts that end the calls of an outing that is not begun at a moment (a stamp); to be appended with others."""
    calls = view.derived(Calls).by_id.values()
    ended = [each for each in calls if each.outing == outing and not each.called and moment < each.begins]
    return [Draft(STOOD_DOWN, each.label, about=each.who, body={TIMER: each.id}) for each in ended]


def enrol_words(desk: Desk, view: View, *, safe: str, duress: str) -> None:
    """Choose one's two words; nobody can read them afterwards, oneself included.

    Raises:
        BadInputError: if a word will not do.
        RefusedError: if he is out, where somebody could make him choose others, or looks at the past.
    """
    refuse_the_past(view)
    now = stamp(desk.clock())
    out = (each for each in view.derived(Calls).by_id.values() if each.who == view.reader.name)
    if any(not each.called and each.begins <= now for each in out):
        raise RefusedError("you have a call to make; choose other words once you are back")
    spoken.enrol(desk, view.reader, safe=safe, duress=duress)


def has_words(desk: Desk, view: View) -> bool:
    """Whether the reader chose his words."""
    return spoken.enrolled(desk, view.reader)


def call(desk: Desk, view: View, which: str, word: str) -> None:
    """Call in with one of one's words. Whichever it is, the same is written where the caller can see it.

    Raises:
        NotFoundError: if he has no such call to make.
        RefusedError: if the word is neither, or he called already.
    """
    timer = _found(view, which)
    if timer.who != view.reader.name:
        raise NotFoundError(_NONE)
    _speak(desk, view, timer, word, Draft(CALLED, timer.label, about=timer.who, body={TIMER: timer.id}))


def extend(desk: Desk, view: View, which: str, due: str, reason: str, *, word: str = "") -> None:
    """Put a call off. One's own takes one of one's words; whoever is on the duty line puts off that of another.

    Raises:
        NotFoundError: if the view has no such call.
        BadInputError: if the time will not do, or the reason is missing or names an agent.
        RefusedError: if he called already, the word is none of his, or it is not his to put off.
    """
    timer = _found(view, which)
    body = {TIMER: timer.id, DUE: _due(desk, due), WORDS: _quiet(view, reason)}
    draft = Draft(EXTENDED, timer.label, about=timer.who, body=body)
    if timer.who == view.reader.name:
        _speak(desk, view, timer, word, draft)
        return
    _refuse_all_but_the_line(view)
    refuse_the_past(view)
    if timer.called:
        raise RefusedError("he called in already; there is nothing to put off")
    desk.append(view.reader, [draft])


def answered(desk: Desk, view: View, which: str, *, words: str) -> None:
    """Say what was done about an alarm.

    Raises:
        NotFoundError: if the view has no such alarm.
        BadInputError: if the words are missing.
        RefusedError: if he is not on the duty line, or it is he whom the alarm is about.
    """
    refuse_the_past(view)
    alarm = next((each for each in alarms(view, all_of_them=True) if each.id == which), None)
    if alarm is None:
        raise NotFoundError("no such alarm here; the duty line's page shows all")
    _refuse_all_but_the_line(view)
    if alarm.timer.who == view.reader.name:
        raise RefusedError("the alarm is about you; somebody else answers it")
    label = DUTY_LINE if alarm.danger is Danger.DURESS else view.derived(Calls).by_id[alarm.timer.id].label
    body = {ALARM: alarm.id, WORDS: _words(words)}
    desk.append(view.reader, [Draft(ANSWERED, label, about=alarm.timer.who, body=body)])


def timers(view: View) -> tuple[Timer, ...]:
    """The safety calls of a view, those that run first, by when they are due; one's own never show one's duress."""
    found = (_shown(view, each) for each in view.derived(Calls).by_id.values())
    return tuple(sorted(found, key=lambda each: (each.state is not State.RUNNING, each.due, each.id)))


def alarms(view: View, *, all_of_them: bool = False) -> tuple[Alarm, ...]:
    """What alarms at the view's moment and nobody answered, the newest first; `all_of_them`: the answered ones too.

    Nobody is shown an alarm over his own word of duress: whoever stands beside him would read it.
    """
    calls = view.derived(Calls)
    found = (one for each in calls.by_id.values() for one in alarms_of(each, calls.answers, view.moment))
    kept = (
        replace(each, timer=_shown(view, each.timer))
        for each in found
        if (all_of_them or not each.answers)
        and not (each.danger is Danger.DURESS and each.timer.who == view.reader.name)
    )
    return tuple(sorted(kept, key=lambda each: (each.since, each.id), reverse=True))


def _shown(view: View, timer: Timer) -> Timer:
    """A timer as this reader knows it: no codeword that he does not hold, and nothing of his own duress."""
    duress = () if timer.who == view.reader.name else timer.duress
    return replace(timer, label=view.label_of(timer.label), duress=duress)


def _found(view: View, which: str) -> Timer:
    known = view.derived(Calls).by_id.get(EntryId(which))
    if known is None:
        raise NotFoundError(_NONE)
    return known


def _speak(desk: Desk, view: View, timer: Timer, word: str, draft: Draft) -> None:
    """Append what a word does, with which it was: as much is written, in as many places, for either."""
    refuse_the_past(view)
    if timer.called:
        raise RefusedError("you called in already; set another call before you go out again")
    body = {TIMER: timer.id, WORD: spoken.heard(desk, view.reader, word).value}
    told = Draft(HEARD, DUTY_LINE, about=timer.who, body=body)
    desk.append(_with_the_line(view.reader), [draft, told])


def _with_the_line(reader: Reader) -> Reader:
    """The reader, writing what the duty line alone may read."""
    return replace(reader, tokens=reader.tokens | {DUTY_LINE})


def _due(desk: Desk, text: str) -> str:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInputError(f'"{text[:40]}" is no time; write it as 2026-03-05T21:30') from error
    due = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    now = desk.clock()
    if not now < due <= now + FARTHEST:
        raise BadInputError(f"choose a time from now on, {FARTHEST.days} days ahead at most; {text[:40]} is not")
    return stamp(due)


def _words(text: str) -> str:
    kept = text.strip()
    if not kept or len(kept) > MAX_WORDS:
        raise BadInputError(f"write a few words, {MAX_WORDS} characters at most")
    return kept


def _quiet(view: View, text: str) -> str:
    """Words for the duty line, which name no agent and no compartment of whoever writes them."""
    kept = _words(text)
    told = {each.codename for each in agents(view)} | (view.reader.tokens - {DUTY_LINE})
    sought = (each for each in told if len(each) >= _SHORTEST)
    named = [each for each in sought if re.search(rf"\b{re.escape(each)}\b", kept, re.IGNORECASE)]
    if named:
        raise BadInputError(f"{min(named)} is named; the duty line reads this, write it without")
    return kept


def _refuse_all_but_the_line(view: View) -> None:
    if DUTY_LINE not in view.reader.tokens:
        raise RefusedError("this is for whoever is on the duty line; ask him")


_SHORTEST: Final = 3
"""Letters of a codeword that is looked for in words: a clearance of one letter is a word of every sentence."""
