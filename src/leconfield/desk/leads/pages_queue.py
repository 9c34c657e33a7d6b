"""The queue on the page: what waits on one side, the item to decide on at the other, four decisions under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from leconfield.desk.investigations.state import open_in
from leconfield.desk.leads import model, service
from leconfield.desk.leads.model import Changed, Item
from leconfield.desk.leads.pages_clocks import waiting_clock
from leconfield.desk.leads.queue import waiting
from leconfield.desk.leads.rules import AGES, Wanted, in_order
from leconfield.desk.leads.state import Leads
from leconfield.desk.leads.tracing import asked_of
from leconfield.desk.suggestions import Reason
from leconfield.errors import LeconfieldError, NotFoundError, RefusedError
from leconfield.intake.headline import beginning
from leconfield.ledger.model import Report, StatementId, SubjectId
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import LINKS, NAMES, words_for
from leconfield.registry.chips import chip, name_of, snippet_of
from leconfield.registry.lookup import subjects_in
from leconfield.registry.subjects import Subject
from leconfield.web.reading import Mark, pieces
from leconfield.web.values import Bar, Snippet
from leconfield.web.visit import Visit

SHOWN: Final = 25
"""Items in the list beside the one that is read."""
LONGEST_TEXT: Final = 6000
"""Letters of a report that are shown where it is decided on; the rest on its page."""
MOST_CHIPS: Final = 16
MOST_FOLDED: Final = 20
FILTERS: Final = ("source", "age", "label", "whose")


def moment_of(visit: Visit, view: View) -> datetime:
    """The moment that the page shows."""
    return view.as_of or visit.desk.clock()


def queue(visit: Visit) -> Response:
    """Everything undecided, the gravest first and in each band the oldest; one item open to be decided on."""
    return _page(visit, visit.view("leads, queue", visit.asked("item")), _asked(visit), visit.asked("item"))


def _asked(visit: Visit) -> dict[str, str]:
    return {name: visit.asked(name) for name in (*FILTERS, "order") if visit.asked(name)}


def _page(
    visit: Visit, view: View, asked: dict[str, str], chosen: str, filled: dict[str, str] | None = None, fault: str = ""
) -> Response:
    now = moment_of(visit, view)
    everything = waiting(view)
    items = _wanted(view, everything, asked, stamp(now))
    at = _place_of(items, chosen or visit.asked("next"))
    if chosen and at is None and not fault:
        raise NotFoundError("nothing waits here under that id; somebody may have decided on it")
    here = items[at or 0] if items else None
    first = max(0, (at or 0) - SHOWN // 2)
    return visit.page(
        "desk/leads.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        rows=[_row(view, each, now, asked, here) for each in items[first : first + SHOWN]],
        before=first,
        after=max(0, len(items) - first - SHOWN),
        total=len(items),
        hidden_by_filter=len(everything) - len(items),
        choices=_choices(view, everything),
        asked=asked,
        item=_shown(view, here, now) if here else None,
        next=items[(at or 0) + 1].id if len(items) > (at or 0) + 1 else "",
        next_url=_url(asked, items[(at or 0) + 1].id) if len(items) > (at or 0) + 1 else "",
        previous_url=_url(asked, items[at - 1].id) if at else "",
        stock=service.STOCK,
        investigations=[each.title for each in open_in(view)],
        undo=service.last_of(view),
        filled=filled or {},
        fault=fault,
        acting=view.as_of is None,
    )


def _wanted(view: View, items: Sequence[Item], asked: dict[str, str], moment: str) -> list[Item]:
    wanted = Wanted(**{name: asked.get(name, "") for name in FILTERS})
    known = {each: view.label_of(each) for each in {one.label for one in items}}
    kept = [each for each in items if wanted.admits(each, known[each.label], moment)]
    return in_order(kept, oldest_first=asked.get("order") == "oldest")


def _place_of(items: Sequence[Item], chosen: str) -> int | None:
    """Where an item stands, by its id or that of any report folded into it."""
    by_id = next((at for at, each in enumerate(items) if each.id == chosen), None)
    if by_id is not None:
        return by_id
    return next((at for at, each in enumerate(items) if chosen in each.reports and not each.suggestion), None)


def _choices(view: View, items: Sequence[Item]) -> dict[str, list[tuple[str, str]]]:
    counted = {
        "source": Counter(source for each in items for source in each.sources),
        "label": Counter(),
        "whose": Counter(each.whose for each in items if each.whose),
    }
    for label, count in Counter(each.label for each in items).items():
        counted["label"][view.label_of(label)] += count
    chosen = {
        name: [
            ("", "any"),
            *((value, f"{value or 'everybody'} ({n:,})") for value, n in sorted(counts.items()) if value),
        ]
        for name, counts in counted.items()
    }
    chosen["age"] = [("", "any"), *((name, f"within the last {name}") for name in AGES)]
    chosen["order"] = [("", "gravest first"), ("oldest", "oldest first")]
    return chosen


def _url(asked: dict[str, str], item: str) -> str:
    return f"/leads?{urlencode({**asked, 'item': item})}"


def _row(view: View, item: Item, now: datetime, asked: dict[str, str], here: Item | None) -> dict[str, object]:
    return {
        "url": _url(asked, item.id),
        "title": item.title,
        "kind": item.kind,
        "clock": waiting_clock(item, now),
        "sources": ", ".join(item.sources[:3]),
        "folded": len(item.reports) if item.suggestion is None else 0,
        "changed": item.changed is not None,
        "here": here is not None and item.id == here.id,
        "bits": item.bits,
        "label": view.label_of(item.label),
    }


def _shown(view: View, item: Item, now: datetime) -> dict[str, object]:
    reports = [view.world.reports[each] for each in item.reports]
    head = reports[0] if reports and item.suggestion is None else None
    return {
        "id": item.id,
        "kind": item.kind,
        "title": item.title,
        "clock": waiting_clock(item, now),
        "came": item.came,
        "label": item.label,
        "origins": item.origins,
        "report": head,
        "pieces": _pieces(view, head) if head else (),
        "cut": head is not None and len(head.text) > LONGEST_TEXT,
        "folded": [_member(each) for each in (reports[1:] if head else reports)[:MOST_FOLDED]],
        "more_folded": max(0, len(reports) - (1 if head else 0) - MOST_FOLDED),
        "chips": chips_of(view, item.subjects),
        "asks": len(asked_of(view, item.reports)),
        "bars": bars_of(view, item.reasons),
        "changed": _changed(view, item.changed) if item.changed else None,
        "leads": [each for report in item.reports for each in view.derived(Leads).of_report(report)][:3],
    }


def _pieces(view: View, report: Report) -> Sequence[object]:
    marks = [
        Mark(each.start, each.end, kind=each.schema, url=f"/subjects/{each.subject}")
        for each in view.world.by_report.get(report.id, ())
        if each.prop in NAMES and 0 <= each.start < LONGEST_TEXT
    ]
    return pieces(report.text, marks, 0, min(len(report.text), LONGEST_TEXT))


def _member(report: Report) -> dict[str, object]:
    return {"report": report, "beginning": beginning(report.text)}


def chips_of(view: View, records: Iterable[SubjectId]) -> list[object]:
    """Chips of the subjects that these records belong to, each once."""
    asked = list(dict.fromkeys(records))
    once: dict[SubjectId, Subject] = {}
    for begin in range(0, len(asked), MOST_CHIPS):
        found = subjects_in(view.world, asked[begin : begin + MOST_CHIPS])
        once.update((each.id, each) for each in found.values())
        if len(once) >= MOST_CHIPS:
            break
    return [chip(view, each) for each in list(once.values())[:MOST_CHIPS]]


def bars_of(view: View, reasons: Iterable[Reason]) -> list[Bar]:
    """The waterfall of reasons; each leads to the report of the first statement that it rests on."""
    return [Bar(each.words, each.bits, each.detail, _place(view, each.statements)) for each in reasons]


def _place(view: View, statements: Sequence[StatementId]) -> str:
    for each in statements:
        found = view.world.statements.get(each)
        if found is not None and found.report in view.world.reports:
            span = f"?start={found.start}&end={found.end}#lit" if found.start >= 0 else ""
            return f"/reports/{found.report}{span}"
    return ""


def _changed(view: View, changed: Changed) -> dict[str, object]:
    decision = changed.decision
    return {
        "decision": decision,
        "words": model.DECISIONS.get(decision.decision, decision.decision),
        "said": [(said_words(view, each), _snippet(view, each)) for each in changed.statements[:6]],
        "more": max(0, len(changed.statements) - 6),
        "reports": [view.world.reports[each] for each in changed.reports if each in view.world.reports][:6],
    }


def said_words(view: View, statement: StatementId) -> str:
    """A statement in one line: of whom, what, and its value."""
    said = view.statement(statement)
    ends = subjects_in(view.world, [said.subject, SubjectId(said.value)] if said.prop in LINKS else [said.subject])
    subject, other = ends.get(said.subject), ends.get(SubjectId(said.value))
    value = (name_of(other) if other else "no name known here") if said.prop in LINKS else said.value
    return f"{name_of(subject) if subject else 'no name known here'}: {words_for(said.prop)} {value}"


def _snippet(view: View, statement: StatementId) -> Snippet | None:
    said = view.statement(statement)
    report = view.world.reports.get(said.report)
    return snippet_of(report, said.start, said.end) if report is not None else None


def decide(visit: Visit) -> Response:
    """Decide on one item, and show the next; what was typed is kept if something is wrong with it."""
    names = ("item", "decision", "reason", "title", "label", "to", "next", *FILTERS, "order")
    filled = {name: visit.filled(name).strip() for name in names}
    view = visit.present("leads, decide", filled["item"])
    terms = {name: filled[name] for name in ("item", "decision", "reason", "title", "label", "to")}
    asked = {name: filled[name] for name in (*FILTERS, "order") if filled[name]}
    try:
        service.triage(visit.desk, view, **terms)
    except (RefusedError, NotFoundError):
        raise
    except LeconfieldError as error:
        return _page(visit, view, asked, filled["item"], filled, str(error))
    words = model.DECISIONS[filled["decision"]].capitalize()
    return visit.back_to(_onward(asked, filled["next"]), f"{words}. Press u to take it back.")


def _onward(asked: dict[str, str], item: str) -> str:
    """Where the next item is; the queue's beginning where there is none."""
    more = {**asked, "next": item} if item else asked
    return f"/leads?{urlencode(more)}" if more else "/leads"


def undo(visit: Visit) -> Response:
    """Take back one's own last decision, or the one named."""
    which = visit.filled("decision")
    view = visit.present("leads, undo", which)
    taken = service.undo(visit.desk, view, which, visit.filled("reason"))
    item = taken.item if not visit.filled("onward") else ""
    return visit.back_to(visit.filled("onward") or f"/leads?next={item}", f"Taken back: “{taken.title}” waits again.")
