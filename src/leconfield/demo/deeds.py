"""What the officers of a case did in departments of their own: agents, authorities, operations, duty line, releases.

The files of `FILES` hold one table `[[act]]` for each deed: who did it and when, what it was, about which agent,
operation, officer or thing, and what he wrote. `contacts.csv` holds the contacts with agents, a row for each report
that came of one. All of them are done on the desk by the services of its own parts.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from leconfield.authority.model import PARTICULARS
from leconfield.demo.records import moment_in, text_of
from leconfield.errors import BadInputError

FILES: Final = ("agents.toml", "operations.toml", "day.toml", "duty.toml", "staff.toml", "court.toml", "releases.toml")
CONTACTS: Final = "contacts.csv"
_COLUMNS: Final = ("report", "by", "act", "place", "words")
_AGENT: Final = ("agent",)
_OPERATION: Final = ("operation",)
_OFFICER: Final = ("officer",)
_COLLEAGUE: Final = ("colleague",)
_EITHER: Final = ("agent", "operation")
_RELEASE: Final = ("release",)
_CASE: Final = ("case",)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of deed is about, and what is written in it."""

    about: tuple[str, ...]
    """The keys one of which names what it is about."""
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()


ENROL_HOLDER: Final = "enrol holder"
DRAFT_RELEASE: Final = "draft release"
PREPARE_SCHEDULE: Final = "prepare schedule"
BROUGHT: Final = ("text", "pictures", "boxes")
"""What a draft or an edit brings: its words; files of `pictures/`, as they are; and such files with boxes in them."""
OFFICES: Final = ("handler", "co-handler", "controller", "authorising officer", "record keeper")
KINDS: Final[Mapping[str, Kind]] = {
    ENROL_HOLDER: Kind(("holder",), ("passphrase",)),
    "spot agent": Kind(_AGENT, ("label", "reason")),
    "step agent": Kind(_AGENT, ("to", "reason")),
    "staff agent": Kind(_AGENT, (), OFFICES),
    "note particular": Kind(_AGENT, ("letter", "words"), ("authority",)),
    "plan agent": Kind(_AGENT, ("care", "exit")),
    "assess agent": Kind(_AGENT, ("words", "review")),
    "task agent": Kind(_AGENT, ("words",)),
    "pay agent": Kind(_AGENT, ("amount", "words")),
    "meet agent": Kind(_AGENT, ("report", "place", "words")),
    "contact agent": Kind(_AGENT, ("report", "place", "words")),
    "seal agent": Kind(_AGENT, ("holders", "identity"), ("contact", "payment", "welfare")),
    "open identity": Kind(_AGENT, ("second", "reason")),
    "begin staff file": Kind(_COLLEAGUE, ("called", "label", "reason")),
    "seal colleague": Kind(_COLLEAGUE, ("holders", "identity"), ("contact", "payment", "welfare")),
    "note dilemma": Kind(("handler",), ("words",)),
    "answer dilemma": Kind(("handler",), ("words",)),
    "apply": Kind(_EITHER, ("kind", "label", *PARTICULARS), ("rests_on",)),
    "decide": Kind(_EITHER, ("kind", "step", "reason"), ("conditions", "until", "review")),
    "plan operation": Kind(_OPERATION, ("about", "label")),
    "staff operation": Kind(_OPERATION, ("member", "call_sign", "role")),
    "brief operation": Kind(_OPERATION, ("words",)),
    "deploy operation": Kind(_OPERATION, ("words",)),
    "send lines": Kind(_OPERATION, ("device",)),
    "hand over": Kind(_OPERATION, ("words",)),
    "debrief operation": Kind(_OPERATION, ("words",)),
    "close operation": Kind(_OPERATION, ("words",)),
    "keep cover": Kind(("cover",), ("needs", "label")),
    "keep garment": Kind(("garment",), ("kind", "covers", "stored", "label")),
    "keep place": Kind(("place",), ("latitude", "longitude", "label")),
    "keep known": Kind(("handler",), ("cover", "place", "label")),
    "wish meet": Kind(_AGENT, ("monday", "place", "minutes", "hours", "covers"), ("eyes", "daylight")),
    "move meet": Kind(_AGENT, ("monday", "place", "days")),
    "accept week": Kind(("monday",), ()),
    "enrol words": Kind(_OFFICER, ("safe", "duress")),
    "go out": Kind(_OFFICER, ("due", "label", "words")),
    "call in": Kind(_OFFICER, ("word",)),
    "take alarm": Kind(_OFFICER, ()),
    "answer alarm": Kind(_OFFICER, ("words",)),
    "put on line": Kind(_OFFICER, ("persona", "duties"), ("reach",)),
    "away": Kind(_OFFICER, ("first", "last")),
    "accept roster": Kind(("first",), ()),
    "change turn": Kind(_OFFICER, ("way", "day", "duty", "reason"), ("into", "other_day", "other_duty", "overruled")),
    "hand over line": Kind(("line",), ("words",)),
    "note knowers": Kind(("report",), ("people",)),
    "keep staff register": Kind(("file",), ("label",)),
    "say of persona": Kind(("persona",), ("words", "on", "where", "label")),
    DRAFT_RELEASE: Kind(_RELEASE, ("form", "audience", "label"), (*BROUGHT, "embargo", "persona", "actions")),
    "edit release": Kind(_RELEASE, (), (*BROUGHT, "embargo")),
    "check release": Kind(_RELEASE, ()),
    "approve release": Kind(_RELEASE, ("reason",)),
    "refuse release": Kind(_RELEASE, ("reason",)),
    "seal release": Kind(_RELEASE, ()),
    "copy release": Kind(_RELEASE, ("recipient",)),
    "publish release": Kind(_RELEASE, ("reason",)),
    "withdraw release": Kind(_RELEASE, ("reason",)),
    "open case": Kind(_CASE, ("reports", "label", "reason")),
    "name case": Kind(_CASE, ("heading",), ("parties",)),
    "assess report": Kind(_CASE, ("report", "relevant", "sensitive", "reason"), ("description", "ground", "prejudice")),
    PREPARE_SCHEDULE: Kind(_RELEASE, ("of", "label"), ("reason",)),
    "serve schedule": Kind(_RELEASE, ()),
}
"""Every kind of deed."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed of a named officer."""

    at: datetime
    by: str
    kind: str
    """One of `KINDS`."""
    noun: str
    """What `about` names: `agent`, `operation`, `handler` ..."""
    about: str
    wrote: Mapping[str, str]
    """What `KINDS` asks of its kind, or allows; empty where nothing was written."""
    where: str
    """The file and the place in it, for errors."""


def read_deeds(folder: Path, received: Mapping[str, tuple[datetime, str]]) -> tuple[Deed, ...]:
    """The deeds of a case folder, in the order of their moments; none where it has no such files.

    `received`: when each report came in, and from which source, by its number.

    Raises:
        BadInputError: naming the file, the table and the field, if one cannot be read.
    """
    found = [deed for name in FILES if (folder / name).is_file() for deed in _of_tables(folder / name)]
    if (folder / CONTACTS).is_file():
        found += _of_contacts(folder / CONTACTS, received)
    return tuple(sorted(found, key=lambda each: each.at))


def _of_tables(path: Path) -> list[Deed]:
    try:
        tables = tomllib.loads(text_of(path)).get("act", [])
    except tomllib.TOMLDecodeError as fault:
        raise BadInputError(f"{path.name}: {fault}") from None
    if not isinstance(tables, list):
        raise BadInputError(f"{path.name}: write each act as a table [[act]]")
    return [_deed(each, f"{path.name}, act {number}") for number, each in enumerate(tables, start=1)]


def _deed(found: object, where: str) -> Deed:
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise BadInputError(f"{where}: must be a table whose values are text")
    name = found.get("act", "")
    kind = KINDS.get(name)
    if kind is None:
        raise BadInputError(f'{where}: "{name}" is no act; write one of {", ".join(KINDS)}')
    nouns = [each for each in kind.about if found.get(each, "").strip()]
    if len(nouns) != 1:
        raise BadInputError(f"{where}: say which {' or '.join(kind.about)} it is about")
    if missing := sorted(each for each in ("at", "by", *kind.needs) if not found.get(each, "").strip()):
        raise BadInputError(f"{where}: {', '.join(missing)} is missing")
    wanted = {"at", "by", "act", nouns[0], *kind.needs, *kind.may}
    if unknown := sorted(found.keys() - wanted):
        raise BadInputError(f"{where}: {', '.join(unknown)} is not known; use {', '.join(sorted(wanted))}")
    wrote = {each: found.get(each, "").strip() for each in (*kind.needs, *kind.may)}
    return Deed(moment_in(found["at"], f"{where}, at"), found["by"], name, nouns[0], found[nouns[0]], wrote, where)


def _of_contacts(path: Path, received: Mapping[str, tuple[datetime, str]]) -> list[Deed]:
    """Each row's moment is that at which its report came in; its agent is the report's source."""
    rows = csv.DictReader(text_of(path).splitlines())
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise BadInputError(f"{path.name}: the columns must be {','.join(_COLUMNS)}")
    return [_contact(row, received, f"{path.name}, row {number}") for number, row in enumerate(rows, start=2)]


def _contact(row: dict[str, str], received: Mapping[str, tuple[datetime, str]], where: str) -> Deed:
    if None in row or not all(row.values()):
        raise BadInputError(f"{where}: there must be {len(_COLUMNS)} cells, none of them empty; check the commas")
    if row["act"] not in ("meet", "contact"):
        raise BadInputError(
            f'{where}: "{row["act"]}" is no contact; write meet, or contact where no authority was live'
        )
    if row["report"] not in received:
        raise BadInputError(f'{where}: there is no report "{row["report"]}"')
    at, source = received[row["report"]]
    wrote = {each: row[each] for each in ("report", "place", "words")}
    return Deed(at, row["by"], f"{row['act']} agent", "agent", source, wrote, where)
