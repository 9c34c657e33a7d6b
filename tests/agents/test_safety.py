"""Tests of `leconfield.agents.safety`: who is out calls in, or alarms the line; duress shows to nobody beside him."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.agents import safety
from leconfield.agents.day.calls import CALLED, HEARD, TIMER, WORD, Calls
from leconfield.agents.safety import DUTY_LINE, Alarm, Danger, State
from leconfield.errors import BadInputError, LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId, Reader
from leconfield.ledger.times import stamp
from tests.agents.corridor import HANDLER, LABEL, spotted
from tests.authority.offices import Hands, office
from tests.ledger.desks import EMMA, look

LINE = Reader("dora", "Dora, duty officer", frozenset({"O", DUTY_LINE}))
BESIDE = replace(HANDLER, name="sid", persona="Sid, agent runner")
SAFE, DURESS = "blackbird", "chimney"


def out(hours: float = 2, reader: Reader = HANDLER) -> tuple[Desk, Hands, EntryId]:
    """Somebody is out, and calls in so many hours."""
    desk, hands = office()
    safety.enrol_words(desk, look(desk, reader), safe=SAFE, duress=DURESS)
    return desk, hands, sets(desk, hours, reader)


def sets(desk: Desk, hours: float, reader: Reader = HANDLER, label: str = LABEL) -> EntryId:
    due = stamp(desk.clock() + timedelta(hours=hours))
    return safety.set_timer(desk, look(desk, reader), due=due, label=label, words="Back by bus.")


def states(desk: Desk, reader: Reader) -> list[State]:
    return [each.state for each in safety.timers(look(desk, reader))]


def dangers(desk: Desk, reader: Reader) -> list[Danger]:
    return [each.danger for each in safety.alarms(look(desk, reader))]


def test_whoever_calls_in_time_alarms_nobody() -> None:
    desk, hands, which = out()
    hands.move(hours=1)
    safety.call(desk, look(desk, HANDLER), which, " Blackbird ")
    hands.move(hours=5)
    assert states(desk, LINE) == states(desk, HANDLER) == [State.ENDED]
    assert safety.alarms(look(desk, LINE)) == ()


def test_the_line_learns_who_is_out_until_when_and_nothing_of_the_compartment() -> None:
    desk, _, _ = out()
    (seen,) = safety.timers(look(desk, LINE))
    assert (seen.who, seen.persona, seen.words, seen.label) == ("rob", HANDLER.persona, "Back by bus.", DUTY_LINE)


def test_a_missed_call_alarms_until_somebody_on_the_line_says_what_he_did() -> None:
    desk, hands, which = out()
    hands.move(hours=3)
    (alarm,) = safety.alarms(look(desk, LINE))
    assert (alarm.danger, alarm.timer.id) == (Danger.MISSED, which)
    safety.call(desk, look(desk, HANDLER), which, SAFE)
    assert dangers(desk, LINE) == [Danger.MISSED]
    with pytest.raises(RefusedError, match="whoever is on the duty line"):
        safety.answered(desk, look(desk, BESIDE), alarm.id, words="He is here.")
    safety.answered(desk, look(desk, LINE), alarm.id, words="He rang; his battery was flat.")
    assert dangers(desk, LINE) == dangers(desk, HANDLER) == []
    (told,) = safety.alarms(look(desk, LINE), all_of_them=True)
    assert [(each.by, each.words) for each in told.answers] == [("dora", "He rang; his battery was flat.")]


def test_duress_alarms_the_line_alone() -> None:
    desk, _, which = out()
    safety.call(desk, look(desk, HANDLER), which, DURESS)
    assert states(desk, LINE) == [State.DURESS]
    assert states(desk, HANDLER) == states(desk, BESIDE) == [State.ENDED]
    assert dangers(desk, LINE) == [Danger.DURESS]
    assert dangers(desk, HANDLER) == dangers(desk, BESIDE) == []
    (alarm,) = safety.alarms(look(desk, LINE))
    safety.answered(desk, look(desk, LINE), alarm.id, words="Police are on their way.")
    assert dangers(desk, LINE) == []
    assert not any("Police" in str(each.body) for each in look(desk, HANDLER).entries())


def test_he_who_is_on_the_line_himself_is_not_shown_his_own_duress() -> None:
    both = replace(HANDLER, tokens=HANDLER.tokens | {DUTY_LINE})
    desk, _, which = out(reader=both)
    safety.call(desk, look(desk, both), which, DURESS)
    assert states(desk, both) == [State.ENDED]
    assert dangers(desk, both) == []
    assert dangers(desk, LINE) == [Danger.DURESS]


def test_both_words_write_the_same_where_he_can_see_it_and_as_much_where_he_cannot() -> None:
    told = []
    for word in (SAFE, DURESS):
        desk, _, which = out()
        safety.call(desk, look(desk, HANDLER), which, word)
        seen = [(each.at, each.by, each.kind, each.label, each.body) for each in look(desk, HANDLER).entries()]
        acts = [leaf.split(b'"kind"')[-1][:30] for leaf in desk.leaves()]
        told.append((seen, len(acts), len(look(desk, LINE).entries()), safety.timers(look(desk, HANDLER))))
    assert told[0] == told[1]


def test_a_wrong_word_says_so_and_changes_nothing() -> None:
    desk, _, which = out()
    before = len(look(desk, LINE).entries())
    with pytest.raises(RefusedError, match=r"^that is not your word; say it again$"):
        safety.call(desk, look(desk, HANDLER), which, "blackbirds nest")
    assert states(desk, HANDLER) == [State.RUNNING]
    assert len(look(desk, LINE).entries()) == before


def test_putting_it_off_takes_a_word_too_and_heeds_duress() -> None:
    desk, hands, which = out()
    later = stamp(hands() + timedelta(hours=6))
    with pytest.raises(RefusedError, match="not your word"):
        safety.extend(desk, look(desk, HANDLER), which, later, "The train is late.")
    safety.extend(desk, look(desk, HANDLER), which, later, "The train is late.", word=DURESS)
    assert states(desk, HANDLER) == [State.RUNNING]
    assert states(desk, LINE) == [State.DURESS]
    hands.move(hours=4)
    assert dangers(desk, LINE) == [Danger.DURESS]
    hands.move(hours=4)
    assert sorted(dangers(desk, LINE)) == [Danger.DURESS, Danger.MISSED]


def test_the_line_puts_off_anothers_call_and_the_missed_one_is_still_to_be_answered() -> None:
    desk, hands, which = out()
    hands.move(hours=3)
    safety.extend(desk, look(desk, LINE), which, stamp(hands() + timedelta(hours=1)), "He rang, he walks home.")
    assert dangers(desk, LINE) == [Danger.MISSED]
    with pytest.raises(RefusedError, match="whoever is on the duty line"):
        safety.extend(desk, look(desk, BESIDE), which, stamp(hands() + timedelta(hours=2)), "I say so.")
    hands.move(hours=2)
    assert dangers(desk, LINE) == [Danger.MISSED, Danger.MISSED]


def test_nobody_calls_for_another_and_nobody_calls_twice() -> None:
    desk, _, which = out()
    safety.enrol_words(desk, look(desk, BESIDE), safe=SAFE, duress=DURESS)
    for reader in (BESIDE, LINE, EMMA):
        with pytest.raises(NotFoundError, match="no such safety call"):
            safety.call(desk, look(desk, reader), which, SAFE)
    safety.call(desk, look(desk, HANDLER), which, SAFE)
    with pytest.raises(RefusedError, match="already"):
        safety.call(desk, look(desk, HANDLER), which, SAFE)


def test_words_that_could_be_confused_are_refused() -> None:
    desk, _ = office()
    for safe, duress in (("blackbird", "Blackbirds"), ("oak", "chimney"), ("x" * 80, "chimney"), ("", "")):
        with pytest.raises(BadInputError, match="word"):
            safety.enrol_words(desk, look(desk, HANDLER), safe=safe, duress=duress)
    assert not safety.has_words(desk, look(desk, HANDLER))
    which = sets(desk, 1)
    with pytest.raises(RefusedError, match="choose your two words first"):
        safety.call(desk, look(desk, HANDLER), which, SAFE)


def test_nobody_chooses_other_words_while_he_is_out() -> None:
    desk, _, which = out()
    with pytest.raises(RefusedError, match="once you are back"):
        safety.enrol_words(desk, look(desk, HANDLER), safe="magpie", duress="kettle")
    safety.call(desk, look(desk, HANDLER), which, SAFE)
    safety.enrol_words(desk, look(desk, HANDLER), safe="magpie", duress="kettle")
    later = sets(desk, 1)
    with pytest.raises(RefusedError, match="not your word"):
        safety.call(desk, look(desk, HANDLER), later, SAFE)
    safety.call(desk, look(desk, HANDLER), later, "magpie")


def test_nobody_reads_the_words_of_anybody() -> None:
    desk, _, _ = out()
    everything = Reader("all", "All", HANDLER.tokens | LINE.tokens)
    written = [str(each.body) for each in look(desk, everything).entries()]
    assert not any(SAFE in each or DURESS in each or "argon2" in each for each in written)


def test_words_for_the_line_name_no_agent_and_no_compartment() -> None:
    desk, hands, _ = spotted()
    due = stamp(hands() + timedelta(hours=1))
    for words in ("With bramble at the pond.", "For SEQUIN"):
        with pytest.raises(BadInputError, match="the duty line reads this"):
            safety.set_timer(desk, look(desk, HANDLER), due=due, label=LABEL, words=words)


@pytest.mark.parametrize("due", ["", "soon", "2026-03-01T10:00", "2029-01-01T10:00", "9" * 400, "2026-02-30T10:00"])
def test_a_time_that_will_not_do_is_refused(due: str) -> None:
    desk, _, which = out()
    with pytest.raises(BadInputError, match="time"):
        safety.set_timer(desk, look(desk, HANDLER), due=due, label=LABEL, words="Back by bus.")
    with pytest.raises(BadInputError, match="time"):
        safety.extend(desk, look(desk, HANDLER), which, due, "The train is late.", word=SAFE)


def test_a_call_stands_under_a_label_that_its_writer_holds() -> None:
    desk, _, _ = out()
    both = replace(LINE, name="both")
    with pytest.raises(BadInputError, match="who else may know"):
        sets(desk, 1, label="")
    with pytest.raises(RefusedError, match="hide this from you"):
        sets(desk, 1, both, label="HEATHER")


def test_what_another_writes_in_his_name_counts_for_nothing() -> None:
    desk, hands, which = out()
    forged = [Draft(CALLED, LABEL, body={TIMER: which}), Draft(HEARD, LABEL, body={TIMER: which, WORD: "duress"})]
    desk.append(BESIDE, forged)
    desk.append(LINE, [Draft(HEARD, DUTY_LINE, body={TIMER: which, WORD: "duress"})])
    hands.move(hours=3)
    assert dangers(desk, LINE) == [Danger.MISSED]


def test_the_past_is_shown_as_it_was_and_not_acted_in() -> None:
    desk, hands, which = out()
    before = hands()
    hands.move(hours=3)
    assert dangers(desk, LINE) == [Danger.MISSED]
    then = look(desk, LINE, before)
    assert safety.alarms(then) == ()
    for act in (
        lambda: safety.call(desk, look(desk, HANDLER, before), which, SAFE),
        lambda: safety.extend(desk, then, which, stamp(hands() + timedelta(hours=2)), "Late."),
        lambda: safety.enrol_words(desk, look(desk, HANDLER, before), safe="magpie", duress="kettle"),
    ):
        with pytest.raises(RefusedError, match="nobody acts in the past"):
            act()


def seen(desk: Desk, reader: Reader) -> tuple[object, ...]:
    """Everything of safety that he is shown."""
    view = look(desk, reader)
    return (safety.timers(view), safety.alarms(view, all_of_them=True), tuple(view.entries()))


def lived(hidden: bool) -> Desk:
    """A shift in which somebody goes out; in one world another does too, in his own compartment."""
    desk, hands, which = out()
    if hidden:
        other = replace(HANDLER, name="tess", tokens=frozenset({"O", "S", "HEATHER"}))
        safety.enrol_words(desk, look(desk, other), safe=SAFE, duress=DURESS)
        mine, missed = (sets(desk, hours, other, "HEATHER&S") for hours in (1, 0.5))
        safety.call(desk, look(desk, other), mine, DURESS)
        assert missed != mine
    hands.move(hours=3)
    safety.call(desk, look(desk, HANDLER), which, SAFE)
    return desk


def test_whoever_holds_neither_token_sees_the_same_whether_or_not_another_is_out() -> None:
    one, other = lived(hidden=False), lived(hidden=True)
    for reader in (HANDLER, BESIDE, EMMA):
        assert seen(one, reader) == seen(other, reader)
    assert seen(one, LINE) != seen(other, LINE)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(("set", "safe", "duress", "wrong", "extend", "line extends", "answer")),
        st.floats(0, 3, allow_nan=False),
    ),
    max_size=8,
)


@settings(max_examples=8, deadline=None)
@given(ACTS)
def test_whatever_happens_growing_and_folding_agree_and_no_alarm_is_lost(acts: list[tuple[str, float]]) -> None:
    desk, hands, which = out()
    line, raised = look(desk, LINE), set[EntryId]()
    for act, hours in acts:
        hands.move(hours=hours)
        _does(desk, which, act)
        line = look(desk, LINE)
        raised |= {each.id for each in safety.alarms(line)}
        grown, folded = line.derived(Calls), Calls.of(line.world)
        assert (grown.by_id, grown.answers) == (folded.by_id, folded.answers)
    everything: dict[EntryId, Alarm] = {each.id: each for each in safety.alarms(line, all_of_them=True)}
    assert raised <= set(everything)
    assert {each.id for each in safety.alarms(line)} == {one for one, each in everything.items() if not each.answers}
    assert not any(each.danger is Danger.DURESS for each in safety.alarms(look(desk, HANDLER), all_of_them=True))


def _does(desk: Desk, which: EntryId, act: str) -> None:
    """Somebody does something, if it can be done."""
    later = stamp(desk.clock() + timedelta(hours=1))
    handler, line = look(desk, HANDLER), look(desk, LINE)
    try:
        match act:
            case "set":
                sets(desk, 1)
            case "extend":
                safety.extend(desk, handler, which, later, "Late.", word=SAFE)
            case "line extends":
                safety.extend(desk, line, which, later, "He rang.")
            case "answer":
                for each in safety.alarms(line):
                    safety.answered(desk, line, each.id, words="Seen to.")
            case _:
                safety.call(desk, handler, which, {"safe": SAFE, "duress": DURESS}.get(act, "kettle"))
    except LeconfieldError:
        return
