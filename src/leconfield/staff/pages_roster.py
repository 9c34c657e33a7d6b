"""Pages of the roster: a month of it, a turn that is changed, what fell to whom, and the next one made and accepted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.view import View
from leconfield.staff import calendar_grid, rules, service
from leconfield.staff.fairness import loads, request_for
from leconfield.staff.making import Searches, turns_of
from leconfield.staff.model import LABEL, Change, Slot, Way
from leconfield.staff.profile import shipped
from leconfield.staff.state import DutyLine, is_day, line_of, turns_text
from leconfield.web.values import Column, Row
from leconfield.web.visit import Visit

_FIELDS: Final = ("day", "duty", "way", "into", "other", "reason", "overruled", "undo")
_WAYS: Final = (
    (Way.STAND_IN.value, "Somebody stands in"),
    (Way.SWAP.value, "Two swap their turns"),
    (Way.SICK.value, "He is sick"),
)
_MONTHS: Final = 182
"""Days that the table of loads looks back."""
_CHANGES: Final = 12
"""Changes that are listed, the newest first."""


def month(visit: Visit) -> Response:
    """A month of the roster; with a turn chosen, the form that changes it."""
    view = visit.view("duty roster")
    return _month(visit, view, {each: visit.asked(each) for each in _FIELDS}, "")


def _month(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    line, today = line_of(view), rules.moment_of(view.moment).date()
    asked = visit.asked("month") or (filled["day"][:7] if is_day(filled["day"]) else "")
    first = calendar_grid.month_of(asked, today)
    last = calendar_grid.turned(first, 1) - timedelta(days=1)
    acting = view.as_of is None and LABEL in view.reader.tokens
    slot = filled["day"], filled["duty"]
    undone = next((each for each in line.changes if each.entry == filled["undo"]), None)
    return visit.page(
        "staff/roster.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        on_line=LABEL in view.reader.tokens,
        acting=acting,
        line=line,
        month=first.isoformat()[:7],
        weeks=calendar_grid.grid(
            shipped(),
            line.turns,
            line.personas,
            first,
            last,
            reader=view.reader.name,
            today=today.isoformat() if acting else "",
        ),
        before=calendar_grid.turned(first, -1).isoformat()[:7],
        after=calendar_grid.turned(first, 1).isoformat()[:7],
        clashes=rules.clashes(shipped(), line.people, line.away.values(), line.turns, rules.moment_of(view.moment)),
        gaps=[rules.in_words_of(each) for each in rules.gaps(shipped(), line.turns, rules.moment_of(view.moment))],
        changing=_changing(line, slot, today) if acting and slot in line.turns else None,
        undone=_told(line, undone) if acting and undone else None,
        changes=[_told(line, each) for each in reversed(line.changes[-_CHANGES:])],
        columns=_COLUMNS,
        rows=_rows(line, today),
        filled=filled,
        fault=fault,
    )


def _changing(line: DutyLine, slot: Slot, today: date) -> dict[str, object]:
    """What the form for one turn is handed."""
    others = [
        (f"{day} {duty}", f"{rules.in_words_of((day, duty))}: {rules.short(line.persona(who))}")
        for (day, duty), who in sorted(line.turns.items())
        if who and who != line.turns[slot] and day >= today.isoformat() and duty in shipped().names
    ]
    people = [(name, each.persona) for name, each in sorted(line.people.items()) if name != line.turns[slot]]
    return {
        "words": rules.in_words_of(slot),
        "who": line.persona(line.turns[slot]) if line.turns[slot] else "",
        "ways": _WAYS,
        "people": [("", "nobody yet"), *people],
        "others": [("", "no other turn"), *others],
    }


def _told(line: DutyLine, change: Change) -> dict[str, object]:
    """A change in words."""
    moves = [
        f"{rules.in_words_of(each.slot)}: {_name(line, each.out)} to {_name(line, each.into)}" for each in change.moves
    ]
    return {"change": change, "by": line.persona(change.by), "moves": moves}


def _name(line: DutyLine, who: str) -> str:
    return rules.short(line.persona(who)) if who else "nobody"


_COLUMNS: Final = (
    Column("Who"),
    Column("Turns", "number"),
    Column("Nights", "number"),
    Column("Weekends", "number"),
    Column("Burden", "number"),
    Column("More than his share", "number"),
)


def _rows(line: DutyLine, today: date) -> list[Row]:
    """What fell to each, from half a year ago to the end of the roster."""
    since, until = (today - timedelta(days=_MONTHS)).isoformat(), line.until or today.isoformat()
    found = loads(shipped(), line, since, until, line.people)
    return [
        Row((line.persona(each.who), each.turns, each.nights, each.weekends, each.burden, f"{each.ahead:+d}"))
        for each in found
    ]


def change(visit: Visit) -> Response:
    """Change a turn, or take a change back; what was typed is kept if something is wrong with it."""
    view = visit.present("duty roster, change")
    filled = {each: visit.filled(each) for each in _FIELDS}
    try:
        said = _changed(visit, view, filled)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _month(visit, view, filled, str(error))
    return visit.back_to(f"/duty/roster?month={filled['day'][:7]}" if is_day(filled["day"]) else "/duty/roster", said)


def _changed(visit: Visit, view: View, filled: Mapping[str, str]) -> str:
    words = {each: filled[each] for each in ("reason", "overruled")}
    if filled["undo"]:
        service.undo(visit.desk, view, filled["undo"], **words)
        return "It is taken back."
    if filled["way"] not in [name for name, _ in _WAYS]:
        raise BadInputError("choose how the turn changes")
    way = Way(filled["way"])
    day, _, duty = filled["other"].partition(" ")
    service.change(
        visit.desk,
        view,
        way,
        (filled["day"], filled["duty"]),
        into=filled["into"] if way is not Way.SWAP else "",
        other=(day, duty) if way is Way.SWAP and duty else None,
        **words,
    )
    return "The turn is changed." if filled["into"] or way is Way.SWAP else "Nobody has the turn now; fill it."


def new(visit: Visit) -> Response:
    """The next roster: made piece by piece, shown, and accepted or not."""
    view = visit.view("duty roster, new")
    return _new(visit, view, visit.asked("first"), visit.asked("make") == "yes", "")


def _new(visit: Visit, view: View, asked: str, running: bool, fault: str) -> Response:
    line, today = line_of(view), rules.moment_of(view.moment).date()
    begins = asked or _next(line, today).isoformat()
    wrong, first = fault, date.fromisoformat(begins) if is_day(begins) else None
    if first is None:
        wrong = wrong or f'"{begins[:40]}" is no day; write it as 2026-03-05'
    search = None
    if first is not None and running and not fault:
        search = view.derived(Searches).gone_on(request_for(shipped(), line, first))
        wrong = search.fault
    done = search is not None and search.done and not wrong and first is not None
    proposed = turns_of(search.found, first) if done and search and first else {}
    response = visit.page(
        "staff/roster_new.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        on_line=LABEL in view.reader.tokens,
        acting=view.as_of is None,
        people=len(line.people),
        first=begins,
        progress=round(search.progress * 100) if search and not search.done else None,
        proposed=turns_text(proposed.items()),
        weeks=calendar_grid.grid(
            shipped(),
            proposed,
            line.personas,
            first,
            first + timedelta(days=shipped().days - 1),
            reader=view.reader.name,
            today="",
        )
        if proposed and first
        else [],
        spread=search.found.spread if done and search else 0,
        fault=wrong,
    )
    if search and not search.done:
        response.headers["Refresh"] = "0"
    return response


def _next(line: DutyLine, today: date) -> date:
    """The day after the last that has a roster; where there is none, the next Monday."""
    if line.until >= today.isoformat():
        return date.fromisoformat(line.until) + timedelta(days=1)
    return today + timedelta(days=7 - today.weekday())


def accept(visit: Visit) -> Response:
    """Accept a roster that was made."""
    view = visit.present("duty roster, accept")
    first = visit.filled("first")
    try:
        service.accept(visit.desk, view, first, visit.filled("turns").replace("\r\n", "\n"))
    except (BadInputError, RefusedError) as error:
        return _new(visit, view, first, running=False, fault=str(error))
    return visit.back_to(f"/duty/roster?month={first[:7]}", "The roster stands.")
