"""What a split or a join would do is what it does; and looking at it changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError, NotFoundError
from leconfield.ledger.files import Files
from leconfield.ledger.model import Question, SubjectId
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World
from leconfield.registry.resolution import Partition
from leconfield.registry.splitting import against, preview
from tests.ledger.desks import EMMA
from tests.registry.test_resolution_order import Story, snapshot, stories
from tests.registry.worlds import in_text, judged, record, world_of


def view_of(world: World) -> View:
    return View(EMMA, None, Question("test"), world, Files(None))


A, B, C = (SubjectId(each) for each in "abc")


def test_a_split_shows_both_sides_with_what_would_be_said_of_each() -> None:
    world = world_of(*(in_text(each, "Gareth Pritchard", minute=at) for at, each in enumerate("abc")))
    made = preview(view_of(world), A, B, "different")
    assert [each.records for each in made.before] == [("a", "b", "c")]
    assert [each.subject.records for each in made.after] == [("a", "c"), ("b",)]
    assert [[row.value for row in side.rows] for side in made.after] == [["Gareth Pritchard"]] * 2
    assert made.changes


def test_a_join_names_the_contradictions_and_shows_who_it_would_be() -> None:
    world = world_of(
        record("a", ("name", "Gareth Pritchard"), ("birthDate", "1961-04-17")),
        record("b", ("name", "Gareth Pritchard"), ("birthDate", "1988-09-02"), minute=1),
    )
    made = preview(view_of(world), A, B, "same")
    assert [each.subject.records for each in made.after] == [("a", "b")]
    partition = world.derived(Partition)
    assert partition.compared(*made.before).barred == ("born 17 April 1961 against 2 September 1988",)


def test_a_record_hangs_on_its_subject_by_one_edge() -> None:
    world = world_of(*(in_text(each, "Gareth Pritchard", minute=at) for at, each in enumerate("abc")))
    partition = world.derived(Partition)
    edges = partition.links_of(partition.subject(A))
    assert [(each and (each.left, each.right)) for each in (against(edges, one) for one in (A, B, C))] == [
        ("a", "b"),
        ("a", "b"),
        ("a", "c"),
    ]


def test_a_record_is_not_held_against_itself_or_against_nobody() -> None:
    world = world_of(in_text("a", "Gareth Pritchard"))
    with pytest.raises(BadInputError):
        preview(view_of(world), A, A, "different")
    with pytest.raises(NotFoundError):
        preview(view_of(world), A, B, "different")


@settings(max_examples=100, deadline=None)
@given(stories(), st.data())
def test_what_is_shown_is_what_happens_and_looking_leaves_no_trace(story: Story, data: st.DataObject) -> None:
    left, right = (SubjectId(f"r{each}") for each in data.draw(st.permutations(range(len(story.records))))[:2])
    verdict = data.draw(st.sampled_from(["same", "different"]))
    world = world_of(*story.records, judgements=story.judgements)
    before = snapshot(world)
    made = preview(view_of(world), left, right, verdict)
    assert snapshot(world) == before
    world.grow(Delta(judgements=(judged(left, right, verdict, by=EMMA.name, minute=1000),)))
    partition = world.derived(Partition)
    assert [each.subject for each in made.after] == sorted(
        {partition.subject(left), partition.subject(right)}, key=lambda one: partition.records_of(one)[0].order
    )
    assert [each.proposals for each in made.after] == [partition.proposals(each.subject)[:8] for each in made.after]
