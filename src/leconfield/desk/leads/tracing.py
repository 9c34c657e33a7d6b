"""What a decision to trace asks the registry, and how the answers are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from leconfield.desk.acts import lines
from leconfield.desk.leads.model import TRACED
from leconfield.ledger.drafts import Draft
from leconfield.ledger.labels import all_of
from leconfield.ledger.model import ReportId
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import IDENTIFIERS, NAMES, ORGANISATION, PERSON
from leconfield.registry.identifiers import identifier
from leconfield.registry.query import query_in
from leconfield.registry.trace import trace

MOST_ASKED: Final = 12
"""Names and numbers of one item that are traced: the first ones; more are traced by hand, or screened as a list."""
MOST_READ: Final = 1000
"""Statements of one report among which they are looked for: those of a loaded table are more."""
MOST_HITS: Final = 3
_TRACED_SCHEMATA: Final = frozenset({PERSON, ORGANISATION})


@dataclass(frozen=True, slots=True)
class Answered:
    """What a trace of one name said."""

    asked: str
    verdict: str
    hits: tuple[str, ...]
    """Ids of the likeliest subjects."""


def asked_of(view: View, reports: Iterable[ReportId]) -> tuple[str, ...]:
    """The names and numbers in these reports that a trace asks for, each once: numbers, then names by their length.

    A number in two spellings is asked once, and a surname not by itself where the whole name stands beside it.
    """
    numbers: dict[str, str] = {}
    names: dict[str, str] = {}
    for report in reports:
        for each in islice(view.world.by_report.get(report, ()), MOST_READ):
            value = " ".join(each.value.split())
            number = identifier(each.prop, value) if each.prop in IDENTIFIERS else None
            if number is not None:
                numbers.setdefault(number.key, value)
            elif each.prop in NAMES and each.schema in _TRACED_SCHEMATA:
                names.setdefault(value.casefold(), value)
    spoken = {part for name in names if " " in name for part in name.split()}
    whole = [name for folded, name in names.items() if folded not in spoken]
    return (*numbers.values(), *sorted(whole, key=lambda name: (-len(name.split()), name)))[:MOST_ASKED]


def answers(view: View, asked: Iterable[str], now: datetime) -> list[Answered]:
    """What the registry says of each, in this view; `now` is the moment of a view of the present."""
    found = []
    for words in asked:
        answer = trace(view.world, query_in(view, words, now))
        found.append(Answered(words, answer.verdict, tuple(each.subject.id for each in answer.hits[:MOST_HITS])))
    return found


def traced_draft(view: View, item: str, reports: Iterable[ReportId], label: str, now: datetime) -> Draft:
    """The answers as they were given: for those who hold all that he holds, since they rest on all he may see."""
    told = answers(view, asked_of(view, reports), now)
    rows = ["\t".join((each.asked, each.verdict, *each.hits)) for each in told]
    return Draft(TRACED, all_of({label, *view.reader.tokens}), about=item, body={"answers": "\n".join(rows)})


def answers_in(text: str) -> list[Answered]:
    """The answers out of an entry's body."""
    split = (line.split("\t") for line in lines(text))
    return [Answered(asked, verdict, tuple(hits)) for asked, verdict, *hits in split]
