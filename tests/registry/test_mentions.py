"""Known names in texts: found on whole words, whatever the case, accents and line breaks, at their true places."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.ledger.model import SubjectId
from leconfield.ledger.vocabulary import ORGANISATION, PHONE
from leconfield.ledger.world import Delta, World
from leconfield.registry.mentions import KnownNames, occurrences
from leconfield.registry.resolution import Partition
from tests.registry.worlds import in_text, judged, record, report, world_of

GARETH = record("g", ("name", "Gareth Pritchard"), ("alias", "Garéth Prys"), ("alias", "Gaz"))


def lit(world: World, text: str) -> list[tuple[str, str]]:
    return [(text[start:end], subject) for start, end, subject in world.derived(KnownNames).known_in(text)]


def test_a_registered_name_is_found_across_case_accents_and_line_breaks() -> None:
    text = "Seen: GARETH\n    PRITCHARD, later gareth prys; Gáreth  Pritchard."
    assert lit(world_of(GARETH), text) == [
        ("GARETH\n    PRITCHARD", "g"),
        ("gareth prys", "g"),
        ("Gáreth  Pritchard", "g"),
    ]


def test_only_whole_words_count_and_a_single_alias_of_a_person_does_not() -> None:
    assert lit(world_of(GARETH), "Gareth Pritchards and Gaz and XGareth Pritchard") == []


def test_what_was_only_read_in_a_text_is_not_looked_for() -> None:
    assert lit(world_of(in_text("a", "Gareth Pritchard")), "Gareth Pritchard") == []


def test_the_longer_name_wins_and_namesakes_are_all_named() -> None:
    world = world_of(
        record("a", ("name", "Severn Dock"), schema=ORGANISATION),
        record("b", ("name", "Severn Dock Workers"), schema=ORGANISATION),
        record("c", ("name", "Jose Garcia")),
        record("d", ("name", "José García")),
    )
    assert lit(world, "Severn Dock Workers met Jose Garcia") == [
        ("Severn Dock Workers", "b"),
        ("Jose Garcia", "c"),
        ("Jose Garcia", "d"),
    ]


def test_identifiers_of_registered_subjects_are_found() -> None:
    assert lit(world_of(record("p", ("name", "07700 900123"), schema=PHONE)), "rang 07700 900123 twice") == [
        ("07700 900123", "p")
    ]


def test_a_subject_occurs_where_it_was_read_and_wherever_else_it_is_named() -> None:
    reports = [report("r1", "Gareth Pritchard came."), report("r2", "So did GARETH PRITCHARD.")]
    world = world_of(GARETH, reports=reports)
    subject = world.derived(Partition).subject(SubjectId("g"))
    assert occurrences(world, subject) == (("r1", 0, 16), ("r2", 7, 23), ("report of g", -1, -1))


def test_a_name_that_is_registered_later_is_found_in_reports_that_were_there_before() -> None:
    world = world_of(reports=[report("r1", "Gareth Pritchard came.")])
    world.derived(KnownNames)
    world.grow(Delta(statements=GARETH))
    subject = world.derived(Partition).subject(SubjectId("g"))
    assert ("r1", 0, 16) in occurrences(world, subject)


def test_hits_follow_a_judgement() -> None:
    world = world_of(GARETH, record("h", ("name", "Oona Tregenza")))
    assert lit(world, "Oona Tregenza") == [("Oona Tregenza", "h")]
    world.grow(Delta(judgements=(judged("g", "h", "same"),)))
    assert lit(world, "Oona Tregenza") == [("Oona Tregenza", "g")]


PIECES = [
    "Gareth Pritchard",
    "gareth  pritchard",
    "Oona\nTregenza",
    "ﬁ",
    "İ",
    "ß",
    "x",
    " ",
    ".",
    "אבג",
    "Gareth",
    "\u200f",
]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join), max_size=4),
    st.lists(st.sampled_from(["Gareth Pritchard", "Oona Tregenza", "Gareth", "ﬁ x İ"]), max_size=4),
    st.randoms(use_true_random=False),
)
def test_growing_finds_what_looking_at_once_finds(texts: list[str], names: list[str], random: Random) -> None:
    reports = [report(f"r{place}", text) for place, text in enumerate(texts)]
    records = [record(f"s{place}", ("name", name)) for place, name in enumerate(names)]
    at_once = world_of(*records, reports=reports)
    grown = world_of()
    grown.derived(KnownNames)
    steps = [Delta(reports=(each,)) for each in reports] + [Delta(statements=each) for each in records]
    random.shuffle(steps)
    for step in steps:
        grown.grow(step)
    for each in at_once.derived(Partition).subjects():
        assert occurrences(grown, each) == occurrences(at_once, each)
    for text in texts:
        known = at_once.derived(KnownNames).known_in(text)
        assert known == grown.derived(KnownNames).known_in(text)
        assert all(0 <= start < end <= len(text) for start, end, _ in known)
