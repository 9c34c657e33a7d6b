"""What was decided, and the hand-over: what the next shift must know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from leconfield.desk.investigations.model import TO_DO
from leconfield.desk.investigations.state import open_in
from leconfield.desk.leads import model
from leconfield.desk.leads.model import Decision, Item
from leconfield.desk.leads.pages_clocks import age, due_clock, step_clock, waiting_clock
from leconfield.desk.leads.pages_queue import moment_of
from leconfield.desk.leads.queue import waiting
from leconfield.desk.leads.rules import BANDS, band_of, due_of, in_order, since
from leconfield.desk.leads.state import Leads, Triage
from leconfield.ledger.model import Report, SubjectId
from leconfield.ledger.times import stamp, to_moment
from leconfield.ledger.view import View
from leconfield.registry.chips import name_of
from leconfield.registry.lookup import subjects_in
from leconfield.web.values import Clock
from leconfield.web.visit import Visit

PAGE: Final = 50
SHIFTS: Final = (8, 12, 24, 72, 168)
"""Hours that a hand-over may look back upon."""
AHEAD: Final = timedelta(hours=12)
MOST_LISTED: Final = 40


def decided(visit: Visit) -> Response:
    """Every decision, the newest first, those taken back among them."""
    view = visit.view("leads, decided")
    triage = view.derived(Triage)
    asked = {name: visit.asked(name) for name in ("by", "decision") if visit.asked(name)}
    everything = triage.everything()[::-1]
    kept = [each for each in everything if all(getattr(each, name) == wanted for name, wanted in asked.items())]
    first = visit.number("from", 0, 10_000_000)
    more = f"/leads/decided?{urlencode({**asked, 'from': str(first + PAGE)})}" if first + PAGE < len(kept) else ""
    less = f"/leads/decided?{urlencode({**asked, 'from': str(max(0, first - PAGE))})}" if first else ""
    return visit.page(
        "desk/leads_decided.html",
        rows=[_row(view, each) for each in kept[first : first + PAGE]],
        first=first,
        total=len(kept),
        more_url=more,
        less_url=less,
        asked=asked,
        choices={
            "by": [("", "anybody"), *((each, each) for each in sorted({each.by for each in everything}))],
            "decision": [("", "anything"), *((each, words) for each, words in model.DECISIONS.items())],
        },
        me=view.reader.name,
        acting=view.as_of is None,
    )


def _row(view: View, decision: Decision) -> dict[str, object]:
    triage = view.derived(Triage)
    report = next((view.world.reports[each] for each in decision.reports if each in view.world.reports), None)
    return {
        "decision": decision,
        "words": model.DECISIONS.get(decision.decision, decision.decision),
        "undone": triage.undone_at(decision),
        "report": report,
        "folded": len(decision.reports),
        "lead": view.derived(Leads).lead(decision.lead) if decision.lead else None,
        "answers": [
            {
                "asked": each.asked,
                "verdict": each.verdict,
                "hits": [
                    (f"/subjects/{subject.id}", name_of(subject))
                    for subject in subjects_in(view.world, [SubjectId(one) for one in each.hits]).values()
                ],
            }
            for each in triage.answers_to(decision)
        ],
    }


def hand_over(visit: Visit) -> Response:
    """What came in, what was decided by whom, what waits and how long, what is due: for whoever takes over."""
    view = visit.view("leads, hand-over")
    now = moment_of(visit, view)
    hours = visit.number("hours", 12, SHIFTS[-1]) or 12
    start = since(stamp(now), hours)
    came = [each for each in view.reports() if each.learnt >= start]
    items = in_order(waiting(view))
    made = [each for each in view.derived(Triage).everything() if each.at >= start]
    return visit.page(
        "desk/leads_hand_over.html",
        hours=hours,
        shifts=[(str(each), f"{each} hours" if each < 48 else f"{each // 24} days") for each in SHIFTS],
        start=start,
        until=stamp(now),
        came=len(came),
        by_source=Counter(each.source for each in came).most_common(),
        undecided=_undecided(came, items),
        tally=_tally(view, made),
        rows=[_row(view, each) for each in made[::-1][:MOST_LISTED]],
        more_rows=max(0, len(made) - MOST_LISTED),
        bands=_bands(items, now),
        grave=[_waits(view, each, now) for each in items[:15]],
        waits=len(items),
        late=sum(due_of(each) < now for each in items),
        due=_due(view, now),
        soon=[_waits(view, each, now) for each in items if now <= due_of(each) <= now + AHEAD][:MOST_LISTED],
    )


def _undecided(came: Sequence[Report], items: Sequence[Item]) -> int:
    waits = {report for each in items if each.suggestion is None for report in each.reports}
    return sum(each.id in waits for each in came)


def _tally(view: View, made: Sequence[Decision]) -> list[dict[str, object]]:
    """By officer: how many he decided which way; what was taken back does not count."""
    stands = [each for each in made if view.derived(Triage).stands(each)]
    counts = Counter((each.by, each.decision) for each in stands)
    return [
        {
            "by": by,
            "counts": [counts[by, each] for each in model.DECISIONS],
            "total": sum(each.by == by for each in stands),
        }
        for by in sorted({each.by for each in stands})
    ]


def _bands(items: Sequence[Item], now: datetime) -> list[dict[str, object]]:
    rows = []
    for band in BANDS:
        those = [each for each in items if band_of(each.bits) is band]
        oldest = min((each.came for each in those), default="")
        rows.append(
            {
                "band": band,
                "count": len(those),
                "oldest": age(oldest, now) if oldest else "",
                "late": sum(due_of(each) < now for each in those),
            }
        )
    return rows


def _waits(view: View, item: Item, now: datetime) -> dict[str, object]:
    return {
        "item": item,
        "clock": waiting_clock(item, now),
        "url": f"/leads?item={item.id}",
        "label": view.label_of(item.label),
    }


@dataclass(frozen=True, slots=True)
class _Due:
    """Something that somebody has to do by a time."""

    clock: Clock
    url: str
    title: str

    @property
    def at(self) -> datetime:
        """The last moment at which it is in time."""
        return to_moment(self.clock.due)


def _due(view: View, now: datetime) -> list[_Due]:
    """What is late, or due within the next shift: steps of leads, actions of investigations; the latest first."""
    soon = [each for each in (*_steps(view, now), *_actions(view, now)) if each.at <= now + AHEAD]
    return sorted(soon, key=lambda each: (each.at, each.url, each.clock.what))[:MOST_LISTED]


def _steps(view: View, now: datetime) -> Iterator[_Due]:
    for each in view.derived(Leads).all():
        clock = step_clock(each, now)
        if clock is not None:
            yield _Due(clock, f"/leads/{each.id}", each.title)


def _actions(view: View, now: datetime) -> Iterator[_Due]:
    for case in open_in(view):
        for each in case.actions:
            if each.due and each.state == TO_DO:
                yield _Due(due_clock(each.words, each.due, each.owner, now), f"/investigations/{case.id}", case.title)
