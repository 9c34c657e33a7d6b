"""Tests of `leconfield.staff.service` and the fold: no turn is left open in silence, no rule broken without a name."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leconfield.agents import safety
from leconfield.errors import BadInputError, LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Reader
from leconfield.ledger.world import World
from leconfield.staff import rules, service
from leconfield.staff.model import ACCEPTED, CHANGED, KINDS, LABEL, TAKEN, Way
from leconfield.staff.picture import picture_of
from leconfield.staff.profile import shipped
from leconfield.staff.state import DutyLine, line_of, turns_in, turns_text
from tests.staff.lines import ANN, BOTH, DEE, MONDAY, NAMES, OUTSIDER, ROB, House, dealt, rostered

NIGHT = ("2026-03-05", "night")


@pytest.fixture(name="at")
def _at() -> House:
    return rostered()


def change(at: House, way: Way, into: str, overruled: str = "") -> None:
    service.change(at.desk, at.view(), way, NIGHT, into=into, reason="a wedding", overruled=overruled)


def rested(at: House) -> str:
    """Somebody who may have the night without breaking anything."""
    turns = at.line.turns
    for name in NAMES:
        then = {**turns, NIGHT: name}
        if name != turns[NIGHT] and not list(rules.breaches(shipped(), at.line.people, (), then, name, NIGHT)):
            return name
    raise AssertionError


def test_somebody_stands_in_and_it_is_taken_back(at: House) -> None:
    before, into = at.line.turns[NIGHT], rested(at)
    change(at, Way.STAND_IN, into)
    assert at.line.turns[NIGHT] == into
    (made,) = at.line.changes
    service.undo(at.desk, at.view(), made.entry, reason="the wedding is off")
    assert at.line.turns[NIGHT] == before
    assert [each.way for each in at.line.changes] == [Way.STAND_IN, Way.UNDO]


def test_a_broken_rule_is_told_and_overruled_under_a_name(at: House) -> None:
    tired = at.line.turns["2026-03-06", "day"]
    with pytest.raises(
        RefusedError, match="would rest 0 hours between the night of 5 March 2026 and the day of 6 March"
    ):
        change(at, Way.STAND_IN, tired)
    change(at, Way.STAND_IN, tired, overruled="nobody else can come")
    (made,) = at.line.changes
    assert made.overruled == "nobody else can come"
    assert "would rest 0 hours" in made.breaks[0]
    assert made.by == DEE.name


def test_nobody_overrules_that_one_is_not_on_the_line(at: House) -> None:
    with pytest.raises(RefusedError, match="not on the line"):
        change(at, Way.STAND_IN, "zoe", overruled="never mind")


def test_only_sickness_leaves_a_turn_open_and_it_shows_in_red_until_it_is_filled(at: House) -> None:
    with pytest.raises(BadInputError, match="say who has the turn"):
        change(at, Way.STAND_IN, "")
    change(at, Way.SICK, "")
    assert [words for _, words in picture_of(at.view()).gaps] == ["night of 5 March 2026"]
    with pytest.raises(BadInputError, match="nobody has it already"):
        change(at, Way.SICK, "")
    change(at, Way.STAND_IN, rested(at))
    assert picture_of(at.view()).gaps == ()


def test_two_swap_and_a_change_that_came_since_stops_taking_it_back(at: House) -> None:
    other = ("2026-03-20", "day")
    both = at.line.turns[NIGHT], at.line.turns[other]
    service.change(at.desk, at.view(), Way.SWAP, NIGHT, into="", other=other, reason="both ask", overruled="they agree")
    assert (at.line.turns[other], at.line.turns[NIGHT]) == both
    (made,) = at.line.changes
    change(at, Way.SICK, "")
    with pytest.raises(RefusedError, match="since then nobody has the night"):
        service.undo(at.desk, at.view(), made.entry, reason="no more")


def test_turns_that_are_over_stay_as_they_were(at: House) -> None:
    at.clock.set("2026-03-06T07:00")
    with pytest.raises(RefusedError, match="is over"):
        change(at, Way.SICK, "")


def test_nobody_leaves_the_line_with_turns_to_come(at: House) -> None:
    with pytest.raises(RefusedError, match="turns to come"):
        service.take_off(at.desk, at.view(), "ann", "a new post")
    at.clock.set("2026-05-01T12:00")
    service.take_off(at.desk, at.view(), "ann", "a new post")
    assert "ann" not in at.line.people
    assert at.line.persona("ann") == "Ann, officer"


def test_days_away_tell_which_turns_are_his_and_are_taken_back(at: House) -> None:
    has = service.away(at.desk, at.view(), at.line.turns[NIGHT], "2026-03-05", "")
    assert has == ("night of 5 March 2026",)
    (which,) = at.line.away
    service.back(at.desk, at.view(), which)
    assert at.line.away == {}
    for first, last in (("2026-03-09", "2026-03-08"), ("soon", ""), ("2026-01-01", "2028-01-01")):
        with pytest.raises(BadInputError):
            service.away(at.desk, at.view(), "ann", first, last)


def test_a_roster_is_accepted_once_and_whole(at: House) -> None:
    text = turns_text(dealt(NAMES).items())
    with pytest.raises(RefusedError, match="stands in a roster already"):
        service.accept(at.desk, at.view(), MONDAY.isoformat(), text)
    for first, turns in (("2026-03-30", ""), ("2026-03-30", text), ("x", text), ("2026-03-30", "a b c\nd")):
        with pytest.raises(BadInputError):
            service.accept(at.desk, at.view(), first, turns)


@pytest.mark.parametrize("reader", [OUTSIDER, ROB], ids=lambda each: each.name)
def test_whoever_is_not_on_the_line_sees_and_does_nothing(at: House, reader: Reader) -> None:
    view = at.view(reader)
    assert line_of(view) == DutyLine()
    with pytest.raises(RefusedError, match="for those on the duty line"):
        service.put_on(at.desk, view, who="zoe", persona="Zoe", duties=["day"])
    with pytest.raises(RefusedError, match="for those on the duty line"):
        service.hand_over(at.desk, view, "nothing")
    with pytest.raises(NotFoundError):
        service.take_off(at.desk, view, "ann", "a new post")
    with pytest.raises(NotFoundError):
        service.change(at.desk, view, Way.SICK, NIGHT, into="", reason="flu")


def test_nobody_acts_in_the_past(at: House) -> None:
    then = at.view(DEE, at.clock.at)
    with pytest.raises(RefusedError, match="nobody acts in the past"):
        service.hand_over(at.desk, then, "all calm")
    with pytest.raises(RefusedError, match="nobody acts in the past"):
        service.change(at.desk, then, Way.SICK, NIGHT, into="", reason="flu")


def test_an_alarm_is_taken_raised_and_answered(at: House) -> None:
    at.missed()
    at.clock.set("2026-03-02T03:06")
    (alarm,) = picture_of(at.view()).alarms
    assert alarm.what == "Rob, agent runner has not called in"
    assert alarm.ago == "6 minutes"
    service.take_alarm(at.desk, at.view(ANN), alarm.alarm.id)
    (alarm,) = picture_of(at.view()).alarms
    assert (alarm.taken, alarm.mine) == ("Ann, officer", False)
    service.raise_alarm(at.desk, at.view(ANN), alarm.alarm.id)
    assert len(picture_of(at.view()).alarms[0].asked) > 1
    safety.answered(at.desk, at.view(ANN), alarm.alarm.id, words="rang him: a flat battery")
    assert picture_of(at.view()).alarms == ()
    with pytest.raises(NotFoundError):
        service.take_alarm(at.desk, at.view(ANN), alarm.alarm.id)


def test_an_alarm_that_was_missed_is_told_at_the_moment_that_one_looks_back_to(at: House) -> None:
    at.missed()
    at.clock.set("2026-03-02T04:00")
    safety.answered(at.desk, at.view(), picture_of(at.view()).alarms[0].alarm.id, words="he is home")
    looked = picture_of(at.view(DEE, at.clock.at.replace(hour=3, minute=10)))
    assert [each.ago for each in looked.alarms] == ["10 minutes"]


def test_whoever_is_out_is_not_asked_about_himself(at: House) -> None:
    at.clock.set("2026-03-02T12:00")
    at.put("kay", duties=("evening",))
    service.change(
        at.desk, at.view(), Way.STAND_IN, ("2026-03-02", "evening"), into="kay", reason="a swap", overruled="agreed"
    )
    at.missed(BOTH, "2026-03-02T16:00")
    at.clock.set("2026-03-02T16:01")
    (alarm,) = picture_of(at.view()).alarms
    assert alarm.asked[0][1] == ""
    (mine,) = picture_of(at.view(BOTH)).alarms
    assert mine.about_me
    with pytest.raises(RefusedError, match="about you"):
        service.take_alarm(at.desk, at.view(BOTH), mine.alarm.id)


def test_duress_is_shown_to_the_line_and_never_to_whoever_spoke_it(at: House) -> None:
    safety.enrol_words(at.desk, at.view(BOTH), safe="green kettle", duress="blue kettle")
    which = at.missed(BOTH, "2026-03-02T16:00")
    safety.call(at.desk, at.view(BOTH), which, "blue kettle")
    (alarm,) = picture_of(at.view()).alarms
    assert "duress" in alarm.what
    service.take_alarm(at.desk, at.view(), alarm.alarm.id)
    assert picture_of(at.view(BOTH)).alarms == ()


def test_growing_ends_in_the_same_state_as_folding_anew(at: House) -> None:
    grown = at.line
    change(at, Way.SICK, "")
    service.hand_over(at.desk, at.view(), "all calm")
    service.away(at.desk, at.view(), "ben", "2026-04-01", "2026-04-03")
    world: World = at.view().world
    assert grown is at.line
    assert DutyLine.of(world) == grown


@given(
    st.lists(
        st.tuples(st.sampled_from(list(Way)[:3]), st.integers(0, 27), st.integers(0, 2), st.integers(-1, 10)),
        max_size=12,
    )
)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_change_whatever_leaves_a_turn_open_in_silence(done: list[tuple[Way, int, int, int]]) -> None:
    at = rostered()
    slots = sorted(at.line.turns)
    for way, day, duty, who in done:
        slot, into = slots[day * 3 + duty], (*NAMES, "zoe", "")[who]
        other = slots[(day * 3 + duty + 7) % len(slots)] if way is Way.SWAP else None
        try:
            service.change(
                at.desk, at.view(), way, slot, into=into, other=other, reason="why not", overruled="they agreed"
            )
        except LeconfieldError:
            continue
    left = {slot for slot, who in at.line.turns.items() if not who}
    told = {each.slot for change in at.line.changes if change.way is Way.SICK for each in change.moves if not each.into}
    assert left <= told
    moment = rules.moment_of(at.view().moment)
    assert set(rules.gaps(shipped(), at.line.turns, moment)) == left
    assert at.line.turns.keys() == set(slots)
    for slot, name in at.line.turns.items():
        broken = rules.breaches(shipped(), at.line.people, (), at.line.turns, name, slot) if name else ()
        assert not any(each.hard for each in broken)


@given(
    st.sampled_from(sorted(KINDS)),
    st.dictionaries(
        st.sampled_from(
            ["who", "turns", "people", "first", "days", "out", "into", "way", "duties", "away", "last", "words"]
        ),
        st.text(max_size=30),
    ),
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_entry_that_says_nonsense_breaks_no_page(kind: str, body: dict[str, str]) -> None:
    at = rostered()
    before = dict(at.line.turns)
    at.desk.append(DEE, [Draft(kind, LABEL, about="x", body=body)])
    picture_of(at.view())
    if kind in (ACCEPTED, CHANGED, TAKEN):
        assert {slot: at.line.turns[slot] for slot in before} == before


def test_turns_are_read_as_they_were_written() -> None:
    turns = dealt(NAMES)
    turns[NIGHT] = ""
    assert turns_in(turns_text(turns.items())) == turns
    assert turns_in("2026-03-05 night") is None
    assert turns_in("2026-13-05 night ann") is None
