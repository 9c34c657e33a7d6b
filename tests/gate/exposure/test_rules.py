"""The attacker's computation: monotone in what was published, blind to nobody, and closed where nothing is known."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.gate.exposure.model import Fact, gravity
from leconfield.gate.exposure.rules import singled_out, suspects
from leconfield.gate.release.model import Colour
from leconfield.ledger.provenance import of
from tests.gate.exposure.cases import case
from tests.gate.worlds import checked, noted, published, told, world_of

PEOPLE = st.frozensets(st.sampled_from("abcdefgh"), max_size=8)
FACTS = st.lists(PEOPLE, max_size=6)
TEXT = "The beekeeper hid forty passports under the chapel floor at Truro."


def fact(known: frozenset[str], possible: frozenset[str] = frozenset()) -> Fact:
    return Fact(1, "", dict.fromkeys(sorted(known), 1), known | possible, of("HERON"))


def smallest(facts: list[Fact]) -> int:
    """How few people are left at worst, 99 if nobody is singled out."""
    return min((each.size for each in singled_out(facts, 99)), default=99)


@given(FACTS, PEOPLE)
def test_one_more_published_fact_never_makes_anybody_safer(known: list[frozenset[str]], more: frozenset[str]) -> None:
    facts = [fact(each) for each in known]
    assert smallest([*facts, fact(more)]) <= smallest(facts)


@given(PEOPLE, PEOPLE)
def test_one_more_who_could_have_known_a_fact_never_makes_it_less_safe(
    known: frozenset[str], more: frozenset[str]
) -> None:
    assert smallest([fact(known | more)]) >= (smallest([fact(known)]) if known else 0)


@given(FACTS)
def test_whoever_is_singled_out_is_among_the_suspects_by_a_plain_loop(known: list[frozenset[str]]) -> None:
    facts = [fact(each) for each in known]
    by_loop = [len(suspects(facts, person)) for person in {each for one in known for each in one}]
    by_loop += [0 for each in known if not each]
    assert smallest(facts) == min(by_loop, default=99)


def test_two_facts_that_share_one_knower_single_him_out() -> None:
    one, other = fact(frozenset("abcdef")), fact(frozenset("fuvwxyz"))
    (found,) = singled_out([one, other], 5)
    assert (found.people, found.facts) == (frozenset("f"), frozenset({0, 1}))


def test_somebody_who_only_may_have_known_hides_nobody() -> None:
    assert [each.size for each in singled_out([fact(frozenset("ab"), frozenset("cdefgh"))], 5)] == [2]


def test_a_fact_that_nobody_is_known_to_have_known_is_exposing() -> None:
    assert [each.size for each in singled_out([fact(frozenset())], 5)] == [0]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 8), st.integers(0, 8))
def test_an_independent_source_never_makes_a_fact_less_safe(first: int, second: int) -> None:
    heron, plover = told("HERON", TEXT), told("PLOVER", TEXT)
    notes = [noted(heron, *(f"Ann {n}" for n in range(first))), noted(plover, *(f"Bob {n}" for n in range(second)))]
    alone = checked(world_of([heron], notes[:1]), TEXT).sentences[0].knowers
    both = checked(world_of([heron, plover], notes), TEXT).sentences[0].knowers
    assert alone is not None
    assert both is not None
    assert both >= alone


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 9999), st.integers(0, 9999))
def test_one_more_published_text_never_makes_a_draft_look_better(seed: int, other: int) -> None:
    drawn = case(seed)
    before = world_of(drawn.reports, drawn.entries, drawn.statements)
    words = choice((drawn.draft, case(other).draft, drawn.reports[other % len(drawn.reports)].text), other)
    after = world_of(drawn.reports, (*drawn.entries, published(words)), drawn.statements)
    worse, better = (gravity(checked(each, drawn.draft, *drawn.actions).colour) for each in (after, before))
    assert worse >= better


def choice(words: tuple[str, ...], number: int) -> str:
    return words[number % len(words)]


@pytest.mark.parametrize("cap", ["checking.MOST_FACTS", "facts.MOST_CLAIMS", "checking.MOST_SENTENCES"])
def test_past_a_cap_everything_counts_as_exposed(cap: str, monkeypatch: pytest.MonkeyPatch) -> None:
    heron = told("HERON", TEXT)
    world = world_of([heron], [noted(heron, *(f"Ann {n}" for n in range(9)))])
    assert checked(world, TEXT).colour is Colour.GREEN
    monkeypatch.setattr(f"leconfield.gate.exposure.{cap}", 0)
    assert checked(world, TEXT).colour is Colour.RED


def test_a_source_that_repeats_another_one_can_make_a_fact_less_safe() -> None:
    heron, plover = told("HERON", TEXT, origin="Devlin"), told("PLOVER", TEXT, origin="Devlin")
    known = noted(heron, *(f"Ann {n}" for n in range(8)))
    alone = checked(world_of([heron], [known]), TEXT).sentences[0]
    both = checked(world_of([heron, plover], [known]), TEXT).sentences[0]
    assert (alone.knowers, both.knowers) == (9, 2)
    assert both.witnesses == (("origin Devlin",),)
