"""The form by which an officer records what a report says of a subject, with the words of the report that say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Final, TypeVar

from starlette.responses import Response

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError
from leconfield.ledger.labels import all_of
from leconfield.ledger.model import Report, SubjectId
from leconfield.ledger.times import Held, check_partial
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import EVENT, LINKS, PROPERTIES
from leconfield.registry import service
from leconfield.registry.chips import name_of
from leconfield.registry.lookup import records_in, subject_at
from leconfield.registry.service import Said
from leconfield.registry.subjects import Subject
from leconfield.web.visit import Visit

T = TypeVar("T")

FIELDS: Final = ("prop", "value", "report", "quote", "since", "until", "label")
LONGEST_QUOTE: Final = 2000
_NOTHING: Final[Mapping[str, str]] = {}
_OF_INCIDENTS: Final = frozenset({"perpetrator", "target", "victim", "weapon", "incidentType", "stage"})
_TIMES: Final = ("since", "until")
_UNWRITTEN: Final = frozenset({"latitude", "longitude"})
_ADDRESS: Final = re.compile(r"^.*/(?:subjects|reports)/([^/?#]+).*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Form:
    """What the form is handed."""

    props: tuple[tuple[str, str], ...]
    """What can be said of such a subject: properties, and what people call them."""
    filled: Mapping[str, str]
    faults: Mapping[str, str]
    """What is wrong, by field."""


def form_of(subject: Subject, filled: Mapping[str, str] = _NOTHING, faults: Mapping[str, str] = _NOTHING) -> Form:
    """The form for that subject, with what was typed and what is wrong with it."""
    props = [
        (name, f"{each.words} (a subject)" if each.link else each.words)
        for name, each in sorted(PROPERTIES.items(), key=lambda item: (item[1].link, item[1].words))
        if name not in _UNWRITTEN and (subject.schema == EVENT or name not in _OF_INCIDENTS)
    ]
    return Form(tuple(props), {**dict.fromkeys(FIELDS, ""), "prop": "alias", **filled}, faults)


def record_it(visit: Visit) -> Response:
    """Record a statement; what was typed is kept if something is wrong with it."""
    view = visit.present("record", visit.part("id"))
    subject = subject_at(view, visit.part("id"))
    filled = {name: visit.filled(name).strip() for name in FIELDS}
    draft = _Draft(view, subject, filled)
    if not draft.faults:
        draft.tried("label", lambda: visit.desk.check_writable(view.reader, draft.label))
    if not draft.faults:
        draft.tried("value", lambda: draft.append(visit))
    if draft.faults:
        form, status = form_of(subject, filled, draft.faults), HTTPStatus.BAD_REQUEST
        return visit.page("registry/record.html", status, subject=subject, name=name_of(subject), recording=form)
    return visit.back_to(f"/subjects/{subject.id}", "Recorded, with the words that say so.")


class _Draft:
    """What was typed, taken apart; `faults` says what is wrong with which field."""

    def __init__(self, view: View, subject: Subject, filled: dict[str, str]) -> None:
        self.faults: dict[str, str] = {}
        self._subject = subject
        self._filled = filled
        self._prop = self.tried("prop", lambda: _property(filled["prop"])) or ""
        self._record = _record_of(view, subject)
        self._other = self.tried("value", lambda: self._end(view)) if self._prop in LINKS else None
        self._report = self.tried("report", lambda: _report(view, filled["report"]))
        self._span = self.tried("quote", lambda: _span(self._report, filled["quote"])) or (-1, -1)
        self._held = Held(*(self.tried(each, partial(_date, filled[each])) or "" for each in _TIMES))
        self.tried("until", lambda: _in_order(self._held))
        self.label = self.tried("label", lambda: self._label(view)) or ""

    def tried(self, field: str, act: Callable[[], T]) -> T | None:
        """What `act` gives; if it will not do, the field has that fault."""
        try:
            return act()
        except LeconfieldError as error:
            self.faults.setdefault(field, str(error))
            return None

    def append(self, visit: Visit) -> None:
        """Record it.

        Raises:
            BadInputError: if the property cannot have that value.
        """
        assert self._report is not None
        said = Said(self._prop, self._other or self._filled["value"], *self._span, held=self._held)
        schema = self._subject.schema
        service.record(visit.desk, visit.reader, self._record, schema, [said], self._report, label=self.label)

    def _end(self, view: View) -> SubjectId:
        other = subject_at(view, _id_in(self._filled["value"]))
        if other.id == self._subject.id:
            raise BadInputError("a subject cannot be linked to itself; write the id of another")
        return _record_of(view, other)

    def _label(self, view: View) -> str:
        typed = self._filled["label"]
        if self._report is None:
            return typed
        least = service.label_for(view, self._report, [self._record, *([self._other] if self._other else [])])
        return all_of({least, typed}) if typed else least


def _record_of(view: View, subject: Subject) -> SubjectId:
    """The record that an officer speaks of: the first registered one, which no later judgement takes from its name."""
    return next((each.id for each in records_in(view.world, subject) if each.registered), subject.id)


def _id_in(typed: str) -> str:
    """The id that was typed, or stands in the address of the page that was pasted."""
    return _ADDRESS.sub(r"\1", typed)


def _property(typed: str) -> str:
    if typed not in PROPERTIES:
        raise BadInputError(f'"{typed}" is no property; choose one of the list')
    return typed


def _report(view: View, typed: str) -> Report:
    if not typed:
        raise BadInputError("say which report: its id, or the address of its page")
    return view.report(_id_in(typed))


def _span(report: Report | None, quote: str) -> tuple[int, int]:
    """Where the quoted words stand in the report; how they are broken into lines does not matter."""
    if report is None:
        return -1, -1
    if not quote or len(quote) > LONGEST_QUOTE:
        raise BadInputError(f"quote the words that say so, {LONGEST_QUOTE:,} characters at most")
    found = re.search(r"\s+".join(re.escape(word) for word in quote.split()), report.text)
    if found is None:
        raise NotFoundError("these words do not stand in that report; copy them from it as they are")
    return found.start(), found.end()


def _date(typed: str) -> str:
    return check_partial(typed) if typed else ""


def _in_order(held: Held) -> None:
    if held.earliest and held.latest and held.latest < held.earliest:
        raise BadInputError(f'"{held.end}" is before "{held.start}"; change the two or leave one empty')
