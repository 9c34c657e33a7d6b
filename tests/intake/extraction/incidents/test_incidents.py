"""What the incident reader promises of any text, and what it makes of plain sentences."""

import importlib.util
import json
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.intake.extraction.incidents import find_incidents, incidents_record, templates
from leconfield.intake.extraction.incidents.weights import KINDS
from leconfield.intake.extraction.model import Incident
from tests.shared import shared

BOMBING = (
    "Guerrillas of the Northern Liberation Front bombed the offices of the national bank in Bogota yesterday. "
    "The police said that 10 kg of dynamite destroyed the building. "
    "The Northern Liberation Front claimed responsibility for the attack in a telephone call to a radio station."
)
KIDNAPPING = (
    "Unidentified armed men kidnapped businessman Ernesto Villalta Ruiz in San Salvador on 5 March 1989. "
    "The kidnappers demanded a ransom from the family of Villalta Ruiz."
)
MURDER = (
    "Two gunmen murdered Judge Marta Salcedo Prieto in Medellin last night. "
    "Salcedo Prieto was shot in her car as she left her home. No one has claimed responsibility for the murder."
)
OURS = (
    "At 0910 the subject left 14 Alder Row and walked to the station. He met Jonathan Pryce at the Copper Kettle. "
    "They spoke for twenty minutes about the price of a second-hand van. The team withdrew at 1130. "
    "Control asks that the premises be watched on Thursday, and that Kestrel be met at the usual place. "
    "The informant says the two men know each other from school and intend to travel to Leeds at the weekend."
)


def spans(found: tuple[Incident, ...]) -> list[tuple[int, int, str]]:
    fillers = [
        filler
        for incident in found
        for group in (
            incident.perpetrators,
            incident.organisations,
            incident.targets,
            incident.victims,
            incident.weapons,
            (incident.place,) if incident.place else (),
        )
        for filler in group
    ]
    return [(filler.start, filler.end, filler.text) for filler in fillers]


def words_of(found: tuple[Incident, ...]) -> str:
    return json.dumps(templates(found)).lower()


@pytest.mark.parametrize("shape", [str, str.upper, str.lower], ids=["as written", "upper case", "lower case"])
def test_a_bombing_is_found_with_its_target_and_weapon_in_any_case(shape) -> None:
    found = find_incidents(shape(BOMBING), "1990-02-10")
    assert "bombing" in {incident.kind for incident in found}
    assert "bank" in words_of(found)
    assert "dynamite" in words_of(found)


def test_a_kidnapping_names_its_victim_and_its_day() -> None:
    found = find_incidents(KIDNAPPING, "1989-03-07")
    incident = next(incident for incident in found if incident.kind == "kidnapping")
    assert "villalta" in words_of(found)
    assert incident.held.start == "1989-03-05"


def test_a_murder_is_an_attack_on_its_victim() -> None:
    found = find_incidents(MURDER, "1990-02-10")
    incident = next(incident for incident in found if incident.kind == "attack")
    assert any("salcedo" in victim.text.lower() for victim in incident.victims)
    assert incident.held.start == "1990-02-09"


def test_surveillance_and_meetings_are_no_incidents() -> None:
    assert find_incidents(OURS, "2026-03-01") == ()


def test_nothing_is_found_where_nothing_is_said() -> None:
    assert find_incidents("") == ()
    assert find_incidents(" \n\t ") == ()
    assert find_incidents("The committee will meet again in May to settle the accounts.") == ()


def test_a_record_is_a_line_of_output() -> None:
    record = incidents_record("r1", BOMBING)
    assert record["docid"] == "r1"
    assert json.loads(json.dumps(record)) == record


def test_every_span_slices_to_its_text() -> None:
    text = f"İSTANBUL ﬁ \u202eRTL\u202c {BOMBING}\n\n{KIDNAPPING.upper()}\n{MURDER}"
    found = find_incidents(text, "1990-02-10")
    assert spans(found)
    for start, end, words in spans(found):
        assert text[start:end] == words
    for incident in found:
        assert 0 <= incident.start < incident.end <= len(text)
        assert incident.kind in KINDS


def test_the_same_text_gives_the_same_incidents() -> None:
    assert find_incidents(BOMBING, "1990-02-10") == find_incidents(BOMBING, "1990-02-10")


LETTERS = st.text(max_size=200)
PIECES = st.sampled_from(
    [BOMBING, KIDNAPPING, MURDER, "\x00", "\u200f\u202e", "[TEXT]", "((((", "\n\n", ". . .", "   "]
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(LETTERS, PIECES), max_size=6).map(" ".join),
    st.one_of(st.just(""), st.just("1990-02-10"), LETTERS),
)
def test_any_text_is_read_without_error(text: str, written: str) -> None:
    for start, end, words in spans(find_incidents(text, written)):
        assert text[start:end] == words


@pytest.mark.parametrize("piece", ["a", "\n", "\x00", "((", "אבג ", "İ", pytest.param("bomb ", marks=pytest.mark.long)])
def test_a_megabyte_of_anything_is_read_in_bounded_time(piece: str) -> None:
    begin = time.process_time()
    find_incidents(piece * (1_000_000 // len(piece)), "1990-02-10")
    assert time.process_time() - begin < 120


def test_templates_of_the_development_reports_are_better_than_the_floor(tmp_path) -> None:
    gold = shared("data/muc3/processed/dev.json")
    spec = importlib.util.spec_from_file_location("score", shared("tools/score.py"))
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    sys.modules["score"] = score
    spec.loader.exec_module(score)
    right = predicted = right_gold = wanted = 0
    for row in map(json.loads, gold.read_text("utf-8").splitlines()):
        guess = score.templates([incidents_record(row["docid"], row["doctext"])])[row["docid"]]
        answer = score.templates([row])[row["docid"]]
        for a, b, c, d in score.best_alignment(guess, answer).values():
            right, predicted, right_gold, wanted = right + a, predicted + b, right_gold + c, wanted + d
    assert score.prf(right, predicted, right_gold, wanted)[2] >= 38.0
