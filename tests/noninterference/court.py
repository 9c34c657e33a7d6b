"""Evidence and disclosure in the battery: what scripts do for court, which pages are asked, which forms are sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Final

from leconfield.desk.evidence import case_file_of, model
from leconfield.desk.evidence.continuity import breaks
from leconfield.desk.evidence.disclosing import planned
from leconfield.desk.evidence.folding import rows_as_text
from leconfield.desk.evidence.material import material
from leconfield.desk.evidence.model import Row
from leconfield.desk.evidence.schedules import as_csv, paper
from leconfield.desk.evidence.state import CaseFiles
from leconfield.desk.evidence.wording import first_check
from leconfield.desk.investigations import investigation_in
from leconfield.ledger.drafts import Draft
from leconfield.ledger.ids import Ids
from leconfield.ledger.labels import all_of
from leconfield.ledger.view import View
from tests.ledger.desks import KEYS
from tests.noninterference import cases

KINDS: Final = (model.ASSESSED, *sorted(model.KINDS - {model.PREPARED, model.PUT, model.DISCLOSED}), model.ASSESSED)
"""What scripts do for court; what goes to the other side is put before the gate by forms alone."""
AFTER: Final = ("/evidence", f"/evidence/{cases.case_id(cases.CASES[0])}")
"""Pages that are asked again once forms were sent."""
DESCRIPTIONS: Final = ("A note of a meeting", "Ray Cassell was seen at Mill Lane", "From HEATHER, by karina", "")
"""What is said to the other side."""
_IDS: Final = Ids(KEYS.ids)
_NOBODY: Final = "0" * 32

Fields = Mapping[str, str]


def thing_id(kind: str, label: str) -> str:
    """The id of the exhibit or rebuilt document that scripts keep under that label."""
    return _IDS.of(kind, "script", all_of({label}))


def things(kind: str) -> tuple[str, ...]:
    """Ids that are asked for: of both sides, and one that never was."""
    return (*(thing_id(kind, each) for each in cases.LABELS), _NOBODY)


def issues() -> tuple[str, ...]:
    """The ids of schedules that scripts serve, and one that never was."""
    case = cases.case_id(cases.CASES[0])
    return (*(_IDS.of("entry", model.SERVED, all_of({each}), case, model.SERVED) for each in cases.LABELS), _NOBODY)


def drafted(kind: str, label: str, key: str, report: str, digest: str) -> Draft:
    """An entry on a case file, about that report; its files are the report's, which are kept."""
    case = cases.case_id(key)
    sensitive = "yes" if sha256(f"{label}{report}".encode()).digest()[0] % 2 else "no"
    row = Row(1, model.REPORT, report, "A note")
    body = {
        "heading": "R v Cassell",
        "parties": "Ray Cassell",
        "exhibit": thing_id("exhibit", label),
        "rebuilt": thing_id("rebuilt", label),
        "number": "KA/1",
        "words": "A note",
        "digest": digest,
        "docx": digest,
        "csv": digest,
        "report": report,
        "producer": "Price",
        "produced": "2026-03-01T09:00",
        "place": "Mill Lane",
        "giver": "Price",
        "taker": "The store",
        "given": "2026-03-01T10:00",
        "outcome": model.SAME,
        "kind": model.REPORT,
        "item": report,
        "relevant": "yes",
        "sensitive": sensitive,
        "ground": "source",
        "prejudice": "he would be known",
        "description": "A note of a meeting",
        "reason": "seen both",
        "schedule": model.MG6D,
        "rows": rows_as_text([row]),
    }
    return Draft(kind, label, about=case, body=body, key=(case, kind))


def asks(view: View, texts: tuple[str, ...]) -> Iterator[tuple[str, Callable[[], object]]]:
    """What the Python API says of evidence."""
    yield "case files", lambda: sorted(view.derived(CaseFiles).by_id.items())
    for key in cases.CASES:
        which = cases.case_id(key)
        yield f"case file {key}", lambda which=which: case_file_of(view, which)  # type: ignore[misc]
        yield f"material of {key}", lambda which=which: _material(view, which)  # type: ignore[misc]
        yield f"breaks in {key}", lambda which=which: [breaks(each) for each in case_file_of(view, which).exhibits]  # type: ignore[misc]
        for name in model.SCHEDULES:
            yield f"{name} of {key}", lambda which=which, name=name: _schedule(view, which, name)  # type: ignore[misc]
    for each in (*DESCRIPTIONS, *texts[:2]):
        yield f"check {each}", lambda each=each: first_check(view, each)  # type: ignore[misc]


def _material(view: View, which: str) -> object:
    return material(view, investigation_in(view, which), case_file_of(view, which))


def _schedule(view: View, which: str, name: str) -> object:
    made = planned(view, case_file_of(view, which), name)
    return made, as_csv(made), paper(made, "S", view.moment, draft=True)


def sheets(path: str) -> tuple[str, ...]:
    """Endings of schedules: what was served is kept as both, a draft is asked as the one that is quickly made."""
    return ("docx", "csv") if "/served/" in path else ("csv", "doc")


FIXED: Final[Mapping[str, tuple[Fields, ...]]] = {
    "/evidence": ({}, {"from": "2"}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    "/evidence/{investigation}": (
        {},
        *({"do": each} for each in ("head", "exhibit")),
        *({"do": "serve", "schedule": each} for each in model.SCHEDULES),
        {"do": "assess", "kind": "exhibit", "item": thing_id("exhibit", "S&AGENTS")},
    ),
    "/evidence/{investigation}/exhibits/{exhibit}": ({}, {"do": "hand"}),
    "/evidence/{investigation}/exhibits/{exhibit}/file": ({},),
    "/evidence/{investigation}/rebuild/{report}": ({},),
    "/evidence/{investigation}/rebuilt/{rebuilt}": ({},),
    "/evidence/{investigation}/draft/{schedule}.{sheet}": ({},),
    "/evidence/{investigation}/served/{issue}.{sheet}": ({},),
}
"""What each page is asked."""


def posts(reports: tuple[str, ...], statements: tuple[str, ...]) -> Iterator[tuple[str, Fields]]:
    """Every act, on visible and hidden things, with good, bad and repeated input."""
    for key in cases.CASES[:1]:
        yield from _on_one(f"/evidence/{cases.case_id(key)}", reports, statements)
    yield f"/evidence/{_NOBODY}/head", {"heading": "R v Cassell"}


def _on_one(base: str, reports: tuple[str, ...], statements: tuple[str, ...]) -> Iterator[tuple[str, Fields]]:
    yield f"{base}/head", {"heading": "R v Cassell", "parties": "Ray Cassell"}
    yield f"{base}/head", {"heading": "Operation SEQUIN"}
    produced = {"producer": "Price", "produced": "2026-03-01T09:00", "place": "Mill Lane", "words": "A note"}
    for place, each in enumerate(reports[-3:]):
        yield f"{base}/exhibit", {**produced, "number": f"KA/{place + 1}", "report": each}
        yield from _assessed(base, model.REPORT, each, DESCRIPTIONS[place % 2])
        yield f"{base}/rebuild/{each}", {"heading": "A note", "reason": "mixed", f"wording-{statements[0]}": "He met."}
    yield f"{base}/exhibit", {**produced, "number": "KA/9"}
    for each in statements[:2]:
        yield from _assessed(base, model.STATEMENT, each, DESCRIPTIONS[0])
    for each in things("rebuilt"):
        yield from _assessed(base, model.REBUILD, each, DESCRIPTIONS[0])
        yield f"{base}/rebuilt/{each}/release", {}
    for each in things("exhibit"):
        yield from _assessed(base, model.EXHIBIT, each, DESCRIPTIONS[0])
        handed = {"taker": "The store", "given": "2026-03-01T10:00", "reason": "to be kept"}
        yield f"{base}/exhibits/{each}/hand", handed
        yield f"{base}/exhibits/{each}/hand", {"taker": "", "given": "soon"}
        yield f"{base}/exhibits/{each}/verify", {}
    for each in model.SCHEDULES:
        yield f"{base}/serve", {"schedule": each, "reason": "it changed"}
        yield f"{base}/release", {"schedule": each, "reason": "it changed"}
    yield f"{base}/serve", {"schedule": "mg6x"}


def _assessed(base: str, kind: str, item: str, words: str) -> Iterable[tuple[str, Fields]]:
    said = {"kind": kind, "item": item, "reason": "seen both", "relevant": "yes", "sensitive": "no"}
    yield f"{base}/assess", {**said, "description": words, "confirmed": "yes"}
    yield f"{base}/assess", {**said, "description": DESCRIPTIONS[2]}
