"""What a sentence rests on is found in other words: days, numbers, places, roles, synonyms, aliases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leconfield.gate.matching.finding import matched, sentences_of
from leconfield.gate.matching.keys import numbers, rounded
from leconfield.gate.matching.model import Matched
from leconfield.intake.extraction.text import tokens
from leconfield.ledger.world import Delta, World
from tests.gate.worlds import TODAY, named, told, world_of

REPORT = "On Thursday 5 March 2026 a lecturer in Immingham bought 417 litres of acetone from a trawler."


def looked(world: World, sentence: str) -> Matched:
    (read,) = sentences_of(world, sentence, TODAY)
    return matched(world, read, lambda _: True)


@pytest.mark.parametrize(
    "sentence",
    [
        "A former teacher purchased hundreds of litres of acetone.",
        "About 400 litres of acetone came from a trawler.",
        "One Thursday somebody bought acetone off a trawler.",
        "Acetone was bought in Immingham in March 2026.",
        "Near Hull, a lecturer obtained acetone.",
        "In spring a lecturer got acetone from the trawler.",
        "Four hundred and seventeen litres of acetone changed hands.",
    ],
)
def test_a_paraphrase_finds_what_it_was_made_of(sentence: str) -> None:
    assert looked(world_of([told("HERON", REPORT)]), sentence).matches


@pytest.mark.parametrize(
    "sentence",
    ["The choir sang on Sunday.", "We are open all night.", "A librarian in Perth lost her keys.", "417 people came."],
)
def test_another_sentence_finds_nothing(sentence: str) -> None:
    assert not looked(world_of([told("HERON", REPORT)]), sentence).matches


def test_a_blunter_sentence_is_said_by_the_finer_report_and_a_finer_one_only_meant() -> None:
    world = world_of([told("HERON", "In March in Hull a lecturer bought about 400 litres of acetone.")])
    (blunt,) = looked(world, "A lecturer bought acetone in March.").matches
    (fine,) = looked(world, "A lecturer bought 417 litres of acetone.").matches
    assert blunt.said == blunt.meant
    assert fine.said != fine.meant


def test_somebody_is_found_under_each_of_his_names() -> None:
    report = told("HERON", "Cassell walks the rows with a torch and looks at the curtains.")
    statements = (*named(report, "Vincent Molloy"), *named(report, "Ray Cassell"))
    joined = [replace(each, subject=statements[0].subject) for each in statements]
    world = world_of([report], (), joined)
    assert looked(world, "Vincent Molloy looked at the curtains.").matches


def test_a_report_that_says_it_here_and_there_is_found_whole() -> None:
    text = "Peggy plans the runs. She sends trailer numbers. Nobody has met her. She takes four hundred pounds."
    world = world_of([told("HERON", text)])
    assert looked(world, "A planner sent trailer numbers for four hundred pounds.").matches


def test_what_is_learnt_later_is_found_like_what_was_there() -> None:
    grown = world_of([told("PLOVER", "Nothing much.")])
    looked(grown, REPORT)
    grown.grow(Delta((told("HERON", REPORT),)))
    whole = world_of([told("PLOVER", "Nothing much."), told("HERON", REPORT)])
    assert looked(grown, REPORT).matches == looked(whole, REPORT).matches


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("four hundred and seventeen", 417),
        ("twenty-one", 21),
        ("two thousand", 2000),
        ("1,830", 1830),
        ("3 million", 3_000_000),
    ],
)
def test_numbers_are_read_in_figures_and_in_words(text: str, expected: int) -> None:
    assert [number for number, _, _ in numbers(tokens(text))] == [expected]


@pytest.mark.parametrize(("number", "figures", "expected"), [(417, 1, 400), (417, 2, 420), (1830, 1, 2000), (7, 1, 7)])
def test_numbers_are_rounded_to_the_figures_that_count(number: int, figures: int, expected: int) -> None:
    assert rounded(number, figures) == expected
