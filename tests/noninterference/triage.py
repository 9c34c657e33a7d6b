"""The battery's questions about triage and leads: pages, acts, and the Python API."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from leconfield.desk.leads import service
from leconfield.desk.leads.folds import Folds
from leconfield.desk.leads.pages_lead import offered
from leconfield.desk.leads.queue import item_at, waiting
from leconfield.desk.leads.state import Leads, Triage
from leconfield.desk.leads.weights import weights_for
from leconfield.ledger.view import View
from tests.noninterference.acts import LEADS, lead_id

NOBODY: Final = "f" * 32
Fields = Mapping[str, str]

FIXED: Final[Mapping[str, Iterable[Fields]]] = {
    "/leads/list": ({}, {"state": "closed"}, {"from": "2"}),
    "/leads/decided": ({}, {"by": "emma"}, {"decision": "lead"}, {"from": "2"}),
    "/leads/hand-over": ({}, {"hours": "168"}, {"as_of": "2026-03-02"}),
    "/leads/{lead}": ({},),
    "/leads/{lead}/score": ({}, {"part": "imminence"}, {"part": "none"}),
}
"""What these pages are asked."""

AFTER: Final = ("/leads", "/leads/list", "/leads/decided", "/leads/hand-over")
"""Pages that show what the acts left behind."""


def queue(reports: Iterable[str]) -> Iterator[Fields]:
    """What the queue is asked: as it is, filtered, and for each item, hidden ones among them."""
    yield from ({}, {"source": "HERON"}, {"label": "S"}, {"whose": "karina", "order": "oldest"}, {"age": "hour"})
    for each in reports:
        yield {"item": each}
        yield {"next": each}


def lead_ids() -> Iterator[str]:
    """The leads of both sides, and one that never was."""
    yield from (lead_id(each) for each in LEADS)
    yield NOBODY


def posts(
    reports: tuple[str, ...], subjects: tuple[str, ...], statements: tuple[str, ...]
) -> Iterator[tuple[str, Fields]]:
    """Decisions and acts on leads, with good, bad and repeated input, on visible and hidden things."""
    decisions = ("reject", "trace", "lead", "pass")
    for place, each in enumerate(reports):
        fields = {"item": each, "decision": decisions[place % 4], "reason": "both limp", "to": "Team Harbour"}
        yield "/leads/triage", {**fields, "reason": ""}
        yield "/leads/triage", {**fields, "label": "S&AGENTS"}
        yield "/leads/triage", fields
        if place % 3 == 1:
            yield "/leads/undo", {}
    yield "/leads/triage", {"item": NOBODY, "decision": "all", "reason": "both limp"}
    yield "/leads/undo", {"decision": NOBODY}
    for each in lead_ids():
        sides = {f"side-{said}": "supports" for said in statements[:2]}
        yield f"/leads/{each}/score", {"part": "impact", "points": "3", "reason": "a port"}
        yield f"/leads/{each}/score", {"part": "impact", "points": "4", "reason": "a port", **sides}
        yield f"/leads/{each}/owner", {"owner": ""}
        yield f"/leads/{each}/step", {"step": "ring the port", "due": "2099-01-01"}
        yield f"/leads/{each}/step", {"step": "ring the port", "due": "soon"}
        for end in (reports[0], subjects[0], subjects[-2]):
            yield f"/leads/{each}/link", {"link": f"/subjects/{end}", "reason": "the same rope"}
        yield f"/leads/{each}/investigate", {"which": "Lantern", "reason": ""}
        yield f"/leads/{each}/close", {"reason": "it was for a tent"}
        yield f"/leads/{each}/close", {"reason": "again"}
        yield f"/leads/{each}/reopen", {"reason": "there was no tent"}
        yield f"/leads/{each}/investigate", {"which": "Lantern", "reason": "a rope", "label": "S"}


def asks(view: View, reports: Iterable[str]) -> Iterator[tuple[str, Callable[[], object]]]:
    """What the Python API says of triage."""
    triage, leads = view.derived(Triage), view.derived(Leads)
    yield "folds", lambda: view.derived(Folds).folds()
    yield "what waits", lambda: sorted(waiting(view), key=lambda each: each.id)
    yield "what was decided", triage.everything
    yield "leads", leads.all
    yield "my last decision", lambda: service.last_of(view)
    for each in reports:
        yield f"waits {each}", lambda each=each: item_at(view, each)  # type: ignore[misc]
        yield f"decided on {each}", lambda each=each: triage.all_on(each)  # type: ignore[misc]
        yield f"leads on {each}", lambda each=each: leads.of_report(each)  # type: ignore[misc]
    for which in lead_ids():
        yield f"lead {which}", lambda which=which: _lead(view, which)  # type: ignore[misc]


def _lead(view: View, which: str) -> object:
    found = service.lead_at(view, which)
    return found, weights_for(view, found), offered(view, found), view.derived(Leads).acts_on(which)
