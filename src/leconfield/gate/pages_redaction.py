"""Officers' pages of redaction: a text with its bars, each with its reason; lifted, added to, and written anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError
from leconfield.gate.redaction import service
from leconfield.gate.redaction.model import By, Mode, Reason, Redacted, Redaction
from leconfield.gate.redaction.rebuilding import KINDS, text_of
from leconfield.gate.redaction.service import Asked, Word
from leconfield.gate.release import profile
from leconfield.ledger.view import View
from leconfield.web.downloads import download
from leconfield.web.visit import Visit, get, post

SHOWN: Final = 50
"""Reports to choose from, the newest first."""
MAX_FILE: Final = 32 * 2**20
MOST_ROWS: Final = 180
"""Rows of the form: a form has so many fields at the most."""
_YES: Final = "yes"
_GIVEN: Final = {each: f"redacted.{each}" for each in KINDS}
_FIELDS: Final = ("text", "mode", "label", "about", "audience")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text as it will leave, with the redaction that stands there."""

    words: str
    mask: Redaction | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Words that are masked or lifted wherever they stand."""

    words: str
    reason: str
    by: str = ""
    times: int = 0
    lifted: bool = False
    why: str = ""
    fixed: bool = False
    """Whether the desk guards them: nobody lifts that here."""


def first(visit: Visit) -> Response:
    """The form that takes a text, empty or with that of a report."""
    view = visit.view("redact", visit.asked("report"))
    report = visit.asked("report")
    filled = dict.fromkeys(_FIELDS, "")
    if report:
        found = view.report(report)
        filled |= {"text": found.text, "about": found.id, "label": found.label}
    return _page(visit, view, filled, (), (), "")


def act(visit: Visit) -> Response:
    """Look at a text with its bars, give it out as a new file, or begin a release of it."""
    wanted = visit.filled("do", "look")
    if wanted not in ("look", "release", *KINDS):
        raise BadInputError(f'"{wanted[:20]}" is nothing that is done with a text; choose look, release, txt or pdf')
    view = visit.view("redact") if wanted == "look" else visit.present(f"redact, {wanted}", visit.filled("about"))
    filled = {each: visit.filled(each) for each in _FIELDS}
    lifts, adds = _lifts(visit), _adds(visit)
    try:
        filled["text"] = _text(visit)
        asked = _asked(filled, lifts, adds)
        if filled["about"]:
            view.report(filled["about"])
        if wanted == "release":
            which = service.begin(visit.desk, view, asked, filled["audience"], filled["label"])
            return visit.back_to(f"/releases/{which}/edit", "Begun. The gate has not seen it yet.")
        if wanted != "look":
            return download(service.give(visit.desk, view, asked, wanted, filled["label"]), _GIVEN[wanted])
        service.look(view, asked)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _page(visit, view, filled, lifts, adds, str(error))
    return _page(visit, view, filled, lifts, adds, "")


def _text(visit: Visit) -> str:
    """The text of the form, or of the file that was chosen."""
    files = visit.files("file")
    if not files:
        return visit.filled("text").replace("\r\n", "\n")
    held = files[0].file.read(MAX_FILE + 1)
    if len(held) > MAX_FILE:
        raise BadInputError(f"the file has more than {MAX_FILE // 2**20} MB; save it without its pictures")
    return text_of(held, files[0].filename or "")[0]


def _lifts(visit: Visit) -> tuple[Row, ...]:
    """Rows that somebody wants lifted."""
    return tuple(
        Row(visit.filled(f"word-{n}"), visit.filled(f"had-{n}"), lifted=True, why=visit.filled(f"why-{n}"))
        for n in range(MOST_ROWS)
        if visit.filled(f"lift-{n}") == _YES and visit.filled(f"word-{n}").strip()
    )


def _adds(visit: Visit) -> tuple[Row, ...]:
    """Rows that somebody wants masked."""
    return tuple(
        Row(visit.filled(f"add-{n}").strip(), visit.filled(f"code-{n}"), why=visit.filled(f"because-{n}"))
        for n in range(MOST_ROWS)
        if visit.filled(f"add-{n}").strip()
    )


def _asked(filled: Mapping[str, str], lifts: Sequence[Row], adds: Sequence[Row]) -> Asked:
    """What the form asks for.

    Raises:
        BadInputError: if mode or a reason code is none.
    """
    if (filled["mode"] or Mode.PROTECT) not in set(Mode):
        raise BadInputError(f'"{filled["mode"][:20]}" is no mode; choose {", ".join(Mode)}')
    for each in adds:
        if each.reason not in set(Reason):
            raise BadInputError(f'"{each.reason[:20]}" is no reason code; choose {", ".join(Reason)}')
    wanted = [Word(each.words, mask=True, why=each.why, reason=Reason(each.reason)) for each in adds]
    wanted += [Word(each.words, mask=False, why=each.why) for each in lifts]
    return Asked(filled["text"], Mode(filled["mode"] or Mode.PROTECT), tuple(wanted), filled["about"])


def _page(
    visit: Visit, view: View, filled: Mapping[str, str], lifts: Sequence[Row], adds: Sequence[Row], fault: str
) -> Response:
    done = _done(view, filled, lifts, adds)
    return visit.page(
        "gate/redact.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        filled={**filled, "mode": filled["mode"] or Mode.PROTECT.value, "label": filled["label"] or view.own_label},
        pieces=list(_pieces(done)) if done else [],
        rows=_rows(done, lifts, adds) if done else [],
        adds=[*adds, Row("", Reason.ORDERED.value)] if done else [],
        done=done,
        codes=[(each.value, each.value) for each in Reason],
        modes=[(Mode.PROTECT.value, "Protect: rather too much"), (Mode.PUBLISH.value, "Publish: rather too little")],
        kinds=[(each, each.upper()) for each in KINDS],
        audiences=[(each.id, each.name) for each in profile.shipped().audiences.values()],
        reports=view.reports()[:SHOWN] if not done else [],
        recorded=[(each, service.counts_in(each)) for each in service.records(view)[:SHOWN]] if not done else [],
        holds=", ".join(sorted(view.reader.tokens)) or "no tokens",
        fault=fault,
        acting=view.as_of is None,
    )


def _done(view: View, filled: Mapping[str, str], lifts: Sequence[Row], adds: Sequence[Row]) -> Redacted | None:
    """The text with its bars; None while there is none, or it will not do."""
    if not filled["text"].strip():
        return None
    try:
        return service.look(view, _asked(filled, lifts, adds))
    except BadInputError:
        return None


def _pieces(done: Redacted) -> Iterator[Piece]:
    at = 0
    for each in done.redactions:
        if each.start > at:
            yield Piece(done.original[at : each.start])
        yield Piece(each.words, each)
        at = each.end
    if at < len(done.original):
        yield Piece(done.original[at:])


def _rows(done: Redacted, lifts: Sequence[Row], adds: Sequence[Row]) -> list[Row]:
    """What is masked, the same words in one row, in the order of the text; what was lifted first."""
    asked_for = {" ".join(each.words.casefold().split()) for each in adds}
    found: dict[tuple[str, str], Row] = {}
    for each in done.redactions:
        words = " ".join(done.original[each.start : each.end].split())
        if words.casefold() in asked_for and each.by is By.PERSON:
            continue
        key = (words.casefold(), each.reason.value)
        known = found.get(key)
        times = known.times + 1 if known else 1
        found[key] = Row(words, each.reason.value, _by(each), times, fixed=each.who == service.GUARD)
    return [*lifts, *found.values()][:MOST_ROWS]


def _by(each: Redaction) -> str:
    """Who or what found it, in words."""
    return each.who if each.by is By.PERSON or each.by is By.PATTERN else f"{each.by.value}, {each.who}"


def one(visit: Visit) -> Response:
    """The whole record of a redaction that was given out."""
    view = visit.view("redaction", visit.part("entry"))
    entry = next((each for each in service.records(view) if each.id == visit.part("entry")), None)
    if entry is None:
        raise NotFoundError("no such redaction here; look it up on the page of redaction")
    return visit.page(
        "gate/redact_record.html",
        entry=entry,
        counts=service.counts_in(entry),
        record=service.recorded(view, entry),
    )


ROUTES: Final[list[Route]] = [get("/redact", first), post("/redact", act), get("/redact/{entry}", one)]
