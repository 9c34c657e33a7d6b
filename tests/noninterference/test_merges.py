"""Joins and splits that rest on what is hidden show only to whoever may see it: to others they never happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from leconfield.ledger.model import Question
from leconfield.ledger.vocabulary import PERSON
from leconfield.registry.history import History
from leconfield.registry.resolution import Partition
from tests.fuzz.amounts import first
from tests.ledger.desks import EMMA
from tests.noninterference import pages
from tests.noninterference.acts import HIGH_LABELS, KARINA, Act, Paper, Saying, Script, subject_id
from tests.noninterference.desks import done, play, quick_desks
from tests.noninterference.trials import Sides, apart

NAMES = ("Ada Tregenza", "Oona Brook", "Rami Haddad", "Yusuf Cassell", "Gareth Pritchard")
DEVICES = ("a record with both names", "a number in common", "a judgement", "a judgement against", "a birth date")


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with quick_desks(), pages.prepared():
        yield


def filed(minute: int, key: str, *said: tuple[str, str], label: str = "S", by: object = EMMA) -> Act:
    """A report of one record."""
    text = f"{minute} {' '.join(value for _, value in said)}"
    sayings = tuple(Saying(key, PERSON, prop, value) for prop, value in said)
    return Act("file", minute, by=by, label=label, paper=Paper("A meet", text, "HERON", "", ""), said=sayings)  # type: ignore[arg-type]


def world(device: str, chance: Random) -> tuple[Script, Script]:
    """A low script with two subjects of a few records each, and the secret that joins or splits them."""
    one, other = chance.sample(NAMES, 2)
    if device in ("a judgement against", "a birth date"):
        other = one
    low = [
        filed(5, "a", ("name", one), ("idNumber", "X12345")),
        filed(15, "b", ("name", other), *((("birthDate", "1961-04-17"),) if device == "a birth date" else ())),
        filed(25, "c", ("name", one)),
        Act("look", 27, by=EMMA, words=one),
        filed(35, "d", ("name", other)),
    ]
    label, minute = chance.choice(HIGH_LABELS), chance.choice((1, 16, 40))
    hidden = {
        "a record with both names": filed(minute, "e", ("name", one), ("alias", other), label=label, by=KARINA),
        "a number in common": filed(minute, "b", ("idNumber", "X12345"), label=label, by=KARINA),
        "a judgement": Act("judge", 41, label=label, pair=("a", "b"), words="same"),
        "a judgement against": Act("judge", 41, label=label, pair=("a", "b"), words="different"),
        "a birth date": filed(minute, "a", ("birthDate", "1988-09-02"), label=label, by=KARINA),
    }
    return tuple(low), (hidden[device],)


@pytest.mark.parametrize("device", DEVICES)
def test_it_shows_to_whoever_may_see_what_it_rests_on(device: str) -> None:
    low, secret = world(device, Random(device))
    plain, mixed = play(low), play(low, tuple(replace(each, minute=41) for each in secret))
    heads = []
    for played, reader in ((plain, KARINA), (mixed, KARINA), (mixed, EMMA)):
        view = played.desk.view(reader, asking=Question("who"))
        partition = view.derived(Partition)
        heads.append([partition.head_of(subject_id(each)) for each in "abcd"])
    assert heads[0] == heads[2]
    assert heads[1] != heads[0]
    seen = [each.desk.view(KARINA, asking=Question("feed")).derived(History).events for each in (plain, mixed)]
    assert seen[0] != seen[1]
    done(plain, mixed)


@pytest.mark.parametrize("device", DEVICES)
def test_it_shows_to_nobody_else(device: str) -> None:
    for seed in range(3):
        chance = Random(f"{device} {seed}")
        low, secret = world(device, chance)
        looked = (*secret, replace(low[3], by=KARINA, minute=45))
        worlds: list[Sides] = [(low, ()), (low, looked)]
        assert apart(worlds) == ""


@pytest.mark.parametrize("device", first(DEVICES))
def test_no_page_shows_it_to_anybody_else(device: str) -> None:
    low, secret = world(device, Random(f"{device} 0"))
    assert apart([(low, ()), (low, secret)], pages.transcript, (EMMA,)) == ""
