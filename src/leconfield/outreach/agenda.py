"""What happens at the window, and when: embargoes, instants of rounds, vacancies, challenges. Read from a view."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.bundles import challenges, rounds, vacancies
from leconfield.gate.bundles.orders import Order
from leconfield.gate.release import forms, sealing
from leconfield.gate.release.model import Release, State
from leconfield.gate.release.state import releases
from leconfield.ledger.desk import Desk
from leconfield.ledger.view import View
from leconfield.outreach.orders import orders_of
from leconfield.outreach.outward import PUBLIC

_MONTH: Final = len("2026-08")
_MILESTONES: Final[Mapping[str, str]] = {
    "opens": "Challenge opens",
    "briefing": "Briefing on a challenge",
    "questions_until": "Last questions on a challenge",
    "answers": "Answers on a challenge appear",
    "closes": "Challenge closes",
    "decision": "Decision on a challenge",
    "pitch": "Pitch day",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens at an instant, by itself or because it was promised."""

    at: str
    """A stamp, UTC; a day (ISO) where no hour is said."""
    what: str
    """In words: `Vacancy closes`."""
    title: str
    url: str
    area: str
    """`release`, `round`, `vacancy` or `challenge`."""

    @property
    def day(self) -> str:
        """The day on which it happens."""
        return self.at[:10]

    @property
    def hour(self) -> str:
        """The hour and minute; empty where a day alone is said."""
        return self.at[11:16]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month's grid."""

    day: str
    number: int
    within: bool
    """Whether it is of the month itself."""
    happenings: tuple[Happening, ...]


def happenings(desk: Desk, view: View) -> tuple[Happening, ...]:
    """Everything with an instant that the view knows of, the earliest first."""
    known = {sealing.public_id(desk, each.id): each for each in releases(view).by_id.values()}
    found = [*_embargoes(known.values()), *_ordered(view, known)]
    return tuple(sorted(set(found), key=lambda each: (each.at, each.what, each.title, each.url)))


def ahead(found: Iterable[Happening], now: str, most: int) -> tuple[Happening, ...]:
    """Those that are still to come, at most so many."""
    return tuple(each for each in found if each.at > now[: len(each.at)])[:most]


def month_of(words: str, now: str) -> str:
    """A month as it stands in an address (`2026-08`), or this one.

    Raises:
        BadInputError: if it is none.
    """
    if not words:
        return now[:_MONTH]
    try:
        return datetime.strptime(words, "%Y-%m").strftime("%Y-%m")  # noqa: DTZ007 - a month has no zone
    except ValueError:
        raise BadInputError(f'"{words[:20]}" is no month; write it as 2026-08') from None


def beside(month: str, steps: int) -> str:
    """The month so many before or after."""
    year, number = (int(each) for each in month.split("-"))
    at = year * 12 + number - 1 + steps
    return f"{at // 12:04d}-{at % 12 + 1:02d}"


def weeks(month: str, found: Sequence[Happening]) -> tuple[tuple[Day, ...], ...]:
    """The grid of a month, Mondays first, each day with what happens on it."""
    year, number = (int(each) for each in month.split("-"))
    days = calendar.Calendar().monthdatescalendar(year, number)
    return tuple(tuple(_day(each, number, found) for each in week) for week in days)


def _day(day: date, month: int, found: Sequence[Happening]) -> Day:
    written = day.isoformat()
    return Day(written, day.day, day.month == month, tuple(each for each in found if each.day == written))


def _embargoes(known: Iterable[Release]) -> Iterator[Happening]:
    for each in known:
        content = each.content
        if content.audience == PUBLIC and content.embargo and each.state is not State.WITHDRAWN:
            title = content.title or forms.in_words(content.form)
            yield Happening(content.embargo[:19], "Embargo ends", title, f"/window/released/{each.id}", "release")


def _ordered(view: View, known: Mapping[str, Release]) -> Iterator[Happening]:
    for (kind, about), issued in orders_of(view).items():
        read = _READ.get(kind)
        if read is None:
            continue
        try:
            release, instants = read(issued.order)
        except (BadInputError, DamagedError):
            continue
        announced = known.get(release)
        title = announced.content.title if announced else ""
        area, url = _AREAS[kind]
        for what, at in instants:
            yield Happening(at[:19], what, title, f"{url}/{about}", area)


_Instants = Sequence[tuple[str, str]]
_AREAS: Final[Mapping[str, tuple[str, str]]] = {
    rounds.ROUND: ("round", "/window/rounds"),
    vacancies.ORDER: ("vacancy", "/window/recruiting"),
    challenges.KIND: ("challenge", "/window/challenges"),
}


def _of_round(order: Order) -> tuple[str, _Instants]:
    told = rounds.round_in(order.body)
    instants = (
        ("Round opens", told.opens),
        ("Round closes", told.closes),
        ("Answers of a round are due", told.due),
        ("Answers of a round appear", told.publishes),
    )
    return told.announcement, [(what, rounds.written(at)) for what, at in instants]


def _of_vacancy(order: Order) -> tuple[str, _Instants]:
    told = vacancies.vacancy_in(order.about, order.body)
    stages = [(f"Applicants hear: {each.id}", each.by.isoformat()) for each in told.stages if each.by]
    instants = [("Vacancy opens", rounds.written(told.opens)), ("Vacancy closes", rounds.written(told.closes))]
    return told.release, [*instants, *stages]


def _of_challenge(order: Order) -> tuple[str, _Instants]:
    told = challenges.challenge_in(order)
    return told.release, [(_MILESTONES[name], at) for name, at in told.dates.milestones()]


_READ: Final[Mapping[str, Callable[[Order], tuple[str, _Instants]]]] = {
    rounds.ROUND: _of_round,
    vacancies.ORDER: _of_vacancy,
    challenges.KIND: _of_challenge,
}
