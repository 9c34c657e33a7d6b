"""The tables that are drawn from the seed fit the case and come out the same each time."""

import re
import shutil
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from leconfield.demo import calls, sightings
from leconfield.errors import BadInputError
from tests.examples.sequin import FOLDER

SEED = 2026
DRAMA = re.compile(r"07700 900\d{3}|0113 496 0\d{3}")
PLATE = re.compile(r"[JTU][A-HJ-PR-Y]\d{2} [A-HJ-PR-Z]{3}")


def test_there_are_3000_calls_and_400_sightings_in_time_order_within_the_120_days() -> None:
    for rows, wanted in ((list(calls(SEED, FOLDER)), 3000), (list(sightings(SEED, FOLDER)), 400)):
        assert len(rows) == wanted
        times = [row.time for row in rows]
        assert times == sorted(times)
        assert times[0] >= "2026-03-02"
        assert times[-1] < "2026-06-30"


def test_the_same_seed_gives_the_same_rows_and_another_seed_others() -> None:
    assert list(calls(SEED, FOLDER)) == list(calls(SEED, FOLDER))
    assert list(sightings(SEED, FOLDER)) == list(sightings(SEED, FOLDER))
    assert list(calls(SEED, FOLDER)) != list(calls(SEED + 1, FOLDER))


def test_every_number_is_for_drama_and_every_plate_is_never_issued() -> None:
    assert all(DRAMA.fullmatch(number) for row in calls(SEED, FOLDER) for number in (row.caller, row.callee))
    assert all(PLATE.fullmatch(row.plate) for row in sightings(SEED, FOLDER))


def test_nobody_rings_himself_and_no_call_lasts_less_than_a_second() -> None:
    assert all(row.caller != row.callee and 0 < row.seconds <= 3600 for row in calls(SEED, FOLDER))


def test_one_telephone_rings_on_thursdays_after_nine_and_for_one_person_alone() -> None:
    rows = [row for row in calls(SEED, FOLDER) if "07700 900476" in (row.caller, row.callee)]
    assert len(rows) >= 5
    assert {row.callee for row in rows} == {"07700 900463"}
    assert {(datetime.fromisoformat(row.time).strftime("%a"), row.time[11:13]) for row in rows} == {("Thu", "21")}


def test_the_five_numbers_are_silent_among_themselves_after_the_twentieth_of_june() -> None:
    five = {"07700 900231", "07700 900318", "07700 900552", "07700 900811", "07700 900120"}
    late = [row for row in calls(SEED, FOLDER) if row.time >= "2026-06-20"]
    assert [row for row in late if {row.caller, row.callee} <= five] == []


def test_the_case_is_not_louder_than_the_ordinary_lives_around_it() -> None:
    talk = Counter(number for row in calls(SEED, FOLDER) for number in (row.caller, row.callee))
    assert max(talk.values()) < 200
    assert len([number for number, times in talk.items() if times >= 20]) >= 50


def test_a_case_without_patterns_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"patterns\.toml is missing"):
        list(calls(SEED, tmp_path))


def test_patterns_that_plant_more_than_is_wanted_are_refused(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "patterns.toml", tmp_path)
    path = tmp_path / "patterns.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("rows = 3000", "rows = 30"), encoding="utf-8")
    with pytest.raises(BadInputError, match="only 30 wanted"):
        list(calls(SEED, tmp_path))
