"""Bundles over the form: what they say is shown with its grades and labels, and taken in when that is confirmed.

To read one may take a while, during which nobody else waits: only the moment in which a view is opened is locked.
"""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus
from itertools import islice
from pathlib import PurePath
from typing import Final

from starlette.responses import Response

from leconfield.desk.exchange import service, waiting
from leconfield.desk.exchange.stix_reading import MOST_BYTES, read_bundle
from leconfield.desk.exchange.taking import Profile, Said, Taken, taken
from leconfield.errors import LeconfieldError
from leconfield.intake.filing import Terms, as_text
from leconfield.intake.typed import held_by, terms_typed
from leconfield.ledger.labels import parse
from leconfield.ledger.vocabulary import LINKS, NAMES, SCHEMATA, words_for
from leconfield.web.visit import Visit, get, post

WHAT: Final = "bundle"
SHOWN: Final = 40
"""Statements that are shown before a bundle is taken in."""
FIELDS: Final = ("source", "grade", "label")


@dataclass(frozen=True, slots=True)
class Line:
    """A statement of a bundle as it will be taken in."""

    subject: str
    words: str
    grade: str
    label: str
    when: str


def bringing(visit: Visit) -> Response:
    """The form to hand a bundle over with."""
    return _form(visit, dict.fromkeys(FIELDS, ""), {})


def _form(visit: Visit, filled: dict[str, str], faults: dict[str, str]) -> Response:
    status = HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK
    return visit.page("desk/exchange_bundle.html", status, filled=filled, faults=faults, held=held_by(visit))


def preview(visit: Visit) -> Response:
    """Show what a bundle says, and what of it is not taken; nothing is taken in yet."""
    filled = {**{name: visit.filled(name) for name in FIELDS}, "channel": service.CHANNEL}
    faults, terms = terms_typed(visit, filled)
    name, content = _handed_over(visit)
    if not content:
        faults["bundle"] = "Choose a bundle, or paste one."
    if not faults and terms is not None:
        try:
            return _shown(visit, waiting.Waiting(name, io.BytesIO(content), terms), {})
        except LeconfieldError as error:
            faults["bundle"] = str(error)
    return _form(visit, filled, faults)


def _handed_over(visit: Visit) -> tuple[str, bytes]:
    uploads = visit.files("bundle")
    if uploads:
        return as_text(PurePath(uploads[0].filename or "bundle").name)[:120], uploads[0].file.read(MOST_BYTES + 1)
    return "pasted.json", visit.filled("pasted").strip().encode(errors="replace")


def again(visit: Visit) -> Response:
    """Show it again, with the labels that its markings were given."""
    mine = waiting.found(visit.desk, visit.reader.name, WHAT, visit.filled("token"))
    return _shown(visit, mine, _markings(visit))


def _shown(visit: Visit, mine: waiting.Waiting, given: dict[str, str]) -> Response:
    found = _taken(mine)
    theirs = sorted({each for one in found.said for each in one.markings})
    labels = {each: given.get(each, _proposed(visit, each)) for each in theirs}
    faults = _faults(visit, mine.terms, labels)
    usable = {each: "" if each in faults else label for each, label in labels.items()}
    waiting.put(visit.desk, visit.reader.name, WHAT, mine)
    context = {
        "mine": mine,
        "found": found,
        "lines": _lines(found, _profile(mine.terms, usable)),
        "markings": [(place, each, labels[each], faults.get(each, "")) for place, each in enumerate(theirs)],
        "counts": Counter(each for one in found.said for each in one.markings),
        "schemata": _schemata(found),
        "held": held_by(visit),
        "faults": faults,
    }
    return visit.page(
        "desk/exchange_bundle_preview.html", HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK, **context
    )


def take_in(visit: Visit) -> Response:
    """Take the bundle in that waits, under the labels given: all of it or nothing."""
    mine = waiting.found(visit.desk, visit.reader.name, WHAT, visit.filled("token"))
    given = _markings(visit)
    if _faults(visit, mine.terms, given):
        return _shown(visit, mine, given)
    with visit.house.lock:
        view = visit.present("take in a bundle", mine.filename)
    mine = waiting.claimed(visit.desk, visit.reader.name, WHAT, mine.token)
    profile = _profile(mine.terms, given)
    mine.content.seek(0)
    outcome = service.take_in(visit.desk, view, mine.filename, mine.content.read(), profile, mine.terms.source)
    return visit.back_to(f"/reports/{outcome.report}", f"{outcome.outcome.capitalize()}.")


def _taken(mine: waiting.Waiting) -> Taken:
    mine.content.seek(0)
    return taken(read_bundle(mine.content.read()), mine.terms.grade)


def _profile(terms: Terms, markings: dict[str, str]) -> Profile:
    return Profile(terms.grade, terms.label, markings)


def _markings(visit: Visit) -> dict[str, str]:
    """The label that each marking was given in the form."""
    return {
        visit.filled(f"marking-{place}"): visit.filled(f"label-{place}").strip()
        for place in range(200)
        if visit.filled(f"marking-{place}")
    }


def _proposed(visit: Visit, marking: str) -> str:
    """The marking itself where it is a label that he holds; else nothing beside that of the whole."""
    try:
        visit.desk.check_writable(visit.reader, marking)
        parse(marking)
    except LeconfieldError:
        return ""
    return marking


def _faults(visit: Visit, terms: Terms, labels: dict[str, str]) -> dict[str, str]:
    faults = {}
    for marking, label in labels.items():
        try:
            visit.desk.check_writable(visit.reader, _profile(terms, {marking: label}).label_for([marking]))
        except LeconfieldError as error:
            faults[marking] = str(error)
    return faults


def _lines(found: Taken, profile: Profile) -> list[Line]:
    called = {each.subject: each.value for each in reversed(found.said) if each.prop in NAMES}
    return [_line(each, called, profile) for each in islice(found.said, SHOWN)]


def _line(each: Said, called: dict[str, str], profile: Profile) -> Line:
    value = called.get(each.value, "one without a name") if each.prop in LINKS else each.value
    denied = "" if each.assertion.plain else f" ({each.assertion.polarity}, {each.assertion.modality})"
    return Line(
        called.get(each.subject, SCHEMATA[each.schema]),
        f"{words_for(each.prop)} {value[:300]}{denied}",
        str(each.grade),
        profile.label_for(each.markings),
        each.held.words,
    )


def _schemata(found: Taken) -> list[tuple[str, int]]:
    counts = Counter({each.subject: each.schema for each in found.said}.values())
    return sorted((SCHEMATA[schema], n) for schema, n in counts.items())


ROUTES: Final = [
    get("/exchange/bundle", bringing),
    post("/exchange/bundle", preview, reads=False),
    post("/exchange/bundle/again", again, reads=False),
    post("/exchange/bundle/take-in", take_in, reads=False),
]
