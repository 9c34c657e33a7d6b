"""What must hold in a case folder; each check raises `BadInputError` that says where and what to do."""

from __future__ import annotations

from collections.abc import Container, Mapping

from leconfield.demo.records import CaseReport, RecordedStatement, Registration
from leconfield.errors import BadInputError
from leconfield.ledger.labels import parse
from leconfield.ledger.model import ACTUAL, AFFIRMED, ATTEMPTED, DENIED, PLANNED, POSSIBLE
from leconfield.ledger.times import check_partial
from leconfield.ledger.vocabulary import PROPERTIES, SCHEMATA


def check_report(report: CaseReport, sources: Container[str]) -> None:
    """The report's label and date can be read, and its source is one of the case's."""
    where = f"{report.number}.txt"
    _check_label(report.label, where)
    _check_date(report.written, f"{where}, Date")
    if report.source not in sources:
        raise BadInputError(f'{where}: source "{report.source}" is not in case.toml')
    if not report.text.strip():
        raise BadInputError(f"{where}: there is no text after the header")


def check_registration(registration: Registration, reports: Mapping[str, CaseReport], users: Container[str]) -> None:
    """The registration names a known schema, report and officer, and was not made before the report came in."""
    where = f"subjects.csv, {registration.key}"
    _check_label(registration.label, where)
    if registration.schema not in SCHEMATA:
        raise BadInputError(f'{where}: schema "{registration.schema}" is not one of {", ".join(SCHEMATA)}')
    if not registration.name:
        raise BadInputError(f"{where}: a subject needs a name")
    if registration.by not in users:
        raise BadInputError(f'{where}: "{registration.by}" is not a user in case.toml')
    report = reports.get(registration.report)
    if report is None:
        raise BadInputError(f'{where}: there is no report "{registration.report}"')
    if registration.registered < report.received:
        raise BadInputError(f"{where}: registered before report {report.number} was received")
    if born := registration.facts.get("birthDate"):
        _check_date(born, f"{where}, birthDate")


def check_statement(
    statement: RecordedStatement,
    line: int,
    reports: Mapping[str, CaseReport],
    subjects: Mapping[str, Registration],
) -> None:
    """The statement's quote stands in its report, and its subject, property, value and label are known."""
    where = f"statements.jsonl, line {line}"
    report = reports.get(statement.report)
    if report is None:
        raise BadInputError(f'{where}: there is no report "{statement.report}"')
    if not statement.quote or statement.quote not in report.text:
        raise BadInputError(f'{where}: report {report.number} does not say "{statement.quote}"; quote it word for word')
    if statement.prop not in PROPERTIES:
        raise BadInputError(f'{where}: "{statement.prop}" is not a property; see leconfield.ledger.vocabulary')
    for key in (statement.subject, statement.value) if statement.is_link else (statement.subject,):
        if key not in subjects:
            raise BadInputError(f'{where}: no subject is registered as "{key}"')
    _check_label(statement.label, where)
    _check_assertion(statement, where)


def _check_assertion(statement: RecordedStatement, where: str) -> None:
    if statement.assertion.polarity not in (AFFIRMED, DENIED):
        raise BadInputError(f'{where}: polarity "{statement.assertion.polarity}"; write {AFFIRMED} or {DENIED}')
    modalities = (ACTUAL, PLANNED, ATTEMPTED, POSSIBLE)
    if statement.assertion.modality not in modalities:
        raise BadInputError(f'{where}: modality "{statement.assertion.modality}"; write one of {", ".join(modalities)}')
    for text in (statement.held.start, statement.held.end):
        if text:
            _check_date(text, where)


def _check_label(label: str, where: str) -> None:
    try:
        parse(label)
    except BadInputError as fault:
        raise BadInputError(f"{where}: {fault}") from None


def _check_date(text: str, where: str) -> None:
    try:
        check_partial(text)
    except BadInputError as fault:
        raise BadInputError(f"{where}: {fault}") from None
