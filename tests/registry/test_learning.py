"""Weights that are learnt from judgements: little from few, nothing from what was taken back."""

from __future__ import annotations

from hypothesis import given, settings

from leconfield.ledger.model import Statement, SubjectId
from leconfield.ledger.world import Delta, World
from leconfield.registry.evidence import BIRTH, NAME, SEX, SHIPPED
from leconfield.registry.learning import RATES, Lesson
from leconfield.registry.resolution import Partition
from leconfield.registry.weights import Scale
from tests.registry.test_resolution_order import Story, snapshot, stories
from tests.registry.worlds import judged, record, world_of


def scale_of(world: World) -> Scale:
    return world.derived(Partition).scale


def lesson(world: World, field: str, level: str) -> Lesson:
    return next(each for each in scale_of(world).learned.lessons() if each.level == (field, level))


def pairs(count: int, verdict: str, left: tuple[str, str], right: tuple[str, str]) -> World:
    """So many pairs of strangers' names, judged so, of which either side says what it is handed."""
    records: list[tuple[Statement, ...]] = []
    for at in range(count):
        records += [
            record(f"l{at}", ("name", f"Oona Tregenza{'abcdefghijklmnop'[at]}"), left),
            record(f"r{at}", ("name", f"Oona Tregenza{'abcdefghijklmnop'[at]}"), right),
        ]
    return world_of(*records, judgements=[judged(f"l{at}", f"r{at}", verdict) for at in range(count)])


def test_nothing_is_learnt_where_nobody_has_judged() -> None:
    world = world_of(record("a", ("name", "Oona Tregenza")))
    assert all(each.shift == 0.0 for each in scale_of(world).learned.lessons())


def test_one_judgement_teaches_nothing_yet_and_several_of_a_kind_do() -> None:
    born = ("birthDate", "1961"), ("birthDate", "1961")
    assert lesson(pairs(1, "different", *born), BIRTH, "year").shift == 0.0
    learnt = lesson(pairs(12, "different", *born), BIRTH, "year")
    assert learnt.shift < 0
    assert (learnt.different, learnt.of_different, learnt.of_same) == (12, 12, 0)


def test_pairs_judged_the_same_although_they_differ_make_the_difference_weigh_less() -> None:
    learnt = lesson(pairs(12, "same", ("gender", "male"), ("gender", "female")), SEX, "differ")
    assert learnt.shift > 0


def test_undecided_and_withdrawn_opinions_teach_nothing() -> None:
    world = pairs(4, "undecided", ("birthDate", "1961"), ("birthDate", "1961"))
    assert scale_of(world).learned.judged == (0, 0)


def test_what_was_learnt_from_a_judgement_goes_with_it() -> None:
    world = pairs(12, "different", ("birthDate", "1961"), ("birthDate", "1961"))
    assert lesson(world, BIRTH, "year").shift
    taken_back = [judged(f"l{at}", f"r{at}", "withdrawn", minute=700) for at in range(12)]
    world.grow(Delta(judgements=tuple(taken_back)))
    never = pairs(12, "withdrawn", ("birthDate", "1961"), ("birthDate", "1961"))
    assert scale_of(world).learned.lessons() == scale_of(never).learned.lessons()
    assert lesson(world, BIRTH, "year").shift == 0.0


def test_a_judgement_on_a_record_that_is_not_here_teaches_nothing() -> None:
    world = world_of(record("a", ("name", "Oona Tregenza")), judgements=[judged("a", "hidden", "same")])
    assert scale_of(world).learned.judged == (0, 0)


def test_every_way_of_agreeing_has_a_shipped_rate_that_gives_its_shipped_bits() -> None:
    for level, (often, by_chance) in RATES.items():
        assert 0 < often < 1
        if level[0] != NAME:
            assert often / by_chance == 2.0 ** SHIPPED[level]


def test_what_is_learnt_changes_who_is_joined_and_undoing_it_changes_it_back() -> None:
    """Many judged different though born in one year: a year in common no longer joins those just above the bar."""
    year = ("birthDate", "1961"), ("birthDate", "1961")
    world = pairs(16, "different", *year)
    before = snapshot(world)
    world.grow(Delta(judgements=tuple(judged(f"l{at}", f"r{at}", "withdrawn", minute=700) for at in range(16))))
    assert snapshot(world) != before
    assert world.derived(Partition).subject(SubjectId("r0")).records == ("l0", "r0")


@settings(max_examples=60, deadline=None)
@given(stories())
def test_grown_by_one_judgement_after_the_other_the_weights_are_those_of_the_whole(story: Story) -> None:
    world = world_of(*story.records)
    scale_of(world)
    for each in reversed(story.judgements):
        world.grow(Delta(judgements=(each,)))
    whole = world_of(*story.records, judgements=story.judgements)
    assert scale_of(world).learned.lessons() == scale_of(whole).learned.lessons()
    assert scale_of(world).learned.shifts == scale_of(whole).learned.shifts
