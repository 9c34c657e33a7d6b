"""Verification: whatever is changed behind the ledger's back is found."""

import sqlite3
from pathlib import Path

import pytest

from leconfield.ledger.desk import Desk
from tests.ledger.desks import EMMA, ROB, filed, look

FORGED = (
    "INSERT INTO statement SELECT 'x', label_id, 99, subject, schema, prop, value, report, origin, learnt, start,"
    " stop, grade, polarity, modality, asserter, stance, held_start, held_end FROM statement LIMIT 1"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    at = Desk.create(tmp_path / "desk")
    for number in range(5):
        filed(at, ROB, f"Ray Cassell {number}. Seen", "S" if number % 2 else "S&AGENTS")
        look(at, EMMA)
    at.close()
    return tmp_path / "desk"


def faults(folder: Path) -> tuple[str, ...]:
    at = Desk.open(folder)
    found = at.verify().faults
    at.close()
    return found


def test_an_untouched_desk_is_sound(folder: Path) -> None:
    assert faults(folder) == ()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE statement SET value = 'Somebody Else' WHERE rowid = 3",
        "UPDATE report SET text = text || ' not' WHERE rowid = 2",
        "UPDATE entry SET by = 'emma' WHERE seq = 1",
        "UPDATE label SET expression = '' WHERE expression = 'S&AGENTS'",
        "DELETE FROM statement WHERE rowid = 1",
        "DELETE FROM entry WHERE seq = 2",
        "DELETE FROM audit_leaf WHERE n = 9",
        "UPDATE audit_leaf SET data = replace(data, 'emma', 'anna') WHERE n = 1",
        FORGED,
    ],
)
def test_every_tampering_is_found(folder: Path, tampering: str) -> None:
    connection = sqlite3.connect(folder / "desk.db")
    assert connection.execute(tampering).rowcount > 0
    connection.commit()
    connection.close()
    assert faults(folder)


def test_cutting_the_log_back_is_found_against_a_witnessed_checkpoint(folder: Path, tmp_path: Path) -> None:
    at = Desk.open(folder)
    witnessed = at.checkpoint()
    at.close()
    other = Desk.create(tmp_path / "other")
    filed(other, ROB, "Ray Cassell. Seen")
    assert other.verify().faults == ()
    assert other.verify([witnessed]).faults
    other.close()
