"""Tests of `leconfield.agents.week`: wishes become a week, a clash is mended by moving, a plan is accepted and seen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.agents import safety, wardrobe, week
from leconfield.agents.day.inventory import Inventory
from leconfield.agents.day.wishes import Wish, Wishes
from leconfield.agents.planning.model import DAY, Clash, Plan, Week, Window
from leconfield.agents.planning.solving import plan
from leconfield.errors import BadInputError, LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId, Reader
from leconfield.ledger.times import stamp
from tests.agents.planning.weeks import faults
from tests.agents.wardrobes import BESIDE, HANDLER, MONDAY, TEAM, Team, agent, clashing, team, wished
from tests.ledger.desks import EMMA, look

LINE = Reader("dora", "Dora, duty officer", frozenset({safety.DUTY_LINE}))


def planned(made: Team) -> Plan:
    found = plan(week.of(look(made.desk, HANDLER), MONDAY))
    assert isinstance(found, Plan)
    return found


def accepted(made: Team, *, safety_calls: bool = False) -> tuple[EntryId, ...]:
    return week.accept(made.desk, look(made.desk, HANDLER), MONDAY, planned(made), safety_calls=safety_calls)


def wishes(made: Team, reader: Reader = HANDLER) -> tuple[Wish, ...]:
    return look(made.desk, reader).derived(Wishes).week(MONDAY)


def mended() -> Team:
    """The clash, mended by moving the second meeting a day."""
    made = clashing()
    week.move(made.desk, look(made.desk, HANDLER), wishes(made)[1].id, 1)
    return made


def test_a_wish_becomes_a_meeting_of_the_agents_handlers_within_his_hours() -> None:
    made = team()
    wished(made, made.heather, made.pond, "wed 18:00-21:00", eyes=["the barman"], by_daylight=True)
    (meeting,) = week.of(look(made.desk, HANDLER), MONDAY).meetings
    assert meeting.id == "meet A"
    assert meeting.handlers == ("rob", "sid")
    assert meeting.windows == (Window(2 * DAY + 18 * 60, 2 * DAY + 21 * 60),)
    assert meeting.eyes == {"HEATHER", "the barman"}
    assert meeting.by_daylight


def test_a_wish_stands_under_the_labels_of_agent_place_and_cover_together() -> None:
    made = clashing()
    assert [each.label for each in wishes(made)] == [f"HEATHER&S&{TEAM}", f"S&{TEAM}&THISTLE"]


def test_a_clash_is_said_and_moving_by_the_nearest_day_mends_it_and_moving_back_undoes_it() -> None:
    made = clashing()
    found = plan(week.of(look(made.desk, HANDLER), MONDAY))
    assert isinstance(found, Clash)
    assert any("one place at a time" in each for each in found.reasons)
    letter, days = found.nearest[0]
    which = week.drawn(look(made.desk, HANDLER), MONDAY).wishes[letter].id
    week.move(made.desk, look(made.desk, HANDLER), which, days)
    assert isinstance(plan(week.of(look(made.desk, HANDLER), MONDAY)), Plan)
    week.move(made.desk, look(made.desk, HANDLER), which, -days)
    assert plan(week.of(look(made.desk, HANDLER), MONDAY)) == found


def test_an_accepted_plan_is_appended_at_once_each_part_under_its_own_label() -> None:
    made = mended()
    assert len(accepted(made)) == 2
    entries = look(made.desk, HANDLER).entries(kind="meet planned")
    assert sorted(each.label for each in entries) == [f"HEATHER&S&{TEAM}", f"S&{TEAM}&THISTLE"]
    assert len({each.at for each in entries}) == 1
    with pytest.raises(RefusedError, match="accepted already"):
        accepted(made)


def test_a_plan_that_does_not_keep_to_the_week_is_not_accepted() -> None:
    made = mended()
    good = planned(made)
    first, second = good.meetings
    wrong = (
        replace(first, start=first.start + 600),
        replace(first, handler="nobody"),
        replace(first, cover="plumber"),
        replace(first, garments=()),
        replace(first, meeting="meet Z"),
    )
    for each in wrong:
        bad = replace(good, meetings=(each, second))
        with pytest.raises(RefusedError, match="changed since"):
            week.accept(made.desk, look(made.desk, HANDLER), MONDAY, bad, safety_calls=False)
    week.call_off(made.desk, look(made.desk, HANDLER), wishes(made)[0].id, reason="He is ill.")
    with pytest.raises(RefusedError, match="changed since"):
        week.accept(made.desk, look(made.desk, HANDLER), MONDAY, good, safety_calls=False)


def test_eyes_follow_from_accepted_plans_and_only_of_other_weeks() -> None:
    made = mended()
    accepted(made)
    view = look(made.desk, HANDLER)
    assert week.seen_by(view) == {made.coat: frozenset({"HEATHER", "THISTLE"})}
    assert isinstance(plan(week.of(view, MONDAY)), Plan)
    wished(made, made.heather, made.pond, monday="2026-03-16")
    after = week.of(look(made.desk, HANDLER), "2026-03-16")
    assert {each.id[:10]: each.seen_by for each in after.wardrobe}["brown coat"] == {"HEATHER", "THISTLE"}
    found = plan(after)
    assert isinstance(found, Clash)
    assert any("was seen by HEATHER before" in each for each in found.reasons)


def test_what_was_called_off_in_time_was_not_seen() -> None:
    made = mended()
    accepted(made)
    week.call_off(made.desk, look(made.desk, HANDLER), wishes(made)[0].id, reason="He is ill.")
    assert week.seen_by(look(made.desk, HANDLER)) == {made.coat: frozenset({"THISTLE"})}


def enrol(desk: Desk, *readers: Reader) -> None:
    """Let them sign in."""
    drafts = [accounts.enrolling(each.name, each.persona, "a password", each.tokens, ()) for each in readers]
    desk.append(accounts.KEEPER, drafts)


def test_a_safety_call_follows_each_meeting_and_tells_the_line_nothing_of_it() -> None:
    made = mended()
    accepted(made, safety_calls=True)
    first, second = sorted(wishes(made), key=lambda each: each.ends)
    calls = safety.timers(look(made.desk, LINE))
    assert [each.due[:16] for each in calls] == ["2026-03-09T12:00", "2026-03-10T12:00"]
    assert (first.ends[:16], second.ends[:16]) == ("2026-03-09T11:00", "2026-03-10T11:00")
    assert {(each.who, each.words, each.label) for each in calls} == {("rob", "Out, as planned.", safety.DUTY_LINE)}
    said = [str(each.body) for each in look(made.desk, LINE).entries()]
    assert not any(word in each for each in said for word in ("HEATHER", "pond", "coat", "teacher"))


def test_a_new_plan_stands_the_old_calls_down_and_so_does_calling_off() -> None:
    made = mended()
    accepted(made, safety_calls=True)
    which = wishes(made)[1].id
    week.move(made.desk, look(made.desk, HANDLER), which, 2)
    accepted(made, safety_calls=True)
    running = [each.due[:10] for each in safety.timers(look(made.desk, LINE)) if each.state is safety.State.RUNNING]
    assert running == ["2026-03-09", "2026-03-12"]
    week.call_off(made.desk, look(made.desk, HANDLER), which, reason="He is ill.")
    made.hands.move(days=12)
    assert [each.since[:10] for each in safety.alarms(look(made.desk, LINE))] == ["2026-03-09"]


def test_the_call_is_his_who_goes() -> None:
    made = team()
    wished(made, made.heather, made.pond)
    both = planned(made)
    handed = replace(both, meetings=(replace(both.meetings[0], handler="sid"),))
    with pytest.raises(BadInputError, match="nobody signs in"):
        week.accept(made.desk, look(made.desk, HANDLER), MONDAY, handed, safety_calls=True)
    enrol(made.desk, BESIDE)
    week.accept(made.desk, look(made.desk, HANDLER), MONDAY, handed, safety_calls=True)
    (call,) = safety.timers(look(made.desk, LINE))
    assert (call.who, call.persona) == ("sid", BESIDE.persona)


def test_nobody_is_given_a_call_that_he_cannot_see() -> None:
    made = team()
    wished(made, made.heather, made.pond)
    enrol(made.desk, replace(BESIDE, tokens=frozenset({"S"})))
    found = planned(made)
    handed = replace(found, meetings=(replace(found.meetings[0], handler="sid"),))
    with pytest.raises(RefusedError, match="could not see his own safety call"):
        week.accept(made.desk, look(made.desk, HANDLER), MONDAY, handed, safety_calls=True)
    assert week.accept(made.desk, look(made.desk, HANDLER), MONDAY, handed, safety_calls=False)


def test_a_handler_rests_after_the_week_before() -> None:
    made = team()
    wished(made, made.heather, made.pond, "sun 22:00-23:00")
    accepted(made)
    wished(made, made.thistle, made.quay, "mon 07:00-08:00", monday="2026-03-16", covers=[made.plumber])
    found = plan(week.of(look(made.desk, HANDLER), "2026-03-16"))
    assert isinstance(found, Plan)
    assert found.meetings[0].handler == "sid"


def test_what_has_begun_is_neither_moved_nor_called_off_nor_planned_anew() -> None:
    made = mended()
    accepted(made)
    made.hands.move(days=7, hours=3)
    first, second = wishes(made)
    assert first.begun(stamp(made.hands()))
    for act in (
        lambda: week.move(made.desk, look(made.desk, HANDLER), first.id, 1),
        lambda: week.call_off(made.desk, look(made.desk, HANDLER), first.id, reason="He is ill."),
    ):
        with pytest.raises(RefusedError, match="has begun"):
            act()
    wardrobe.retire(made.desk, look(made.desk, HANDLER), made.coat, reason="Torn.")
    wardrobe.keep_garment(
        made.desk,
        look(made.desk, HANDLER),
        name="grey suit",
        kind="outfit",
        covers=[made.teacher],
        stored="locker 4",
        label=TEAM,
    )
    week.move(made.desk, look(made.desk, HANDLER), second.id, 1)
    asked = week.of(look(made.desk, HANDLER), MONDAY)
    again = plan(asked)
    assert isinstance(again, Plan)
    worn = {each.meeting: each.garments[0][:10] for each in again.meetings}
    assert worn["meet A"] == "brown coat"
    assert faults(asked, again) == []


def test_a_place_where_one_is_known_keeps_other_covers_away() -> None:
    made = team()
    wished(made, made.heather, made.pond)
    wardrobe.keep_known(
        made.desk, look(made.desk, HANDLER), handler="rob", cover=made.plumber, place=made.pond, label=TEAM
    )
    assert planned(made).meetings[0].handler == "sid"


def test_daylight_is_that_of_the_place_and_the_week() -> None:
    made = team()
    wished(made, made.heather, made.pond, by_daylight=True)
    winter = week.of(look(made.desk, HANDLER), MONDAY).rules
    assert (winter.sunrise // 60, winter.sunset // 60) == (6, 17)
    wished(made, made.heather, made.pond, by_daylight=True, monday="2026-06-15")
    summer = week.of(look(made.desk, HANDLER), "2026-06-15").rules
    assert (summer.sunrise // 60, summer.sunset // 60) == (3, 20)


@pytest.mark.parametrize(
    ("changed", "match"),
    [
        ({"hours": ""}, "write when it can be"),
        ({"hours": "someday"}, "no stretch of a week"),
        ({"hours": "mon 25:00-26:00"}, "no clock shows"),
        ({"hours": "sun 22:00-02:00"}, "past the end of the week"),
        ({"hours": "mon 10:00-10:30"}, "60 minutes long"),
        ({"minutes": "5"}, "no length"),
        ({"minutes": "٣٠"}, "no length"),
        ({"monday": "soon"}, "no day"),
        ({"monday": "9999-12-31"}, "no week"),
        ({"covers": []}, "as whom"),
        ({"eyes": [str(each) for each in range(30)]}, "20 people"),
    ],
)
def test_a_wish_that_will_not_do_is_refused(changed: dict[str, object], match: str) -> None:
    made = team()
    with pytest.raises(BadInputError, match=match):
        wished(made, made.heather, made.pond, **changed)


def test_hidden_and_never_wished_are_refused_in_the_same_words() -> None:
    made = clashing()
    said = set()
    for which in (wishes(made)[0].id, "0" * 32):
        with pytest.raises(NotFoundError) as refused:
            week.move(made.desk, look(made.desk, EMMA), which, 1)
        said.add(str(refused.value))
    assert len(said) == 1


def test_a_whole_agent_more_changes_nothing_of_the_week_of_whoever_does_not_know_him() -> None:
    knows_one = replace(HANDLER, tokens=HANDLER.tokens - {"NETTLE"})
    knows_both = replace(HANDLER, tokens=HANDLER.tokens | {"NETTLE"})
    seen = []
    for hidden in (False, True):
        made = mended()
        if hidden:
            which = agent(made.desk, "Nettle", knows_both)
            week.wish(
                made.desk,
                look(made.desk, knows_both),
                agent=which,
                monday=MONDAY,
                place=made.pond,
                minutes="60",
                hours="mon 10:00-12:00",
                covers=[made.teacher],
            )
        view = look(made.desk, knows_one)
        asked = week.drawn(view, MONDAY)
        accepted(made, safety_calls=True)
        after = look(made.desk, knows_one)
        seen.append((asked, plan(asked.week), tuple(after.entries()), week.seen_by(after), safety.timers(after)))
    assert seen[0] == seen[1]


ACTS = st.lists(
    st.tuples(st.sampled_from(("wish", "move", "off", "accept", "wait")), st.integers(-3, 3), st.integers(0, 3)),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(ACTS)
def test_whatever_is_done_what_stands_keeps_to_the_rules(acts: list[tuple[str, int, int]]) -> None:
    made = team()
    for act, days, which in acts:
        try:
            _does(made, act, days, which)
        except LeconfieldError:
            continue
    view = look(made.desk, HANDLER)
    folded = Wishes.of(view.world)
    assert view.derived(Wishes).by_id == folded.by_id
    found = plan(week.of(view, MONDAY))
    asked: Week = week.of(view, MONDAY)
    assert isinstance(found, Clash) or faults(asked, found) == []


def _does(made: Team, act: str, days: int, which: int) -> None:
    """Somebody does something, if it can be done."""
    view, known = look(made.desk, HANDLER), wishes(made)
    match act:
        case "wish":
            who, where = ((made.heather, made.pond), (made.thistle, made.quay))[which % 2]
            wished(made, who, where, "mon 10:00-12:00, wed 18:00-20:00", covers=[made.teacher, made.plumber])
        case "move" if known:
            week.move(made.desk, view, known[which % len(known)].id, days)
        case "off" if known:
            week.call_off(made.desk, view, known[which % len(known)].id, reason="It rains.")
        case "accept":
            accepted(made, safety_calls=True)
        case _:
            made.hands.move(days=max(days, 0), hours=which)


def test_inventory_and_wishes_of_an_outsider_are_empty() -> None:
    made = mended()
    view = look(made.desk, EMMA)
    assert (view.derived(Inventory).items, view.derived(Wishes).by_id) == ({}, {})
    assert week.of(view, MONDAY).meetings == ()
