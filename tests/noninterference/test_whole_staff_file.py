"""A whole staff file more or less changes no byte for anybody outside its compartment; true names lie nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from leconfield import app
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId, Question, Reader
from leconfield.staff import files
from leconfield.staff import service as line
from leconfield.vault import identity
from leconfield.vault.openings import openings
from tests.authority.offices import Hands
from tests.fuzz.amounts import first
from tests.ledger.desks import EMMA, KEYS, look
from tests.noninterference import battery, pages, sealed, whole
from tests.noninterference.acts import ANN
from tests.noninterference.battery import Small, difference
from tests.noninterference.desks import cheap_passwords
from tests.noninterference.leaks_covert import staff_files_counted_among_all
from tests.noninterference.planting import Plant
from tests.noninterference.test_whole_agent import spelt

DUTY: Final = Reader("dee", "Dee, duty line", frozenset({"O", "S", "DUTYLINE"}), frozenset({"officer"}))
KEEPER: Final = replace(EMMA, roles=EMMA.roles | {files.ROLE})
"""She looks after staff of another compartment, and may begin files."""
ROB: Final = replace(whole.ROB, roles=whole.ROB.roles | {files.ROLE})
_NOBODY: Final = "f" * 32


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with pages.prepared(), cheap_passwords():
        yield


def _desk(folder: Path | None, *, with_file: bool) -> Desk:
    hands = Hands()
    if folder:
        folder.mkdir()
        KEYS.save(folder / "keys")
    desk = Desk.open(folder, hands, creating=True) if folder else Desk.in_memory(KEYS, hands)
    for each in (KEEPER, ANN, DUTY, ROB, whole.SID, whole.HUW):
        body = {"persona": each.persona, "password": "x", "tokens": " ".join(sorted(each.tokens))}
        body["roles"] = " ".join(sorted(each.roles))
        desk.append(accounts.KEEPER, [Draft(accounts.ENROLLED, accounts.LABEL, about=each.name, body=body)])
    line.put_on(desk, look(desk, DUTY), who="emma", persona="Emma", duties=("day",), reach="21")
    files.begin(desk, look(desk, KEEPER), who="tom", called="Tom", label="S", reason="he drives")
    if with_file:
        _lived(desk)
    hands.move(minutes=7)
    files.begin(desk, look(desk, KEEPER), who="vera", called="Vera", label="S", reason="she drives")
    return desk


def _lived(desk: Desk) -> None:
    """Three files: one opened, with another opening and a destruction that wait; one sealed; one destroyed."""
    kept = [_begun(desk, who) for who in ("emma", "ann", "mallard")]
    for each in kept:
        whole.sealed(desk, files.person(look(desk, ROB), each))
    whole.opened(desk, files.person(look(desk, ROB), kept[0]))
    whole.destroyed(desk, files.person(look(desk, ROB), kept[2]))
    whole.asked(desk, files.person(look(desk, ROB), kept[1]))


def _begun(desk: Desk, who: str) -> EntryId:
    return files.begin(desk, look(desk, ROB), who=who, called=who.title(), label=whole.LABEL, reason="She travels.")


def _arguments(*desks: Desk) -> Small:
    known = sorted({each for desk in desks for each in sealed.ids(look(desk, ROB))})
    covert = {sealed.PART: tuple(known)}
    return Small((_NOBODY,), (_NOBODY, *known), (_NOBODY,), ("07700",), ("Ray",), ("mill",), (), covert=covert)


def _apart(reader: Reader) -> str:
    desks = [_desk(None, with_file=each) for each in (False, True)]
    ask = _arguments(*desks)
    found = ""
    for transcript in (battery.transcript, pages.transcript):
        without, with_it = (transcript(each, reader, ask) for each in desks)
        found = found or difference(without, with_it)
    for each in desks:
        each.close()
    return found


@pytest.mark.parametrize("reader", first([KEEPER, ANN, DUTY]), ids=lambda reader: reader.name)
def test_whole_staff_files_change_no_byte_of_the_api_or_the_site_outside_their_compartment(reader: Reader) -> None:
    assert _apart(reader) == ""


@pytest.mark.long
def test_staff_files_counted_in_a_list_that_shows_none_of_them_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    staff_files_counted_among_all(Plant(monkeypatch))
    assert "one of" in _apart(KEEPER)


def test_the_same_files_are_there_for_those_who_look_after_them() -> None:
    desk = _desk(None, with_file=True)
    site = app.site(desk)
    shown = pages.Browser(site, "sid").get("/staff-files")[2]
    assert all(each in shown for each in (b"Emma", b"Ann", b"Mallard", b"destroyed"))
    assert b"A destruction waits" in pages.Browser(site, "sid").get("/vault")[2]
    assert len(openings(desk).asked_by_others("sid")) == 1
    outside = pages.Browser(site, "emma").get("/staff-files")[2]
    assert b"Tom" in outside
    assert not any(each in outside for each in (b"Ann", b"Mallard", b"destroyed"))
    desk.close()


def test_no_file_of_the_desk_holds_a_true_name_of_staff(tmp_path: Path) -> None:
    desk = _desk(tmp_path / "desk", with_file=True)
    desk.view(whole.ROB, asking=Question("staff files"))
    assert look(desk, ROB).entries(kind=identity.READ)
    for closed in (False, True):
        if closed:
            desk.close()
        held = [each for each in (tmp_path / "desk").rglob("*") if each.is_file()]
        assert any("vault" in str(each) for each in held)
        for file in held:
            content = file.read_bytes()
            for name in whole.TRUE_NAMES:
                assert not any(each in content for each in spelt(name)), f"{name} in {file.name}"
