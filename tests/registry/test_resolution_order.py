"""Resolution is a function of the set of records and judgements: no order of arrival, no look before, tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.ledger.model import Judgement, Statement
from leconfield.ledger.vocabulary import EVENT, ORGANISATION, PERSON
from leconfield.ledger.world import Delta, World
from leconfield.registry.judgements import Pair, pair_of
from tests.fuzz.amounts import first
from tests.registry.worlds import in_text, judged, partition_of, record, together, world_of


def snapshot(world: World) -> object:
    partition = partition_of(world)
    return (
        [(each, partition.links_of(each)) for each in partition.subjects()],
        partition.proposals(),
    )


NAMES = [
    "Gareth Pritchard", "PRITCHARD, Gareth", "Garreth Pritchard", "Jose Garcia", "José García", "Garcia",
    "Bill Tregenza", "William Tregenza", "Хосе Гарсиа", "", "SDW", "G. Pritchard",
]  # fmt: skip
SAID = [
    (), (("birthDate", "1961-04-17"),), (("birthDate", "1961"),), (("birthDate", "1988-09-02"),), (("gender", "m"),),
    (("gender", "female"),), (("country", "Peru"),), (("idNumber", "X12345"),), (("phone", "07700900123"),),
    (("alias", "Oona Tregenza"),), (("idNumber", "X54321"),), (("deathDate", "1990"),),
    (("email", "g@pritchard.example"),),
    (("alias", "Oona Tregenza"), ("idNumber", "X12345")), (("birthDate", "1988-09-02"), ("country", "Spain")),
]  # fmt: skip


SCHEMAS = [PERSON, PERSON, PERSON, PERSON, EVENT, ORGANISATION]


@dataclass(frozen=True)
class Story:
    records: list[tuple[Statement, ...]]
    judgements: list[Judgement]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    count = draw(st.integers(2, 9))
    records = [
        record(
            f"r{place}",
            ("name", draw(st.sampled_from(NAMES))),
            *draw(st.sampled_from(SAID)),
            schema=draw(st.sampled_from(SCHEMAS)),
            origin=draw(st.sampled_from(["text", "table"])),
            minute=draw(st.integers(0, 4)),
        )
        for place in range(count)
    ]
    ids = st.integers(0, count - 1)
    judgements = [
        judged(f"r{left}", f"r{right}", verdict, by=by, minute=600 + minute)
        for left, right, verdict, by, minute in draw(
            st.lists(
                st.tuples(
                    ids,
                    ids,
                    st.sampled_from(["same", "different", "undecided", "withdrawn"]),
                    st.sampled_from("ek"),
                    st.integers(0, 9),
                ),
                max_size=6,
            )
        )
        if left != right
    ]
    return Story(records, judgements)


def grown(steps: Sequence[tuple[Statement, ...] | Judgement], *, ask: bool) -> World:
    """A world in which each step arrived by itself, asked after every step or only at the end."""
    world = world_of()
    partition_of(world)
    for step in steps:
        world.grow(Delta(judgements=(step,)) if isinstance(step, Judgement) else Delta(statements=step))
        if ask:
            partition_of(world).proposals()
    return world


@settings(max_examples=150, deadline=None)
@given(stories(), st.randoms(use_true_random=False), st.booleans())
def test_any_order_and_any_growth_give_the_same_partition(story: Story, random: Random, ask: bool) -> None:
    steps: list[tuple[Statement, ...] | Judgement] = [*story.records, *story.judgements]
    random.shuffle(steps)
    assert snapshot(grown(steps, ask=ask)) == snapshot(world_of(*story.records, judgements=story.judgements))


def test_a_person_whose_oldest_record_is_of_another_kind_is_proposed_from_either_side() -> None:
    records = [
        record("a", ("name", "bombing"), schema=EVENT, origin="text", minute=1),
        record("b", ("name", "Gareth Pritchard"), minute=2),
        in_text("c", "G. Pritchard", minute=3),
    ]
    same = judged("a", "b", "same")
    at_once = world_of(*records, judgements=[same])
    one_by_one = grown([records[0], records[1], same, records[2]], ask=True)
    assert [(each.left.id, each.right.id) for each in partition_of(at_once).proposals()] == [("a", "c")]
    assert snapshot(one_by_one) == snapshot(at_once)


def test_a_withdrawn_judgement_leaves_no_trace() -> None:
    records = [
        in_text("a", "Bill Turner", minute=1),
        record("b", ("name", "William Turner")),
        in_text("c", "Will Turner"),
    ]
    never = snapshot(world_of(*records))
    world = world_of(*records, judgements=[judged("a", "b", "same", minute=610)])
    assert together(world, "a", "b")
    world.grow(Delta(judgements=(judged("a", "b", "withdrawn", minute=620),)))
    assert snapshot(world) == never


@settings(max_examples=100, deadline=None)
@given(stories(), st.data())
def test_taking_a_judgement_back_is_as_if_it_had_never_been_made(story: Story, data: st.DataObject) -> None:
    left, right = data.draw(st.permutations(range(len(story.records))))[:2]
    made = judged(f"r{left}", f"r{right}", data.draw(st.sampled_from(["same", "different"])), by="rob", minute=700)
    taken_back = judged(f"r{left}", f"r{right}", "withdrawn", by="rob", minute=701)
    world = world_of(*story.records, judgements=story.judgements)
    before = snapshot(world)
    world.grow(Delta(judgements=(made,)))
    world.grow(Delta(judgements=(taken_back,)))
    assert snapshot(world) == before


@settings(max_examples=100, deadline=None)
@given(stories())
def test_no_two_records_judged_different_are_ever_one(story: Story) -> None:
    world = world_of(*story.records, judgements=story.judgements)
    partition = partition_of(world)
    counting: dict[Pair, dict[str, Judgement]] = {}
    for each in sorted(story.judgements, key=lambda one: (one.at, one.by, one.verdict)):
        counting.setdefault(pair_of(each.left, each.right), {})[each.by] = each
    for pair, by_author in counting.items():
        live = [each for each in by_author.values() if each.verdict != "withdrawn"]
        if live and max(live, key=lambda one: (one.at, one.by, one.verdict)).verdict == "different":
            assert partition.subject_of(pair[0]) != partition.subject_of(pair[1])


def many(random: Random, count: int) -> Story:
    """A story of so many records that names grow common, the prior grows, and subjects of several records meet."""
    records = [
        record(
            f"r{place}",
            ("name", random.choice([*NAMES, f"Jose {random.choice(SURNAMES)}", f"{random.choice(SURNAMES)} Garcia"])),
            *random.choice([(), (), (), *SAID]),
            origin=random.choice(["text", "text", "table"]),
            minute=place // 5,
        )
        for place in range(count)
    ]
    pairs = [random.sample(range(count), 2) for _ in range(count // 3)]
    judgements = [
        judged(f"r{one}", f"r{other}", random.choice(["same", "different", "withdrawn"]), minute=600 + at)
        for at, (one, other) in enumerate(pairs)
    ]
    return Story(records, judgements)


SURNAMES = ["Abarca", "Bermudez", "Cifuentes", "Dominguez", "Escobar", "Figueroa", "Guzman", "Herrera"]


@pytest.mark.parametrize("seed", first(range(6), 4))
def test_a_file_that_grows_beyond_a_doubling_is_the_same_as_one_read_at_once(seed: int) -> None:
    random = Random(seed)
    story = many(random, 40 + 30 * seed)
    steps: list[tuple[Statement, ...] | Judgement] = [*story.records, *story.judgements]
    random.shuffle(steps)
    whole = world_of(*story.records, judgements=story.judgements)
    grown_up = grown(steps, ask=seed % 2 == 0)
    assert snapshot(grown_up) == snapshot(whole)
    for subject in partition_of(whole).subjects():
        for edge in partition_of(whole).links_of(subject):
            assert partition_of(grown_up).waterfall(edge) == partition_of(whole).waterfall(edge)


@pytest.mark.parametrize("seed", range(4))
def test_in_a_large_file_a_judgement_taken_back_leaves_no_trace(seed: int) -> None:
    random = Random(seed)
    story = many(random, 120)
    world = world_of(*story.records, judgements=story.judgements)
    before = snapshot(world)
    for at in range(12):
        one, other = random.sample(range(120), 2)
        made = (f"r{one}", f"r{other}")
        world.grow(Delta(judgements=(judged(*made, random.choice(["same", "different"]), by="rob", minute=900 + at),)))
        world.grow(Delta(judgements=(judged(*made, "withdrawn", by="rob", minute=930 + at),)))
        assert snapshot(world) == before


@pytest.mark.parametrize("seed", range(6))
def test_what_a_hundred_reports_say_alike_is_the_same_in_any_order_and_after_any_judgement(seed: int) -> None:
    random = Random(seed)
    names = ["Gareth Pritchard", "PRITCHARD, Gareth", "SDW", "Severn Dock Workers", "Jose Garcia", "Gareth Tregenza"]
    odd = [("alias", "Gareth Pritchard"), ("birthDate", "1961"), ("idNumber", "X12345"), ("country", "Peru")]
    records = [
        in_text(
            f"r{place}",
            name := random.choice(names),
            *([random.choice(odd)] if random.random() < 0.05 else []),
            minute=place // 3,
            schema=ORGANISATION if name.startswith("S") else PERSON,
        )
        for place in range(120)
    ]
    story = Story(records, many(random, 120).judgements[:10])
    steps: list[tuple[Statement, ...] | Judgement] = [*story.records, *story.judgements]
    if seed % 3:
        random.shuffle(steps)
    whole = world_of(*story.records, judgements=story.judgements)
    before = snapshot(whole)
    assert snapshot(grown(steps, ask=seed % 2 == 0)) == before
    for at in range(6):
        one, other = (f"r{each}" for each in random.sample(range(120), 2))
        made = judged(one, other, random.choice(["same", "different"]), by="rob", minute=900 + at)
        whole.grow(Delta(judgements=(made,)))
        whole.grow(Delta(statements=record(f"new{at}", ("name", "SDW"), schema=ORGANISATION, origin="text", minute=99)))
        whole.grow(Delta(judgements=(judged(one, other, "withdrawn", by="rob", minute=930 + at),)))
    more = [in_text(f"new{at}", "SDW", schema=ORGANISATION, minute=99) for at in range(6)]
    assert snapshot(whole) == snapshot(world_of(*story.records, *more, judgements=story.judgements))


def test_every_edge_of_the_engine_has_a_waterfall_that_is_enough() -> None:
    for seed in range(3):
        story = many(Random(seed), 150)
        world = world_of(*story.records, judgements=story.judgements)
        partition = partition_of(world)
        edges = [edge for each in partition.subjects() for edge in partition.links_of(each)]
        assert all(partition.waterfall(edge).enough for edge in edges if not edge.by)
