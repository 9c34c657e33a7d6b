"""Drafts that somebody made to break the gate: it answers, in time, and passes no planted name."""

from __future__ import annotations

from random import Random
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.gate.exposure.model import Check
from leconfield.gate.release.model import Colour
from tests.gate.names.disguises import DISGUISES
from tests.gate.worlds import checked, named, told, world_of

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
    ],
    ids=["one word", "two words", "sentences", "invisible", "numbers", "stops", "lines", "grows when folded"],
)
def test_a_megabyte_is_answered(text: str) -> None:
    began = perf_counter()
    verdict = checked(WORLD, f"{text} Ottilie Grandcourt")
    assert verdict.colour is Colour.RED
    assert perf_counter() - began < 60


def test_more_sentences_than_can_be_checked_are_stopped() -> None:
    verdict = checked(WORLD, "We are open. " * 500)
    assert [each.check for each in verdict.reasons] == [Check.CAP]
