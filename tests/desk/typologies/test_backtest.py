"""A back-test sees each week what a view as of its end would show, and is measured by what came after."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from leconfield.desk.typologies.backtest import EITHER, PERPETRATOR, BackTest, outcomes_of
from leconfield.desk.typologies.catalogue import shipped
from leconfield.desk.typologies.measures import LOUDEST, WEIGHTIEST, Listed, Outcomes, Week, measure, stories
from leconfield.desk.typologies.scores import Scores
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft, NewReport, NewStatement
from leconfield.ledger.grades import parse_grade
from leconfield.ledger.model import IN_TEXT, SubjectId
from leconfield.ledger.times import Held
from tests.ledger.desks import ROB, START, desk, look

NETWORK = next(each.typology for each in shipped() if each.typology.id == "attack-planning-network")
PHRASES = ("bought detonators", "means to attack the lock", "has a rifle", "walked home", "was cleared", "paid in cash")


def told(at: Desk, when: datetime, text: str, names: tuple[str, ...], *, attacked: bool = False) -> None:
    """File a report that names people; with an attack that the first of them carried out."""
    new = NewReport("A report", text, "HERON", "agent", at.keep(text.encode()), "text/plain", parse_grade("B2"))
    report = at.report_id(new, "S")
    made = []
    for name in names:
        start = text.find(name)
        record = SubjectId(at.ids.of("record", report, name))
        span = (start, start + len(name))
        made.append(NewStatement(record, "Person", "name", name, IN_TEXT, report, *span, parse_grade("B2")))
    if attacked:
        event = SubjectId(at.ids.of("record", report, "event"))
        said = {"incidentType": "arson", "stage": "accomplished", "perpetrator": made[0].subject}
        held = Held.on(when.date().isoformat())
        made += [NewStatement(event, "Event", prop, value, IN_TEXT, report, held=held) for prop, value in said.items()]
    at.append(ROB, [Draft("filed", "S", report=new, statements=tuple(made))], when)


def story(seed: int, weeks: int = 8) -> Desk:
    at, chance = desk(), Random(seed)
    for week in range(weeks):
        for number in range(chance.randint(0, 3)):
            name = chance.choice(("Ray Cassell", "Jo Hale", "Adil Omar"))
            when = START + timedelta(weeks=week, days=number)
            text = f"{name} {chance.choice(PHRASES)} on day {week}-{number}."
            told(at, when, text, (name,), attacked=chance.random() < 0.2)
    return at


@pytest.mark.parametrize("seed", range(6))
def test_each_week_is_what_a_view_as_of_its_end_shows(seed: int) -> None:
    at = story(seed)
    run = BackTest(look(at, ROB).world, NETWORK)
    assert list(run.run()) == list(range(1, len(run.past) + 1))
    for week in run.weeks:
        end = datetime.combine(date.fromordinal(week.end), datetime.max.time(), UTC)
        scores = look(at, ROB, end).derived(Scores).scored(NETWORK, week.end)
        wanted = sorted((-each.bits, head) for head, each in scores.items() if each.bits >= NETWORK.threshold)
        assert [(-each.rank, each.subject) for each in week.raised] == wanted


def test_what_came_of_it_is_read_with_the_day_on_which_it_happened() -> None:
    at = desk()
    told(at, START, "Ray Cassell bought detonators.", ("Ray Cassell",))
    told(at, START + timedelta(weeks=3), "Ray Cassell burnt the lock.", ("Ray Cassell",), attacked=True)
    world = look(at, ROB).world
    found = outcomes_of(world, PERPETRATOR, NETWORK)
    assert list(found.days.values()) == [((START + timedelta(weeks=3)).date().toordinal(),)]
    assert outcomes_of(world, EITHER, NETWORK).days == found.days


def week(end: int, raised: str, loudest: str) -> Week:
    listed = tuple(Listed(SubjectId(each), 9.0 - place) for place, each in enumerate(raised))
    return Week(end, listed, len(raised), listed, tuple(Listed(SubjectId(each), 1.0) for each in loudest), 1)


def test_precision_and_recall_are_those_counted_by_hand() -> None:
    weeks = [week(7, "ab", "c"), week(14, "a", "b"), week(21, "b", "c"), week(35, "", "")]
    outcomes = Outcomes({SubjectId("a"): (10, 20), SubjectId("c"): (30,)}, {})
    ours = measure(weeks, outcomes, WEIGHTIEST, 2, 2)
    assert (ours.looked, ours.right, ours.outcomes, ours.found) == (4, 2, 3, 2)
    theirs = measure(weeks, outcomes, LOUDEST, 2, 2)
    assert (theirs.looked, theirs.right, theirs.found) == (3, 1, 1)
    assert measure(weeks, outcomes, WEIGHTIEST, 1, 2).looked == 3


def test_a_subject_that_was_joined_since_counts_as_the_one_it_is_now() -> None:
    weeks = [week(7, "x", ""), week(14, "", ""), week(21, "", "")]
    outcomes = Outcomes({SubjectId("a"): (12,)}, {SubjectId("x"): SubjectId("a")})
    assert measure(weeks, outcomes, WEIGHTIEST, 1, 1).right == 1
    (told_of,) = stories(weeks, outcomes)
    assert (told_of.subject, told_of.first, told_of.next, told_of.before) == ("a", 7, 12, 1)


def test_weeks_whose_outcome_nobody_knows_yet_are_left_out() -> None:
    weeks = [week(7, "a", "a"), week(14, "a", "a")]
    assert measure(weeks, Outcomes({}, {}), WEIGHTIEST, 5, 2).looked == 0
    assert measure(weeks, Outcomes({}, {}), WEIGHTIEST, 5, 2).precision == 0.0
    assert measure(weeks, Outcomes({}, {}), WEIGHTIEST, 5, 2).recall == 0.0
