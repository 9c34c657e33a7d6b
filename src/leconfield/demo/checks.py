"""What must hold in a case folder; each check raises `BadInputError` that says where and what to do."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Final, TypeVar

from leconfield.demo.acts import OPEN, READ, DemoAct
from leconfield.demo.key import Expected
from leconfield.demo.records import CaseReport, RecordedStatement, Registration
from leconfield.desk.interest.model import RISKS, TIERS
from leconfield.errors import BadInputError
from leconfield.ledger.labels import Tokens, admits, parse
from leconfield.ledger.model import ACTUAL, AFFIRMED, ATTEMPTED, DENIED, PLANNED, POSSIBLE
from leconfield.ledger.times import check_partial
from leconfield.ledger.vocabulary import PROPERTIES, SCHEMATA

T = TypeVar("T")
_TIERS: Final = ("O", "S")


def check_report(report: CaseReport, sources: Container[str]) -> None:
    """The report's label and date can be read, and its source is one of the case's."""
    where = f"{report.number}.txt"
    _check_label(report.label, where)
    _check_date(report.written, f"{where}, Date")
    if report.source not in sources:
        raise BadInputError(f'{where}: source "{report.source}" is not in case.toml')
    if not report.text.strip():
        raise BadInputError(f"{where}: there is no text after the header")


def check_tokens(users: Mapping[str, Tokens], compartments: Container[str]) -> None:
    """Every token that an officer holds is a tier, or is said to protect something."""
    for name, tokens in users.items():
        for each in sorted(tokens):
            if each not in _TIERS and each not in compartments:
                raise BadInputError(f'case.toml, {name}: "{each}" stands neither in [compartments] nor in [closed]')


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


def check_act(
    act: DemoAct,
    where: str,
    reports: Mapping[str, CaseReport],
    subjects: Mapping[str, Registration],
    users: Mapping[str, Tokens],
) -> None:
    """Its officer may know of the report or subject that it is about, and it was done once that was there."""
    if act.by not in users:
        raise BadInputError(f'{where}: "{act.by}" is not a user in case.toml')
    if act.kind == READ:
        report = _known(reports, act.about, f'{where}: there is no report "{act.about}"')
        since, label = report.received, report.label
    else:
        subject = _known(subjects, act.about, f'{where}: no subject is registered as "{act.about}"')
        since, label = subject.registered, subject.label
        _check_date(act.wrote["review"], f"{where}, review")
        _check_choice(act.wrote.get("tier"), TIERS, f"{where}, tier")
        _check_choice(act.wrote.get("risk"), RISKS, f"{where}, risk")
    if act.at < since:
        raise BadInputError(f'{where}: "{act.about}" came in on {since.isoformat()}, after it; give a later moment')
    for each in (label, act.wrote["label"] if act.kind == OPEN else label):
        _check_label(each, where)
        if not admits(each, users[act.by]):
            raise BadInputError(f'{where}: {act.by} may not read what is under "{each}"; name an officer who may')


def _check_choice(chosen: str | None, known: Container[str], where: str) -> None:
    if chosen is not None and chosen not in known:
        raise BadInputError(f'{where}: "{chosen}" is none; see docs/interest.md for those there are')


def check_expected(
    expected: Expected,
    reports: Mapping[str, CaseReport],
    subjects: Mapping[str, Registration],
    users: Mapping[str, Tokens],
) -> None:
    """Whatever the key asks of an officer, he may read; its days and moments can be read."""
    for rise in expected.must_rise:
        where = f"key.json, must_rise, {rise.key}"
        _check_asked(rise.key, rise.reports, rise.visible_to, where, (reports, subjects, users))
        _check_days([rise.by, rise.not_before], where)
    for cleared in expected.must_be_cleared:
        where = f"key.json, must_be_cleared, {cleared.key}"
        _check_asked(cleared.key, cleared.rests_on, cleared.visible_to, where, (reports, subjects, users))
        _check_days([cleared.closed, *cleared.raised, *cleared.quiet], where)
    for answer in expected.must_be_answered:
        where = f"key.json, must_be_answered, {answer.key} for {answer.user}"
        read = [report for _, _, report in answer.reads]
        _check_asked(answer.key, [*answer.reports, *read], [answer.user], where, (reports, subjects, users))
        told = [moment for moment, _, _ in (*answer.decisions, *answer.reads)]
        _check_days([answer.attack, answer.first_known, *told], where)


Named = tuple[Mapping[str, CaseReport], Mapping[str, Registration], Mapping[str, Tokens]]
"""The reports, subjects and officers of a case, by number, key and name."""


def _check_asked(key: str, numbers: Iterable[str], officers: Iterable[str], where: str, named: Named) -> None:
    reports, subjects, users = named
    labels = {_known(subjects, key, f'{where}: no subject is registered as "{key}"').label}
    labels |= {_known(reports, each, f'{where}: there is no report "{each}"').label for each in numbers}
    for name in officers:
        tokens = _known(users, name, f'{where}: "{name}" is not a user in case.toml')
        if hidden := sorted(each for each in labels if not admits(each, tokens)):
            raise BadInputError(f'{where}: {name} may not read what is under "{hidden[0]}"; do not ask it of {name}')


def _check_days(days: Iterable[str], where: str) -> None:
    for each in days:
        if each:
            _check_date(each, where)


def _known(named: Mapping[str, T], key: str, message: str) -> T:
    found = named.get(key)
    if found is None:
        raise BadInputError(message)
    return found


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
