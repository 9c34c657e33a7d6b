"""Drafts that somebody made to break the gate: it answers, in time, and passes no planted name."""

from __future__ import annotations

from random import Random
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.gate.exposure.model import Check
from leconfield.gate.exposure.service import REFUSAL
from leconfield.gate.owning import service as owning
from leconfield.gate.release.model import Colour
from tests.gate.names.disguises import DISGUISES
from tests.gate.owning.desks import AGENTS, IRIS, RUNNER, asked, case_of, staffed
from tests.gate.worlds import checked, named, told, world_of
from tests.ledger.desks import EMMA, filed, look

REPORT = told("HERON", "Ottilie Grandcourt hid forty passports under the chapel floor at Truro on 5 March 2026.")
WORLD = world_of([REPORT], (), named(REPORT, "Ottilie Grandcourt"))
ODD = st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Z", "C", "M"]), max_size=300)


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=400) | ODD.map(lambda text: text.encode()))
def test_no_draft_makes_the_gate_fail(draft: bytes) -> None:
    checked(WORLD, draft.decode("utf-8", "replace"), offering=True)


@settings(deadline=None, max_examples=80)
@given(ODD, ODD, st.sampled_from(sorted(DISGUISES)), st.integers(0, 99))
def test_a_name_planted_among_anything_is_found(before: str, after: str, how: str, seed: int) -> None:
    planted = DISGUISES[how]("Ottilie Grandcourt", Random(seed))
    verdict = checked(WORLD, f"{before} {planted} {after}")
    assert verdict.colour is Colour.RED


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "a b " * 250_000,
        "He hid forty passports. " * 40_000,
        "\u202e\u200b" * 500_000,
        "1234567890 " * 90_000,
        "." * 1_000_000,
        "\n" * 1_000_000,
        "İ" * 300_000,
        "<!--" * 250_000,
        "&<a b=" * 160_000,
    ],
    ids=[
        "one word",
        "two words",
        "sentences",
        "invisible",
        "numbers",
        "stops",
        "lines",
        "grows when folded",
        "comments",
        "tags",
    ],
)
def test_a_megabyte_is_answered(text: str) -> None:
    began = perf_counter()
    verdict = checked(WORLD, f"{text} Ottilie Grandcourt")
    assert verdict.colour is Colour.RED
    assert perf_counter() - began < 60


def test_more_sentences_than_can_be_checked_are_stopped() -> None:
    verdict = checked(WORLD, "We are open. " * 500)
    assert [each.check for each in verdict.reasons] == [Check.CAP]


@settings(deadline=None, max_examples=10)
@given(st.text(alphabet=st.characters(), max_size=120), st.sampled_from(sorted(DISGUISES)), st.integers(0, 99))
def test_no_draft_makes_the_acts_fail_and_its_owner_can_read_it(around: str, how: str, seed: int) -> None:
    """Through the ledger and back: lone surrogates, marks of direction, whatever a form or a file may hold."""
    desk = staffed()
    filed(desk, RUNNER, "Ottilie Grandcourt. She hid forty passports under the chapel floor.", AGENTS)
    planted = DISGUISES[how]("Ottilie Grandcourt", Random(seed))
    assert asked(desk, EMMA, f"{around} {planted} {around}").refusal == REFUSAL
    case = case_of(desk, IRIS)
    assert case.whole
    assert owning.verdict(look(desk, IRIS), case).colour is Colour.RED


def test_a_draft_of_lone_surrogates_is_answered() -> None:
    desk = staffed()
    filed(desk, RUNNER, "Ottilie Grandcourt. She hid forty passports under the chapel floor.", AGENTS)
    assert asked(desk, EMMA, "\ud800 Ottilie\udfff Grandcourt \ud800").refusal == REFUSAL
    owning.refuse(desk, look(desk, IRIS), case_of(desk, IRIS).id, reason="It names her.")
