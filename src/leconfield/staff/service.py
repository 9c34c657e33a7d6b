"""Acts of the duty line: put people on it, accept a roster, change a turn, take an alarm, hand over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from leconfield.agents import safety
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId
from leconfield.ledger.view import View
from leconfield.staff import rules
from leconfield.staff.fairness import request_for
from leconfield.staff.model import (
    ACCEPTED,
    AWAY,
    BACK,
    CHANGED,
    HANDED_OVER,
    LABEL,
    PUT,
    RAISED,
    TAKEN,
    TAKEN_OFF,
    Change,
    Move,
    Slot,
    Way,
)
from leconfield.staff.profile import shipped
from leconfield.staff.state import DutyLine, is_day, line_of, turns_in, turns_text
from leconfield.staff.turns import share

MAX_WORDS: Final = 2000
_NAME: Final = re.compile(r"[a-z][a-z0-9.-]{0,31}")
_FAULTS_TOLD: Final = 5


def signing_name(text: str) -> str:
    """The name that somebody signs in with, as it was typed.

    Raises:
        BadInputError: if it is none.
    """
    name = text.strip().lower()
    if not _NAME.fullmatch(name):
        raise BadInputError(f'"{name[:40]}" is no name that one signs in with; small letters, digits, dots and hyphens')
    return name


def put_on(desk: Desk, view: View, *, who: str, persona: str, duties: Iterable[str], reach: str = "") -> None:
    """Put somebody on the line, or change which duties he takes.

    Raises:
        BadInputError: if the name is none that one signs in with, or a duty is none of the line.
        RefusedError: if whoever acts is not on the line, or looks at the past.
    """
    name, taken = signing_name(who), sorted(set(duties))
    if not taken:
        raise BadInputError("choose at least one duty that he takes")
    for each in taken:
        shipped().duty(each)
    body = {"persona": in_words(persona, "his persona", 80), "duties": " ".join(taken), "reach": _line(reach)}
    _append(desk, view, PUT, {"who": name, **body})


def take_off(desk: Desk, view: View, who: str, reason: str) -> None:
    """Take somebody off the line, once others have his turns.

    Raises:
        NotFoundError: if he is not on it.
        RefusedError: if turns to come are his.
    """
    line = line_of(view)
    if who not in line.people:
        raise NotFoundError("nobody of that name is on the line here; look at the list of its people")
    moment = rules.moment_of(view.moment)
    ahead = [slot for slot in _own(line, who) if rules.span(shipped(), slot)[1] > moment]
    if ahead:
        raise RefusedError(
            f"{line.persona(who)} has {len(ahead)} turns to come, the {rules.in_words_of(ahead[0])} first; "
            "give them to others before"
        )
    _append(desk, view, TAKEN_OFF, {"who": who, "reason": in_words(reason, "your reason", MAX_WORDS)})


def away(desk: Desk, view: View, who: str, first: str, last: str) -> tuple[str, ...]:
    """Write down days on which somebody is not there; nobody asks why. Turns of his on those days, in words.

    Raises:
        BadInputError: if they are no days, or too many.
        NotFoundError: if he is not on the line.
    """
    line = line_of(view)
    if who not in line.people:
        raise NotFoundError("nobody of that name is on the line here; look at the list of its people")
    begin, end = _day(first), _day(last or first)
    if not begin <= end <= begin + timedelta(days=366):
        raise BadInputError("the last day lies before the first, or more than a year after it; correct them")
    _append(desk, view, AWAY, {"who": who, "first": begin.isoformat(), "last": end.isoformat()})
    days = begin.isoformat(), end.isoformat()
    return tuple(rules.in_words_of(slot) for slot in _own(line, who) if days[0] <= slot[0] <= days[1])


def back(desk: Desk, view: View, which: str) -> None:
    """Take days away back.

    Raises:
        NotFoundError: if there are none by that id.
    """
    if EntryId(which) not in line_of(view).away:
        raise NotFoundError("no such days away here; look at the list of people")
    _append(desk, view, BACK, {"away": which})


def accept(desk: Desk, view: View, first: str, turns: str) -> None:
    """Accept a roster, as `turns_text` writes it: one entry holds it whole.

    Raises:
        BadInputError: if it is none.
        RefusedError: if it does not keep to the rules, with what it breaks.
    """
    refuse_the_past(view)
    line, begin, proposed = line_of(view), _day(first), turns_in(turns)
    days = {(begin + timedelta(days=n)).isoformat() for n in range(shipped().days)}
    if not proposed or {day for day, _ in proposed} != days:
        raise BadInputError(f"this is no roster of {shipped().days} days from {begin}; make it anew")
    found = list(rules.faults(shipped(), line.people, line.away.values(), line.turns, proposed))
    if found:
        more = f"; and {len(found) - _FAULTS_TOLD} more" if len(found) > _FAULTS_TOLD else ""
        raise RefusedError(f"{'; '.join(found[:_FAULTS_TOLD])}{more}; make the roster anew")
    request = request_for(shipped(), line, begin)
    people = "\n".join(
        f"{each.name} {share(request, each)} {' '.join(sorted(line.people[each.name].duties))}"
        for each in request.officers
    )
    body = {"first": begin.isoformat(), "days": str(len(days)), "turns": turns_text(proposed.items()), "people": people}
    _append(desk, view, ACCEPTED, body)


def change(
    desk: Desk,
    view: View,
    way: Way,
    slot: Slot,
    *,
    into: str,
    other: Slot | None = None,
    reason: str,
    overruled: str = "",
) -> None:
    """Change who has a turn: somebody stands in, two swap, or one is sick; and nobody may have it only if one is sick.

    Raises:
        NotFoundError: if there is no such turn.
        BadInputError: if the reason is missing, or whose turn it becomes.
        RefusedError: if the turn is over, or it breaks a rule and nobody says why it stands all the same.
    """
    line = line_of(view)
    if way is Way.UNDO or (way is Way.SWAP) != (other is not None):
        raise BadInputError(
            "choose how the turn changes: somebody stands in, two swap (then say which), or one is sick"
        )
    moves = [Move(slot, _holder(line, slot), into)]
    if other is not None:
        moves = [
            Move(slot, _holder(line, slot), _holder(line, other)),
            Move(other, _holder(line, other), _holder(line, slot)),
        ]
        if "" in (moves[0].out, moves[0].into):
            raise BadInputError("nobody has one of these turns; somebody stands in instead")
    if not moves[0].into and way is not Way.SICK:
        raise BadInputError("say who has the turn then")
    if moves[0].into == moves[0].out:
        has = f"{line.persona(moves[0].out)} has" if moves[0].out else "nobody has"
        raise BadInputError(f"{has} it already; choose somebody else")
    _change(desk, view, line, way, moves, reason, overruled, "")


def undo(desk: Desk, view: View, which: str, *, reason: str, overruled: str = "") -> None:
    """Take a change back, by another one.

    Raises:
        NotFoundError: if there is no such change.
        RefusedError: if what it changed was changed again since, or is over.
    """
    line = line_of(view)
    made = found_change(line, which)
    moves = [Move(each.slot, each.into, each.out) for each in made.moves]
    for each in moves:
        if _holder(line, each.slot) != each.out:
            has = line.turns[each.slot]
            now = f"{line.persona(has)} has" if has else "nobody has"
            raise RefusedError(f"since then {now} the {rules.in_words_of(each.slot)}; change that turn instead")
    _change(desk, view, line, Way.UNDO, moves, reason, overruled, made.entry)


def found_change(line: DutyLine, which: str) -> Change:
    """The change by its entry.

    Raises:
        NotFoundError: if there is none.
    """
    found = next((each for each in line.changes if each.entry == which), None)
    if found is None:
        raise NotFoundError("no such change here; look at the roster")
    return found


def _change(
    desk: Desk, view: View, line: DutyLine, way: Way, moves: Sequence[Move], reason: str, overruled: str, undoes: str
) -> None:
    moment = rules.moment_of(view.moment)
    for each in moves:
        if rules.span(shipped(), each.slot)[1] <= moment:
            raise RefusedError(f"the {rules.in_words_of(each.slot)} is over; it stays as it was")
    then = {**line.turns, **{each.slot: each.into for each in moves}}
    broken = [
        breach
        for each in moves
        if each.into
        for breach in rules.breaches(shipped(), line.people, line.away.values(), then, each.into, each.slot)
    ]
    told = "; ".join(dict.fromkeys(each.words for each in broken))
    if any(each.hard for each in broken):
        raise RefusedError(told)
    if broken and not overruled.strip():
        raise RefusedError(f"{told}; choose somebody else, or say why it stands all the same")
    body = {
        "way": way.value,
        "out": turns_text((each.slot, each.out) for each in moves),
        "into": turns_text((each.slot, each.into) for each in moves),
        "reason": in_words(reason, "the reason", MAX_WORDS),
        "breaks": "\n".join(dict.fromkeys(each.words for each in broken)),
        "overruled": in_words(overruled, "why it stands", MAX_WORDS) if broken else "",
        "undoes": undoes,
    }
    _append(desk, view, CHANGED, body)


def take_alarm(desk: Desk, view: View, which: str) -> None:
    """Take an alarm: it is mine, nobody further is asked for a while.

    Raises:
        NotFoundError: if there is no such alarm to answer.
        RefusedError: if whoever acts is not on the line, or the alarm is about him.
    """
    _handle(desk, view, which, TAKEN)


def raise_alarm(desk: Desk, view: View, which: str) -> None:
    """Have the next one asked at once. Raises what `take_alarm` does."""
    _handle(desk, view, which, RAISED)


def _handle(desk: Desk, view: View, which: str, kind: str) -> None:
    alarm = next((each for each in safety.alarms(view) if each.id == which), None)
    if alarm is None:
        raise NotFoundError("no such alarm here, or somebody answered it; look at the duty line's page again")
    if alarm.timer.who == view.reader.name:
        raise RefusedError("the alarm is about you; somebody else takes it")
    _append(desk, view, kind, {}, about=alarm.id)


def hand_over(desk: Desk, view: View, words: str) -> None:
    """Tell whoever comes after one.

    Raises:
        BadInputError: if there are no words.
    """
    _append(desk, view, HANDED_OVER, {"words": in_words(words, "what he must know", MAX_WORDS)})


def _append(desk: Desk, view: View, kind: str, body: dict[str, str], about: str = "") -> None:
    refuse_the_past(view)
    if LABEL not in view.reader.tokens:
        raise RefusedError("this is for those on the duty line; ask one of them")
    kept = {name: each for name, each in body.items() if each}
    desk.append(view.reader, [Draft(kind, LABEL, about=about, body=kept)])


def _own(line: DutyLine, who: str) -> list[Slot]:
    return sorted(slot for slot, has in line.turns.items() if has == who and slot[1] in shipped().names)


def _holder(line: DutyLine, slot: Slot) -> str:
    if slot not in line.turns or slot[1] not in shipped().names:
        raise NotFoundError("no such turn here; look at the roster")
    return line.turns[slot]


def _day(text: str) -> date:
    if not is_day(text.strip()):
        raise BadInputError(f'"{text[:40]}" is no day; write it as 2026-03-05')
    return date.fromisoformat(text.strip())


def _line(text: str) -> str:
    kept = text.strip()
    if kept and (not kept.isprintable() or len(kept) > _LONGEST_LINE):
        raise BadInputError("how he is reached is one line, such as an extension")
    return kept


_LONGEST_LINE: Final = 60
