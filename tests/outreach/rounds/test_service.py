"""Tests of `leconfield.outreach.rounds.service`: a round from its plan to the one release of all its answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.gate.bundles import rounds
from leconfield.gate.bundles.boxes import Box
from leconfield.gate.bundles.rounds import Became, Category
from leconfield.gate.bundles.telling import Heading, Paragraph, blocks
from leconfield.gate.release import sealing
from leconfield.gate.release import service as releases
from leconfield.gate.release.model import State
from leconfield.gate.release.state import found
from leconfield.gate.release.state import releases as releases_of
from leconfield.ledger import labels
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId, Reader
from leconfield.outreach import orders
from leconfield.outreach.crossing import import_
from leconfield.outreach.rounds import asking, passing, service, standing, state
from leconfield.outreach.rounds.receiving import take_question
from leconfield.outreach.taking import Taking
from tests.gate.release.rooms import Hands
from tests.ledger.desks import look
from tests.outreach.house import EDITOR, PLAIN, another, lies
from tests.outreach.rounds.rooms import (
    DAY,
    OPENS,
    PLAN,
    ROB,
    accepted,
    answered,
    asked,
    at,
    ballots,
    house,
    round_of,
    sealed,
)

SLEEP = "How do you sleep after a hard day?"
TRUST = "Why should anybody trust you with so much?"
LUNCH = "What do you eat at your desk on a long day?"


def told(desk: Desk, which: str) -> dict[str, rounds.Asked]:
    issued = orders.newest(look(desk, EDITOR), rounds.QUESTIONS, which)
    assert issued is not None
    return {each.id: each for each in rounds.questions_in(issued.order.body)}


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed round with three questions, all decided on and answered, and its votes."""

    desk: Desk
    hands: Hands
    which: str
    questions: list[str]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, list[str]]:
    """The desk of a closed round, in a folder to be copied: the gate takes its time over each question."""
    folder, hands = tmp_path_factory.mktemp("closed") / "desk", Hands()
    desk = Desk.create(folder, hands)
    which = round_of(desk)
    at(hands, OPENS + DAY)
    made = [accepted(desk, which, words, number) for number, words in enumerate((SLEEP, TRUST, LUNCH))]
    at(hands, PLAN.closes + DAY)
    for each in made:
        answered(desk, each, f"This is what we say.\n\nAnd there is more to it than {len(each.words)} words.")
    ballots(desk, which, {made[1].id: 5, made[2].id: 9})
    desk.close()
    return folder, which, [each.id for each in made]


@pytest.fixture
def closed(once: tuple[Path, str, list[str]], tmp_path: Path) -> Iterator[Closed]:
    """A copy of it, on the day after it has closed."""
    folder, which, questions = once
    shutil.copytree(folder, tmp_path / "desk")
    hands = Hands()
    at(hands, PLAN.closes + 2 * DAY)
    desk = Desk.open(tmp_path / "desk", hands)
    yield Closed(desk, hands, which, questions)
    desk.close()


def test_a_planned_round_is_an_order_with_its_instants() -> None:
    desk, _ = house()
    which = round_of(desk)
    issued = orders.newest(look(desk, EDITOR), rounds.ROUND, which)
    assert issued is not None
    assert rounds.round_in(issued.order.body) == PLAN


def test_whatever_its_label_a_round_is_known_to_nobody_who_may_not_know_of_its_questions() -> None:
    desk, _ = house()
    which = service.plan(desk, look(desk, EDITOR), title="Life and work", plan=PLAN, label="S")
    assert labels.tokens_in(labels.parse(state.found(look(desk, EDITOR), which).label)) == {"O", "PRESSROOM", "S"}


@pytest.mark.parametrize("late", [timedelta(), -14 * DAY])
def test_no_round_is_planned_that_has_opened(late: timedelta) -> None:
    desk, hands = house()
    at(hands, OPENS - late)
    with pytest.raises(RefusedError, match="fixed before"):
        round_of(desk)


def test_who_holds_no_role_for_it_neither_plans_nor_decides() -> None:
    desk, _ = house()
    which = round_of(desk)
    known = asked(desk, which, SLEEP)
    with pytest.raises(RefusedError, match="role"):
        service.accept(desk, look(desk, ROB), known.id, words=SLEEP)
    with pytest.raises(RefusedError, match="role"):
        service.write(desk, look(desk, Reader("ida", "Ida, clerk", ROB.tokens)), known.id, words="We sleep well.")
    with pytest.raises(NotFoundError):
        service.write(desk, look(desk, PLAIN), known.id, words="We sleep well.")


def test_what_is_decided_shows_at_the_turn_after_the_next_crossing_and_never_when_it_was_decided() -> None:
    desk, hands = house()
    which = round_of(desk)
    shows = []
    for number, hour in enumerate((1, 9, 17, 19)):
        at(hands, OPENS + timedelta(hours=hour))
        known = accepted(desk, which, SLEEP, number)
        shows.append(told(desk, which)[known.id].changes[0].since)
    assert shows == [OPENS + DAY] * 3 + [OPENS + 2 * DAY]


def test_a_question_is_merged_only_into_one_that_is_accepted_and_of_its_round() -> None:
    desk, hands = house()
    which = round_of(desk)
    at(hands, OPENS + DAY)
    one, two = asked(desk, which, SLEEP, 1), asked(desk, which, "How do you sleep after hard days?", 2)
    view = look(desk, EDITOR)
    for into, error in ((one.id, RefusedError), (two.id, RefusedError), ("f" * 32, NotFoundError)):
        with pytest.raises(error):
            service.merge(desk, view, two.id, into=into, reason="The same.")
    service.accept(desk, look(desk, EDITOR), one.id, words=SLEEP)
    service.merge(desk, look(desk, EDITOR), two.id, into=one.id, reason="The same.")
    assert told(desk, which)[two.id].changes[-1].into == one.id
    with pytest.raises(RefusedError, match="merged into it"):
        service.refuse(desk, look(desk, EDITOR), one.id, category="abuse", reason="No.")


def test_a_refusal_shows_its_category_and_keeps_its_reason_and_its_words_inside() -> None:
    desk, hands = house()
    which = round_of(desk)
    at(hands, OPENS + DAY)
    known = asked(desk, which, "Which bakery did you watch in the spring?")
    service.refuse(desk, look(desk, EDITOR), known.id, category="operations", reason="It is about SEQUIN.")
    issued = orders.newest(look(desk, EDITOR), rounds.QUESTIONS, which)
    assert issued is not None
    assert told(desk, which)[known.id].changes[0].category is Category.OPERATIONS
    crossing = issued.order.serialise()
    assert b"SEQUIN" not in crossing
    assert b"bakery" not in crossing
    with pytest.raises(BadInputError, match="choose why"):
        service.refuse(desk, look(desk, EDITOR), known.id, category="because", reason="No.")


@pytest.mark.parametrize(
    "words", ["Is John Molloy one of yours?", "Is Aisha safe with you?", "Who drives AB12 CDE for you?"]
)
def test_a_question_that_names_somebody_is_never_shown_whoever_it_is(words: str) -> None:
    desk, hands = house()
    which = round_of(desk)
    at(hands, OPENS + DAY)
    known = asked(desk, which, words)
    with pytest.raises(RefusedError, match="names somebody"):
        service.accept(desk, look(desk, EDITOR), known.id, words=words)


def test_whoever_has_read_it_says_that_what_looks_like_a_name_is_none() -> None:
    desk, hands = house()
    which = round_of(desk)
    at(hands, OPENS + DAY)
    words = "Have you ever worked with Interpol?"
    known = asked(desk, which, words)
    assert asking.named_in(words)
    service.accept(desk, look(desk, EDITOR), known.id, words=words, nobody=True)
    assert told(desk, which)[known.id].changes[0].became is Became.ACCEPTED


def test_the_answers_are_one_release_with_the_instant_of_the_round_and_in_the_order_of_votes(closed: Closed) -> None:
    desk, which = closed.desk, closed.which
    drafted = service.make_release(desk, look(desk, EDITOR), which)
    release = found(look(desk, EDITOR), drafted)
    assert (release.content.form, release.content.embargo) == ("answers", rounds.written(PLAN.publishes))
    words = releases.files_of(look(desk, EDITOR), release)["text.txt"].decode()
    heads = [each.words for each in blocks(words) if isinstance(each, Heading)]
    assert heads == [LUNCH, TRUST, SLEEP]
    assert sum(isinstance(each, Paragraph) for each in blocks(words)) == 6
    issued = orders.newest(look(desk, EDITOR), rounds.ROUND, which)
    assert issued is not None
    assert rounds.round_in(issued.order.body).answers == sealing.public_id(desk, EntryId(drafted))
    counted = orders.newest(look(desk, EDITOR), rounds.COUNTS, which)
    assert counted is not None
    tally = rounds.counts_in(counted.order.body)
    assert (tally.asked, tally.answered, tally.not_before) == (3, 3, PLAN.publishes)


def test_nothing_changes_while_answers_are_put_together_and_taken_apart_they_are_made_again(closed: Closed) -> None:
    desk, which, sleep = closed.desk, closed.which, closed.questions[0]
    first = service.make_release(desk, look(desk, EDITOR), which)
    for act in (
        lambda: service.write(desk, look(desk, ROB), sleep, words="Other words."),
        lambda: service.refuse(desk, look(desk, EDITOR), sleep, category="abuse", reason="No."),
        lambda: passing.pass_on(desk, look(desk, EDITOR), sleep, reason="It is a tip."),
        lambda: service.make_release(desk, look(desk, EDITOR), which),
        lambda: service.put_off(desk, look(desk, EDITOR), which, days=1, reason="Late."),
    ):
        with pytest.raises(RefusedError, match="take their release apart first"):
            act()
    service.take_apart(desk, look(desk, EDITOR), which, reason="One is too near to the work.")
    assert found(look(desk, EDITOR), first).state is State.WITHDRAWN
    service.refuse(desk, look(desk, EDITOR), sleep, category="operations", reason="Too near.")
    second = service.make_release(desk, look(desk, EDITOR), which)
    view = look(desk, EDITOR)
    assert SLEEP.encode() not in releases.files_of(view, found(view, second))["text.txt"]
    issued, counted = orders.newest(view, rounds.ROUND, which), orders.newest(view, rounds.COUNTS, which)
    assert issued is not None
    assert counted is not None
    assert rounds.round_in(issued.order.body).answers == sealing.public_id(desk, EntryId(second))
    assert rounds.counts_in(counted.order.body).answered == 2


def test_an_answer_that_was_replaced_while_the_release_was_made_keeps_it_from_being_made(closed: Closed) -> None:
    desk, which, sleep = closed.desk, closed.which, closed.questions[0]
    early = another(desk, EDITOR)
    service.write(desk, look(desk, ROB), sleep, words="Other words.")
    with pytest.raises(RefusedError, match="meanwhile"):
        service.make_release(desk, early, which)
    view = look(desk, EDITOR)
    assert standing.answers_of(view, state.found(view, which)) == ""
    assert {each.state for each in releases_of(view).by_id.values()} == {State.WITHDRAWN}


def test_two_who_decide_at_once_do_not_lose_what_the_other_decided() -> None:
    desk, hands = house()
    which = round_of(desk)
    at(hands, OPENS + DAY)
    one, two = asked(desk, which, SLEEP, 1), asked(desk, which, LUNCH, 2)
    early = another(desk, EDITOR)
    service.accept(desk, look(desk, EDITOR), one.id, words=SLEEP)
    with pytest.raises(RefusedError, match="meanwhile"):
        service.refuse(desk, early, two.id, category="abuse", reason="No.")
    assert set(told(desk, which)) == {one.id}
    assert state.question(look(desk, EDITOR), two.id).decision is None


def test_nothing_changes_in_a_round_once_its_answers_are_sealed(closed: Closed) -> None:
    desk, which, sleep = closed.desk, closed.which, closed.questions[0]
    sealed(desk, service.make_release(desk, look(desk, EDITOR), which))
    view = look(desk, EDITOR)
    assert found(view, standing.answers_of(view, state.found(view, which))).state is State.SEALED
    for act in (
        lambda: service.write(desk, look(desk, ROB), sleep, words="Other words."),
        lambda: service.refuse(desk, look(desk, EDITOR), sleep, category="abuse", reason="No."),
        lambda: service.make_release(desk, look(desk, EDITOR), which),
        lambda: service.put_off(desk, look(desk, EDITOR), which, days=1, reason="Late."),
    ):
        with pytest.raises(RefusedError, match="sealed"):
            act()


def test_no_answers_are_made_of_an_open_round_or_without_votes_or_with_something_open() -> None:
    desk, hands = house()
    which = round_of(desk)
    at(hands, OPENS + DAY)
    one = accepted(desk, which, SLEEP, 1)

    def says(words: str) -> None:
        with pytest.raises(RefusedError, match=words):
            service.make_release(desk, look(desk, EDITOR), which)

    says("not closed")
    at(hands, PLAN.closes + DAY)
    says("ballots")
    ballots(desk, which, {})
    says("no answer yet")
    service.write(desk, look(desk, ROB), one.id, words="We sleep well.", persona="Rob")
    says("one officer alone")
    answered(desk, one, "We sleep well.", persona="Rob")
    asked(desk, which, LUNCH, 2)
    says("nobody has decided")
    two = accepted(desk, which, LUNCH, 2)
    answered(desk, two, "Sandwiches.", persona="Emma")
    says("Emma, Rob")
    answered(desk, two, "Sandwiches.")
    made = service.make_release(desk, look(desk, EDITOR), which)
    release = found(look(desk, EDITOR), made)
    assert release.aside.persona == "Rob"


def test_answers_can_be_put_off_by_days_and_the_order_says_so(closed: Closed) -> None:
    desk, which = closed.desk, closed.which
    service.put_off(desk, look(desk, EDITOR), which, days=2, reason="One of us fell ill.")
    issued = orders.newest(look(desk, EDITOR), rounds.ROUND, which)
    assert issued is not None
    moved = rounds.round_in(issued.order.body)
    assert (moved.opens, moved.publishes) == (PLAN.opens, PLAN.publishes + 2 * DAY)
    drafted = service.make_release(desk, look(desk, EDITOR), which)
    assert found(look(desk, EDITOR), drafted).content.embargo == rounds.written(moved.publishes)


def test_answers_that_are_late_are_put_off_to_an_instant_that_is_to_come_and_only_then_made(closed: Closed) -> None:
    desk, which, sleep = closed.desk, closed.which, closed.questions[0]
    at(closed.hands, PLAN.publishes + DAY)
    for act in (
        lambda: service.make_release(desk, look(desk, EDITOR), which),
        lambda: service.refuse(desk, look(desk, EDITOR), sleep, category="abuse", reason="No."),
    ):
        with pytest.raises(RefusedError, match="instant has passed"):
            act()
    with pytest.raises(RefusedError, match="late again"):
        service.put_off(desk, look(desk, EDITOR), which, days=1, reason="Late.")
    service.put_off(desk, look(desk, EDITOR), which, days=3, reason="Late.")
    known = state.found(look(desk, EDITOR), which)
    assert (known.plan.put_off, known.plan.publishes) == (1, PLAN.publishes + 3 * DAY)
    made = service.make_release(desk, look(desk, EDITOR), which)
    release = found(look(desk, EDITOR), made)
    assert release.content.embargo == rounds.written(known.plan.publishes)


def test_an_announcement_is_a_release_that_the_order_names_once() -> None:
    desk, _ = house()
    which = round_of(desk)
    drafted = service.announce(desk, look(desk, EDITOR), which, words="Ask us about our working days.")
    issued = orders.newest(look(desk, EDITOR), rounds.ROUND, which)
    assert issued is not None
    assert rounds.round_in(issued.order.body).announcement == sealing.public_id(desk, EntryId(drafted))
    with pytest.raises(RefusedError, match="drafted"):
        service.announce(desk, look(desk, EDITOR), which, words="Again.")


def test_boxes_that_come_too_early_or_for_a_round_that_is_not_known_stay_in_the_spool(tmp_path: Path) -> None:
    hands = Hands()
    desk = Desk.create(tmp_path / "desk", hands)
    which, hidden, spool = round_of(desk), "f" * 32, tmp_path / "spool"
    at(hands, PLAN.closes - timedelta(minutes=2))
    fields = {"round": hidden, "words": SLEEP, "place": "a" * 64}
    for number, each in enumerate((which, hidden)):
        box = Box(rounds.BALLOTS, "2026-03-16", {"round": each, "votes": "{}"}, id=f"{number + 7:032x}")
        lies(desk, spool, box)
    lies(desk, spool, Box(rounds.QUESTION, "2026-03-10", fields, id="9" * 32))
    told = import_(desk, look(desk, EDITOR), spool, tmp_path / "aside")
    assert (told.taken, told.aside, len(told.left)) == (0, (), 3)
    at(hands, PLAN.closes)
    assert import_(desk, look(desk, EDITOR), spool, tmp_path / "aside").taken == 1
    desk.close()


def test_a_box_taken_twice_is_one_question_and_votes_count_once_and_not_before_the_close() -> None:
    desk, hands = house()
    which = round_of(desk)
    at(hands, OPENS + DAY)
    known = asked(desk, which, SLEEP, 3)
    asked(desk, which, SLEEP, 3)
    assert len(state.questions_of(look(desk, EDITOR), which)) == 1
    with pytest.raises(RefusedError, match="not closed"):
        ballots(desk, which, {known.id: 3})
    at(hands, PLAN.closes)
    ballots(desk, which, {known.id: 3})
    ballots(desk, which, {known.id: 4})
    assert state.found(look(desk, EDITOR), which).votes == {known.id: 3}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"place": "abc"}, "place"),
        ({"words": "short"}, "characters"),
        ({"words": "x" * 501}, "characters"),
    ],
)
def test_a_box_that_is_no_question_is_refused_with_words(fields: dict[str, str], says: str) -> None:
    desk, _ = house()
    sound = {"round": round_of(desk), "words": SLEEP, "place": "a" * 64}
    with pytest.raises(BadInputError, match=says):
        take_question(Taking(desk, look(desk, EDITOR), "O&PRESSROOM"), Box("question", "2026-03-10", sound | fields))
