"""The records of a case folder, and how each of its files is read."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from leconfield.errors import BadInputError
from leconfield.ledger.grades import Grade, parse_grade
from leconfield.ledger.model import ACTUAL, AFFIRMED, Assertion
from leconfield.ledger.times import Held
from leconfield.ledger.vocabulary import LINKS


@dataclass(frozen=True, slots=True)
class DemoUser:
    """An invented officer who can sign in to the demonstration."""

    name: str
    persona: str
    password: str
    """Printed when the demonstration starts: it protects nothing."""
    tokens: frozenset[str]
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class DemoSource:
    """A source of the case, as the desk knows it."""

    code: str
    kind: str
    """agent, surveillance, intercept, liaison, official, walk-in or open."""
    channel: str
    """In words, how its reports come in."""
    grade: Grade
    """What its reports get unless they say otherwise."""
    label: str


@dataclass(frozen=True, slots=True)
class DemoTable:
    """A table that is drawn from a seed when a desk is built."""

    name: str
    seed: int
    label: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class CaseReport:
    """One report of the case: its header and its text."""

    number: str
    """The three digits of its file name."""
    reference: str
    title: str
    written: str
    """The date it bears."""
    received: datetime
    source: str
    origin: str
    """Where the source has it from, if it only passes it on."""
    grade: Grade
    label: str
    place: str
    text: str
    path: Path


@dataclass(frozen=True, slots=True)
class Registration:
    """A subject as an officer registered it; empty text where nothing was known."""

    key: str
    schema: str
    name: str
    aliases: tuple[str, ...]
    registered: datetime
    by: str
    report: str
    label: str
    facts: Mapping[str, str]
    """Vocabulary property to value: birthDate, phone, registrationNumber ...; empty ones left out."""


@dataclass(frozen=True, slots=True)
class RecordedStatement:
    """What an officer recorded while reading: a subject's property, and the words of the report that say so."""

    report: str
    subject: str
    prop: str
    value: str
    """Text, or the key of another subject where the property is a link."""
    quote: str
    held: Held
    assertion: Assertion
    label: str
    """Empty: the report's own label."""

    @property
    def is_link(self) -> bool:
        """Whether the value is another subject's key."""
        return self.prop in LINKS


@dataclass(frozen=True, slots=True)
class Settings:
    """What `case.toml` says."""

    title: str
    summary: str
    compartments: Mapping[str, str]
    closed: Mapping[str, str]
    users: tuple[DemoUser, ...]
    sources: tuple[DemoSource, ...]
    tables: tuple[DemoTable, ...]


_HEADER = ("Reference", "Title", "Date", "Received", "Source", "Grade", "Label", "Place")
_FACTS = {
    "birthDate": "birthDate",
    "birthPlace": "birthPlace",
    "nationality": "nationality",
    "occupation": "position",
    "address": "address",
    "phone": "phone",
    "email": "email",
    "registrationNumber": "registrationNumber",
    "make": "make",
    "model": "model",
    "colour": "colour",
}
_COLUMNS = ("key", "schema", "name", "aliases", *_FACTS, "registered", "by", "report", "label")
_STATEMENT_NEEDS = frozenset({"report", "subject", "prop", "value", "quote"})
_STATEMENT_KEYS = _STATEMENT_NEEDS | {"held_start", "held_end", "polarity", "modality", "asserter", "label"}


def text_of(path: Path) -> str:
    """The text of one file of a case folder.

    Raises:
        BadInputError: if it is missing, or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BadInputError(f"{path} is missing; a case folder needs it") from None
    except UnicodeDecodeError as fault:
        raise BadInputError(f"{path}: byte {fault.start} is not UTF-8; save the file as UTF-8") from None


def moment_in(text: str, where: str) -> datetime:
    """The moment that the text says, such as `2026-03-02T15:40`.

    Raises:
        BadInputError: if it is none; `where` says where it stands.
    """
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise BadInputError(f'{where}: "{text}" is no moment; write 2026-03-02T15:40') from None


def read_settings(path: Path) -> Settings:
    """What `case.toml` says.

    Raises:
        BadInputError: if it is not TOML, or something it must say is missing.
    """
    try:
        found = tomllib.loads(text_of(path))
        return Settings(
            title=found["title"],
            summary=found["summary"].strip(),
            compartments=dict(found["compartments"]),
            closed=dict(found.get("closed", {})),
            users=tuple(
                DemoUser(
                    each["name"],
                    each["persona"],
                    each["password"],
                    frozenset(each["tokens"]),
                    frozenset(each["roles"]),
                )
                for each in found["users"]
            ),
            sources=tuple(
                DemoSource(each["code"], each["kind"], each["channel"], parse_grade(each["grade"]), each["label"])
                for each in found["sources"]
            ),
            tables=tuple(
                DemoTable(each["name"], each["seed"], each["label"], each["source"], parse_grade(each["grade"]))
                for each in found["tables"]
            ),
        )
    except tomllib.TOMLDecodeError as fault:
        raise BadInputError(f"{path}: {fault}") from None
    except KeyError as missing:
        raise BadInputError(f"{path}: {missing} is missing; compare examples/sequin/case.toml") from None


def read_report(path: Path) -> CaseReport:
    """The report in one file: header lines, an empty line, the text.

    Raises:
        BadInputError: if a header line is missing or cannot be read.
    """
    head, gap, text = text_of(path).partition("\n\n")
    header = dict(line.partition(": ")[::2] for line in head.splitlines())
    missing = [name for name in _HEADER if not header.get(name)]
    if not gap or missing:
        raise BadInputError(f"{path.name}: the header lacks {', '.join(missing) or 'the empty line after it'}")
    return CaseReport(
        number=path.stem,
        reference=header["Reference"],
        title=header["Title"],
        written=header["Date"],
        received=moment_in(header["Received"], f"{path.name}, Received"),
        source=header["Source"],
        origin=header.get("Origin", ""),
        grade=parse_grade(header["Grade"]),
        label=header["Label"],
        place=header["Place"],
        text=text.rstrip("\n"),
        path=path,
    )


def read_registrations(path: Path) -> tuple[Registration, ...]:
    """The rows of `subjects.csv`.

    Raises:
        BadInputError: if a column is missing or unknown, or a row cannot be read.
    """
    rows = csv.DictReader(text_of(path).splitlines())
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise BadInputError(f"{path.name}: the columns must be {','.join(_COLUMNS)}")
    return tuple(_registration(row, f"{path.name}, row {number}") for number, row in enumerate(rows, start=2))


def _registration(row: dict[str, str], where: str) -> Registration:
    if None in row.values() or None in row:
        raise BadInputError(f"{where}: there must be {len(_COLUMNS)} cells; check the commas")
    return Registration(
        key=row["key"],
        schema=row["schema"],
        name=row["name"],
        aliases=tuple(part for part in row["aliases"].split("|") if part),
        registered=moment_in(row["registered"], f"{where}, registered"),
        by=row["by"],
        report=row["report"],
        label=row["label"],
        facts={prop: row[column] for column, prop in _FACTS.items() if row[column]},
    )


def read_statements(path: Path) -> tuple[RecordedStatement, ...]:
    """The lines of `statements.jsonl`.

    Raises:
        BadInputError: if a line is not JSON, lacks something, or has a key that nobody knows.
    """
    lines = text_of(path).splitlines()
    return tuple(_statement(line, f"{path.name}, line {number}") for number, line in enumerate(lines, start=1))


def _statement(line: str, where: str) -> RecordedStatement:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as fault:
        raise BadInputError(f"{where}: {fault.msg} at character {fault.pos + 1}") from None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise BadInputError(f"{where}: must be one object whose values are text")
    if unknown := found.keys() - _STATEMENT_KEYS:
        raise BadInputError(f"{where}: {', '.join(sorted(unknown))} is not known; use {sorted(_STATEMENT_KEYS)}")
    if missing := _STATEMENT_NEEDS - found.keys():
        raise BadInputError(f"{where}: {', '.join(sorted(missing))} is missing")
    return RecordedStatement(
        report=found["report"],
        subject=found["subject"],
        prop=found["prop"],
        value=found["value"],
        quote=found["quote"],
        held=Held(found.get("held_start", ""), found.get("held_end", "")),
        assertion=Assertion(
            polarity=found.get("polarity", AFFIRMED),
            modality=found.get("modality", ACTUAL),
            asserter=found.get("asserter", ""),
        ),
        label=found.get("label", ""),
    )
