"""Tests of `leconfield.staff.escalation`: who is asked when nobody answers, at every moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leconfield.ledger.times import stamp
from leconfield.staff.escalation import Standing, standing
from leconfield.staff.model import RAISED, TAKEN, Handling
from leconfield.staff.profile import Step, shipped

SINCE = datetime(2026, 3, 3, 3, tzinfo=UTC)
HOLDERS = {"duty officer": "ann", "second": "ben", "controller on call": "cat"}


def minutes(number: float) -> datetime:
    return SINCE + timedelta(minutes=number)


def did(kind: str, number: float, by: str = "ann") -> Handling:
    return Handling(kind, by, stamp(minutes(number)))


def after(number: float, *handled: Handling, nobody: tuple[str, ...] = ()) -> Standing:
    def holder(step: Step, _at: datetime) -> str:
        return "" if step.who in nobody else HOLDERS[step.who]

    return standing(shipped(), SINCE, handled, holder, minutes(number))


def asked(found: Standing) -> list[tuple[str, float]]:
    return [(each.who, (each.at - SINCE) / timedelta(minutes=1)) for each in found.asked]


def test_each_step_is_asked_in_its_time() -> None:
    assert asked(after(0)) == [("ann", 0)]
    assert after(4).next_at == minutes(5)
    assert after(4).next_who == "ben"
    assert asked(after(5)) == [("ann", 0), ("ben", 5)]
    last = after(60)
    assert asked(last) == [("ann", 0), ("ben", 5), ("cat", 15)]
    assert last.next is None


def test_where_nobody_has_the_turn_the_next_is_asked_at_once() -> None:
    assert asked(after(0, nobody=("duty officer",))) == [("", 0), ("ben", 0)]
    assert asked(after(10, nobody=("duty officer",))) == [("", 0), ("ben", 0), ("cat", 10)]


def test_an_alarm_that_somebody_took_waits_for_him_and_not_for_ever() -> None:
    taken = did(TAKEN, 2)
    assert asked(after(21, taken)) == [("ann", 0)]
    assert not after(21, taken).lapsed
    late = after(22, taken)
    assert asked(late) == [("ann", 0), ("ben", 22)]
    assert late.lapsed
    assert asked(after(31, taken)) == [("ann", 0), ("ben", 22)]
    assert asked(after(32, taken))[-1] == ("cat", 32)


def test_taking_it_again_gives_more_time() -> None:
    assert asked(after(40, did(TAKEN, 2), did(TAKEN, 21))) == [("ann", 0)]


def test_raising_asks_the_next_at_once_and_the_one_after_in_his_time() -> None:
    found = after(1, did(RAISED, 1))
    assert asked(found) == [("ann", 0), ("ben", 1)]
    assert found.next_at == minutes(11)
    assert asked(after(2, did(RAISED, 1), did(RAISED, 2)))[-1] == ("cat", 2)


@given(
    st.lists(st.tuples(st.sampled_from([TAKEN, RAISED]), st.floats(0, 90)), max_size=6),
    st.floats(0, 120),
    st.floats(0, 60),
    st.sets(st.sampled_from(sorted(HOLDERS))),
)
def test_what_was_asked_stays_asked_and_nothing_is_asked_early_or_forgotten(
    done: list[tuple[str, float]], at: float, more: float, nobody: set[str]
) -> None:
    handled = tuple(did(kind, number) for kind, number in done)
    one = after(at, *handled, nobody=tuple(nobody))
    known = tuple(each for each in handled if each.at <= stamp(minutes(at)))
    assert after(at, *known, nobody=tuple(nobody)) == one
    assert all(each.at <= minutes(at) for each in one.asked)
    assert [each.at for each in one.asked] == sorted(each.at for each in one.asked)
    later = after(at + more, *known, nobody=tuple(nobody))
    assert later.asked[: len(one.asked)] == one.asked
    if one.next_at is not None:
        assert one.next_at > minutes(at)
        in_time = after((one.next_at - SINCE) / timedelta(minutes=1) + 0.001, *known, nobody=tuple(nobody))
        assert len(in_time.asked) > len(one.asked)
