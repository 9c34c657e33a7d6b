"""The trace box and its answer: how each part of the question was read, and what speaks for and against each hit."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from leconfield.ledger.model import Statement, StatementId
from leconfield.ledger.view import View
from leconfield.registry.asked import HINTS, LABELS, asked_by
from leconfield.registry.chips import chip, snippet_of
from leconfield.registry.query import query_in
from leconfield.registry.trace import CONTRADICTION, Hit, TraceIndex, trace
from leconfield.web.values import Bar, Snippet
from leconfield.web.visit import Visit, get

SHOWN_HITS: Final = 20
SENTENCES: Final = 3
LONGEST: Final = 400
"""Letters of a question that are taken from an address."""


def trace_page(visit: Visit) -> Response:
    """Is this known to us? The answer of record, with what was searched and why each hit is one."""
    words, asked = visit.asked("q").strip()[:LONGEST], asked_by(visit.asked)
    said = asked.words or words
    view = visit.view("trace", said)
    query = query_in(view, asked if asked.parts() else words, visit.desk.clock())
    answer = trace(view.world, query) if said else None
    hits = [_shown(view, hit) for hit in (answer.hits[:SHOWN_HITS] if answer else ())]
    return visit.page(
        "registry/trace.html",
        words="" if asked.parts() else words,
        said=said,
        question=query,
        fields=[(each, label, HINTS.get(each, ""), getattr(query.asked, each)) for each, label in LABELS.items()],
        by_fields=bool(asked.parts()),
        watch_url=f"/watch?{urlencode({'q': words} if not asked.parts() else dict(asked.parts()))}",
        answer=answer,
        hits=hits,
        as_of_moment=view.as_of,
    )


def _shown(view: View, hit: Hit) -> dict[str, object]:
    return {
        "chip": chip(view, hit.subject),
        "registered": hit.subject.registered,
        "probability": hit.probability,
        "reasons": [each for each in hit.reasons if each.bits and each.words != "registered"],
        "against": [each.words for each in hit.reasons if each.bits <= CONTRADICTION],
        "bars": [Bar(each.words, each.bits) for each in hit.reasons],
        "bits": hit.bits,
        "snippets": _snippets(view, hit.matched),
        "watch_url": f"/watch?{urlencode({'subject': hit.subject.id})}",
    }


def _snippets(view: View, matched: tuple[StatementId, ...]) -> list[Snippet]:
    """Up to three sentences that a hit rests on, each once; the beginning of a report only where there is no other."""
    placed = [(view.report(each.report), *_place_of(view, each)) for each in map(view.statement, matched)]
    told = [each for each in placed if each[1] >= 0] or placed[:1]
    return list({each.url: each for each in (snippet_of(*one) for one in told)}.values())[:SENTENCES]


def _place_of(view: View, statement: Statement) -> tuple[int, int]:
    """Where a statement stands in its report; what an officer noted of it, where the report has the same words."""
    if statement.start >= 0:
        return statement.start, statement.end
    found = re.search(re.escape(statement.value), view.report(statement.report).text, re.IGNORECASE)
    return found.span() if found else (-1, -1)


def typing(visit: Visit) -> Response:
    """What the trace box offers while one types."""
    words = visit.asked("q").strip()[:LONGEST]
    view = visit.view("trace, typing", words)
    found = view.derived(TraceIndex).suggest(words, 8) if words else ()
    return visit.fragment("registry/typing.html", words=words, chips=[chip(view, each) for each in found])


ROUTES: Final = [get("/trace", trace_page), get("/trace/typing", typing)]
