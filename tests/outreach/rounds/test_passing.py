"""Tests of `leconfield.outreach.rounds.passing`: a question that is something to be known becomes a tip, once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leconfield.errors import RefusedError
from leconfield.gate.bundles import rounds
from leconfield.gate.bundles.rounds import Became
from leconfield.outreach import orders
from leconfield.outreach.rounds import passing, service, state
from leconfield.outreach.rounds.waits import waits
from tests.ledger.desks import look
from tests.outreach.house import EDITOR, JUNIOR
from tests.outreach.rounds.rooms import DAY, OPENS, accepted, asked, at, house, round_of

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


def test_what_was_accepted_before_it_was_passed_on_is_read_nowhere_but_at_intake() -> None:
    desk, hands = house()
    which = round_of(desk)
    at(hands, OPENS + DAY)
    told, other = accepted(desk, which, TELLING, 1), accepted(desk, which, "Why is the sea salt?", 2)
    passing.pass_on(desk, look(desk, EDITOR), told.id, reason="It is a tip.")
    service.refuse(desk, look(desk, EDITOR), other.id, category="out of scope", reason="Not for us.")
    view = look(desk, JUNIOR)
    assert state.question(view, told.id).shown == state.GONE
    issued = orders.newest(view, rounds.QUESTIONS, which)
    assert issued is not None
    first, second = rounds.questions_in(issued.order.body)
    assert [each.became for each in first.changes] == [Became.REFUSED]
    assert first.changes == second.changes
    assert b"rifles" not in issued.order.serialise()


def test_one_into_which_others_were_merged_is_not_passed_on_before_they_are_decided_on() -> None:
    desk, hands = house()
    which = round_of(desk)
    at(hands, OPENS + DAY)
    told, other = accepted(desk, which, "How do you sleep at night?", 1), asked(desk, which, "How do you sleep?", 2)
    service.merge(desk, look(desk, EDITOR), other.id, into=told.id, reason="The same.")
    with pytest.raises(RefusedError, match="merged into it"):
        passing.pass_on(desk, look(desk, EDITOR), told.id, reason="It is a tip.")
    assert look(desk, EDITOR).reports() == []


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
