"""Tests of `leconfield.outreach.orders`."""

from __future__ import annotations

import pytest

from leconfield.errors import BadInputError, RefusedError
from leconfield.ledger.drafts import Draft
from leconfield.outreach import orders
from leconfield.outreach.orders import BODY, ISSUED, KIND, SERIAL, issue, newest, of_kind
from tests.ledger.desks import EMMA, NOBODY, START, desk, look


def test_the_newest_order_of_a_kind_about_a_thing_counts() -> None:
    at = desk()
    for limit in (10, 20):
        issue(at, look(at, EMMA), "round", "may", {"limit": limit}, "S")
    issue(at, look(at, EMMA), "round", "june", {"limit": 5}, "S")
    issue(at, look(at, EMMA), "vacancy", "may", {"limit": 1}, "S")
    found = of_kind(look(at, EMMA), "round")
    assert [(about, each.order.serial, each.order.body) for about, each in found.items()] == [
        ("may", 2, {"limit": 20}),
        ("june", 1, {"limit": 5}),
    ]


def test_saying_the_same_again_appends_nothing() -> None:
    at = desk()
    first = issue(at, look(at, EMMA), "stop", "all", {"on": 1}, "S")
    assert issue(at, look(at, EMMA), "stop", "all", {"on": 1}, "S") == first
    assert len(look(at, EMMA).entries()) == 1


def test_orders_about_one_thing_stand_under_one_label() -> None:
    at = desk()
    issue(at, look(at, EMMA), "stop", "all", {"on": 1}, "S")
    with pytest.raises(RefusedError, match="another label"):
        issue(at, look(at, EMMA), "stop", "all", {"on": 0}, "O")
    assert newest(look(at, NOBODY), "stop", "all") is None


@pytest.mark.parametrize("body", [{"share": 0.5}, {"when": START}, {"of": {1, 2}}])
def test_an_order_carries_nothing_that_the_other_side_would_not_read(body: dict[str, object]) -> None:
    at = desk()
    with pytest.raises(BadInputError, match="whole numbers"):
        issue(at, look(at, EMMA), "round", "may", body, "S")


@pytest.mark.parametrize(("kind", "about"), [("Round", "may"), ("round", "../may"), ("", "may"), ("round", "")])
def test_an_order_is_named_so_that_it_can_be_a_file(kind: str, about: str) -> None:
    at = desk()
    with pytest.raises(BadInputError, match="lower-case"):
        issue(at, look(at, EMMA), kind, about, {}, "S")


def test_of_two_who_act_at_one_moment_the_second_is_told_and_nothing_of_his_act_stands() -> None:
    at = desk()
    early = look(at, EMMA)
    order = orders.drafted(early, "round", "may", {"limit": 1}, "S")
    issue(at, look(at, EMMA), "round", "may", {"limit": 2}, "S")
    assert order is not None
    before = len(look(at, EMMA).entries())
    with pytest.raises(RefusedError, match="meanwhile"):
        at.append(EMMA, [Draft("decided", "S", about="may"), order], once=True)
    assert len(look(at, EMMA).entries()) == before
    assert not at.verify().faults
    assert not at.verify().faults
    assert newest(look(at, EMMA), "round", "may").order.body == {"limit": 2}  # type: ignore[union-attr]


def test_nobody_issues_orders_in_the_past() -> None:
    at = desk()
    with pytest.raises(RefusedError, match="past"):
        issue(at, look(at, EMMA, START), "stop", "all", {"on": 1}, "S")


@pytest.mark.parametrize(("serial", "body"), [("one", "{}"), ("1", "[]"), ("1", "{"), ("-1", "{}")])
def test_an_entry_that_holds_no_order_is_none(serial: str, body: str) -> None:
    at = desk()
    at.append(EMMA, [Draft(ISSUED, "S", "all", {KIND: "stop", SERIAL: serial, BODY: body})])
    assert newest(look(at, EMMA), "stop", "all") is None
