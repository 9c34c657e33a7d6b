"""Scores are kept up to date with the world: growing ends where reading everything anew would."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.desk.interest.model import CLOSED, OPENED
from leconfield.desk.typologies.catalogue import Catalogue, shipped
from leconfield.desk.typologies.matching import Reading
from leconfield.desk.typologies.model import IN_FORCE
from leconfield.desk.typologies.raising import raised, suggestion_id
from leconfield.desk.typologies.scorable import ScorableReader, scorable_facts
from leconfield.desk.typologies.scores import Scores
from leconfield.desk.typologies.scoring import Score, assess, score, together
from leconfield.ledger.files import Files
from leconfield.ledger.model import Assertion, Entry, EntryId, Judgement, Question, Reader, SubjectId
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World
from leconfield.registry.resolution import Partition
from tests.desk.typologies.worlds import DAY, TODAY, Told

NETWORK = next(each.typology for each in shipped() if each.typology.id == "attack-planning-network")
_PHRASES = ("bought detonators", "has a rifle", "paid in cash", "was cleared", "walked home", "did not mean to attack")
_NAMES = ("Ray Cassell", "Jo Hale", "Mill Road Union", "Tay Freight")


def drawn(chance: Random, steps: int = 6) -> list[Told]:
    """A story in steps: reports, links, incidents, judgements, interest in somebody, typologies in and out of force."""
    told, found = Told(), []
    for number in range(steps):
        before = (len(told.reports), len(told.statements), len(told.judgements), len(told.entries))
        _step(told, number, chance)
        step = Told(
            *(
                each[at:]
                for each, at in zip((told.reports, told.statements, told.judgements, told.entries), before, strict=True)
            )
        )
        found.append(step)
    return found


def _step(told: Told, number: int, chance: Random) -> None:
    people = [f"p{each}" for each in range(4)]
    name = chance.choice(_NAMES)
    text = f"{name} {chance.choice(_PHRASES)}. Then {chance.choice(_NAMES)} {chance.choice(_PHRASES)}."
    told.report(text, source=chance.choice("ABC"), grade=chance.choice(("A1", "C3", "E5")))
    who = chance.choice(people)
    schema = "Organization" if who == "p3" else "Person"
    told.named(who, name, schema=schema)
    if chance.random() < 0.6:
        told.say(
            who,
            chance.choice(("met", "paid", "knownAs")),
            chance.choice([each for each in people if each != who]),
            schema=schema,
        )
    if chance.random() < 0.5:
        told.say("e", chance.choice(("incidentType", "stage")), chance.choice(("arson", "planned")), schema="Event")
        polarity = chance.choice(("affirmed", "affirmed", "denied"))
        told.say("e", "perpetrator", chance.choice(people), schema="Event", assertion=Assertion(polarity=polarity))
    at = f"{DAY}T12:00:0{number}.000000Z"
    held = sorted({each.subject for each in told.statements if each.subject.startswith("p")})
    if chance.random() < 0.4 and len(held) > 1:
        left, right = chance.sample(held, 2)
        verdict = chance.choice(("same", "different", "withdrawn"))
        told.judgements.append(Judgement(left, right, verdict, "ann", "seen both", at, ""))
    if chance.random() < 0.3:
        kind, body = chance.choice(((OPENED, {"tier": "1"}), (CLOSED, {"opening": "x"})))
        told.entries.append(Entry(EntryId(f"i{number}"), at, "ann", kind, chance.choice(held), "", body))
    if chance.random() < 0.2:
        body = {"version": chance.choice(("", "shipped"))}
        told.entries.append(Entry(EntryId(f"f{number}"), at, "ann", IN_FORCE, NETWORK.id, "", body))


def everything(world: World) -> dict[str, dict[SubjectId, tuple[float, list[tuple[int, float]]]]]:
    scores = world.derived(Scores)
    return {
        each.typology.id: {
            head: (one.bits, sorted((part.indicator, part.bits) for part in one.parts))
            for head, one in scores.scored(each.typology, TODAY).items()
        }
        for each in world.derived(Catalogue).all_in_force()
    }


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_growing_ends_where_reading_everything_anew_would(seed: int) -> None:
    grown, deltas = World(), []
    grown.derived(Scores)
    for step in drawn(Random(seed)):
        deltas.append(step.delta())
        grown.grow(deltas[-1])
        everything(grown)
    whole = World()
    whole.grow(
        Delta(
            tuple(one for each in deltas for one in each.reports),
            tuple(one for each in deltas for one in each.statements),
            tuple(one for each in deltas for one in each.judgements),
            tuple(one for each in deltas for one in each.entries),
        )
    )
    assert everything(grown) == everything(whole)
    for typology, found in everything(whole).items():
        version = whole.derived(Catalogue).in_force(typology)
        assert version is not None
        for head, (bits, _) in found.items():
            assert score(version.typology, scorable_facts(whole, head), TODAY).bits == pytest.approx(bits)


def test_a_subject_is_what_its_records_are_together() -> None:
    told = Told()
    for _ in range(2):
        told.report("Ray Cassell bought detonators. Ray Cassell has a rifle.", source="A")
    told.named("one", "Ray Cassell", report="r000")
    told.named("two", "Ray Cassell")
    told.judgements.append(Judgement(SubjectId("one"), SubjectId("two"), "same", "ann", "seen both", f"{DAY}T12", ""))
    world = told.world()
    reading, reader = Reading(NETWORK), ScorableReader(world)
    apart = together(assess(reading, reader.record(SubjectId(each))) for each in ("one", "two"))
    whole = assess(reading, reader.subject(SubjectId("one")))
    assert {(each.indicator, each.fact) for each in apart.hits} == {(each.indicator, each.fact) for each in whole.hits}


def view_of(world: World, day: str = DAY) -> View:
    reader = Reader("ann", "Ann", frozenset({"O", "S"}))
    return View(reader, datetime.fromisoformat(day).replace(tzinfo=UTC), Question("look"), world, Files(None))


def network() -> Told:
    told = Told()
    told.report("Ray Cassell bought detonators and means to attack the lock.", source="A", label="S")
    told.named("ray", "Ray Cassell", label="O")
    told.report("Ray Cassell has a rifle.", source="B", label="S&TEAM")
    told.named("ray", "Ray Cassell")
    return told


def test_what_is_raised_says_why_since_when_and_under_what_label() -> None:
    (found,) = [
        each for each in raised(view_of(network().world())) if each.id == suggestion_id(NETWORK.id, SubjectId("ray"))
    ]
    assert found.title == "Ray Cassell fits “Attack-planning network”"
    assert found.label == "O&S&TEAM"
    assert found.reports == ("r001", "r000")
    assert found.since == f"{DAY}T12:00:00.000000Z"
    assert {each.words for each in found.reasons} >= {"Got hold of explosives, or of what they are made from"}
    assert found.bits >= NETWORK.threshold


def test_the_same_view_raises_the_same_twice_and_nothing_long_after() -> None:
    world = network().world()
    assert raised(view_of(world)) == raised(view_of(world))
    assert raised(view_of(world, "2029-01-01")) == []


def test_a_typology_out_of_force_raises_nobody() -> None:
    told = network()
    told.entries.append(
        Entry(EntryId("x"), f"{DAY}T13:00:00.000000Z", "ann", IN_FORCE, NETWORK.id, "", {"version": ""})
    )
    assert suggestion_id(NETWORK.id, SubjectId("ray")) not in {each.id for each in raised(view_of(told.world()))}


def test_who_is_near_a_perpetrator_or_a_subject_of_interest_is_scored_for_it() -> None:
    told = Told()
    told.report("Ray Cassell met Jo Hale.")
    told.named("ray", "Ray Cassell")
    told.named("jo", "Jo Hale")
    told.say("ray", "met", "jo")
    world = told.world()
    before = _bits(world)
    grown = Told(reports=told.reports)
    grown.entries.append(Entry(EntryId("o"), f"{DAY}T13:00:00.000000Z", "ann", OPENED, "jo", "", {"tier": "1"}))
    world.grow(Delta(entries=tuple(grown.entries)))
    assert _bits(world) == pytest.approx(before + 2.5)
    grown.say("e", "perpetrator", "jo", schema="Event")
    world.grow(Delta(statements=tuple(grown.statements)))
    assert _bits(world) == pytest.approx(before + 2.5 + 2.0)


def _bits(world: World) -> float:
    head = world.derived(Partition).head_of(SubjectId("ray"))
    return world.derived(Scores).scored(NETWORK, TODAY).get(head, Score(0.0, ())).bits
