"""Invented values for the living page of widgets: each widget in each of its states."""

from __future__ import annotations

from typing import Final

from leconfield.ledger.grades import UNGRADED, Grade
from leconfield.ledger.model import ATTEMPTED, DENIED, PLANNED, Assertion
from leconfield.ledger.times import ALWAYS, Held
from leconfield.ledger.vocabulary import (
    ACCOUNT,
    DOCUMENT,
    EVENT,
    ONLINE,
    ORGANISATION,
    PERSON,
    PHONE,
    PLACE,
    THING,
    VEHICLE,
    WEAPON,
)
from leconfield.web.values import (
    Bar,
    Button,
    Clock,
    Column,
    Label,
    Piece,
    Row,
    Snippet,
    StatementRow,
    SubjectChip,
    VerdictLine,
)

BASHIR: Final = SubjectChip(
    "Bashir Al-Khatib",
    PERSON,
    "#bashir",
    state="open",
    names=("بشير الخطيب", "Башир аль-Хатиб", "B. Khatib"),
    identifiers=("+44 7700 900142", "FW24 KLM"),
    tier="tier 2, facilitation",
    last_seen="2026-03-05T18:20",
    counts=(("reports", 31), ("origins", 9), ("links", 14)),
)
CHIPS: Final = (
    BASHIR,
    SubjectChip("Margaret Ellery", PERSON, "#ellery", state="closed", names=("Maggie Ellery",), last_seen="2019"),
    SubjectChip("Daniel Croft", PERSON, "#croft", state="overdue", tier="closed, re-assessment due"),
    SubjectChip("Fenwick Haulage Ltd", ORGANISATION, "#fenwick"),
    SubjectChip("14 Tolworth Rise", PLACE, "#tolworth"),
    SubjectChip("white Transit, FW24 KLM", VEHICLE, "#van"),
    SubjectChip("+44 7700 900142", PHONE, "#phone"),
    SubjectChip("GB29 NWBK 6016 1331 9268 19", ACCOUNT, "#account"),
    SubjectChip("@quietharbour", ONLINE, "#handle"),
    SubjectChip("Fire at the Erith depot", EVENT, "#fire"),
    SubjectChip("length of pipe, capped", WEAPON),
    SubjectChip("Tenancy agreement, 3 pages", DOCUMENT),
    SubjectChip("A parcel whose name is so long that no column can hold it and the eye must do without its end", THING),
)
GRADES: Final = ((Grade("A", 1), False), (Grade("B", 2), False), (Grade("C", 3), True), (UNGRADED, False))
LABELS: Final = (
    Label("Open"),
    Label("Official", "official"),
    Label("Secret · Heather", "secret"),
    Label("Top secret · Sequin", "top-secret"),
)

SENTENCE: Final = Snippet(
    (
        Piece("The source said that "),
        Piece("Khatib", PERSON, "#bashir", lit=True),
        Piece(" had "),
        Piece("never", cue="denied"),
        Piece(" rented "),
        Piece("14 Tolworth Rise", PLACE, "#tolworth"),
        Piece(" himself, but paid for it in cash each month."),
    ),
    title="Contact with KESTREL, no. 14",
    url="#report",
    source="KESTREL",
    date="2026-03-05",
    grade=Grade("B", 2),
)
SECOND_SENTENCE: Final = Snippet(
    (Piece("A white Transit stood outside from "), Piece("18:20", lit=True), Piece(" until after midnight.")),
    title="Team Orange, log of 5 March",
    url="#log",
    source="ORANGE",
    date="2026-03-05T18:20",
    grade=Grade("A", 2),
)
READING: Final = (
    Piece("SUMMARY. "),
    Piece("Bashir Al-Khatib", PERSON, "#bashir"),
    Piece(" met the driver from "),
    Piece("Fenwick Haulage", ORGANISATION, "#fenwick"),
    Piece(" at "),
    Piece("14 Tolworth Rise", PLACE, "#tolworth"),
    Piece(". They came in the "),
    Piece("white Transit", VEHICLE, "#van"),
    Piece(", and he gave the number "),
    Piece("07700 900142", PHONE, "#phone"),
    Piece(" as his own.\n\nThe driver "),
    Piece("is said by a neighbour", cue="said by a neighbour"),
    Piece(" to have asked about "),
    Piece("a length of pipe", WEAPON, "#pipe"),
    Piece(" the week before the "),
    Piece("fire at Erith", EVENT, "#fire", lit=True),
    Piece("; he "),
    Piece("denies", cue="denied"),
    Piece(" it. Paid from "),
    Piece("GB29 NWBK 6016 1331 9268 19", ACCOUNT, "#account"),
    Piece(", see the "),
    Piece("tenancy agreement", DOCUMENT, "#tenancy"),
    Piece(" and "),
    Piece("@quietharbour", ONLINE, "#handle"),
    Piece(". A "),
    Piece("parcel", THING, "#parcel"),
    Piece(" was not opened."),
)
STATEMENTS: Final = (
    StatementRow(
        "name",
        "بشير الخطيب",
        grade=Grade("B", 1),
        learnt="2026-02-11T09:14:00.000000Z",
        reports=12,
        origins=4,
        sentences=(SENTENCE, SECOND_SENTENCE),
        more_url="#all",
    ),
    StatementRow(
        "born", "1987-03", grade=Grade("C", 3), inherited=True, learnt="2026-02-11T09:14:00.000000Z", reports=2
    ),
    StatementRow(
        "works for",
        "Fenwick Haulage Ltd",
        url="#fenwick",
        schema=ORGANISATION,
        grade=Grade("B", 2),
        held=Held("2025-09", ""),
        learnt="2026-03-05T20:00:00.000000Z",
        reports=3,
        origins=2,
        sentences=(SECOND_SENTENCE,),
    ),
    StatementRow(
        "lives at",
        "14 Tolworth Rise",
        url="#tolworth",
        schema=PLACE,
        grade=Grade("B", 3),
        held=Held.on("2026-03"),
        learnt="2026-03-06T07:30:00.000000Z",
        assertion=Assertion(polarity=DENIED, asserter="the landlord"),
        sentences=(SENTENCE,),
    ),
    StatementRow(
        "phone number",
        "+44 7700 900142",
        mono=True,
        grade=Grade("A", 1),
        held=Held("2026-01-14", "2026-03-05"),
        learnt="2026-03-05T20:00:00.000000Z",
        reports=1204,
        origins=1,
        sentences=(SENTENCE,),
    ),
    StatementRow(
        "perpetrator",
        "Fire at the Erith depot",
        url="#fire",
        schema=EVENT,
        grade=Grade("E", 5),
        held=Held.on("2026-03-05T12:40"),
        learnt="2026-03-07T11:00:00.000000Z",
        assertion=Assertion(modality=ATTEMPTED, asserter="a neighbour", stance="accused"),
        sentences=(SENTENCE,),
    ),
    StatementRow("met", "Daniel Croft", schema=PERSON, assertion=Assertion(modality=PLANNED), held=Held("", "2026-04")),
)
TIMES: Final = (
    (Held("1989-03", "1989-03"), ""),
    (Held("", "2026-03-05T12:40"), "2026-03-05T20:00:00.000000Z"),
    (Held("2025-09", ""), "2026-03-05T20:00:00.000000Z"),
    (ALWAYS, "2026-02-11T09:14:00.000000Z"),
)
BARS: Final = (
    Bar("Same phone number", 9.4, "+44 7700 900142", "#phone"),
    Bar("Names alike across scripts", 5.2, "بشير الخطيب / Bashir Al-Khatib"),
    Bar("Same employer", 1.8, "Fenwick Haulage"),
    Bar("Towns differ", -0.9, "Erith / Surbiton"),
    Bar("Birth dates differ", -4.1, "March 1987 / 1 January 1985"),
)
VERDICT: Final = (
    VerdictLine("A depot in south London was damaged by fire in March.", "pass"),
    VerdictLine(
        "One man had been known to the desk for some months.",
        "hold",
        ("with what was published on 3 April, 9 people still fit; the next sentence may leave fewer than 5",),
    ),
    VerdictLine(
        "He had paid for the flat in cash each month.",
        "stop",
        ("two people could have known this", "one of them has talked to us in confidence"),
    ),
)
CLOCKS: Final = (
    Clock("use and conduct, KESTREL", "in 7 months", "calm", "Rob", "2027-06-21"),
    Clock("review of Operation Heather", "in 6 days", "soon", "Emma", "2026-11-28"),
    Clock("urgent authorisation lapses", "today, 16:40", "due", "Karina", "2026-11-22T16:40"),
    Clock("re-assessment of Daniel Croft", "12 days late", "overdue", "Emma", "2026-11-10"),
    Clock("debrief", "done", "done", "Rob", "2026-11-20"),
)
COLUMNS: Final = (
    Column("Report", hideable=False),
    Column("Source"),
    Column("Grade"),
    Column("Written", "time", sorted="descending"),
    Column("Subjects", "number"),
    Column("Reference", "id"),
)
ROWS: Final = (
    Row(("Contact with KESTREL, no. 14", "KESTREL", "B2", "2026-03-05", 7, "K/2026/14"), "#1"),
    Row(("Team Orange, log of 5 March", "ORANGE", "A2", "2026-03-05T18:20", 12, "OR-0305"), "#2"),
    Row(("Walk-in at Bexleyheath", "WALK-IN", "E5", "2026-02", 1204, "W/88"), "#3"),
    Row(("Fire at Erith depot, evening edition", "PRESS", "C3", "2026", 3, ""), "#4"),
    Row(("Call records, one month", "LANTERN", "A1", "", 0, "L-2291"), "#5"),
)
REVIEW: Final = (
    Button("Same", "verdict", "same", "y", "main-act"),
    Button("Undecided", "verdict", "undecided", "h"),
    Button("Different", "verdict", "different", "n"),
    Button("Undo the last", "verdict", "withdrawn", "u"),
    Button("Burn the file", "verdict", "burn", look="danger"),
    Button("Open the subject", url="#bashir"),
)


def everything() -> dict[str, object]:
    """All samples as template variables: `chips`, `grades`, `labels` ..."""
    return {
        "chips": CHIPS,
        "grades": GRADES,
        "labels": LABELS,
        "statements": STATEMENTS,
        "snippets": (SENTENCE, SECOND_SENTENCE),
        "reading": READING,
        "times": TIMES,
        "bars": BARS,
        "verdict": VERDICT,
        "clocks": CLOCKS,
        "columns": COLUMNS,
        "rows": ROWS,
        "review": REVIEW,
    }
