from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.desk.incidents.model import Action
from leconfield.desk.incidents.rules import due, first_moment, key_of, mentions_in
from leconfield.ledger.model import EntryId


def _names(text: str, *known: str) -> list[str]:
    parts = {part for each in known for part in each.casefold().split()}
    return [each.words for each in mentions_in(text, (), lambda words: all(part in parts for part in words.split()))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Police say the suspect Vincent Molloy, 41, ran.", ["Vincent Molloy"]),
        ("Two men, Karim al-Mansour and R. Cassell.", ["Karim al-Mansour", "R. Cassell"]),
        ("Osama bin Laden de la Cruz ran.", ["Osama bin Laden de la Cruz"]),
        ("Mr Garraway is with PC Jane Doe.", ["Garraway", "Jane Doe"]),
        ("pryce gareth\n- Alison Meikle\n", ["pryce gareth", "Alison Meikle"]),
        ("كريم منصور", ["كريم منصور"]),
        ("He drove AB12 CDE and rang +44 7700 900111.", ["AB12 CDE", "+44 7700 900111"]),
        ("Westminster Bridge is closed. Park Lane is open.", []),
        ("Update: three dead, one in hospital.", []),
        ("", []),
    ],
)
def test_names_are_found_by_how_they_are_written(text: str, names: list[str]) -> None:
    assert _names(text) == names


def test_in_capitals_only_what_has_a_known_part_is_a_name() -> None:
    assert _names("SUSPECT NAMED AS GARETH PRYCE NEAR THE BRIDGE") == []
    assert _names("SUSPECT NAMED AS GARETH PRYCE NEAR THE BRIDGE", "Gareth") == ["GARETH PRYCE"]


def test_one_word_is_a_name_where_the_view_knows_it() -> None:
    assert _names("They shouted for Pryce at the gate.") == []
    assert _names("They shouted for Pryce at the gate.", "Pryce") == ["Pryce"]


def test_a_known_span_goes_before_what_is_written_like_a_name() -> None:
    text = "Harbour Union Hall burns"
    assert [each.words for each in mentions_in(text, [(0, 13)])] == ["Harbour Union"]


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(1, 9)), max_size=4))
def test_mentions_stand_where_they_say_and_never_overlap(text: str, spans: list[tuple[int, int]]) -> None:
    known = [(start, start + length) for start, length in spans if start + length <= len(text)]
    found = mentions_in(text, known, lambda _: True)
    assert all(" ".join(text[each.start : each.end].split()) == each.words for each in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


def test_the_key_of_a_name_has_no_case_accents_or_blanks() -> None:
    assert key_of("  André   KOVÁCS ") == key_of("Andre Kovacs")


def test_an_action_is_late_once_its_last_minute_is_over() -> None:
    action = Action(EntryId("1"), "ring", "ann", "2026-03-02T09:30", "to do", "emma", "", "S")
    assert due(action, "2026-03-02T09:00:00.000000Z").state == "soon"
    assert due(action, "2026-03-02T09:45:00.000000Z").words == "14 minutes late"
    assert due(action, "").state == "calm"


def test_before_the_attack_ends_with_its_first_second() -> None:
    assert first_moment("2026-03-02") == "2026-03-02T00:00:00.000000Z"
    assert first_moment("2026-03-02T09:30") == "2026-03-02T09:30:00.000000Z"
    assert first_moment("") == ""
