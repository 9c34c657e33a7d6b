"""Officers' pages of exchange: what went out to whom, and the first of the way out: choose, and look at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from leconfield.desk.exchange import pages_bundles, pages_tables
from leconfield.desk.exchange.model import FORMATS, STIX, Receipt
from leconfield.desk.exchange.selection import Selection, chosen_ids, known_in, selected, told_of
from leconfield.desk.exchange.state import Receipts
from leconfield.desk.exchange.writing import unsaid_in
from leconfield.errors import BadInputError, LeconfieldError
from leconfield.intake.tables import SavedMappings
from leconfield.ledger.labels import Tokens
from leconfield.ledger.model import SubjectId
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import SCHEMATA
from leconfield.network.exports import Heading
from leconfield.registry.chips import chip
from leconfield.registry.lookup import subjects_in
from leconfield.web.kit import Room
from leconfield.web.values import SubjectChip
from leconfield.web.visit import Panel, Visit, get

ROOMS: Final = (Room("h", "Exchange", "/exchange"),)
PAGE: Final = 50
SHOWN: Final = 30
"""Subjects that are named before a file is made."""
_ANY: Final = 99
"""Links away that a chart may be asked for; it says itself what is too far."""
_AROUND: Final = ("", ", with those one link away", ", with those up to two links away")
"""Who else is handed over, by how many links away."""
CHOICE: Final = ("ids", "investigation", "chart", "report")
"""Fields that say who is handed over."""
FIELDS: Final = (*CHOICE, "recipient", "purpose", "holds", "format", "label", "hops", "protected")


def exchange(visit: Visit) -> Response:
    """What went out, the last first; and the forms for what comes in and goes out."""
    view = visit.view("exchange")
    receipts = view.derived(Receipts).in_order[::-1]
    first = visit.number("from", 0, 10_000_000)
    kept = receipts[first : first + PAGE]
    return visit.page(
        "desk/exchange.html",
        receipts=kept,
        formats=FORMATS,
        total=len(receipts),
        first=first,
        next_url=f"/exchange?from={first + PAGE}" if first + PAGE < len(receipts) else "",
        previous_url=f"/exchange?from={max(0, first - PAGE)}" if first else "",
        mappings=sorted(view.derived(SavedMappings).by_name.values(), key=lambda each: each.name),
        acting=view.as_of is None,
    )


def choosing(visit: Visit) -> Response:
    """What would go out, before it does; nothing is kept."""
    filled = {name: visit.asked(name) for name in FIELDS}
    view = visit.view("prepare to hand over", " ".join(filter(None, (filled[each] for each in CHOICE))))
    return form(visit, view, filled, "")


def form(visit: Visit, view: View, filled: dict[str, str], fault: str) -> Response:
    """The form as it was filled, with what it would hand over; before it says for whom, with who is chosen."""
    selection, chosen = None, []
    if any(filled[each].strip() for each in CHOICE):
        try:
            if fault or filled["recipient"].strip() or filled["holds"].strip():
                selection = chosen_for(visit, view, filled)
            else:
                chosen = _chosen(view, filled)
        except LeconfieldError as error:
            fault = fault or str(error)
    return visit.page(
        "desk/exchange_out.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        filled={**filled, "format": filled["format"] or STIX},
        fault=fault,
        selection=selection,
        kinds=_kinds(selection) if selection else [],
        labels=_labels(selection) if selection else [],
        chosen=chosen,
        chips=_chips(selection) if selection else [],
        left_out=unsaid_in(selection, filled["format"] or STIX) if selection else 0,
        formats=list(FORMATS.items()),
        held=", ".join(sorted(visit.reader.tokens)) or "no tokens",
        acting=view.as_of is None,
        heading=Heading(selection.view.marking.words, "").banner if selection else "",
    )


def chosen_for(visit: Visit, view: View, filled: dict[str, str]) -> Selection:
    """What the form as it was filled chooses for its recipient.

    Raises:
        LeconfieldError: saying what in it will not do.
    """
    return selected(
        visit.desk,
        view,
        _ids(view, filled),
        recipient=filled["recipient"],
        holds=tokens_typed(filled["holds"]),
        hops=_hops(filled["hops"]),
        protected=filled["protected"] == "yes",
    )


def _ids(view: View, filled: Mapping[str, str]) -> list[str]:
    return chosen_ids(view, **{each: filled[each].strip() for each in CHOICE})


def _chosen(view: View, filled: Mapping[str, str]) -> list[SubjectChip]:
    """Who is chosen, before anybody has said for whom."""
    _hops(filled["hops"])
    subjects = {each.id: each for each in known_in(view, _ids(view, filled)).values()}
    return [chip(view, each) for each in subjects.values()]


def tokens_typed(words: str) -> Tokens:
    """What a recipient holds, as it is typed: tokens between blanks or commas."""
    return frozenset(words.replace(",", " ").split())


def _hops(words: str) -> int:
    if words not in ("", "0", "1", "2"):
        raise BadInputError(f'"{words[:20]}" links away is too far, or no number; choose 0, 1 or 2')
    return int(words or "0")


def _chips(selection: Selection) -> list[SubjectChip]:
    nodes = [each.id for each in selection.picture.nodes[:SHOWN]]
    found = subjects_in(selection.view.world, nodes)
    return [chip(selection.view, found[each]) for each in nodes]


def _kinds(selection: Selection) -> list[tuple[str, int]]:
    counts = Counter(SCHEMATA.get(each.schema, each.schema) for each in selection.picture.nodes)
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def _labels(selection: Selection) -> list[tuple[str, int]]:
    """The labels of what is in it, as the recipient knows them, with how many statements bear each."""
    counts = Counter(selection.view.label_of(each.label) for each in selection.statements)
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def _panel(_visit: Visit, view: View, about: str) -> dict[str, object] | None:
    """On a subject's page: to whom he has gone, and the way to hand him over."""
    found = subjects_in(view.world, [SubjectId(about)]).get(SubjectId(about))
    if found is None:
        return None
    receipts: list[Receipt] = view.derived(Receipts).naming(found.records)
    return {"subject": found.id, "receipts": receipts[-3:][::-1], "more": max(0, len(receipts) - 3)}


def _of_report(_visit: Visit, view: View, report: str) -> dict[str, object] | None:
    """On a report's page: the way to hand over of whom it tells."""
    told = len(told_of(view, report))
    if not told:
        return None
    return _way({"report": report}, "Hand over the subject it tells of" if told == 1 else "Hand over whom it tells of")


def _of_chart(visit: Visit, _view: View, ids: str) -> dict[str, object]:
    """Below a chart: the way to hand over whom it is of, with those around them."""
    hops = min(visit.number("hops", 1, _ANY), len(_AROUND) - 1)
    return _way({"ids": ids, "hops": str(hops)}, f"Hand over whom it is of{_AROUND[hops]}")


def _of_saved_chart(_visit: Visit, _view: View, chart: str) -> dict[str, object]:
    """Below a saved chart: the way to hand over who is on it."""
    return _way({"chart": chart}, "Hand over who is on it, as it was saved last")


def _way(choice: Mapping[str, str], words: str) -> dict[str, object]:
    return {"url": f"/exchange/out?{urlencode(choice)}", "words": words}


_WAY: Final = "desk/exchange_way.html"
PANELS: Final = (
    Panel("subject", "desk/exchange_panel.html", _panel),
    Panel("report", _WAY, _of_report),
    Panel("chart", _WAY, _of_chart),
    Panel("saved chart", _WAY, _of_saved_chart),
)
ROUTES: Final = [
    get("/exchange", exchange),
    get("/exchange/out", choosing),
    *pages_bundles.ROUTES,
    *pages_tables.ROUTES,
]
