"""Officers' pages of intake: the inbox, the report reader, search, and filing by form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from leconfield.intake import previewing, service
from leconfield.intake.extraction.assertion import cues
from leconfield.intake.headline import beginning
from leconfield.intake.readers import MAX_BYTES
from leconfield.intake.search import search
from leconfield.intake.typed import held_by, terms_typed
from leconfield.ledger.model import IN_TEXT, Report, Statement, SubjectId
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import IDENTIFIERS, LINKS, NAMES, words_for
from leconfield.registry.chips import address_of, chip, ends_of, name_of, snippet_of
from leconfield.registry.lookup import subjects_in
from leconfield.registry.mentions import KnownNames
from leconfield.registry.resolution import Partition
from leconfield.registry.subjects import Subject
from leconfield.web import values
from leconfield.web.kit import Room
from leconfield.web.reading import Mark, pieces
from leconfield.web.visit import Visit, get, post

TEMPLATES: Final = Path(__file__).parent / "templates"
ROOMS: Final = (Room("i", "Inbox", "/reports"), Room("f", "File", "/file"), Room("x", "Search", "/search"))
PAGE: Final = 50
_UNSHOWN: Final = frozenset({"latitude", "longitude", "stage"})
FILTERS: Final = ("source", "channel", "grade", "label")


def inbox(visit: Visit) -> Response:
    """All reports, newest first, filtered by what they bear."""
    view = visit.view("inbox")
    wanted = {name: visit.asked(name) for name in FILTERS if visit.asked(name)}
    everything = view.reports()
    kept = [each for each in everything if all(_borne(view, each, name) == asked for name, asked in wanted.items())]
    first = visit.number("from", 0, 10_000_000)
    return visit.page(
        "intake/inbox.html",
        reports=kept[first : first + PAGE],
        first=first,
        total=len(kept),
        wanted=wanted,
        choices=_choices(view, everything),
        more_url=_more_url("/reports", wanted, first + PAGE) if first + PAGE < len(kept) else "",
        less_url=_more_url("/reports", wanted, max(0, first - PAGE)) if first else "",
        beginning=beginning,
        quarantined=len(view.entries(kind=service.QUARANTINED)),
    )


def _borne(view: View, report: Report, name: str) -> str:
    """What a report bears, in the words of the filters; its label as this reader knows it."""
    return view.label_of(report.label) if name == "label" else str(getattr(report, name))


def _choices(view: View, reports: list[Report]) -> dict[str, list[tuple[str, str]]]:
    chosen = {}
    for name in FILTERS:
        counts = Counter(_borne(view, each, name) for each in reports)
        chosen[name] = [("", "any")] + [(value, f"{value or 'none'} ({n:,})") for value, n in sorted(counts.items())]
    return chosen


def _more_url(path: str, wanted: dict[str, str], first: int) -> str:
    return f"{path}?{urlencode({**wanted, 'from': str(first)})}"


def report(visit: Visit) -> Response:
    """One report, with its mentions, assertion cues, and what was made of it."""
    view = visit.view("report", visit.part("id"))
    found = view.report(visit.part("id"))
    lit = _lit_span(visit)
    statements = view.statements(report=found.id)
    marks = [*_mention_marks(view, found, statements), *_cue_marks(found), *lit]
    neighbours = _neighbours(view, found)
    return visit.page(
        "intake/report.html",
        report=found,
        pieces=pieces(found.text, marks),
        named=[chip(view, subject) for subject in _named(view, found, statements)],
        said=_said(view, [each for each in statements if each.prop not in NAMES]),
        before=neighbours[0],
        after=neighbours[1],
        same_origin=_same_origin(view, found),
        panels=visit.panels("report", view, found.id),
    )


def _lit_span(visit: Visit) -> list[Mark]:
    start, end = visit.number("start", 0, 100_000_000), visit.number("end", 0, 100_000_000)
    return [Mark(start, end, lit=True)] if end > start else []


def _mention_marks(view: View, found: Report, statements: list[Statement]) -> list[Mark]:
    marks = [
        Mark(each.start, each.end, kind=each.schema, url=f"/subjects/{each.subject}")
        for each in statements
        if each.prop in NAMES and each.start >= 0
    ]
    partition = view.derived(Partition)
    for start, end, subject_id in view.derived(KnownNames).known_in(found.text):
        subject = partition.subject(subject_id)
        marks.append(Mark(start, end, kind=subject.schema, url=f"/subjects/{subject.id}"))
    return marks


def _cue_marks(found: Report) -> list[Mark]:
    return [Mark(each.start, each.end, cue=each.kind) for each in cues(found.text)]


def _named(view: View, found: Report, statements: list[Statement]) -> list[Subject]:
    partition = view.derived(Partition)
    ids = [partition.subject_of(each.subject).id for each in statements if each.prop in NAMES]
    ids += [partition.subject(each).id for _, _, each in view.derived(KnownNames).known_in(found.text)]
    return list(subjects_in(view.world, list(dict.fromkeys(ids))).values())


def _said(view: View, statements: list[Statement]) -> list[tuple[values.SubjectChip, list[values.StatementRow]]]:
    """What the report says, subject by subject; without what only says a name again, and everything once."""
    subjects, ends = subjects_in(view.world, [each.subject for each in statements]), ends_of(view, statements)
    chips: dict[SubjectId, Subject] = {}
    rows: dict[SubjectId, dict[tuple[str, str], values.StatementRow]] = {}
    for each in sorted(statements, key=lambda one: one.origin == IN_TEXT):
        subject = subjects[each.subject]
        row = _row(ends, each)
        if each.prop not in _UNSHOWN and _squeezed(row.value) != _squeezed(name_of(subject)):
            rows.setdefault(subject.id, {}).setdefault((row.prop, row.value.casefold()), row)
            chips[subject.id] = subject
    return [(chip(view, chips[each]), list(rows[each].values())) for each in rows]


def _squeezed(words: str) -> str:
    return "".join(words.casefold().split())


def _row(ends: Mapping[SubjectId, Subject], statement: Statement) -> values.StatementRow:
    value, url, schema = statement.value, "", ""
    if statement.prop in LINKS:
        other = ends.get(SubjectId(statement.value))
        value = name_of(other) if other else "no name known here"
        url, schema = (address_of(other), other.schema) if other else ("", "")
    return values.StatementRow(
        prop=words_for(statement.prop),
        value=value,
        url=url,
        schema=schema,
        mono=statement.prop in IDENTIFIERS,
        grade=statement.grade,
        inherited=statement.origin == IN_TEXT,
        held=statement.held,
        assertion=statement.assertion,
    )


def _neighbours(view: View, found: Report) -> tuple[str, str]:
    ids = [each.id for each in view.reports()]
    at = ids.index(found.id)
    return (ids[at - 1] if at else ""), (ids[at + 1] if at + 1 < len(ids) else "")


def _same_origin(view: View, found: Report) -> list[Report]:
    if not found.origin:
        return []
    return [each for each in view.reports() if each.origin == found.origin and each.id != found.id]


def original(visit: Visit) -> Response:
    """The file that a report came in, byte for byte, to be saved."""
    view = visit.view("original", visit.part("id"))
    found = view.report(visit.part("id"))
    headers = {"content-disposition": f'attachment; filename="{found.id}"'}
    return Response(view.original(found.id), media_type="application/octet-stream", headers=headers)


def searching(visit: Visit) -> Response:
    """Search in the texts of reports."""
    words = visit.asked("q").strip()
    view = visit.view("search", words)
    answer = search(view, words, PAGE) if words else None
    snippets = []
    for each in answer.found if answer else ():
        start, end = each.snippet.lit[0] if each.snippet.lit else (-1, -1)
        offset = each.snippet.start if start >= 0 else 0
        snippets.append(snippet_of(each.report, start + offset, end + offset))
    return visit.page("intake/search.html", words=words, answer=answer, snippets=snippets)


def filing(visit: Visit) -> Response:
    """The form to file a report with."""
    filled = {"title": "", "text": "", "source": "", "channel": "agent", "grade": "", "label": ""}
    return _form(visit, filled, {})


def _form(visit: Visit, filled: dict[str, str], faults: dict[str, str]) -> Response:
    """The form for reports, kept as it was typed, and the empty one for a table."""
    empty = {"mapping": "", "source": "", "grade": "", "label": ""}
    table = {"filled": empty, "faults": {}, "labels": held_by(visit), "mappings": previewing.choices()}
    status = HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK
    return visit.page("intake/file.html", status, filled=filled, faults=faults, labels=held_by(visit), table=table)


def file_it(visit: Visit) -> Response:
    """File what was written or handed over; what was typed is kept if something is wrong with it."""
    names = ("title", "text", "source", "channel", "grade", "label")
    filled = {name: visit.filled(name) for name in names}
    faults, terms = terms_typed(visit, filled)
    uploads = [(each.filename or "file", each.file.read(MAX_BYTES + 1)) for each in visit.files("files")]
    if not filled["text"].strip() and not uploads:
        faults["text"] = "Write what we were told, or choose files."
    if faults or terms is None:
        return _form(visit, filled, faults)
    if filled["text"].strip():
        title = " ".join(filled["title"].split()) or "Untitled report"
        uploads.append((f"{title}.txt", f"Title: {title}\n\n{filled['text']}".encode()))
    outcomes = [
        outcome
        for name, content in uploads
        for outcome in service.file_bytes(visit.desk, visit.reader, name, content, terms)
    ]
    if len(outcomes) == 1 and outcomes[0].report:
        return visit.back_to(f"/reports/{outcomes[0].report}", f"{outcomes[0].outcome.capitalize()}.")
    return visit.page("intake/filed.html", outcomes=outcomes)


def quarantine(visit: Visit) -> Response:
    """Files that no reader could make text of, and why."""
    view = visit.view("quarantine")
    return visit.page("intake/quarantine.html", entries=view.entries(kind=service.QUARANTINED)[::-1])


ROUTES = [
    get("/reports", inbox),
    get("/reports/{id}", report),
    get("/reports/{id}/original", original),
    get("/search", searching),
    get("/file", filing),
    post("/file", file_it, reads=False),
    post("/file/preview", previewing.preview, reads=False),
    post("/file/table", previewing.confirm, reads=False),
    get("/quarantine", quarantine),
]
