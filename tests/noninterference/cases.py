"""Investigations in the battery: what scripts do on them, which pages are asked, and which forms are sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Final

from leconfield.desk.investigations import model
from leconfield.desk.investigations.analysis import matrix_of
from leconfield.desk.investigations.grid import grid_of
from leconfield.desk.investigations.papers import case_file
from leconfield.desk.investigations.state import everything, having
from leconfield.ledger.drafts import Draft
from leconfield.ledger.ids import Ids
from leconfield.ledger.view import View
from tests.ledger.desks import KEYS

CASES: Final = ("m", "n")
"""Investigations that scripts know of."""
KINDS: Final = (model.OPENED, model.OPENED, *sorted(model.KINDS))
"""What scripts do on them; opening more often than anything else."""
AFTER: Final = ("/investigations", "/grid")
"""Pages that are asked again once forms were sent."""
LABELS: Final = ("S", "S&AGENTS")
"""Labels under which scripts may have put what forms speak of."""
_IDS: Final = Ids(KEYS.ids)
_NOBODY: Final = "0" * 32

Fields = Mapping[str, str]


def case_id(key: str) -> str:
    """The id of the investigation that scripts call so."""
    return _IDS.of("investigation", "script", key)


def case_ids() -> tuple[str, ...]:
    """Every id that is asked for: of both sides' investigations, and one that never was."""
    return (*map(case_id, CASES), _NOBODY)


def item_id(kind: str, case: str, label: str) -> str:
    """The id of the hypothesis, evidence, action or link that was put under that label."""
    return _IDS.of("entry", kind, label, case, kind)


def drafted(kind: str, label: str, key: str, target: str, under: str) -> Draft:
    """An entry on an investigation; what it speaks of was put under the label `under`."""
    words = ("An attack", "A theft", "An exercise")[sha256(f"{kind}{label}{target}".encode()).digest()[0] % 3]
    body = {
        "title": "The mill",
        "reason": "seen both",
        "lead": "emma",
        "team": "ann\nkarina",
        "priority": item_id(model.PRIORITISED, key, under) if kind == model.REVIEWED else "P1",
        "reviewer": "ann",
        "verdict": "agreed",
        "kind": model.SUBJECT,
        "target": target,
        "link": item_id(model.LINKED, key, under),
        "words": words,
        "hypothesis": item_id(model.SUPPOSED, key, under),
        "evidence": item_id(model.BROUGHT, key, under),
        "mark": model.INCONSISTENT,
        "action": item_id(model.TASKED, key, under),
        "state": "done",
        "owner": "ann",
        "due": "2026-03-02T09:20",
        "what": words,
        "why": "seen both",
    }
    return Draft(kind, label, about=case_id(key), body=body, key=(key, kind))


def asks(view: View, records: tuple[str, ...], reports: tuple[str, ...]) -> Iterator[tuple[str, Callable[[], object]]]:
    """What the Python API says of investigations."""
    yield "investigations", lambda: [(each, each.touched) for each in everything(view)]
    yield "grid", lambda: grid_of(view)
    yield "investigations of all records", lambda: having(view, records=records, reports=reports)
    yield "matrices", lambda: [matrix_of(view, each) for each in everything(view)]
    yield "case files", lambda: [case_file(view, each) for each in everything(view)]


def listed(subjects: tuple[str, ...], reports: tuple[str, ...]) -> Iterable[Fields]:
    """What the list of investigations is asked."""
    named = {"subjects": " ".join(subjects), "reports": " ".join(reports), "leads": _NOBODY}
    return ({}, {"state": "closed"}, {"whose": "mine"}, {"do": "open", **named}, {"from": "2"}, {"from": "x"})


def one() -> Iterable[Fields]:
    """What the page of one investigation is asked: each form, those on things that may be hidden among them."""
    yield from ({}, {"entries": "1"}, {"as_of": "2026-03-02"}, {"as_of": "now", "do": "staff"})
    for label in LABELS:
        yield {"do": "change", "action": item_id(model.TASKED, CASES[0], label)}
        yield {"do": "unlink", "entry": item_id(model.LINKED, CASES[0], label)}


def matrix() -> Iterable[Fields]:
    """What the matrix is asked: each cell, hidden ones among them."""
    yield {}
    for label in LABELS:
        evidence, hypothesis = (item_id(kind, CASES[0], label) for kind in (model.BROUGHT, model.SUPPOSED))
        yield {"do": "weigh", "evidence": evidence, "hypothesis": hypothesis}


def posts(reports: tuple[str, ...], subjects: tuple[str, ...]) -> Iterator[tuple[str, Fields]]:
    """Every act, on visible and hidden investigations, with good, bad and repeated input."""
    for label in ("S", "S&AGENTS", ""):
        opened = {"title": "The mill", "reason": "a lead", "label": label}
        yield "/investigations", {**opened, "subjects": subjects[0], "reports": reports[0]}
        yield "/investigations", opened
    yield "/investigations", {"title": "", "reason": "", "label": "S"}
    for key in CASES:
        yield from _on_one(f"/investigations/{case_id(key)}", key, reports, subjects)
    yield from _on_one(f"/investigations/{_NOBODY}", "m", reports[:1], subjects[:1])


def _on_one(base: str, key: str, reports: tuple[str, ...], subjects: tuple[str, ...]) -> Iterator[tuple[str, Fields]]:
    why = {"reason": "seen both"}
    for each in subjects[-2:]:
        yield f"{base}/link", {**why, "kind": "subject", "target": each}
        yield f"{base}/link", {**why, "kind": "chart", "title": "Who met", "target": f"/chart?ids={each}"}
    for each in reports[-2:]:
        yield f"{base}/link", {**why, "kind": "report", "target": each}
        yield f"{base}/decide", {"what": "watch him", "why": "seen both", "rests": each}
        yield f"{base}/hypotheses/evidence", {"words": "he was there", "report": each}
    yield f"{base}/link", {**why, "kind": "lead", "target": _NOBODY}
    yield f"{base}/action", {"words": "ask again", "owner": "ann", "due": "2099-01-01"}
    yield f"{base}/action", {"words": "ask again", "owner": "", "due": "soon"}
    yield f"{base}/note", {"words": "a note", "label": "S"}
    yield f"{base}/note", {"words": "", "label": "S&AGENTS"}
    yield f"{base}/staff", {**why, "lead": "ann", "team": "emma, rob"}
    yield f"{base}/priority", {**why, "priority": "P2", "reviewer": "ann"}
    yield f"{base}/priority", {**why, "priority": "P9", "reviewer": ""}
    yield f"{base}/review", {**why, "verdict": "agreed"}
    yield f"{base}/hypotheses/hypothesis", {"words": "an attack"}
    yield f"{base}/hypotheses/hypothesis", {"words": "an attack"}
    for label in LABELS:
        named = {
            kind: item_id(kind, key, label) for kind in (model.SUPPOSED, model.BROUGHT, model.TASKED, model.LINKED)
        }
        cell = {"evidence": named[model.BROUGHT], "hypothesis": named[model.SUPPOSED]}
        yield f"{base}/hypotheses/weigh", {**why, **cell, "mark": "neutral", "onward": "next"}
        yield f"{base}/hypotheses/weigh", {**cell, "mark": "perhaps"}
        yield f"{base}/change", {**why, "action": named[model.TASKED], "state": "done"}
        yield f"{base}/unlink", {**why, "entry": named[model.LINKED]}
        yield f"{base}/hypotheses/withdraw", {**why, "evidence": named[model.BROUGHT]}
        yield f"{base}/hypotheses/drop", {**why, "hypothesis": named[model.SUPPOSED]}
    yield f"{base}/close", why
    yield f"{base}/close", {"reason": ""}
    yield f"{base}/reopen", why
