"""Tests of `leconfield.surveillance`: a line is kept once, as it was sealed, and never lost for want of a paper."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.authority import service as authority
from leconfield.authority.model import Step
from leconfield.authority.permit import authorised
from leconfield.errors import NotFoundError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId
from leconfield.ledger.times import stamp
from leconfield.surveillance import rules, service
from leconfield.surveillance.model import Operation, Written
from leconfield.surveillance.rules import sealed
from leconfield.surveillance.state import Operations, operations
from tests.authority.offices import APPLICANT, INSPECTOR, LABEL, OFFICER, SAID, Hands, office
from tests.ledger.desks import NOBODY, look


def planned(*, permitted: bool = True) -> tuple[Desk, Hands, EntryId]:
    """A desk with an operation, its team, and an authority for it."""
    desk, hands = office()
    which = service.plan(desk, look(desk, APPLICANT), name="Lantern", about="a" * 32, label=LABEL)
    for name, sign in (("gwen", "Alpha"), ("hal", "Bravo")):
        service.staff(desk, look(desk, APPLICANT), which, member=name, call_sign=sign, role="foot")
    if permitted:
        asked = authority.apply(desk, look(desk, APPLICANT), "directed-surveillance", which, SAID, label=LABEL)
        authority.take(desk, look(desk, OFFICER), asked, Step.GRANT, reason="Needed.")
    hands.move(minutes=1)
    return desk, hands, which


def lines(hands: Hands, count: int, device: str = "d1", after: Written | None = None, **more: object) -> list[Written]:
    """So many lines of one device, sealed one on another."""
    made: list[Written] = [after] if after else []
    for n in range(count):
        number = (after.number if after else 0) + n + 1
        line = Written(device, number, stamp(hands.at), "Alpha", f"He turns left, {number}.", **more)  # type: ignore[arg-type]
        made.append(sealed(replace(line, follows=made[-1].seal if made else line.follows)))
    return made[1:] if after else made


def operation(desk: Desk) -> Operation:
    return operations(look(desk, APPLICANT))[0]


def test_lines_are_kept_in_order_each_once_however_often_they_are_sent() -> None:
    desk, hands, which = planned()
    written = lines(hands, 4)
    for part in (written[:2], written[1:3], written[:4], written):
        assert service.take(desk, look(desk, APPLICANT), which, part).fault == ""
    assert [each.written for each in rules.in_order(operation(desk).lines)] == written
    assert all(each.authority for each in operation(desk).lines)


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_whatever_is_lost_and_repeated_on_the_way_nothing_is_lost_or_doubled(chance: Random) -> None:
    desk, hands, which = planned()
    sides = {device: lines(hands, chance.randint(1, 6), device) for device in ("d1", "d2")}
    for _ in range(12):
        written = sides[chance.choice(list(sides))]
        begin = chance.randrange(len(written))
        service.take(desk, look(desk, APPLICANT), which, written[begin : begin + chance.randint(1, 4)])
    for written in sides.values():
        service.take(desk, look(desk, APPLICANT), which, written)
    held = [each.written for each in operation(desk).lines]
    assert sorted(held, key=lambda each: (each.device, each.number)) == [*sides["d1"], *sides["d2"]]


@pytest.mark.parametrize("field", ["seen", "place", "at", "by", "latitude", "collateral", "follows", "number"])
def test_a_line_that_was_changed_is_refused_and_those_before_it_stand(field: str) -> None:
    desk, hands, which = planned()
    first, second = lines(hands, 2)
    changed: dict[str, object] = {"collateral": True, "number": 3, "at": stamp(hands.at)[:-3] + "1Z", "by": "Bravo"}
    broken = replace(second, **{field: changed.get(field, "x")})  # type: ignore[arg-type]
    taken = service.take(desk, look(desk, APPLICANT), which, [first, broken])
    assert (taken.kept, bool(taken.fault)) == (1, True)
    assert [each.written for each in operation(desk).lines] == [first]


def test_a_gap_and_a_second_history_are_refused() -> None:
    desk, hands, which = planned()
    written = lines(hands, 3)
    assert "after 0" in service.take(desk, look(desk, APPLICANT), which, written[1:]).fault
    service.take(desk, look(desk, APPLICANT), which, written[:2])
    forked = sealed(replace(written[2], follows=written[0].seal))
    assert "does not follow" in service.take(desk, look(desk, APPLICANT), which, [forked]).fault


def test_what_was_written_under_the_authority_is_kept_after_its_end() -> None:
    desk, hands, which = planned()
    written = lines(hands, 2)
    hands.move(days=200)
    assert service.take(desk, look(desk, APPLICANT), which, written).without_authority == 0
    assert all(each.authority for each in operation(desk).lines)


def test_what_was_written_without_one_is_kept_marked_and_told_to_oversight() -> None:
    desk, hands, which = planned(permitted=False)
    taken = service.take(desk, look(desk, APPLICANT), which, lines(hands, 2))
    assert (taken.kept, taken.without_authority) == (2, 2)
    assert not any(each.authority for each in operation(desk).lines)
    told = look(desk, INSPECTOR).entries(kind=service.WITHOUT)
    assert [each.about for each in told] == [which, which]
    assert "turns left" not in str(look(desk, INSPECTOR).world.entries)


def test_nobody_is_sent_out_without_a_live_authority_and_its_end_ends_that() -> None:
    desk, hands, which = planned()
    (found,) = look(desk, APPLICANT).entries(kind=Step.APPLY.value)
    given = authorised(desk, look(desk, APPLICANT), found.id, service.WATCH, which)
    service.deploy(desk, look(desk, APPLICANT), given, which, words="Follow him from his home.")
    hands.move(days=200)
    with pytest.raises(RefusedError, match="ended"):
        service.deploy(desk, look(desk, APPLICANT), given, which, words="Follow him again.")


def test_after_it_is_closed_only_what_was_written_before_is_kept() -> None:
    desk, hands, which = planned()
    before = lines(hands, 1)
    hands.move(minutes=5)
    service.close(desk, look(desk, APPLICANT), which, words="He left the country.")
    hands.move(minutes=5)
    later = lines(hands, 1, after=before[0])
    taken = service.take(desk, look(desk, APPLICANT), which, [*before, *later])
    assert (taken.kept, "was closed" in taken.fault) == (1, True)
    with pytest.raises(RefusedError, match="closed"):
        service.brief(desk, look(desk, APPLICANT), which, words="More.")
    service.debrief(desk, look(desk, APPLICANT), which, words="It went well.")


def test_bystanders_are_shown_for_a_short_while() -> None:
    desk, hands, which = planned()
    first = lines(hands, 1, collateral=True)
    service.take(desk, look(desk, APPLICANT), which, [*first, *lines(hands, 1, after=first[0])])
    held = operation(desk).lines
    assert len(rules.shown(held, stamp(hands.at))) == 2
    hands.move(days=29)
    assert [each.written.number for each in rules.shown(held, stamp(hands.at))] == [2]


def test_call_signs_are_one_mans_each_and_others_are_nobodys() -> None:
    desk, hands, which = planned()
    with pytest.raises(RefusedError, match="another's call sign"):
        service.staff(desk, look(desk, APPLICANT), which, member="ivy", call_sign="Alpha", role="car")
    stranger = sealed(replace(lines(hands, 1)[0], by="Zulu"))
    assert "nobody's call sign" in service.take(desk, look(desk, APPLICANT), which, [stranger]).fault


def test_hidden_and_never_been_are_refused_in_the_same_words() -> None:
    desk, _, which = planned()
    said = []
    for one in (which, "0" * 32):
        with pytest.raises(NotFoundError) as caught:
            service.take(desk, look(desk, NOBODY), one, lines(Hands(), 1))
        said.append(str(caught.value))
    assert said[0] == said[1]


def test_what_has_grown_step_by_step_is_what_the_whole_gives() -> None:
    desk, hands, which = planned()
    look(desk, APPLICANT).derived(Operations)
    service.take(desk, look(desk, APPLICANT), which, lines(hands, 3))
    view = look(desk, APPLICANT)
    assert view.derived(Operations).by_id == Operations.of(view.world).by_id
