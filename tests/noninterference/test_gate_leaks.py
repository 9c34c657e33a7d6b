"""Each planted leak of the gate shows in two worlds that are made for it, and without it they are one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question, Reader
from tests.ledger.desks import EMMA
from tests.noninterference import battery, gating, leaks_gate, pages
from tests.noninterference.acts import KARINA, Act, Paper, Saying, Script
from tests.noninterference.battery import Small, Transcript
from tests.noninterference.desks import quick_desks
from tests.noninterference.leaks import LEAKS, planted
from tests.noninterference.trials import apart

NAMES = [name for name, each in LEAKS.items() if each.plant.__module__ == leaks_gate.__name__]
MUCH, OPEN, LARK = gating.WORDS[0], gating.WORDS[1], gating.WORDS[4]


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with quick_desks(), pages.prepared():
        yield


def _filed(minute: int, by: Reader, label: str, text: str, source: str, key: str) -> Act:
    """A report of somebody whose name it begins with."""
    name = " ".join(text.split()[:2])
    said = (Saying(key, "Person", "name", name, start=0, end=len(name)),)
    return Act("file", minute, by=by, label=label, paper=Paper("A meet", text, source, "", "2026-02-01"), said=said)


def _gate(minute: int, by: Reader, label: str, words: str, *steps: str) -> Script:
    return tuple(
        Act("gate", minute + number, by=by, label=label, pair=("one", words), words=step)
        for number, step in enumerate(steps)
    )


LOW: Script = (
    _filed(1, EMMA, "S", "Ray Cassell was seen at Mill Lane with a crate of eels.", "HERON", "a"),
    *_gate(20, EMMA, "O", MUCH, "draft", "check"),
    *_gate(30, EMMA, "S", OPEN, "draft", "check", "approve", "approve too", "seal", "publish"),
    *_gate(40, EMMA, "S", LARK, "register", "said"),
)
"""A draft that is refused in every world for what Emma sees and its readers do not; one that leaves; a persona."""
SECRET: Script = (
    _filed(2, KARINA, "S&AGENTS", "John Smith met Rami Haddad. Ada Brook walks with a stick since May.", "UMBER", "b"),
    _filed(
        3,
        KARINA,
        "S&AGENTS",
        "Ray Cassell was seen at Mill Lane with a crate of eels. He rang 07700 900111.",
        "KITE",
        "c",
    ),
    *_gate(4, KARINA, "S&AGENTS", LARK, "knowers", "told", "said"),
    *_gate(8, KARINA, "S&AGENTS", OPEN, "draft", "prepared", "check", "approve", "approve too", "seal"),
    *_gate(60, KARINA, "S&AGENTS", gating.WORDS[2], "register", "said"),
)
WORLDS = [(LOW, ()), (LOW, SECRET)]


def _at_the_gate(desk: Desk, reader: Reader, ask: Small) -> Transcript:
    """What the gate answers, and every entry: a small part of the battery."""
    view = desk.view(reader, asking=Question("everything"))
    del ask
    asked = [*gating.asks(view), ("entries", view.entries)]
    return [(name, battery.answer(one)) for name, one in asked]


def _found(name: str) -> str:
    where = LEAKS[name].where
    return apart(WORLDS, pages.PagesAt(where) if where else _at_the_gate, (EMMA,))


def test_the_two_worlds_are_one() -> None:
    assert apart(WORLDS, _at_the_gate, (EMMA,)) == ""
    for where in sorted({LEAKS[name].where for name in NAMES} - {""}):
        assert apart(WORLDS, pages.PagesAt(where), (EMMA,)) == ""


@pytest.mark.parametrize("name", NAMES)
def test_a_planted_leak_of_the_gate_shows(name: str) -> None:
    with planted(name):
        found = _found(name)
    assert found
    assert not found.startswith("crash:"), found


def test_enough_leaks_are_planted_at_the_gate() -> None:
    assert len(NAMES) >= 12
