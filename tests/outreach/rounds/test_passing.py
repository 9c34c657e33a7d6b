"""Tests of `leconfield.outreach.rounds.passing`: a question that is something to be known becomes a tip, once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leconfield.errors import RefusedError
from leconfield.gate.bundles import rounds
from leconfield.outreach import orders
from leconfield.outreach.rounds import passing, service, state
from leconfield.outreach.rounds.waits import waits
from tests.ledger.desks import look
from tests.outreach.house import EDITOR, JUNIOR
from tests.outreach.rounds.rooms import DAY, OPENS, asked, at, house, round_of

TELLING = "Do you know that my neighbour keeps rifles in his garage?"


def test_it_becomes_a_report_for_intake_and_reads_outside_like_any_other_out_of_scope() -> None:
    desk, hands = house()
    which = round_of(desk)
    at(hands, OPENS + DAY)
    told, other = asked(desk, which, TELLING, 1), asked(desk, which, "What is the capital of France?", 2)
    passing.pass_on(desk, look(desk, EDITOR), told.id, reason="It is a tip.")
    service.refuse(desk, look(desk, EDITOR), other.id, category="out of scope", reason="Not for us.")
    view = look(desk, EDITOR)
    (report,) = view.reports()
    assert TELLING in report.text
    assert report.label == "S&INTAKE"
    assert TELLING not in state.question(view, told.id).shown
    issued = orders.newest(view, rounds.QUESTIONS, which)
    assert issued is not None
    first, second = rounds.questions_in(issued.order.body)
    assert first.changes == second.changes


def test_whoever_may_not_write_for_intake_passes_nothing_on_and_nothing_is_decided() -> None:
    desk, hands = house()
    which = round_of(desk)
    at(hands, OPENS + DAY)
    known = asked(desk, which, TELLING)
    with pytest.raises(RefusedError):
        passing.pass_on(desk, look(desk, JUNIOR), known.id, reason="It is a tip.")
    assert state.question(look(desk, EDITOR), known.id).decision is None
    assert look(desk, EDITOR).reports() == []


def test_what_waits_is_what_the_reader_may_do() -> None:
    desk, hands = house()
    which = round_of(desk)
    at(hands, OPENS + DAY)
    asked(desk, which, TELLING)
    plain = replace(EDITOR, roles=frozenset({"officer"}))
    told = {who.roles: [each.words for each in waits(desk, look(desk, who)) if each.count] for who in (EDITOR, plain)}
    assert told[EDITOR.roles] == ["questions to decide on"]
    assert told[plain.roles] == []
