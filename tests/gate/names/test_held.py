"""What is guarded in memory grows with the world, to just what building it anew would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.gate.exposure.guards import Guards
from leconfield.gate.names import held
from leconfield.gate.names.model import Leak
from leconfield.ledger.model import Judgement, Report, Statement
from leconfield.ledger.world import Delta, World
from leconfield.registry.judgements import SAME
from tests.gate.worlds import PROFILE, PUBLIC, named, told

PEOPLE = ("Gareth Pryce", "Karim Mansour", "Ines Abara", "Orwell Bay", "Pell")
NUMBERS = ("07700 900476", "07700 900477")
TEXT = " ".join((*PEOPLE, *NUMBERS, "Garreth Price", "S0", "S1", "G.a.r.e.t.h Pryce", "Orwell Bay 12 Farley Rise"))
STEP = st.tuples(
    st.sampled_from(("agent", "open")),
    st.integers(0, 1),
    st.sampled_from(PEOPLE),
    st.sampled_from(("Person", "Organization")),
    st.sampled_from((*NUMBERS, "")),
    st.booleans(),
)


def delta_of(number: int, step: tuple[str, int, str, str, str, bool], before: Sequence[Statement]) -> Delta:
    """A report that names somebody, maybe with a number; maybe a judgement that he is whom the last one named."""
    channel, source, name, schema, phone, same = step
    report = told(f"S{source}", f"{number}", channel=channel)
    statements = list(named(report, name, schema))
    if phone:
        (said,) = named(report, phone, schema, "phone")
        statements.append(replace(said, subject=statements[0].subject))
    judged = [judgement(statements[0], before[-1])] if same and before else []
    return Delta((report,), tuple(statements), tuple(judged))


def judgement(one: Statement, other: Statement) -> Judgement:
    left, right = sorted((one.subject, other.subject))
    return Judgement(left, right, SAME, "rob", "seen together", "2026-06-01T09:00:00.000000Z", "S")


def leaks(world: World, text: str = TEXT) -> tuple[Leak, ...]:
    return world.derived(Guards).finder(PROFILE, PUBLIC).find(text)


@settings(deadline=None, max_examples=60)
@given(st.lists(STEP, min_size=1, max_size=6), st.booleans())
def test_growing_gives_just_what_building_anew_gives(
    steps: list[tuple[str, int, str, str, str, bool]], joined: bool
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        if joined:  # every new thing is put among the others at once
            patched.setattr(held, "_FEW", 0)
        grown, deltas, said = World(), list[Delta](), list[Statement]()
        for number, step in enumerate(steps):
            deltas.append(delta_of(number, step, said))
            said += deltas[-1].statements
            grown.grow(deltas[-1])
            anew = World()
            for each in deltas:
                anew.grow(each)
            assert leaks(grown) == leaks(anew)


def test_a_report_that_names_somebody_guards_him_at_once() -> None:
    world = World()
    assert leaks(world, "Gareth Pryce") == ()
    world.grow(reported(told("S1", "one"), "Gareth Pryce"))
    assert [each.guarded.sure for each in leaks(world, "Gareth Pryce")] == [True]


def test_an_open_report_on_a_guarded_person_makes_his_name_unsure_at_once() -> None:
    world = World()
    world.grow(reported(told("S1", "one"), "Gareth Pryce"))
    assert [each.guarded.sure for each in leaks(world, "Gareth Pryce")] == [True]
    closed = next(iter(world.statements.values()))
    delta = reported(told("the papers", "two", channel="open"), "Gareth Pryce")
    world.grow(replace(delta, judgements=(judgement(closed, delta.statements[0]),)))
    assert [each.guarded.sure for each in leaks(world, "Gareth Pryce")] == [False]


def test_a_new_report_takes_in_no_more_than_what_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    for number, name in enumerate(PEOPLE):
        world.grow(reported(told("S1", f"{number}"), name))
    leaks(world)
    asked = []
    monkeypatch.setattr(held, "telling", lambda _, record: asked.append(record.id) or ())
    world.grow(reported(told("S1", "later"), "Ada Brook"))
    leaks(world)
    assert asked == ["Ada Brook in S1: later"]


def reported(report: Report, name: str) -> Delta:
    return Delta((report,), named(report, name))
