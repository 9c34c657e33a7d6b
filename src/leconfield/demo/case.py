"""A case folder: who may sign in, who the sources are, their reports, what officers recorded from them, and did.

Everything is checked on reading, so that whatever fills a desk from a `Case` can rely on it: every key resolves, every
quote stands in its report word for word, every label parses, every property is in the vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from leconfield.demo.acts import DemoAct, read_acts
from leconfield.demo.checks import (
    check_act,
    check_expected,
    check_registration,
    check_report,
    check_statement,
    check_tokens,
)
from leconfield.demo.checks_deeds import check_deeds, check_departments
from leconfield.demo.checks_outside import check_letting_out, check_outside
from leconfield.demo.deeds import Deed, read_deeds
from leconfield.demo.key import Expected, read_expected
from leconfield.demo.observed import OBSERVATION, Lines, read_lines
from leconfield.demo.outside import SENTENCES, read_sentences
from leconfield.demo.records import (
    CaseReport,
    DemoSource,
    DemoTable,
    DemoUser,
    RecordedStatement,
    Registration,
    read_registrations,
    read_report,
    read_settings,
    read_statements,
)
from leconfield.demo.turns import ROSTER, Turns, read_turns
from leconfield.errors import BadInputError

__all__ = [
    "Case",
    "CaseReport",
    "DemoAct",
    "DemoSource",
    "DemoTable",
    "DemoUser",
    "RecordedStatement",
    "Registration",
    "read_case",
]


@dataclass(frozen=True, slots=True)
class Case:
    """One invented case, read and checked."""

    folder: Path
    title: str
    summary: str
    compartments: Mapping[str, str]
    """Token to what it protects, in words."""
    closed: Mapping[str, str]
    """Likewise, of tokens that no report bears: of agents, teams and the few who look after them."""
    users: tuple[DemoUser, ...]
    sources: tuple[DemoSource, ...]
    tables: tuple[DemoTable, ...]
    reports: tuple[CaseReport, ...]
    """In the order in which they were received."""
    registrations: tuple[Registration, ...]
    statements: tuple[RecordedStatement, ...]
    """In the order of their reports."""
    acts: tuple[DemoAct, ...]
    """In the order in which they were done."""
    deeds: tuple[Deed, ...]
    """What was done with agents, authorities, operations and releases, in the order in which it was done."""
    lines: Lines
    """What the devices of the teams wrote."""
    turns: Turns
    """Who had which turn on the duty line."""
    sentences: Mapping[str, str]
    """What somebody may wish to say in public, by id."""
    expected: Expected
    """What a desk that holds the case must show."""

    def report(self, number: str) -> CaseReport:
        """The report of that number, such as `017`.

        Raises:
            BadInputError: if there is none.
        """
        for each in self.reports:
            if each.number == number:
                return each
        raise BadInputError(f'{self.folder.name}: there is no report "{number}"')

    def registration(self, key: str) -> Registration:
        """The registration of the subject with that key.

        Raises:
            BadInputError: if there is none.
        """
        for each in self.registrations:
            if each.key == key:
                return each
        raise BadInputError(f'{self.folder.name}: no subject is registered as "{key}"')

    def source(self, code: str) -> DemoSource:
        """The source with that code.

        Raises:
            BadInputError: if there is none.
        """
        for each in self.sources:
            if each.code == code:
                return each
        raise BadInputError(f'{self.folder.name}: there is no source "{code}"')

    def recorded_at(self, statement: RecordedStatement) -> datetime:
        """When an officer could record it: once its report had come in and every subject in it was registered."""
        moments = [self.report(statement.report).received, self.registration(statement.subject).registered]
        if statement.is_link:
            moments.append(self.registration(statement.value).registered)
        return max(moments)


def read_case(folder: Path) -> Case:
    """The case in `folder`, checked.

    Raises:
        BadInputError: naming the file and the line, if anything does not fit together.
    """
    settings = read_settings(folder / "case.toml")
    paths = sorted((folder / "reports").glob("*.txt"))
    if not paths:
        raise BadInputError(f"{folder / 'reports'} holds no reports; a case needs at least one")
    reports = tuple(sorted((read_report(path) for path in paths), key=lambda each: each.received))
    received = {each.number: (each.received, each.source) for each in reports}
    case = Case(
        folder=folder,
        title=settings.title,
        summary=settings.summary,
        compartments=settings.compartments,
        closed=settings.closed,
        users=settings.users,
        sources=settings.sources,
        tables=settings.tables,
        reports=reports,
        registrations=read_registrations(folder / "subjects.csv"),
        statements=read_statements(folder / "statements.jsonl"),
        acts=read_acts(folder / "acts.toml"),
        deeds=read_deeds(folder, received),
        lines=read_lines(folder / OBSERVATION),
        turns=read_turns(folder / ROSTER),
        sentences=read_sentences(folder / SENTENCES),
        expected=read_expected(folder / "key.json"),
    )
    _check(case)
    return case


def _check(case: Case) -> None:
    reports = {each.number: each for each in case.reports}
    subjects = {each.key: each for each in case.registrations}
    sources = {each.code for each in case.sources}
    users = {each.name: each.tokens for each in case.users}
    if len(subjects) != len(case.registrations):
        keys = [each.key for each in case.registrations]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise BadInputError(f'subjects.csv: key "{twice}" is used twice; give each registration its own')
    for report in case.reports:
        check_report(report, sources)
    for registration in case.registrations:
        check_registration(registration, reports, users)
    for line, statement in enumerate(case.statements, start=1):
        check_statement(statement, line, reports, subjects)
    for number, act in enumerate(case.acts, start=1):
        check_act(act, f"acts.toml, act {number} in time", reports, subjects, users)
    check_deeds(case.deeds, users, case.lines)
    check_departments(case.expected.departments, users, case.deeds)
    check_letting_out(case.deeds, case.folder, reports, users)
    check_outside(case.expected.outside, case.sentences, reports, users, case.deeds, case.folder)
    check_tokens(users, {*case.compartments, *case.closed})
    check_expected(case.expected, reports, subjects, users)
