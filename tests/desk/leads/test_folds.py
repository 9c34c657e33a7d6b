"""What is told twice counts once: the same text, and what one origin told by two ways."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.desk.leads.folds import Folds
from leconfield.ledger.desk import Desk
from leconfield.ledger.world import Delta, World
from tests.desk.leads.builders import grown_later, told
from tests.ledger.desks import ROB, START, desk, look

LONG = (
    "Two men walked the rows of the lorry park after midnight with a torch and looked under the covers of nine "
    "trailers before a guard came out of the kiosk and asked them what they had lost. They said a dog. Nobody has "
    "seen a dog there. The guard wrote down the plate of a grey van, and then the rain came and he could not read what "
    "he had written, so that only the first letters are sure, and these are shared by every van of that year in the "
    "county."
)


def _folds(at: Desk) -> list[int]:
    return sorted(len(each) for each in look(at, ROB).derived(Folds).folds())


def test_the_same_text_from_two_sources_is_one() -> None:
    at = desk()
    told(at, LONG)
    told(at, LONG.upper(), source="THISTLE")
    assert _folds(at) == [2]


def test_a_text_with_a_few_words_changed_is_the_same_and_a_new_one_is_not() -> None:
    at = desk()
    told(at, LONG)
    told(at, LONG.replace("a grey van", "a blue van"), source="THISTLE")
    told(at, "A man at the quay asked how deep the water is at the third berth when the tide is out.")
    assert _folds(at) == [1, 2]


def test_what_is_said_every_night_in_a_few_words_is_not_folded() -> None:
    at = desk()
    told(at, "Nothing to report.", source="KESTREL")
    told(at, "Nothing to report.", source="DUNLIN")
    assert _folds(at) == [1, 1]


def test_what_is_told_again_much_later_is_news() -> None:
    at = desk()
    told(at, LONG, when=START)
    told(at, LONG, source="THISTLE", when=START + timedelta(days=31))
    assert _folds(at) == [1, 1]


def test_one_origin_by_two_sources_is_one_telling() -> None:
    at = desk()
    told(at, "Ada Brook says Thursday.", origin="Shaun Devlin, fitter", names=["Ada Brook"])
    told(at, "It is to be Thursday, Ada Brook.", source="THISTLE", origin="shaun devlin  fitter", names=["Ada Brook"])
    assert _folds(at) == [2]


def test_one_origin_is_not_one_telling_where_it_tells_of_somebody_else() -> None:
    at = desk()
    told(at, "Ada Brook says Thursday.", origin="a news agency", names=["Ada Brook"])
    told(at, "Ray Cassell has sold the van.", source="THISTLE", origin="a news agency", names=["Ray Cassell"])
    assert _folds(at) == [1, 1]


def test_what_one_source_tells_again_and_again_of_one_origin_is_not_folded() -> None:
    at = desk()
    told(at, "Ada Brook says Thursday.", origin="Devlin", names=["Ada Brook"])
    told(at, "Ada Brook has bought a torch.", origin="Devlin", names=["Ada Brook"])
    assert _folds(at) == [1, 1]


def test_a_statement_that_comes_later_may_show_that_two_have_one_origin() -> None:
    at = desk()
    told(at, "She says Thursday.", origin="Devlin", names=["Ada Brook"])
    look(at, ROB).derived(Folds)
    later = told(at, "It is to be Thursday.", source="THISTLE", origin="Devlin")
    assert _folds(at) == [1, 1]
    grown_later(at, later, "Ada Brook", prop="name")
    assert _folds(at) == [2]


WORDS = ("torch", "quay", "van", "tide", "lorry", "guard", "rope", "night", "berth", "plate", "rain", "dog")


@st.composite
def _worlds(draw: st.DrawFn) -> World:
    """A few reports, many of them much alike."""
    at = desk()
    base = [" ".join(draw(st.lists(st.sampled_from(WORDS), min_size=40, max_size=60))) for _ in range(2)]
    for number in range(draw(st.integers(1, 7))):
        text = draw(st.sampled_from(base))
        if draw(st.booleans()):
            text = f"{text} {draw(st.sampled_from(WORDS))} {number}"
        if draw(st.booleans()):
            text = " ".join(text.split()[: draw(st.integers(3, 60))])
        told(
            at,
            text,
            source=draw(st.sampled_from(("HEATHER", "THISTLE", "ALDER"))),
            origin=draw(st.sampled_from(("", "Devlin"))),
            names=draw(st.lists(st.sampled_from(("Ada Brook", "Ray Cassell")), unique=True)),
            when=START + timedelta(days=draw(st.integers(0, 40)), seconds=number),
        )
    return look(at, ROB).world


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(_worlds(), st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_folds(world: World, chance: object) -> None:
    reports, statements = list(world.reports.values()), list(world.statements.values())
    chance.shuffle(reports)  # type: ignore[attr-defined]  # Hypothesis gives a Random
    chance.shuffle(statements)  # type: ignore[attr-defined]
    other = World()
    folds = other.derived(Folds)
    for each in reports:
        other.grow(Delta(reports=(each,)))
    for said in statements:
        other.grow(Delta(statements=(said,)))
    assert folds.folds() == Folds.of(world).folds()
