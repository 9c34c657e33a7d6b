"""What must hold of what a case's officers let out, and of what its key asks of that; each names file and field."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import Final

from leconfield.demo.deeds import DRAFT_RELEASE, PREPARE_SCHEDULE, Deed
from leconfield.demo.outside import REFUSED, SENTENCES, Outside
from leconfield.demo.pictures import boxes_in, picture
from leconfield.demo.records import CaseReport, text_of
from leconfield.errors import BadInputError
from leconfield.gate.exposure.knowers import knower_in
from leconfield.gate.mosaic.model import read_register
from leconfield.gate.release.forms import FORMS
from leconfield.gate.release.marks import Marked
from leconfield.gate.release.model import Colour, State
from leconfield.gate.release.profile import shipped
from leconfield.ledger.labels import Tokens, admits

_TOLD: Final = ("", REFUSED)
_DRAFTING: Final = (DRAFT_RELEASE, PREPARE_SCHEDULE)


def check_letting_out(
    deeds: Iterable[Deed], folder: Path, reports: Mapping[str, CaseReport], users: Mapping[str, Tokens]
) -> None:
    """Every file that they name is there, every report known to whoever writes of it, every title given once."""
    titles: set[str] = set()
    for each in deeds:
        if each.kind == "note knowers":
            _check_knowers(each, reports, users)
        elif each.kind == "keep staff register":
            read_register(text_of(folder / each.about), each.about)
        elif each.noun == "case":
            named = each.wrote.get("reports", each.wrote.get("report", "")).split()
            _check_known(named, reports, f"{each.where}: report", "reports/")
        elif each.noun == "release":
            _check_files(each, folder)
        if each.kind == DRAFT_RELEASE:
            _check_known((each.wrote["form"],), FORMS, f"{each.where}: form", "the gate")
            _check_known((each.wrote["audience"],), shipped().audiences, f"{each.where}: audience", "the gate")
        if each.kind in _DRAFTING:
            if each.about in titles:
                raise BadInputError(f'{each.where}: "{each.about}" was drafted before; give it another title')
            titles.add(each.about)


def _check_knowers(deed: Deed, reports: Mapping[str, CaseReport], users: Mapping[str, Tokens]) -> None:
    report = reports.get(deed.about)
    if report is None:
        raise BadInputError(f'{deed.where}: there is no report "{deed.about}"')
    if deed.at < report.received:
        raise BadInputError(f'{deed.where}: "{deed.about}" came in on {report.received.isoformat()}, after it')
    if not admits(report.label, users[deed.by]):
        raise BadInputError(f'{deed.where}: {deed.by} may not read what is under "{report.label}"; name another')
    for line in deed.wrote["people"].splitlines():
        try:
            knower_in(line)
        except BadInputError as fault:
            raise BadInputError(f"{deed.where}, people: {fault}") from None


def _check_files(deed: Deed, folder: Path) -> None:
    named = [*deed.wrote.get("pictures", "").split(), *boxes_in(deed.wrote.get("boxes", ""), deed.where)]
    for name in named:
        picture(folder, name, deed.where)
    try:
        Marked.parse(deed.wrote.get("text", ""))
    except BadInputError as fault:
        raise BadInputError(f"{deed.where}, text: {fault}") from None


def check_outside(
    asked: Outside,
    sentences: Container[str],
    reports: Container[str],
    users: Container[str],
    deeds: Iterable[Deed],
    folder: Path,
) -> None:
    """Whatever the key asks of the gate is asked of an officer, and of a sentence, report or release that there is."""
    drafted = {each.about: each for each in deeds if each.kind in _DRAFTING}
    for judged in asked.judged:
        where = f"key.json, judged {' and '.join(judged.sentences)}"
        _check_known(judged.sentences, sentences, f"{where}: sentence", SENTENCES)
        _check_known((judged.rests_on,), reports, f"{where}: report", "reports/")
        _check_known((each[0] for each in judged.told), users, f"{where}: officer", "case.toml")
        _check_known((judged.colour, *(each[1] for each in judged.told)), tuple(Colour), f"{where}: colour", "the gate")
        _check_known((each[2] for each in judged.told), _TOLD, f"{where}: told", "the key's own words")
    for spoken in asked.spoken:
        where = f"key.json, spoken {spoken.persona}"
        _check_known((spoken.user,), users, f"{where}: officer", "case.toml")
        _check_known((spoken.colour,), tuple(Colour), f"{where}: colour", "the gate")
    for released in asked.released:
        where = f"key.json, released {released.release}"
        _check_known((released.release,), drafted, f"{where}: release", "releases.toml")
        _check_known((released.user,), users, f"{where}: officer", "case.toml")
        _check_known((released.state,), tuple(State), f"{where}: state", "the gate")
        _check_known((released.colour,), tuple(Colour), f"{where}: colour", "the gate")
    for leaked in asked.leaked:
        where = f"key.json, leaked {leaked.file}"
        _check_known((leaked.release,), drafted, f"{where}: release", "releases.toml")
        _check_known((leaked.user,), users, f"{where}: officer", "case.toml")
        _check_part(drafted[leaked.release].wrote.get("text", ""), text_of(folder / leaked.file), leaked.first, where)


def _check_known(named: Iterable[str], known: Container[str], what: str, place: str) -> None:
    for each in named:
        if each not in known:
            raise BadInputError(f'{what} "{each}" stands nowhere in {place}')


def _check_part(whole: str, part: str, first: int, where: str) -> None:
    """The places of the part are those of the whole from `first` on."""
    all_of_them, some = Marked.parse(whole).places, Marked.parse(part).places
    counts = [len(each) for each in all_of_them[first : first + len(some)]]
    if not some or counts != [len(each) for each in some]:
        raise BadInputError(f"{where}: its places are not those of the release from {first} on; copy them from there")
