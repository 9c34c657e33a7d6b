"""Deciding on what waits: each thing once, by a named person, with a reason, and it can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.desk.leads import service
from leconfield.desk.leads.folds import Folds
from leconfield.desk.leads.model import DECISIONS
from leconfield.desk.leads.queue import Waiting, waiting
from leconfield.desk.leads.state import Leads, Triage
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.labels import LabelError
from leconfield.ledger.model import Question, ReportId
from leconfield.ledger.view import View
from tests.desk.leads.builders import decided, grown, grown_later, only, titles, told
from tests.desk.leads.test_folds import LONG
from tests.ledger.desks import EMMA, ROB, START, desk, look


def test_whatever_comes_in_waits_until_somebody_decides() -> None:
    at = desk()
    one = told(at, "A torch at the lorry park.")
    told(at, "A van at the quay.")
    assert titles(at) == ["A torch at the lorry park.", "A van at the quay."]
    decided(at, one)
    assert titles(at) == ["A van at the quay."]


@pytest.mark.parametrize("decision", DECISIONS)
def test_each_decision_settles_an_item_and_says_who_and_why(decision: str) -> None:
    at = desk()
    one = told(at, "Ray Cassell was at the quay.", names=["Ray Cassell"])
    decided(at, one, decision, to="Team Harbour")
    (made,) = look(at, ROB).derived(Triage).everything()
    assert (made.by, made.decision, made.reason) == ("rob", decision, "heard it before, from Luton")
    assert titles(at) == []
    assert len(look(at, ROB).derived(Leads).all()) == (decision == "lead")


def test_a_fold_is_decided_on_once() -> None:
    at = desk()
    one = told(at, LONG)
    told(at, LONG, source="THISTLE")
    assert (only(at).origins, len(only(at).reports)) == (2, 2)
    decided(at, one)
    assert titles(at) == []


def test_a_further_report_of_the_same_telling_brings_it_back() -> None:
    at = desk()
    decided(at, told(at, LONG))
    again = told(at, LONG, source="THISTLE")
    changed = only(at).changed
    assert changed is not None
    assert (changed.reports, changed.decision.decision) == ((again,), "reject")
    decided(at, again)
    assert titles(at) == []


def test_what_is_newly_learnt_of_a_report_brings_it_back_marked() -> None:
    at = desk()
    one = told(at, "A torch at the lorry park.")
    decided(at, one, "trace")
    grown_later(at, one, "walks with a stick")
    changed = only(at).changed
    assert changed is not None
    assert [look(at, ROB).statement(each).value for each in changed.statements] == ["walks with a stick"]
    decided(at, one)
    assert titles(at) == []


def test_a_decision_taken_back_leaves_no_trace_in_what_waits() -> None:
    at = desk()
    one = told(at, "A torch at the lorry park.")
    before = waiting(look(at, ROB))
    decided(at, one, "lead")
    service.undo(at, look(at, ROB))
    assert waiting(look(at, ROB)) == before
    assert look(at, ROB).derived(Leads).all() == []
    assert look(at, ROB).derived(Leads).of_report(one) == []


def test_only_he_who_decided_takes_it_back() -> None:
    at = desk()
    made = decided(at, told(at, "A torch at the lorry park."), by=EMMA)
    with pytest.raises(RefusedError, match="emma's decision"):
        service.undo(at, look(at, ROB), made.decision)
    with pytest.raises(BadInputError, match="nothing of yours"):
        service.undo(at, look(at, ROB))


def test_a_lead_on_which_somebody_worked_is_closed_not_undone() -> None:
    at = desk()
    made = decided(at, told(at, "A torch at the lorry park."), "lead")
    service.take(at, look(at, EMMA), made.lead)
    with pytest.raises(RefusedError, match="worked on this lead"):
        service.undo(at, look(at, ROB), made.decision)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"reason": "  "}, "your reason is missing"),
        ({"decision": "accept all"}, "is no decision"),
        ({"decision": "pass"}, "whom it goes to is missing"),
        ({"decision": "lead", "reason": service.STOCK["reject"][0]}, "in your own words"),
        ({"decision": "lead", "title": "x" * 300}, "keep it to 200"),
    ],
)
def test_what_will_not_do_is_refused_and_it_still_waits(terms: dict[str, Any], words: str) -> None:
    at = desk()
    one = told(at, "A torch at the lorry park.")
    with pytest.raises(BadInputError, match=words):
        decided(at, one, **terms)
    assert titles(at) == ["A torch at the lorry park."]


def test_a_label_that_would_hide_it_from_him_is_refused() -> None:
    at = desk()
    one = told(at, "A torch at the lorry park.")
    with pytest.raises(RefusedError, match="would hide this from you"):
        decided(at, one, label="HEATHER")
    with pytest.raises(LabelError):
        decided(at, one, label="S&")


def test_what_is_hidden_was_decided_or_never_was_is_told_in_the_same_words() -> None:
    at = desk()
    secret, done = told(at, "Our man says Thursday.", label="S&AGENTS"), told(at, "A van at the quay.")
    decided(at, done)
    said = set()
    for which in (secret, done, "f" * 32):
        with pytest.raises(NotFoundError) as refusal:
            decided(at, which, by=EMMA)
        said.add(str(refusal.value))
    assert len(said) == 1


def test_a_decision_on_what_one_may_not_see_is_not_seen_either() -> None:
    at = desk()
    told(at, LONG)
    told(at, LONG, label="S&AGENTS", source="THISTLE")
    decided(at, only(at).id, reason="the second one is our man")
    assert titles(at) == []
    assert titles(at, EMMA) == [LONG[:40]]
    assert look(at, EMMA).derived(Triage).everything() == []


def test_nobody_decides_in_the_past() -> None:
    at = desk()
    one = told(at, "A torch at the lorry park.")
    with pytest.raises(RefusedError, match="past"):
        service.triage(at, look(at, ROB, at.clock()), item=one, decision="reject", reason="no")


def test_what_waited_then_is_shown_as_of_then() -> None:
    at = desk()
    one = told(at, "A torch at the lorry park.", when=START)
    then = at.clock()
    decided(at, one)
    assert [each.id for each in waiting(look(at, ROB, then))] == [one]


def test_the_answers_of_a_trace_are_kept_for_those_who_hold_as_much() -> None:
    at = desk()
    told(at, "Ray Cassell was at the quay.", names=["Ray Cassell"])
    one = told(at, "Ray Cassell has sold the van.", names=["Ray Cassell"])
    decided(at, one, "trace")
    for reader, answered in ((ROB, ["Ray Cassell"]), (EMMA, [])):
        triage = look(at, reader).derived(Triage)
        (made,) = triage.everything()
        assert [each.asked for each in triage.answers_to(made)] == answered


def _state(view: View) -> object:
    leads = view.derived(Leads)
    return (
        sorted(waiting(view), key=lambda each: each.id),
        view.derived(Triage).everything(),
        leads.all(),
        [leads.acts_on(each.id) for each in leads.all()],
        [leads.of_report(each) for each in view.world.reports],
    )


def _played(acts: list[tuple[str, int]], at: Desk) -> None:
    """Whatever of these acts can be done."""
    reports: list[ReportId] = []
    for kind, number in acts:
        view = look(at, ROB)
        items, leads = sorted(waiting(view), key=lambda each: each.id), view.derived(Leads).all()
        if kind == "file" or not reports:
            reports.append(told(at, f"{LONG if number % 2 else 'Ada Brook at the quay with a rope'} {number % 3}"))
        elif kind == "grow":
            grown_later(at, reports[number % len(reports)], f"note {number}")
        elif kind in DECISIONS and items:
            decided(at, items[number % len(items)].id, kind, to="Team Harbour")
        elif kind == "undo" and service.last_of(view):
            service.undo(at, view)
        elif kind == "close" and leads and leads[0].standing:
            service.close_lead(at, view, leads[0].id, reason="nothing in it")
        elif kind == "reopen" and leads and not leads[0].standing:
            service.reopen_lead(at, view, leads[0].id, reason="something in it")
        elif kind == "score" and leads and leads[0].standing:
            service.score(at, view, leads[0].id, part="impact", points=str(number % 5), reason="a port")


KINDS = ("file", "grow", *DECISIONS, "undo", "close", "reopen", "score")
ACTS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 6)), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None, database=None, derandomize=True)
@given(ACTS, st.lists(st.integers(0, 40), max_size=5))
def test_what_is_grown_piece_by_piece_is_what_is_folded_at_once(acts: list[tuple[str, int]], cuts: list[int]) -> None:
    at = desk()
    _played(acts, at)
    whole = look(at, ROB)
    made = View(ROB, None, Question("look"), grown(whole.world, cuts, Folds, Triage, Leads, Waiting), whole._files)
    fresh = View(ROB, None, Question("look"), grown(whole.world, []), whole._files)
    assert _state(made) == _state(fresh) == _state(whole)


@settings(max_examples=30, deadline=None, database=None, derandomize=True)
@given(ACTS, st.sampled_from(tuple(DECISIONS)), st.integers(0, 6))
def test_whatever_went_before_an_undone_decision_leaves_what_was(
    acts: list[tuple[str, int]], decision: str, number: int
) -> None:
    at = desk()
    _played(acts, at)
    view = look(at, ROB)
    items = sorted(waiting(view), key=lambda each: each.id)
    before = (items, view.derived(Leads).all())
    if items:
        made = decided(at, items[number % len(items)].id, decision, to="Team Harbour")
        service.undo(at, look(at, ROB), made.decision)
    view = look(at, ROB)
    assert (sorted(waiting(view), key=lambda each: each.id), view.derived(Leads).all()) == before
