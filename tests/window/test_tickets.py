from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.window.tickets import (
    BUSY,
    HONEYPOT,
    SOON,
    STALE,
    TOKEN,
    TRAP,
    WORK,
    Ticket,
    Tickets,
    Toll,
    worked_out,
    worth,
)

TOLL = Toll(wait=10, bits=6, life=600, burst=3, each_minute=60)


@dataclass
class Clock:
    now: datetime = datetime(2026, 8, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def form(ticket: Ticket, **more: str) -> dict[str, str]:
    return {TOKEN: ticket.token, WORK: "", HONEYPOT: "", **more}


def test_whoever_waits_is_let_through_once() -> None:
    clock = Clock()
    tickets = Tickets(TOLL, clock)
    ticket = tickets.issue("tip")
    clock.wait(10)

    assert tickets.check(form(ticket), "tip").paid
    assert tickets.check(form(ticket), "tip").fault == STALE


def test_pressing_too_soon_keeps_the_ticket_and_the_waiting() -> None:
    clock = Clock()
    tickets = Tickets(TOLL, clock)
    ticket = tickets.issue("tip")
    clock.wait(7)

    soon = tickets.check(form(ticket), "tip")

    assert (soon.fault, soon.ticket.token, soon.ticket.wait) == (SOON, ticket.token, 3)
    clock.wait(3)
    assert tickets.check(form(soon.ticket), "tip").paid


def test_whoever_lets_a_machine_work_need_not_wait() -> None:
    tickets = Tickets(TOLL, Clock())
    ticket = tickets.issue("tip")
    work = worked_out(ticket)

    assert worth(ticket.token, work) >= TOLL.bits
    assert tickets.check(form(ticket, **{WORK: work}), "tip").paid


def test_work_for_another_ticket_is_worth_nothing() -> None:
    tickets = Tickets(replace(TOLL, bits=20), Clock())
    ticket = tickets.issue("tip")
    other = worked_out(replace(tickets.issue("tip"), bits=12))

    assert tickets.check(form(ticket, **{WORK: other}), "tip").fault == SOON


@pytest.mark.parametrize("work", ["", "x", "-1", " 1", "1 ", "9" * 300, "١", "1e3"])
def test_work_that_is_no_number_is_worth_nothing(work: str) -> None:
    assert worth("token", work) == 0


def test_a_ticket_is_good_for_its_purpose_and_its_life_alone() -> None:
    clock = Clock()
    tickets = Tickets(TOLL, clock)
    ticket = tickets.issue("question")
    clock.wait(20)

    assert tickets.check(form(ticket), "vote").fault == STALE
    assert tickets.check(form(ticket), "question").paid
    late = tickets.issue("question")
    clock.wait(TOLL.life + 1)
    assert tickets.check(form(late), "question").fault == STALE


def test_the_new_ticket_for_a_stale_one_will_do() -> None:
    clock = Clock()
    tickets = Tickets(TOLL, clock)

    stale = tickets.check({}, "tip")

    clock.wait(10)
    assert stale.fault == STALE
    assert tickets.check(form(stale.ticket), "tip").paid


def test_a_filled_field_that_nobody_sees_is_told() -> None:
    clock = Clock()
    tickets = Tickets(TOLL, clock)
    ticket = tickets.issue()
    clock.wait(10)

    assert tickets.check(form(ticket, **{HONEYPOT: "http://spam.example"})).fault == TRAP
    assert tickets.check(form(ticket)).paid


def test_a_flood_of_those_who_wait_does_not_shut_out_those_who_work() -> None:
    clock = Clock()
    tickets = Tickets(TOLL, clock)
    waiting = [tickets.issue() for _ in range(5)]
    clock.wait(10)

    faults = [tickets.check(form(each)).fault for each in waiting]

    assert faults == ["", "", "", BUSY, BUSY]
    ticket = tickets.issue()
    assert tickets.check(form(ticket, **{WORK: worked_out(ticket)})).paid
    clock.wait(1)
    assert tickets.check(form(waiting[3])).paid


def test_a_flood_of_votes_does_not_shut_out_a_tip_or_a_look_into_the_mailbox() -> None:
    clock = Clock()
    tickets = Tickets(TOLL, clock)
    votes = {purpose: tickets.issue(purpose) for purpose in (f"ballot round q{number}" for number in range(5))}
    others = {purpose: tickets.issue(purpose) for purpose in ("tip", "words", "reply", "draft")}
    clock.wait(10)

    faults = [tickets.check(form(ticket), purpose).fault for purpose, ticket in votes.items()]

    assert faults == ["", "", "", BUSY, BUSY]
    assert all(tickets.check(form(ticket), purpose).paid for purpose, ticket in others.items())


def test_what_was_used_up_is_forgotten_when_its_life_is_over() -> None:
    clock = Clock()
    tickets = Tickets(TOLL, clock)
    for _ in range(50):
        ticket = tickets.issue()
        clock.wait(60)
        assert tickets.check(form(ticket)).paid

    assert len(tickets._used) <= TOLL.life // 60 + 1


@given(st.text(max_size=300) | st.binary(max_size=40).map(lambda raw: raw.hex()))
@settings(max_examples=100, deadline=None)
def test_no_other_text_passes_for_a_ticket(token: str) -> None:
    clock = Clock()
    tickets = Tickets(TOLL, clock)

    assert tickets.check({TOKEN: token, WORK: "0"}).fault == STALE


def test_no_changed_byte_of_a_ticket_passes() -> None:
    clock = Clock()
    tickets = Tickets(TOLL, clock)
    ticket = tickets.issue()
    clock.wait(10)

    for at in range(len(ticket.token) - 1):
        other = "A" if ticket.token[at] != "A" else "B"
        changed = ticket.token[:at] + other + ticket.token[at + 1 :]
        assert tickets.check({TOKEN: changed}).fault == STALE


def test_a_ticket_of_another_process_is_replaced() -> None:
    clock = Clock()
    ticket = Tickets(TOLL, clock).issue()
    clock.wait(10)

    assert Tickets(TOLL, clock).check(form(ticket)).fault == STALE


def test_a_ticket_that_travels_with_a_form_is_shown_again_with_what_is_left_to_wait() -> None:
    clock = Clock()
    tickets = Tickets(TOLL, clock)
    ticket = tickets.issue("tip")
    clock.wait(4)

    again = tickets.again(ticket.token, "tip")

    assert (again.token, again.wait) == (ticket.token, 6)
    clock.wait(30)
    assert tickets.again(ticket.token, "tip").wait == 0
    assert tickets.check(form(ticket), "tip").paid
    assert tickets.again(ticket.token, "tip").token != ticket.token
    assert tickets.again("nonsense", "tip").wait == TOLL.wait
