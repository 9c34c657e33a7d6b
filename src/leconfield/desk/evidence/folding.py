"""What a case file is once something was done on it: each kind of entry, and what it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from leconfield.desk.acts import lines
from leconfield.desk.evidence.model import (
    ASSESSED,
    DISCLOSED,
    ENDINGS,
    EXHIBITED,
    HANDED,
    HEADED,
    LEAVING,
    PREPARED,
    PUT,
    REBUILT,
    SERVED,
    VERIFIED,
    Assessment,
    CaseFile,
    Exhibit,
    HandOver,
    Issue,
    Rebuilt,
    Row,
    Verification,
)
from leconfield.ledger.model import Entry

_CELLS: Final = 6
YES: Final = "yes"
"""How an entry says that something is so."""


def after(file: CaseFile, entry: Entry) -> CaseFile:
    """The case file once that was done on it; an entry of another kind changes nothing."""
    change = _CHANGES.get(entry.kind)
    return change(file, entry) if change else file


def rows_as_text(rows: Iterable[Row]) -> str:
    """Rows as an entry keeps them: one on a line, its cells apart by tabs."""
    cells = ((str(each.number), each.kind, each.item, each.description, each.ground, each.prejudice) for each in rows)
    return "\n".join("\t".join(each) for each in cells)


def _rows(text: str) -> tuple[Row, ...]:
    cut = (each.split("\t") for each in lines(text))
    return tuple(Row(int(each[0]), *each[1:]) for each in cut if len(each) == _CELLS and each[0].isdecimal())


def _headed(file: CaseFile, entry: Entry) -> CaseFile:
    return replace(file, heading=entry.body.get("heading", ""), parties=lines(entry.body.get("parties", "")))


def _exhibited(file: CaseFile, entry: Entry) -> CaseFile:
    body = entry.body
    made = Exhibit(
        body.get("exhibit", ""),
        body.get("number", ""),
        body.get("words", ""),
        body.get("digest", ""),
        body.get("report", ""),
        lines(body.get("rests", "")),
        body.get("channel", ""),
        body.get("producer", ""),
        body.get("produced", ""),
        body.get("place", ""),
        body.get("seal", ""),
        entry.by,
        entry.at,
        entry.label,
    )
    return replace(file, exhibits=(*file.exhibits, made))


def _on_exhibit(file: CaseFile, entry: Entry, change: Callable[[Exhibit], Exhibit]) -> CaseFile:
    which = entry.body.get("exhibit", "")
    return replace(file, exhibits=tuple(change(each) if each.id == which else each for each in file.exhibits))


def _handed(file: CaseFile, entry: Entry) -> CaseFile:
    body = entry.body
    given = body.get("given", "")
    made = HandOver(
        entry.id,
        body.get("giver", ""),
        body.get("taker", ""),
        given,
        body.get("taken", "") or given,
        body.get("reason", ""),
        body.get("seal", ""),
        entry.by,
        entry.at,
        entry.label,
    )
    return _on_exhibit(file, entry, lambda each: replace(each, hands=(*each.hands, made)))


def _verified(file: CaseFile, entry: Entry) -> CaseFile:
    made = Verification(entry.id, entry.body.get("outcome", ""), entry.by, entry.at, entry.label)
    return _on_exhibit(file, entry, lambda each: replace(each, checks=(*each.checks, made)))


def _assessed(file: CaseFile, entry: Entry) -> CaseFile:
    body = entry.body
    made = Assessment(
        entry.id,
        body.get("kind", ""),
        body.get("item", ""),
        body.get("relevant", "") == YES,
        body.get("reason", ""),
        body.get("sensitive", "") == YES,
        body.get("ground", ""),
        body.get("prejudice", ""),
        body.get("description", ""),
        entry.by,
        entry.at,
        entry.label,
    )
    if file.assessed(*made.key) is None:
        return replace(file, assessments=(*file.assessments, made))
    return replace(file, assessments=tuple(made if each.key == made.key else each for each in file.assessments))


def _prepared(file: CaseFile, entry: Entry) -> CaseFile:
    return replace(file, prepared=(*file.prepared, _issue(entry)))


def _served(file: CaseFile, entry: Entry) -> CaseFile:
    """What leaves is served just as it was prepared, once; an entry that says otherwise changes nothing."""
    release = entry.body.get("release", "")
    if not release and entry.body.get("schedule", "") not in LEAVING:
        return replace(file, issues=(*file.issues, _issue(entry)))
    found = next((each for each in file.prepared if each.release == release and each.label == entry.label), None)
    if found is None or not release or file.served_by(release):
        return file
    return replace(file, issues=(*file.issues, replace(found, id=entry.id, by=entry.by, at=entry.at)))


def _issue(entry: Entry) -> Issue:
    body = entry.body
    return Issue(
        entry.id,
        body.get("schedule", ""),
        body.get("heading", ""),
        _rows(body.get("rows", "")),
        tuple((ending, body[ending]) for ending in ENDINGS if body.get(ending)),
        body.get("voids", ""),
        body.get("reason", ""),
        entry.by,
        entry.at,
        entry.label,
        body.get("follows", ""),
        body.get("release", ""),
    )


def _rebuilt(file: CaseFile, entry: Entry) -> CaseFile:
    body = entry.body
    made = Rebuilt(
        body.get("rebuilt", ""),
        body.get("report", ""),
        body.get("heading", ""),
        lines(body.get("statements", "")),
        body.get("digest", ""),
        body.get("reason", ""),
        entry.by,
        entry.at,
        entry.label,
        lines(body.get("wordings", "")),
    )
    return replace(file, rebuilt=(*file.rebuilt, made))


def _put(file: CaseFile, entry: Entry) -> CaseFile:
    release = entry.body.get("release", "")
    return _on_rebuilt(file, entry, lambda each: replace(each, release=release, disclosed=""))


def _disclosed(file: CaseFile, entry: Entry) -> CaseFile:
    """It left by the release that it was put into, once; an entry that names another changes nothing."""
    release = entry.body.get("release", "")

    def left(each: Rebuilt) -> Rebuilt:
        return replace(each, disclosed=entry.at) if each.release == release and not each.disclosed else each

    return _on_rebuilt(file, entry, left) if release else file


def _on_rebuilt(file: CaseFile, entry: Entry, change: Callable[[Rebuilt], Rebuilt]) -> CaseFile:
    which = entry.body.get("rebuilt", "")
    changed = (change(each) if (each.id, each.label) == (which, entry.label) else each for each in file.rebuilt)
    return replace(file, rebuilt=tuple(changed))


_CHANGES: Final[dict[str, Callable[[CaseFile, Entry], CaseFile]]] = {
    HEADED: _headed,
    EXHIBITED: _exhibited,
    HANDED: _handed,
    VERIFIED: _verified,
    ASSESSED: _assessed,
    PREPARED: _prepared,
    SERVED: _served,
    REBUILT: _rebuilt,
    PUT: _put,
    DISCLOSED: _disclosed,
}
