"""A whole agent more or less changes no byte for anybody outside his compartment, and his true name lies nowhere."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from leconfield import app
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Question, Reader
from leconfield.staff import service as line
from tests.authority.offices import Hands
from tests.fuzz.amounts import first
from tests.ledger.desks import EMMA, KEYS, look
from tests.noninterference import battery, covert, pages, whole
from tests.noninterference.acts import ANN, KARINA
from tests.noninterference.battery import Small, difference, small
from tests.noninterference.desks import cheap_passwords, glance
from tests.noninterference.trials import drawn

DUTY = Reader("dee", "Dee, duty line", frozenset({"O", "S", "DUTYLINE"}), frozenset({"officer"}))
OUTSIDE = (EMMA, ANN)


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with pages.prepared(), cheap_passwords():
        yield


def _desk(folder: Path | None, *, with_agent: bool, calls: bool = True) -> Desk:
    hands = Hands()
    if folder:
        folder.mkdir()
        KEYS.save(folder / "keys")
    desk = Desk.open(folder, hands, creating=True) if folder else Desk.in_memory(KEYS, hands)
    for each in (EMMA, ANN, DUTY, *whole.OFFICERS):
        body = {"persona": each.persona, "password": "x", "tokens": " ".join(sorted(each.tokens))}
        body["roles"] = " ".join(sorted(each.roles))
        desk.append(accounts.KEEPER, [Draft(accounts.ENROLLED, accounts.LABEL, about=each.name, body=body)])
    _low(desk, hands, "spot", "apply", "grant", "meet")
    for who in ("dee", "emma", "ann"):
        duties = ("day", "evening", "night")
        line.put_on(desk, look(desk, DUTY), who=who, persona=who.capitalize(), duties=duties, reach="21")
    if with_agent:
        whole.lived(desk, hands, calls=calls)
        glance(desk, KARINA, "Heather")
    _low(desk, hands, "plan", "team", "log")
    return desk


def _low(desk: Desk, hands: Hands, *steps: str) -> None:
    """What the low side does with an agent and an operation of its own, which it may know of."""
    hands.move(minutes=7)
    for each in steps:
        covert.done(desk, EMMA, "S", "MALLARD" if steps[0] == "spot" else "Lorry park", each)


def _arguments(*desks: Desk) -> Small:
    known: dict[str, set[str]] = {}
    for desk in desks:
        for part, ids in covert.ids(desk, KARINA).items():
            known.setdefault(part, set()).update(ids)
    worlds = drawn(Random(5))
    arguments = small([script for sides in worlds for script in sides])
    return replace(arguments, covert={part: tuple(sorted(ids)) for part, ids in known.items()})


@pytest.mark.parametrize("reader", first(OUTSIDE), ids=lambda reader: reader.name)
def test_a_whole_agent_changes_no_byte_of_the_api_or_the_site_outside_his_compartment(reader: Reader) -> None:
    desks = [_desk(None, with_agent=each) for each in (False, True)]
    ask = _arguments(*desks)
    for transcript in (battery.transcript, pages.transcript):
        without, with_him = (transcript(each, reader, ask) for each in desks)
        assert difference(without, with_him) == ""
    for each in desks:
        each.close()


@pytest.mark.long
def test_the_duty_line_learns_of_an_agent_nothing_but_that_somebody_is_out() -> None:
    desks = [_desk(None, with_agent=each, calls=False) for each in (False, True)]
    ask = _arguments(*desks)
    for transcript in (battery.transcript, pages.transcript):
        without, with_him = (transcript(each, DUTY, ask) for each in desks)
        assert difference(without, with_him) == ""
    for each in desks:
        each.close()
    out = _desk(None, with_agent=True)
    shown = pages.Browser(app.site(out), "dee").get("/duty")[2]
    assert b"Rob, agent runner" in shown
    assert not any(each in shown for each in (b"HEATHER", b"WILLOW", b"tea room", b"plumber"))
    out.close()


def test_the_same_agent_is_there_for_his_handler() -> None:
    desk = _desk(None, with_agent=True)
    site = app.site(desk)
    assert b"HEATHER" in pages.Browser(site, "rob").get("/agents")[2]
    assert b"HEATHER" not in pages.Browser(site, "emma").get("/agents")[2]
    desk.close()


def spelt(word: str) -> Iterator[bytes]:
    """The word as it may stand in a file."""
    for each in {word, word.lower(), word.upper(), word.replace(" ", ""), word.replace(" ", "%20"), word[::-1]}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"):
            yield each.encode(encoding)
        yield each.encode().hex().encode()
        for shift in range(3):  # whatever precedes it in what was encoded
            coded = base64.b64encode(b"\0" * shift + each.encode())
            yield coded[4 if shift else 0 : -4]


def test_no_file_of_the_desk_holds_a_true_name_of_the_vault(tmp_path: Path) -> None:
    desk = _desk(tmp_path / "desk", with_agent=True)
    desk.view(whole.ROB, asking=Question("agents"))
    for closed in (False, True):
        if closed:
            desk.close()
        files = [each for each in (tmp_path / "desk").rglob("*") if each.is_file()]
        assert any("vault" in str(each) for each in files)
        for file in files:
            content = file.read_bytes()
            for name in (*whole.TRUE_NAMES, whole.DILEMMA):
                assert not any(each in content for each in spelt(name)), f"{name} in {file.name}"
