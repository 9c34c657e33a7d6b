"""Who had which turn on the duty line of a case: `roster.csv`."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from leconfield.demo.records import text_of
from leconfield.errors import BadInputError
from leconfield.staff.profile import shipped
from leconfield.staff.state import is_day

ROSTER: Final = "roster.csv"
Turns = Mapping[tuple[str, str], str]
"""Who has which turn, by day (ISO) and duty."""


def read_turns(path: Path) -> Turns:
    """Every turn of the file; none, if the case has no such file.

    Raises:
        BadInputError: naming the row, if it is no day, or a duty is filled by nobody.
    """
    if not path.is_file():
        return {}
    rows, duties = csv.DictReader(text_of(path).splitlines()), shipped().names
    if set(rows.fieldnames or ()) != {"date", *duties}:
        raise BadInputError(f"{path.name}: the columns must be date,{','.join(duties)}")
    found: dict[tuple[str, str], str] = {}
    for number, row in enumerate(rows, start=2):
        if None in row or not all(row.values()) or not is_day(row["date"]):
            raise BadInputError(f"{path.name}, row {number}: write a day as 2026-03-02, and who has each duty of it")
        found |= {(row["date"], duty): row[duty] for duty in duties}
    return found
