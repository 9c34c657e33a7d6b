"""A challenge from its plan to its letters: dates that stand, answers for all at once, a seal until the close."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.gate.bundles import challenges as formats
from leconfield.gate.bundles import letters as crossing_letters
from leconfield.gate.bundles.challenges import challenge_in
from leconfield.gate.bundles.telling import Heading, blocks
from leconfield.gate.release import sealing
from leconfield.gate.release import service as releases
from leconfield.gate.release.model import Release, State, Step
from leconfield.gate.release.state import found as release_in
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader
from leconfield.outreach import letters, orders
from leconfield.outreach.challenges import rules, service, state
from leconfield.outreach.challenges import service_submissions as reading
from leconfield.outreach.challenges.model import Outcome
from tests.gate.release.rooms import Gate, approves
from tests.ledger.desks import look
from tests.outreach.challenges.rooms import BEN, CAS, DATES, KIM, LEE, MARKS, PLAIN, RUNNER, Hands, Room
from tests.outreach.house import another


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    hands = Hands()
    desk = Desk.create(tmp_path / "desk", hands)
    yield Room(desk, hands, tmp_path)
    desk.close()


@pytest.fixture
def read(room: Room) -> Room:
    """Two ideas came in, the challenge has closed, and they are opened."""
    room.announced()
    room.hands.to(20)
    room.comes(room.submission(), room.submission("Reed and Sons"))
    room.hands.to(31)
    assert reading.open_all(room.desk, room.view(), room.which) == (2, 0)
    return room


def ids(room: Room) -> list[str]:
    return [each.id for each in state.challenges(room.view()).sent_to(room.which)]


def test_a_plan_is_read_back_as_it_was_made(room: Room) -> None:
    room.planned()
    assert (room.plan.title, room.plan.dates, room.plan.criteria) == (
        "A quieter harbour",
        DATES,
        rules.DEFAULT_CRITERIA,
    )
    assert room.plan.limits == formats.PARTS


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"title": "  "}, "title is missing"),
        ({"dates": replace(DATES, closes=DATES.answers)}, "at least 5 days"),
        ({"criteria": "Closes the gap"}, "line 1"),
        ({"criteria": "A: 10\na: 20"}, "each once"),
        ({"limits": {"team": 0}}, "limits"),
        ({"files": 9}, "files"),
    ],
)
def test_a_plan_that_will_not_do_is_refused(room: Room, more: dict[str, object], words: str) -> None:
    given = {"title": "A quieter harbour", "dates": DATES, **more}
    with pytest.raises(BadInputError, match=words):
        service.plan(room.desk, room.view(), **given)  # type: ignore[arg-type]


def test_only_those_with_the_role_act(room: Room) -> None:
    room.announced()
    for act in (
        lambda: service.plan(room.desk, room.view(PLAIN), title="Another", dates=DATES),
        lambda: service.announce(room.desk, room.view(KIM), room.which),
        lambda: reading.open_all(room.desk, room.view(PLAIN), room.which),
        lambda: service.draft_answers(room.desk, room.view(PLAIN), room.which),
    ):
        with pytest.raises(RefusedError, match="role"):
            act()


def test_a_challenge_that_is_hidden_is_none(room: Room) -> None:
    room.planned()
    stranger = Reader("sam", "Sam", frozenset({"O"}), frozenset({"challenge-officer"}))
    with pytest.raises(NotFoundError, match="no such challenge"):
        service.announce(room.desk, look(room.desk, stranger), room.which)


def test_nothing_is_announced_whose_brief_is_not_sealed(room: Room) -> None:
    room.planned()
    with pytest.raises(RefusedError, match="draft its brief"):
        service.announce(room.desk, room.view(), room.which)
    service.brief(
        room.desk, room.view(), room.which, words="\n\n".join(f"## {each}\n\nx." for each in formats.SECTIONS.values())
    )
    with pytest.raises(RefusedError, match="not sealed yet"):
        service.announce(room.desk, room.view(), room.which)


def test_nothing_is_announced_that_would_be_open_by_now(room: Room) -> None:
    room.planned()
    room.sealed(service.brief(room.desk, room.view(), room.which, words=_brief()))
    room.hands.to(6)
    with pytest.raises(RefusedError, match="would have opened"):
        service.announce(room.desk, room.view(), room.which)


def test_the_order_tells_the_dates_and_the_key_and_no_word(room: Room) -> None:
    room.announced()
    issued = orders.newest(room.view(), formats.KIND, room.which)
    assert issued is not None
    made = challenge_in(issued.order)
    assert (made.dates, made.limits) == (DATES, formats.PARTS)
    assert "harbour" not in str(issued.order.body)


def test_answers_are_one_release_that_shows_at_the_instant_that_was_fixed(room: Room) -> None:
    room.announced()
    room.hands.to(6)
    assert (
        room.comes(room.question("Must it float?"), room.question("Who are you?"), room.question("Salt water?")).taken
        == 3
    )
    by_words = {each.words: each.id for each in state.challenges(room.view()).asked_of(room.which)}
    service.answer(room.desk, room.view(), by_words["Must it float?"], shown="Must it float?", words="No.\n\nIt may.")
    with pytest.raises(RefusedError, match="questions are taken until"):
        service.draft_answers(room.desk, room.view(), room.which)
    room.hands.to(13)
    with pytest.raises(RefusedError, match="2 of 3 questions"):
        service.draft_answers(room.desk, room.view(), room.which)
    service.answer(room.desk, room.view(), by_words["Salt water?"], shown="Is it for salt water?", words="Yes.")
    service.set_aside(
        room.desk, room.view(), by_words["Who are you?"], why="about people or operations", reason="Ours."
    )
    drafted = service.draft_answers(room.desk, room.view(), room.which)
    release = release_in(room.view(), drafted)
    assert release.content.embargo == DATES.answers
    text = blocks(releases.files_of(room.view(), release)["text.txt"].decode())
    heads = {each.words for each in text if isinstance(each, Heading)}
    assert heads == {"Must it float?", "Is it for salt water?"}
    assert orders.newest(room.view(), formats.ANSWERS, room.which)
    room.sealed(drafted)
    with pytest.raises(RefusedError, match="answers are sealed"):
        service.answer(room.desk, room.view(), by_words["Salt water?"], shown="Is it?", words="No.")


@pytest.fixture
def bound(room: Room) -> Room:
    """One question is answered, the time for questions is over, and the release of all answers is drafted."""
    room.announced()
    room.hands.to(6)
    room.comes(room.question("Must it float?"))
    says(room, "Must it float?", "No.")
    room.hands.to(13)
    service.draft_answers(room.desk, room.view(), room.which)
    return room


def asked(room: Room, words: str) -> str:
    return next(each.id for each in state.challenges(room.view()).asked_of(room.which) if each.words == words)


def says(room: Room, question: str, words: str) -> None:
    service.answer(room.desk, room.view(), asked(room, question), shown=question, words=words)


def answers(room: Room) -> Release:
    return release_in(room.view(), room.plan.answers or "")


def told(room: Room) -> str:
    return releases.files_of(room.view(), answers(room))["text.txt"].decode()


def test_what_is_said_once_the_answers_are_drafted_is_among_them_and_approved_anew(bound: Room) -> None:
    releases.check(bound.desk, bound.view(BEN), answers(bound).id, Gate())
    for each in (BEN, CAS):
        approves(bound.desk, each, answers(bound).id)
    bound.comes(bound.question("Salt water?"))
    says(bound, "Salt water?", "Yes.")
    says(bound, "Must it float?", "It may.")
    assert (answers(bound).state, answers(bound).approvals) == (State.DRAFT, ())
    assert "Yes." in told(bound)
    assert "It may." in told(bound)
    assert "No." not in told(bound)
    assert answers(bound).content.embargo == DATES.answers
    service.set_aside(bound.desk, bound.view(), asked(bound, "Salt water?"), why="asked already", reason="Twice.")
    assert "Salt water?" not in told(bound)
    with pytest.raises(RefusedError, match="nothing is left to publish"):
        service.set_aside(bound.desk, bound.view(), asked(bound, "Must it float?"), why="asked already", reason="x")


def test_of_two_who_answer_at_one_moment_both_are_among_the_answers(bound: Room) -> None:
    bound.comes(bound.question("Salt water?"))
    early = another(bound.desk, RUNNER)
    early.derived(state.Challenges)
    says(bound, "Salt water?", "Yes.")
    service.answer(bound.desk, early, asked(bound, "Must it float?"), shown="Must it float?", words="It may.")
    assert "Yes." in told(bound)
    assert "It may." in told(bound)


def test_what_comes_once_the_answers_are_sealed_is_not_answered_and_may_be_set_aside(bound: Room) -> None:
    bound.sealed(answers(bound).id)
    bound.comes(bound.question("Salt water?"))
    with pytest.raises(RefusedError, match="answers are sealed"):
        says(bound, "Salt water?", "Yes.")
    with pytest.raises(RefusedError, match="answers are sealed"):
        service.set_aside(bound.desk, bound.view(), asked(bound, "Must it float?"), why="asked already", reason="x")
    late = "too late to be among the answers"
    service.set_aside(bound.desk, bound.view(), asked(bound, "Salt water?"), why=late, reason="The box was slow.")
    assert all(each.settled for each in state.challenges(bound.view()).asked_of(bound.which))


def test_answers_that_were_withdrawn_before_the_seal_are_drafted_anew(bound: Room) -> None:
    first = answers(bound).id
    releases.take(bound.desk, bound.view(BEN), first, Step.WITHDRAW, reason="The form is wrong.")
    says(bound, "Must it float?", "It may.")
    fresh = service.draft_answers(bound.desk, bound.view(), bound.which)
    assert fresh != first
    assert bound.plan.answers == fresh
    issued = orders.newest(bound.view(), formats.ANSWERS, bound.which)
    assert issued is not None
    assert issued.order.body == {"release": sealing.public_id(bound.desk, fresh)}


def test_of_two_who_draft_the_answers_at_one_moment_the_second_is_told(room: Room) -> None:
    room.announced()
    room.hands.to(6)
    room.comes(room.question("Must it float?"))
    says(room, "Must it float?", "No.")
    room.hands.to(13)
    early = another(room.desk, RUNNER)
    early.derived(state.Challenges)
    early.derived(orders.Orders)
    drafted = service.draft_answers(room.desk, room.view(), room.which)
    with pytest.raises(RefusedError, match="meanwhile"):
        service.draft_answers(room.desk, early, room.which)
    assert room.plan.answers == drafted


def test_what_is_for_a_challenge_that_the_clerk_does_not_know_of_stays_for_somebody_who_does(room: Room) -> None:
    room.planned(label="O&CHALLENGES&PRESSROOM")
    clerk = Reader("cle", "Cle", frozenset({"O", "S", "CHALLENGES"}), frozenset({"liaison-officer"}))
    boxes = (room.question("Must it float?"), room.submission())
    told = room.comes(*boxes, by=clerk)
    assert (told.taken, told.aside) == (0, ())
    assert {why for _, why in told.left} == {
        "it is for a challenge that is not known here; it stays for somebody who knows of it"
    }
    assert room.comes().taken == 2


def test_what_was_sent_in_stays_sealed_until_the_close(room: Room) -> None:
    room.announced()
    room.hands.to(29)
    box = room.submission()
    assert room.comes(box).taken == 1
    assert room.comes(box).again == 1
    (known,) = state.challenges(room.view()).sent_to(room.which)
    kept = room.view().kept(known.sealed, about=known.id)
    assert b"Marsh" not in kept
    assert known.idea is None
    with pytest.raises(RefusedError, match="stays sealed until"):
        reading.open_all(room.desk, room.view(), room.which)
    with pytest.raises(RefusedError, match="still sealed"):
        reading.score(room.desk, room.view(KIM), known.id, marks=MARKS, words="Good.")
    room.hands.to(30.01)
    assert reading.open_all(room.desk, room.view(), room.which) == (1, 0)
    assert reading.open_all(room.desk, room.view(), room.which) == (0, 0)
    (known,) = state.challenges(room.view()).sent_to(room.which)
    assert known.idea is not None
    assert known.idea.organisation == "Marsh Acoustics"
    assert room.view().kept(known.idea.files[0].digest, about=known.id) == b"%PDF-1.7"


def test_what_was_sealed_to_another_key_is_noted_and_the_others_are_opened(room: Room) -> None:
    room.announced()
    room.hands.to(20)
    other = "07aaff3e9fc167275544f4c3a6a17cd837f2ec6e78cd8a57b1e3dfb3cc035a77"
    _, sealed = formats.sealed_in(room.submission())
    wrong = formats.seal_submission(
        formats.Submission(room.which, "X", "Y", "z@z.example", {}, "ab" * 32, other), other, "2026-06-20"
    )
    assert sealed
    room.comes(wrong, room.submission())
    room.hands.to(31)
    assert reading.open_all(room.desk, room.view(), room.which) == (1, 1)


def test_each_reader_scores_once_and_in_an_order_of_his_own(read: Room) -> None:
    known = state.challenges(read.view()).sent_to(read.which)
    orders_ = {tuple(each.id for each in reading.in_turn(read.desk, name, known)) for name in "abcdefgh"}
    assert len(orders_) == 2
    reading.score(read.desk, read.view(KIM), ids(read)[0], marks=MARKS, words="It closes the gap.")
    with pytest.raises(RefusedError, match="what you gave stands"):
        reading.score(read.desk, read.view(KIM), ids(read)[0], marks=MARKS, words="Again.")
    for marks in (("4", "3", "3"), ("4", "3", "3", "6"), ("4", "3", "3", ""), ("4", "3", "3", "-1")):
        with pytest.raises(BadInputError):
            reading.score(read.desk, read.view(LEE), ids(read)[0], marks=marks, words="Good.")


def test_who_has_an_interest_does_not_score(read: Room) -> None:
    assert reading.senders(read.view(), read.which) == ("Marsh Acoustics", "Reed and Sons")
    assert reading.bar(read.desk, read.view(KIM), read.which, organisation="Marsh Acoustics", reason="My brother.") == 1
    (barred,) = (each for each in state.challenges(read.view()).sent_to(read.which) if each.barred)
    with pytest.raises(RefusedError, match="interest"):
        reading.score(read.desk, read.view(KIM), barred.id, marks=MARKS, words="Good.")
    with pytest.raises(BadInputError, match="from the list"):
        reading.bar(read.desk, read.view(KIM), read.which, organisation="Nobody", reason="x")


def marsh(room: Room) -> str:
    """The submission of Marsh Acoustics."""
    sent = state.challenges(room.view()).sent_to(room.which)
    return next(each.id for each in sent if each.idea and each.idea.organisation == "Marsh Acoustics")


def test_what_somebody_gave_before_he_said_that_he_has_an_interest_counts_no_more(read: Room) -> None:
    which = marsh(read)
    reading.score(read.desk, read.view(KIM), which, marks=("5", "3", "3", "4"), words="It closes the gap.")
    reading.score(read.desk, read.view(LEE), which, marks=("3", "3", "3", "4"), words="It may.")
    reading.discuss(read.desk, read.view(KIM), which, words="We agree on 5.")
    reading.bar(read.desk, read.view(KIM), read.which, organisation="Marsh Acoustics", reason="My brother.")
    known = state.submission_in(read.view(), which)
    assert ([each.by for each in known.scores], known.discussed) == (["lee"], "")
    with pytest.raises(RefusedError, match="those who scored it"):
        reading.discuss(read.desk, read.view(KIM), which, words="We agree on 5.")
    with pytest.raises(RefusedError, match="1 more must score"):
        reading.decide(read.desk, read.view(), which, outcome="taken forward", reason="Good.")


def test_who_has_an_interest_does_not_decide(read: Room) -> None:
    which = marsh(read)
    reading.bar(read.desk, read.view(), read.which, organisation="Marsh Acoustics", reason="My brother.")
    for each in (KIM, LEE):
        reading.score(read.desk, read.view(each), which, marks=MARKS, words="Sound.")
    with pytest.raises(RefusedError, match="somebody else decides"):
        reading.decide(read.desk, read.view(), which, outcome="taken forward", reason="Good.")
    reading.decide(read.desk, read.view(BEN), which, outcome="taken forward", reason="Good.")


def test_nobody_scores_who_has_seen_what_others_gave(read: Room) -> None:
    which, third = ids(read)[0], replace(KIM, name="max")
    for each in (KIM, LEE):
        reading.score(read.desk, read.view(each), which, marks=MARKS, words="Sound.")
    known = state.submission_in(read.view(), which)
    assert not rules.seen_whole(known, "max", decides=False)
    assert rules.seen_whole(known, RUNNER.name, decides=True)
    with pytest.raises(RefusedError, match="you see what they gave"):
        reading.score(read.desk, read.view(), which, marks=MARKS, words="Sound.")
    reading.score(read.desk, read.view(third), which, marks=MARKS, words="Sound.")
    assert rules.seen_whole(state.submission_in(read.view(), which), "max", decides=False)


def test_of_two_who_decide_at_one_moment_the_second_is_told(read: Room) -> None:
    which = ids(read)[0]
    for each in (KIM, LEE):
        reading.score(read.desk, read.view(each), which, marks=MARKS, words="Sound.")
    early = another(read.desk, RUNNER)
    early.derived(state.Challenges)
    reading.decide(read.desk, read.view(), which, outcome="taken forward", reason="Good.")
    with pytest.raises(RefusedError, match="meanwhile"):
        reading.decide(read.desk, early, which, outcome="not this time", reason="Bad.")


def test_of_two_letters_at_one_moment_the_one_that_is_noted_is_the_one_that_lies_there(read: Room) -> None:
    which = ids(read)[0]
    decided(read, which, Outcome.NOT_TAKEN)
    early = another(read.desk, RUNNER)
    early.derived(state.Challenges)
    early.derived(letters.Letters)
    reading.tell(read.desk, read.view(), which, words="It needs more evidence.")
    with pytest.raises(RefusedError, match="meanwhile"):
        reading.tell(read.desk, early, which, words="It came too late.")
    assert [each.letter.words for each in letters.posted_to(read.view(), "ab" * 32)] == ["It needs more evidence."]


def test_two_score_before_one_decides_and_they_talk_where_they_are_far_apart(read: Room) -> None:
    which = ids(read)[0]
    reading.score(read.desk, read.view(KIM), which, marks=("5", "3", "3", "4"), words="It closes the gap.")
    with pytest.raises(RefusedError, match="1 more must score"):
        reading.decide(read.desk, read.view(), which, outcome="taken forward", reason="Good.")
    reading.score(read.desk, read.view(LEE), which, marks=("3", "3", "3", "4"), words="It may.")
    with pytest.raises(RefusedError, match="far apart on Closes the gap"):
        reading.decide(read.desk, read.view(), which, outcome="taken forward", reason="Good.")
    with pytest.raises(RefusedError, match="those who scored it"):
        reading.discuss(read.desk, read.view(), which, words="We agree on 4.")
    reading.discuss(read.desk, read.view(LEE), which, words="We agree on 4.")
    with pytest.raises(BadInputError, match="choose"):
        reading.decide(read.desk, read.view(), which, outcome="perhaps", reason="Good.")
    reading.decide(read.desk, read.view(), which, outcome="taken forward", reason="Good.")
    known = state.submission_in(read.view(), which)
    assert known.decision is not None
    assert known.decision.outcome is Outcome.TAKEN
    with pytest.raises(RefusedError, match="it is decided"):
        reading.decide(read.desk, read.view(), which, outcome="not this time", reason="Bad.")


def decided(read: Room, which: str, outcome: Outcome) -> None:
    for each in (KIM, LEE):
        reading.score(read.desk, read.view(each), which, marks=MARKS, words="Sound.")
    reading.decide(read.desk, read.view(), which, outcome=outcome.value, reason="As scored.")


def test_the_letter_goes_by_the_gate_to_the_place_that_the_sender_comes_back_to(read: Room) -> None:
    which = ids(read)[0]
    with pytest.raises(RefusedError, match="undecided"):
        reading.tell(read.desk, read.view(), which, words="No.")
    decided(read, which, Outcome.NOT_TAKEN)
    known = state.submission_in(read.view(), which)
    due = rules.feedback_due(known)
    assert due is not None
    assert 6 <= (due - read.hands.at).days <= 9
    reading.tell(read.desk, read.view(), which, words="Your idea was clear. It needs more evidence.")
    (posted,) = letters.posted_to(read.view(), "ab" * 32)
    assert (posted.letter.kind, posted.letter.words) == ("feedback", "Your idea was clear. It needs more evidence.")
    assert rules.feedback_due(state.submission_in(read.view(), which)) is None
    with pytest.raises(RefusedError, match="posted"):
        reading.tell(read.desk, read.view(), which, words="Again.")
    assert letters.renew(read.desk, read.view(), "submissions")
    issued = orders.newest(read.view(), crossing_letters.KIND, "submissions")
    assert issued is not None
    assert "evidence" not in str(issued.order.body)


def test_the_outcome_is_two_numbers_on_the_day_that_was_announced(read: Room) -> None:
    one, other = ids(read)
    decided(read, one, Outcome.TAKEN)
    with pytest.raises(RefusedError, match="it is told from"):
        service.tell_outcome(read.desk, read.view(), read.which)
    read.hands.to(45)
    with pytest.raises(RefusedError, match="1 of 2 submissions are undecided"):
        service.tell_outcome(read.desk, read.view(), read.which)
    decided(read, other, Outcome.NOT_TAKEN)
    assert service.tell_outcome(read.desk, read.view(), read.which) == (2, 1)
    issued = orders.newest(read.view(), formats.OUTCOME, read.which)
    assert issued is not None
    assert issued.order.body == {"received": 2, "taken": 1}


def test_the_state_is_the_same_however_it_was_reached(read: Room) -> None:
    decided(read, ids(read)[0], Outcome.TAKEN)
    grown = state.challenges(read.view(RUNNER))
    fresh = state.Challenges.of(read.view(RUNNER).world)
    assert (grown.by_id, grown.questions, grown.submissions) == (fresh.by_id, fresh.questions, fresh.submissions)


def _brief() -> str:
    return "\n\n".join(f"## {each}\n\nWhat is said." for each in formats.SECTIONS.values())
