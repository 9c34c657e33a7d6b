"""Acts of the registry: register a subject, record a statement about one, judge whether two are the same, take it back.

Each is one entry with its author and reason; none changes what stands. A mention becomes a subject only by an act here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from leconfield.errors import BadInputError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft, NewStatement
from leconfield.ledger.grades import Grade
from leconfield.ledger.judgements import judging
from leconfield.ledger.labels import all_of
from leconfield.ledger.model import BY_PERSON, PLAIN, Assertion, Judgement, Reader, Report, SubjectId
from leconfield.ledger.times import ALWAYS, Held, check_partial, stamp
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import LINKS, PROPERTIES, SCHEMATA

REGISTERED: Final = "registered"
RECORDED: Final = "recorded"
MAX_VALUE: Final = 4000
MAX_REASON: Final = 4000
_DATES: Final = frozenset({"birthDate", "date"})


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer has read in a report: a property and its value, with the words that say so."""

    prop: str
    value: str
    start: int = -1
    end: int = -1
    held: Held = ALWAYS
    assertion: Assertion = PLAIN
    grade: Grade | None = None
    """None: the report's own."""


def register(
    desk: Desk,
    by: Reader,
    schema: str,
    said: Sequence[Said],
    report: Report,
    *,
    label: str | None = None,
    at: datetime | None = None,
    mention: SubjectId | None = None,
    reason: str = "",
) -> SubjectId:
    """Register a subject from what a report says, and judge a `mention` to be it; the id of its first record.

    Raises:
        BadInputError: if the schema, a property or a value will not do, or it has no name.
        RefusedError: if the label would hide it from him who registers it.
    """
    if schema not in SCHEMATA:
        raise BadInputError(f'"{schema}" is no kind of subject; choose one of {", ".join(SCHEMATA)}')
    if not any(each.prop == "name" and each.value.strip() for each in said):
        raise BadInputError("a subject needs a name; write the one it is known by")
    its_label = report.label if label is None else label
    moment = at or desk.clock()
    described = "\n".join(f"{each.prop}={each.value}" for each in said)
    record = SubjectId(desk.ids.of("record", REGISTERED, by.name, stamp(moment), schema, described, its_label))
    statements = tuple(_checked(record, schema, each, report) for each in said)
    draft = Draft(REGISTERED, its_label, about=record, body={"schema": schema}, statements=statements)
    judged = [judging(mention, record, "same", reason, its_label)] if mention else []
    desk.append(by, [draft, *judged], moment)
    return record


def record(
    desk: Desk,
    by: Reader,
    subject: SubjectId,
    schema: str,
    said: Iterable[Said],
    report: Report,
    *,
    label: str | None = None,
    at: datetime | None = None,
) -> None:
    """Record what a report says about a subject.

    Raises:
        BadInputError: if a property or a value will not do.
    """
    statements = tuple(_checked(subject, schema, each, report) for each in said)
    draft = Draft(RECORDED, report.label if label is None else label, about=subject, statements=statements)
    desk.append(by, [draft], at)


def judge(desk: Desk, view: View, left: str, right: str, verdict: str, reason: str) -> None:
    """Say that two records are the same, different or undecided, and why. The opinion bears the label of both.

    Raises:
        NotFoundError: if one of them is not in the view.
        BadInputError: if the verdict is none, the reason is missing, or both are one.
    """
    if view.as_of is not None:
        raise RefusedError("nobody decides in the past; go back to now and decide there")
    if not reason.strip() or len(reason) > MAX_REASON:
        raise BadInputError(f"give your reason in your own words, {MAX_REASON:,} characters at most")
    label = all_of({_label_of(view, left), _label_of(view, right)})
    desk.append(view.reader, [judging(SubjectId(left), SubjectId(right), verdict, reason.strip(), label)])


def take_back(desk: Desk, view: View, judgement: Judgement, reason: str) -> None:
    """Withdraw one's own judgement; everything is then as if it had never been made.

    Raises:
        RefusedError: if it is another officer's.
    """
    if view.as_of is not None:
        raise RefusedError("nobody decides in the past; go back to now and decide there")
    if judgement.by != view.reader.name:
        raise RefusedError(f"this is {judgement.by}'s judgement; make your own beside it, or ask {judgement.by}")
    desk.append(
        view.reader,
        [judging(judgement.left, judgement.right, "withdrawn", reason.strip() or "undone", judgement.label)],
    )


def last_judgement(view: View) -> Judgement | None:
    """The reader's own newest judgement that he has not withdrawn."""
    standing: dict[tuple[str, str], Judgement] = {}
    for each in view.world.judgements:
        if each.by == view.reader.name:
            standing.pop((each.left, each.right), None)
            if each.verdict != "withdrawn":
                standing[each.left, each.right] = each
    return next(reversed(standing.values()), None)


def label_for(view: View, report: Report, records: Iterable[str]) -> str:
    """The label of what a report says of these records: for those who may read it and know of all of them.

    Raises:
        NotFoundError: if one of them is not in the view.
    """
    return all_of({report.label, *(_label_of(view, each) for each in records)})


def _label_of(view: View, record_id: str) -> str:
    """The label under which the record as a whole is known: what its first statement bears."""
    statements = view.statements(subject=record_id)
    if not statements:
        view.statement(record_id)  # not in the view: the same error as for anything else
    return statements[0].label


def _checked(subject: SubjectId, schema: str, said: Said, report: Report) -> NewStatement:
    if said.prop not in PROPERTIES:
        raise BadInputError(f'"{said.prop}" is no property; see the vocabulary in the docs')
    value = said.value.strip()
    if not value or len(value) > MAX_VALUE:
        raise BadInputError(f"{PROPERTIES[said.prop].words}: write between 1 and {MAX_VALUE:,} characters")
    if said.prop in _DATES:
        check_partial(value)
    if said.prop in LINKS and value == subject:
        raise BadInputError(f"{PROPERTIES[said.prop].words}: a subject cannot be linked to itself")
    return NewStatement(
        subject,
        schema,
        said.prop,
        value,
        BY_PERSON,
        report.id,
        said.start,
        said.end,
        grade=said.grade or report.grade,
        assertion=said.assertion,
        held=said.held,
    )
