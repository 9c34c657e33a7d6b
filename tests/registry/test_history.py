"""What was joined and split: told from the file itself, the same whenever one asks, and the same as it was then."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.ledger.model import Judgement, Statement, SubjectId
from leconfield.ledger.world import Delta, World
from leconfield.registry.history import BY_ARRIVAL, BY_JUDGEMENT, BY_WEIGHTS, JOINED, SPLIT, Event, History
from leconfield.registry.resolution import Partition
from tests.registry.test_resolution_order import Story, stories
from tests.registry.worlds import in_text, judged, record, world_of


def events_of(world: World) -> list[Event]:
    return world.derived(History).events


def ids(event: Event) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    return [each.records for each in event.before], [each.records for each in event.after]


def test_a_judgement_that_joins_and_its_withdrawal_are_two_events_with_their_author() -> None:
    world = world_of(
        in_text("a", "Bill Turner"),
        in_text("b", "Oona Tregenza", minute=1),
        judgements=[judged("a", "b", "same", minute=10), judged("a", "b", "withdrawn", minute=20)],
    )
    joined, split = events_of(world)
    assert (joined.kind, ids(joined), joined.cause, joined.by) == (
        JOINED,
        ([("a",), ("b",)], [("a", "b")]),
        BY_JUDGEMENT,
        "emma",
    )
    assert (split.kind, ids(split), split.withdrawn) == (SPLIT, ([("a", "b")], [("a",), ("b",)]), True)


def test_a_record_that_is_attached_is_no_join_of_subjects() -> None:
    world = world_of(in_text("a", "Gareth Pritchard"), in_text("b", "Gareth Pritchard", minute=1))
    assert events_of(world) == []


def test_a_record_that_brings_two_subjects_together_is_named_with_its_report_and_why() -> None:
    world = world_of(
        in_text("a", "Gareth Pritchard"),
        record("b", ("name", "Oona Tregenza"), ("idNumber", "X12345"), minute=1),
        record("c", ("name", "Gareth Pritchard"), ("idNumber", "X12345"), minute=2),
    )
    (joined,) = events_of(world)
    assert (joined.cause, joined.reports, ids(joined)) == (
        BY_ARRIVAL,
        ("report of c",),
        ([("a",), ("b",)], [("a", "b", "c")]),
    )
    assert "same idNumber x12345" in joined.reason


def test_a_record_that_shows_two_namesakes_to_be_two_splits_their_subject() -> None:
    born = ("birthDate", "1961-04-17")
    world = world_of(
        record("a", ("name", "Gareth Pritchard"), born),
        in_text("b", "Gareth Pritchard", minute=1),
        record("c", ("name", "Gareth Pritchard"), ("birthDate", "1988-09-02"), minute=2),
    )
    (split,) = events_of(world)
    assert (split.kind, split.cause, ids(split)) == (SPLIT, BY_ARRIVAL, ([("a", "b")], [("a",), ("b",)]))


def test_a_file_that_has_grown_may_ask_for_more_than_a_name_and_says_so() -> None:
    same = [in_text(each, "Jose Garcia") for each in "ab"]
    others = [in_text(f"r{at}", f"Jose {_word(at)}", minute=1) for at in range(400)]
    (split,) = events_of(world_of(*same, *others))
    assert (split.kind, split.cause, ids(split)[1]) == (SPLIT, BY_WEIGHTS, [("a",), ("b",)])


def _word(number: int) -> str:
    letters = "bcdfghjklm"
    return "".join(f"{letters[int(digit)]}o" for digit in f"{number:03d}")


def test_the_id_of_a_subject_that_was_joined_leads_to_whoever_has_its_record_now() -> None:
    world = world_of(in_text("a", "Bill Turner"), in_text("b", "Oona Tregenza", minute=1))
    partition = world.derived(Partition)
    assert partition.subject(SubjectId("b")).id == "b"
    world.grow(Delta(judgements=(judged("a", "b", "same"),)))
    assert partition.subject(SubjectId("b")).id == "a"


def _steps(story: Story) -> list[tuple[str, Delta]]:
    """What came at each moment, in order."""
    deltas = [(each[0].learnt, Delta(statements=each)) for each in story.records]
    deltas += [(each.at, Delta(judgements=(each,))) for each in story.judgements]
    return sorted(deltas, key=lambda each: each[0])


def _until(story: Story, moment: str) -> World:
    said: list[tuple[Statement, ...]] = [each for each in story.records if each[0].learnt <= moment]
    judgements: list[Judgement] = [each for each in story.judgements if each.at <= moment]
    return world_of(*said, judgements=judgements)


@settings(max_examples=60, deadline=None)
@given(stories(), st.randoms(use_true_random=False))
def test_events_are_the_same_however_the_world_has_grown(story: Story, random: Random) -> None:
    whole = events_of(world_of(*story.records, judgements=story.judgements))
    steps = [delta for _, delta in _steps(story)]
    random.shuffle(steps)
    world = world_of()
    world.derived(History)
    for each in steps:
        world.grow(each)
    assert events_of(world) == whole


@settings(max_examples=60, deadline=None)
@given(stories())
def test_events_up_to_a_moment_are_those_of_the_view_as_of_that_moment(story: Story) -> None:
    whole = events_of(world_of(*story.records, judgements=story.judgements))
    for moment, _ in _steps(story)[:4]:
        assert events_of(_until(story, moment)) == [each for each in whole if each.at <= moment]


@settings(max_examples=60, deadline=None)
@given(stories())
def test_played_one_after_the_other_the_events_lead_to_who_is_who_now(story: Story) -> None:
    """Whoever the last event on a record put together is together now: nothing parts or joins without an event."""
    world = world_of(*story.records, judgements=story.judgements)
    partition = world.derived(Partition)
    last = {record: each for event in events_of(world) for each in event.after for record in each.records}
    for one, after in last.items():
        assert set(after.records) <= set(partition.subject(one).records)
