"""Screening over the form: a list is handed over, its columns are named, and its rows are answered some at a time.

Between those steps the list waits here, for whoever handed it over and for nobody else. What was answered holds for
what he could see then: with other rights, or as of another day, it is asked again.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from pathlib import PurePath
from typing import Final
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from starlette.responses import Response

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.labels import Tokens
from leconfield.ledger.times import stamp
from leconfield.registry.asked import Asked
from leconfield.registry.roster import MOST_BYTES, PARTS, Roster, check_parts, read_lines, read_roster
from leconfield.registry.screen import VERDICTS, RowAnswer, answers, banner, csv_lines, record
from leconfield.web.kit import Room
from leconfield.web.values import SubjectChip
from leconfield.web.visit import Visit, get, post

ROOM: Final = Room("b", "Screening", "/screening")
SHOWN: Final = 10
"""Rows that are shown before the columns are confirmed."""
SLICE: Final = 100
"""Rows that one visit answers."""
PAGE: Final = 100
MOST_ROWS: Final = 10_000
"""Rows over the form; the command line takes more."""
MOST_WAITING: Final = 20
HITS: Final = 3
WORTH_SHOWING: Final = 0.01
"""Probability from which a hit that is not the best is named beside it."""
MAX_REASON: Final = 1000


@dataclass(slots=True)
class _List:
    """Somebody's list, and its answers so far."""

    token: str
    roster: Roster
    parts: tuple[str, ...] = ()
    why: str = ""
    tokens: Tokens = frozenset()
    """What he held when it was answered."""
    as_of: datetime | None = None
    started: str = ""
    """When it was asked, as a stamp; empty: not yet."""
    answers: list[RowAnswer] = field(default_factory=list)

    @property
    def done(self) -> bool:
        return len(self.answers) == len(self.roster.rows)


_lists: WeakKeyDictionary[Desk, dict[str, _List]] = WeakKeyDictionary()
"""By desk, then by the name of whoever handed it over: one for each, the last."""


def screening(visit: Visit) -> Response:
    """The form to hand a list over with."""
    return _form(visit, "")


def _form(visit: Visit, fault: str, pasted: str = "") -> Response:
    mine = _lists.get(visit.desk, {}).get(visit.reader.name)
    status = HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK
    return visit.page(
        "registry/screening.html",
        status,
        fault=fault,
        pasted=pasted,
        standing=mine.roster if mine and mine.started else None,
        most_rows=MOST_ROWS,
    )


def preview(visit: Visit) -> Response:
    """Show the first rows of a list, and what its columns seem to mean; nothing is asked yet."""
    pasted = visit.filled("names")
    try:
        roster = _handed_over(visit, pasted)
    except LeconfieldError as error:
        return _form(visit, str(error), pasted)
    lists = _lists.setdefault(visit.desk, {})
    lists.pop(visit.reader.name, None)
    while len(lists) >= MOST_WAITING:
        lists.pop(next(iter(lists)))
    made = lists[visit.reader.name] = _List(secrets.token_urlsafe(32), roster)
    return _columns(visit, made, roster.guessed(), "")


def _handed_over(visit: Visit, pasted: str) -> Roster:
    uploads = visit.files("table")
    if uploads:
        name = PurePath(uploads[0].filename or "list").name.encode("utf-8", "replace").decode()[:120]
        roster = read_roster(uploads[0].file.read(MOST_BYTES + 1), name)
    elif pasted.strip():
        roster = read_lines(pasted, "names as written")
    else:
        raise BadInputError("choose a file, or write a name on each line")
    if len(roster.rows) > MOST_ROWS:
        raise BadInputError(
            f'"{roster.filename}" has {len(roster.rows):,} rows, over the form {MOST_ROWS:,} at most; split it, '
            'or use "leconfield screen"'
        )
    return roster


def _columns(visit: Visit, mine: _List, parts: tuple[str, ...], fault: str) -> Response:
    return visit.page(
        "registry/screening_columns.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        fault=fault,
        token=mine.token,
        roster=mine.roster,
        columns=list(zip(mine.roster.heads, parts, strict=True)),
        rows=mine.roster.rows[:SHOWN],
        choices=[("", "not used"), *PARTS.items()],
        why=visit.filled("why"),
    )


def run(visit: Visit) -> Response:
    """Record every row of the list as asked; the answers follow page by page."""
    mine = _mine(visit)
    if not secrets.compare_digest(mine.token.encode(), visit.filled("token").encode()):
        raise NotFoundError("that list waits no more; hand it over again under Screening")
    parts = tuple(visit.filled(f"column-{place}") for place in range(len(mine.roster.heads)))
    why = visit.filled("why").strip()
    try:
        check_parts(parts, mine.roster.heads)
        _check_reason(why)
    except BadInputError as error:
        return _columns(visit, mine, parts, str(error))
    mine.parts, mine.why = parts, why
    _start(visit, mine)
    return visit.back_to("/screening/answers")


def _check_reason(why: str) -> None:
    if not why or len(why) > MAX_REASON:
        raise BadInputError(f"say why you screen this list, in {MAX_REASON:,} characters at most; the audit keeps it")


def again(visit: Visit) -> Response:
    """Ask the same list again, of what is known now."""
    mine = _started(visit)
    _start(visit, mine)
    return visit.back_to("/screening/answers")


def _start(visit: Visit, mine: _List) -> None:
    """Put every row into the audit, and forget what was answered before."""
    reader = visit.reader
    record(visit.desk, reader, visit.as_of, mine.roster, mine.parts, mine.why)
    mine.tokens, mine.as_of, mine.started = reader.tokens, visit.as_of, stamp(visit.desk.clock())
    mine.answers = []


def answered(visit: Visit) -> Response:
    """The answers so far, best first; each visit answers some more rows until all are."""
    mine = _started(visit)
    if mine.tokens != visit.reader.tokens or mine.as_of != visit.as_of:
        _start(visit, mine)
    view = visit.view("screening answers", f"{mine.roster.filename} sha256:{mine.roster.digest}")
    done = len(mine.answers)
    now = visit.desk.clock()
    mine.answers += answers(view, now, mine.roster, mine.parts, start=done, stop=done + SLICE, top=HITS)
    return _table(visit, mine)


def _table(visit: Visit, mine: _List) -> Response:
    verdict = visit.asked("verdict")
    counts = Counter(each.verdict for each in mine.answers)
    kept = sorted((each for each in mine.answers if verdict in ("", each.verdict)), key=lambda each: each.rank)
    first = visit.number("from", 0, 10_000_000)
    kept_by = {"verdict": verdict} if verdict else {}
    return visit.page(
        "registry/screening_answers.html",
        roster=mine.roster,
        answered=len(mine.answers),
        done=mine.done,
        started=mine.started,
        why=mine.why,
        verdict=verdict,
        counts=[(each, counts[each]) for each in VERDICTS],
        rows=[_row(each) for each in kept[first : first + PAGE]],
        first=first,
        total=len(kept),
        next_url=_url({**kept_by, "from": str(first + PAGE)}) if first + PAGE < len(kept) else "",
        previous_url=_url({**kept_by, "from": str(max(0, first - PAGE))}) if first else "",
    )


def _url(query: dict[str, str]) -> str:
    return f"/screening/answers?{urlencode(query)}"


def _row(each: RowAnswer) -> dict[str, object]:
    asked = dict(each.asked.parts()) if isinstance(each.asked, Asked) else {"q": each.asked}
    best = each.hits[0] if each.hits else None
    return {
        "answer": each,
        "url": f"/trace?{urlencode(asked)}",
        "chip": SubjectChip(best.name, best.schema, f"/subjects/{best.id}") if best else None,
        "best": best,
        "others": [hit for hit in each.hits[1:] if hit.probability >= WORTH_SHOWING],
    }


def saved(visit: Visit) -> Response:
    """All answers as CSV, with the banner."""
    mine = _started(visit)
    if not mine.done or mine.tokens != visit.reader.tokens or mine.as_of != visit.as_of:
        raise RefusedError("the list is not answered to its end for what you may see; look at its answers first")
    view = visit.view("screening answers, saved", f"{mine.roster.filename} sha256:{mine.roster.digest}")
    heading = banner(view, mine.roster, mine.started)
    lines: Iterator[str] = csv_lines(heading, sorted(mine.answers, key=lambda each: each.rank))
    headers = {"content-disposition": 'attachment; filename="screening.csv"'}
    return Response("".join(lines).encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


def drop(visit: Visit) -> Response:
    """Forget the list and its answers; the audit keeps what was asked."""
    _lists.get(visit.desk, {}).pop(visit.reader.name, None)
    return visit.back_to("/screening", "The list is gone from here. The audit keeps what was asked.")


def _mine(visit: Visit) -> _List:
    found = _lists.get(visit.desk, {}).get(visit.reader.name)
    if found is None:
        raise NotFoundError("no list of yours is here; hand one over under Screening")
    return found


def _started(visit: Visit) -> _List:
    found = _mine(visit)
    if not found.started:
        raise NotFoundError("your list has not been asked yet; say what its columns mean under Screening")
    return found


ROUTES: Final = [
    get("/screening", screening),
    post("/screening/preview", preview),
    post("/screening/run", run),
    post("/screening/again", again),
    post("/screening/drop", drop),
    get("/screening/answers", answered),
    get("/screening/answers.csv", saved),
]
