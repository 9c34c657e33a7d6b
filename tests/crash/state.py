"""What stands in a desk, so that two desks can be held against each other."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from leconfield.intake import service
from leconfield.ledger.audit import Read, parse_leaf
from leconfield.ledger.desk import DATABASE, Desk
from leconfield.ledger.model import Question
from tests.crash.scenes import TERMS
from tests.ledger.desks import ROB


@dataclass(frozen=True, slots=True)
class Standing:
    """Ids of everything in a desk, statements by report; sorted, so that what is doubled shows."""

    reports: tuple[str, ...]
    statements: tuple[tuple[str, str], ...]
    entries: tuple[tuple[str, str], ...]


def standing(desk: Desk) -> Standing:
    """What the officer who filed can see of the desk."""
    view = desk.view(ROB, asking=Question("look"))
    return Standing(
        tuple(sorted(each.id for each in view.reports())),
        tuple(sorted((each.report, each.id) for each in view.statements())),
        tuple(sorted((each.kind, each.about) for each in view.entries())),
    )


def sound(folder: Path, desk: Desk) -> None:
    """Make sure that nothing in the desk is torn."""
    assert desk.verify().faults == ()
    with sqlite3.connect(folder / DATABASE) as database:
        assert database.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    view = desk.view(ROB, asking=Question("look"))
    for each in view.reports():
        assert view.original(each.id)
    for entry in view.entries(kind=service.QUARANTINED):
        assert (folder / "files" / entry.about[:2] / entry.about).is_file()


def repeated(desk: Desk, files: Path) -> Standing:
    """What stands once the intake has been repeated."""
    service.take_in(desk, ROB, service.file_paths([files]), TERMS)
    return standing(desk)


def questions_on_record(folder: Path) -> set[str]:
    """What the audit log says was asked."""
    with sqlite3.connect(folder / DATABASE) as database:
        leaves = [parse_leaf(data) for (data,) in database.execute("SELECT data FROM audit_leaf ORDER BY n")]
    return {leaf.about for leaf in leaves if isinstance(leaf, Read)}
