"""Tests of `leconfield.outreach.rounds.rules`: what reads alike, like its writer, and in which order."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.gate.bundles.rounds import Became, Category, Change
from leconfield.gate.bundles.telling import Heading, Paragraph, blocks, written
from leconfield.ledger.model import EntryId
from leconfield.outreach.rounds import rules
from leconfield.outreach.rounds.model import Answer, Decision, Planned, Question
from tests.outreach.rounds.rooms import OPENS, PLAN

ROUND = Planned("a" * 32, "Life and work", "O", PLAN, "", "eve")
PLAIN = (
    "We look at what is there before we say what it means. We write it down on the day, and another officer reads it "
    "before anybody acts on it. Most of the time that is all there is to it, and we go home at a decent hour. "
) * 3
ROBS = (
    "Frankly, old chap, it's rather a slog, isn't it? One potters about, one brews up, one gets jolly wet and cold, "
    "and frankly, old chap, nobody ever so much as says ta very much for it, not once, not ever, frankly! "
) * 3


def asked(number: int, words: str = "How do you sleep at night?") -> Question:
    """A question."""
    return Question(f"{number:032x}", ROUND.id, words, f"{number:064x}", "2026-03-10", "O")


def decided(question: Question, became: Became, **more: object) -> Question:
    """The same, once it was decided on."""
    change = replace(Change(OPENS, became), **more)
    return replace(question, decisions=(*question.decisions, Decision(EntryId("e"), "", "eve", change, "")))


def accepted(number: int, words: str = "How do you sleep at night?", *answers: tuple[str, str]) -> Question:
    """One that is answered, in the order of writing."""
    given = tuple(Answer(EntryId("e"), "", by, each) for by, each in answers)
    return replace(decided(asked(number, words), Became.ACCEPTED, words=words), answers=given)


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ("At night, how do you sleep?", True),
        ("How do you sleep at nights?", True),
        ("Can you sleep at night, and how?", True),
        ("What do your children think you do?", False),
        ("Why should anybody trust you?", False),
    ],
)
def test_questions_that_ask_the_same_in_other_words_are_offered(other: str, found: bool) -> None:
    assert bool(rules.alike(asked(1), [asked(1), asked(2, other)])) is found


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_even_handed_and_between_nothing_and_the_same(left: str, right: str) -> None:
    score = rules.likeness(left, right)
    assert 0 <= score <= 1 + 1e-9
    assert score == pytest.approx(rules.likeness(right, left))
    assert rules.likeness(left, left) == pytest.approx(1)


def test_an_answer_that_reads_like_its_writer_is_told_from_one_that_reads_like_the_house() -> None:
    others = [("rob", ROBS * 2), ("jo", PLAIN * 2)]
    his, ours = rules.style(ROBS, "rob", others), rules.style(PLAIN, "rob", others)
    assert his is not None
    assert ours is not None
    assert (his.telling, ours.telling) == (True, False)


@pytest.mark.parametrize(
    ("words", "held"), [("Short.", [("rob", ROBS * 2), ("jo", PLAIN)]), (ROBS, [("rob", ROBS)]), (ROBS, [])]
)
def test_too_little_to_compare_says_nothing(words: str, held: list[tuple[str, str]]) -> None:
    assert rules.style(words, "rob", held) is None


@settings(deadline=None)
@given(st.lists(st.integers(0, 400), unique=True, min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_the_release_is_the_same_whoever_wrote_first(numbers: list[int], chance: Random) -> None:
    questions = [accepted(each, f"What about number {each}?", ("rob", f"It is {each}.")) for each in numbers]
    planned = replace(ROUND, votes={each.id: int(each.id, 16) % 3 for each in questions})
    first = rules.blocks_of(rules.in_order(planned, questions))
    chance.shuffle(questions)
    assert rules.blocks_of(rules.in_order(planned, questions)) == first


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=200))
def test_whatever_an_answer_says_is_read_back_as_one_paragraph_under_its_question(words: str) -> None:
    said = rules.one_line(words)
    if not rules.plain(said).strip("#*~! "):
        return
    made = rules.blocks_of([accepted(1, "What do you say?", ("rob", said))])
    assert blocks(written(made)) == made
    assert isinstance(made[0], Heading)
    assert [type(each) for each in made[1:]] == [Paragraph]


def test_votes_of_merged_questions_count_where_they_are_answered_and_a_ring_ends() -> None:
    one, two = accepted(1), decided(asked(2), Became.MERGED, into=asked(1).id)
    three = decided(asked(3), Became.MERGED, into=two.id)
    planned = replace(ROUND, votes={one.id: 1, two.id: 2, three.id: 4})
    assert rules.votes_of(planned, [one, two, three])[one.id] == 7
    ring = [decided(asked(5), Became.MERGED, into=asked(6).id), decided(asked(6), Became.MERGED, into=asked(5).id)]
    assert set(rules.votes_of(replace(ROUND, votes={}), ring).values()) == {0}


def test_an_answer_is_ready_once_two_wrote_down_the_very_words_that_stand() -> None:
    stub, jo, again = ("jo", "x"), ("jo", "It is one.\n\nAnd two."), ("rob", "It is one. \r\n\r\nAnd two.\r\n")
    assert "one officer alone" in rules.unready([accepted(1, "What is it?", stub, again)])
    assert "one officer alone" in rules.unready([accepted(1, "What is it?", again, jo, ("jo", "It is three."))])
    assert rules.unready([accepted(1, "What is it?", stub, again, jo)]) == ""


def test_the_tally_counts_every_question_once() -> None:
    questions = [
        accepted(1),
        decided(asked(2), Became.MERGED, into=asked(1).id),
        decided(asked(3), Became.REFUSED, category=Category.ABUSE),
        decided(asked(4), Became.REFUSED, category=Category.SCOPE),
        asked(5),
    ]
    tally = rules.tally(PLAN, questions)
    assert (tally.asked, tally.answered, tally.merged) == (5, 1, 1)
    assert (tally.refused[Category.ABUSE], tally.refused[Category.SCOPE], tally.refused[Category.IDENTITY]) == (1, 1, 0)
    assert [each.id for each in rules.told(questions)] == [each.id for each in questions[:4]]
