"""Tests of `leconfield.surveillance.taking`: a line is kept once, as it was sealed, never lost for want of a paper."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.authority import service as authority
from leconfield.authority.model import Step
from leconfield.authority.register import register
from leconfield.errors import BadInputError
from leconfield.ledger.audit import Read, parse_leaf
from leconfield.ledger.times import stamp
from leconfield.surveillance import rules, taking
from leconfield.surveillance.lines import MOST_SEEN, line_in, text_of, written_in
from leconfield.surveillance.model import Says, Written
from leconfield.surveillance.rules import sealed
from tests.authority.offices import APPLICANT, INSPECTOR, LABEL, OFFICER, SAID
from tests.ledger.desks import look
from tests.surveillance.logs import SALT, lines, operation, planned, prepared

take = taking.take


def test_lines_are_kept_in_order_each_once_however_often_they_are_sent() -> None:
    desk, hands, which = planned()
    written = lines(hands, which, 4)
    for part in (written[:2], written[1:3], written[:4], written):
        assert take(desk, look(desk, APPLICANT), which, part).fault == ""
    assert [each.written for each in rules.in_order(operation(desk).lines)] == written
    assert all(each.authority for each in operation(desk).lines)
    assert [each.acts for each in register(look(desk, INSPECTOR))] == [4]


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_whatever_is_lost_and_repeated_on_the_way_nothing_is_lost_or_doubled(chance: Random) -> None:
    desk, hands, which = planned()
    sides = {device: lines(hands, which, chance.randint(1, 6), device) for device in ("d1", "d2")}
    for _ in range(12):
        sent = [*sides["d1"], *sides["d2"]]
        chance.shuffle(sent)
        take(desk, look(desk, APPLICANT), which, sent[: chance.randint(1, len(sent))])
    for written in sides.values():
        take(desk, look(desk, APPLICANT), which, written)
    held = [each.written for each in operation(desk).lines]
    assert sorted(held, key=lambda each: (each.device, each.number)) == [*sides["d1"], *sides["d2"]]


_CHANGED = {
    "at": "2026-03-02T09:00:00.000001Z",
    "by": "Bravo",
    "collateral": True,
    "follows": "1" * 64,
    "number": 3,
    "said": "2" * 64,
    "says": Says("He turns right.", salt=SALT),
    "operation": "b" * 32,
    "seal": "3" * 64,
}


@pytest.mark.parametrize("field", sorted(_CHANGED))
def test_a_line_that_was_changed_is_refused_and_those_before_it_stand(field: str) -> None:
    desk, hands, which = planned()
    first, second = lines(hands, which, 2)
    broken = replace(second, **{field: _CHANGED[field]})  # type: ignore[arg-type] # fields of it
    other = lines(hands, which, 2, "d2")
    sent = take(desk, look(desk, APPLICANT), which, [first, broken, *other])
    assert (sent.kept, list(sent.faults)) == (3, ["d1"])
    assert [each.written for each in operation(desk).lines] == [first, *other]


def test_a_gap_and_a_second_history_are_refused() -> None:
    desk, hands, which = planned()
    written = lines(hands, which, 3)
    assert "after 0" in take(desk, look(desk, APPLICANT), which, written[1:]).fault
    take(desk, look(desk, APPLICANT), which, written[:2])
    forked = sealed(replace(written[2], follows=written[0].seal))
    assert "does not follow" in take(desk, look(desk, APPLICANT), which, [forked]).fault
    again = sealed(replace(written[1], says=Says("Otherwise.", salt=SALT)))
    assert "cannot be written twice" in take(desk, look(desk, APPLICANT), which, [again]).fault


def test_a_line_of_another_operation_is_not_taken_here_and_a_stranger_writes_nothing() -> None:
    desk, hands, which = planned()
    other = prepared(desk, hands, "Candle")
    replayed = lines(hands, which, 1)
    assert "another operation" in take(desk, look(desk, APPLICANT), other, replayed).fault
    moved = [replace(replayed[0], operation=other)]
    assert "not what was sealed" in take(desk, look(desk, APPLICANT), other, moved).fault
    assert "nobody's call sign" in take(desk, look(desk, APPLICANT), which, lines(hands, which, 1, by="Zulu")).fault


def test_what_was_written_under_the_authority_is_kept_after_its_end() -> None:
    desk, hands, which = planned()
    written = lines(hands, which, 2)
    hands.move(days=200)
    assert take(desk, look(desk, APPLICANT), which, written).without_authority == 0
    assert all(each.authority for each in operation(desk).lines)


def test_what_was_written_before_the_authority_is_not_made_lawful_by_it() -> None:
    desk, hands, which = planned(permitted=False)
    written = lines(hands, which, 1)
    hands.move(hours=1)
    asked = authority.apply(desk, look(desk, APPLICANT), "directed-surveillance", which, SAID, label=LABEL)
    authority.take(desk, look(desk, OFFICER), asked, Step.GRANT, reason="Needed.")
    hands.move(minutes=1)
    assert take(desk, look(desk, APPLICANT), which, written).without_authority == 1


def test_what_was_written_without_one_is_kept_marked_and_told_to_oversight() -> None:
    desk, hands, which = planned(permitted=False)
    sent = take(desk, look(desk, APPLICANT), which, lines(hands, which, 2))
    assert (sent.kept, sent.without_authority) == (2, 2)
    assert not any(each.authority for each in operation(desk).lines)
    told = look(desk, INSPECTOR).entries(kind=taking.WITHOUT)
    assert [each.about for each in told] == [which, which]
    assert "turns left" not in str(look(desk, INSPECTOR).world.entries)


@pytest.mark.parametrize("minutes", [61, -61, 60 * 24 * 400])
def test_a_clock_that_is_off_loses_no_line_and_is_read_by_ours(minutes: int) -> None:
    desk, hands, which = planned()
    off = timedelta(minutes=minutes)
    hands.move(minutes=10)
    honest = stamp(hands.at)
    hands.at += off
    written = lines(hands, which, 1)
    hands.at -= off
    hands.move(minutes=3)
    sent = take(desk, look(desk, APPLICANT), which, written, clock=stamp(hands.at + off))
    assert (sent.kept, sent.without_authority, sent.fault) == (1, 0, "")
    (line,) = operation(desk).lines
    assert (line.ahead, rules.when_of(line)) == (off.total_seconds(), honest)
    assert line.written.at == written[0].at


def test_a_line_that_says_it_is_of_the_future_was_written_when_it_came_at_the_latest() -> None:
    desk, hands, which = planned()
    hands.move(days=2)
    written = lines(hands, which, 1)
    hands.move(days=-2)
    take(desk, look(desk, APPLICANT), which, written, clock=stamp(hands.at))
    (line,) = operation(desk).lines
    assert rules.when_of(line) == line.received


def test_the_last_seal_is_in_the_audit_log_before_the_lines() -> None:
    desk, hands, which = planned()
    written = lines(hands, which, 3)
    take(desk, look(desk, APPLICANT), which, written)
    leaves = [parse_leaf(each) for each in desk.leaves()]
    places = [n for n, each in enumerate(leaves) if isinstance(each, Read) and each.action == taking.ON_RECORD]
    (place,) = places
    said = leaves[place]
    assert isinstance(said, Read)
    assert said.about == f"{which} d1 3 {written[-1].seal}"
    assert "turns left" not in str(leaves)


def sent_as(line: Written) -> dict[str, object]:
    """A line as a device sends it."""
    assert line.says is not None
    words = asdict(line.says)
    return {**{name: value for name, value in asdict(line).items() if name not in ("says", "said")}, **words} | {
        "pictures": list(line.says.pictures)
    }


def test_a_line_goes_to_the_desk_and_into_an_entry_and_is_the_same() -> None:
    _, hands, which = planned()
    (line,) = lines(
        hands, which, 1, seen='He says "naïve" — </script> \u2028 ليل', latitude="51.8787", longitude="-0.42"
    )
    assert line_in(json.loads(json.dumps(sent_as(line)))) == line
    assert written_in(text_of(line)) == line


_HOSTILE: dict[str, dict[str, object]] = {
    "huge": {"seen": "x" * (MOST_SEEN + 1)},
    "empty": {"seen": " \n"},
    "half a character": {"seen": "\ud800"},
    "half a character in the place": {"place": "\udfff"},
    "a control character": {"seen": "\x00"},
    "no number": {"number": "1"},
    "a truth for a number": {"number": True},
    "a number beyond": {"number": 10**9},
    "no device": {"device": "../../etc"},
    "no seal": {"seal": "x"},
    "no salt": {"salt": ""},
    "no time": {"at": "yesterday"},
    "a day that is none": {"at": "2026-02-30T09:00:00.000000Z"},
    "a time before clocks": {"at": "0001-01-01T00:00:00.000000Z"},
    "nowhere": {"latitude": "91", "longitude": "0"},
    "half a position": {"latitude": "", "longitude": "1"},
    "no position": {"latitude": "NaN", "longitude": "1e3"},
    "a path for a picture": {"pictures": ["../x"]},
    "no list": {"pictures": "x"},
    "a thing in a list": {"pictures": [{}]},
    "too many pictures": {"pictures": ["a" * 64] * 9},
    "a missing part": {"by": None},
}


@pytest.mark.parametrize("what", sorted(_HOSTILE))
def test_a_hostile_line_is_refused_in_words(what: str) -> None:
    _, hands, which = planned()
    (line,) = lines(hands, which, 1)
    with pytest.raises(BadInputError) as caught:
        line_in({**sent_as(line), **_HOSTILE[what]})
    assert len(str(caught.value)) > 20


@pytest.mark.parametrize("said", [None, [], "x", 1, {}])
def test_what_is_no_line_at_all_is_refused_in_words(said: object) -> None:
    with pytest.raises(BadInputError, match="no line of a log"):
        line_in(said)


def test_a_line_written_at_the_desk_is_sealed_like_any_other() -> None:
    desk, hands, which = planned()
    for collateral in (False, True):
        hands.move(seconds=5)
        view = look(desk, APPLICANT)
        assert taking.write(desk, view, which, by="Alpha", says=Says("Out."), collateral=collateral).kept == 1
    assert [each.written.number for each in operation(desk).lines] == [1, 2]
    with pytest.raises(BadInputError, match="says nothing"):
        taking.write(desk, look(desk, APPLICANT), which, by="Alpha", says=Says(" "), collateral=False)


def test_too_many_lines_and_a_clock_that_shows_nothing_are_refused() -> None:
    desk, hands, which = planned()
    with pytest.raises(BadInputError, match="too many"):
        take(desk, look(desk, APPLICANT), which, lines(hands, which, 1) * 501)
    with pytest.raises(BadInputError, match="no time"):
        take(desk, look(desk, APPLICANT), which, lines(hands, which, 1), clock="noon")
