"""How long an answer takes tells nothing: the work depends on what the reader may see, and on nothing else.

After dudect (Reparaz, Balasch, Verbauwhede 2017): two desks on disk with the same visible rows, one with 2,000 hidden
rows beside them that share the key that is asked for; reads of the two interleaved in random order, processor time (not
the clock: others use this machine). Where the objects of a world happen to lie in memory makes one copy of the same
world up to a hundredth faster than another, whatever is hidden; so a run takes the ratio of the medians over eight
worlds, each read anew, and asks whether those ratios differ from one: Student's t over the eight. A read is clean if
|t| < 4.5 and the ratio is less than a tenth off; it leaks if it is not clean in each of three runs: what a busy machine
brings once it does not bring three times.
"""

from __future__ import annotations

import gc
import math
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import fmean, median, stdev
from typing import Final

import pytest

from leconfield import app
from leconfield.intake.search import search
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Question
from leconfield.ledger.stores.sqlite import SqliteStore
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import PERSON
from leconfield.ledger.worlds import Worlds
from leconfield.registry.query import parse_query
from leconfield.registry.trace import TraceIndex, trace
from tests.ledger.desks import EMMA, KEYS
from tests.noninterference import pages
from tests.noninterference.acts import KARINA, Act, Paper, Saying, subject_id
from tests.noninterference.desks import Clock, enrolment, quick_desks

pytestmark = pytest.mark.long

SAMPLES: Final = int(os.environ.get("LECONFIELD_SAMPLES", "3000"))
"""Of each read on each desk; pages, and a world read from disk, take a fifth of them."""
HIDDEN: Final = 2000
VISIBLE: Final = 40
SURE_T: Final = 4.5
RATIO: Final = 1.1
RUNS: Final = 3
COPIES: Final = 8
"""Worlds read anew in each run, each at other places in memory."""
NAME: Final = "Ray Cassell"
PHONE: Final = "+447700900111"

Read = Callable[[], object]


def _acts(number: int, label: str) -> list[Draft]:
    """Statements that all share one record, one name and one phone with whatever else is on the desk."""
    drafts = []
    for place in range(number // 4):
        text = f"{NAME} was seen at Mill Lane. Sighting {label} {place}."
        said = (
            Saying("a", PERSON, "name", NAME, start=0, end=len(NAME)),
            Saying("a", PERSON, "phone", PHONE),
            Saying("a", PERSON, "met", f"m{place % 20}", link=True, held="2026-02-01"),
            Saying(f"m{place % 20}", PERSON, "name", f"John Smith {place % 20}"),
        )
        paper = Paper("Sighting", text, "HERON", "", "2026-02-01")
        drafts.append(Act("file", 1, label=label, paper=paper, said=said).draft())
    return drafts


@dataclass
class Pair:
    """The two desks: one with visible rows alone, one with hidden ones beside them."""

    plain: Desk
    mixed: Desk


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with quick_desks(), pages.prepared():
        desks = []
        for hidden in (0, HIDDEN):
            folder: Path = tmp_path_factory.mktemp("desk") / "desk"
            folder.mkdir()
            KEYS.save(folder / "keys")
            desk = Desk.open(folder, Clock(), creating=True)
            _fill(desk, hidden)
            desks.append(desk)
        yield Pair(*desks)
        for desk in desks:
            desk.close()


def _fill(desk: Desk, hidden: int) -> None:
    desk.append(accounts.KEEPER, [enrolment(EMMA)])
    half = _acts(VISIBLE, "S")
    for drafts in (half[:5], _acts(hidden, "S&AGENTS"), half[5:]):
        if drafts:
            desk.append(KARINA, drafts)


def _view(desk: Desk) -> View:
    return desk.view(EMMA, asking=Question("look"))


def _page(address: str) -> Callable[[Desk], Read]:
    def made(desk: Desk) -> Read:
        browser = pages.Browser(app.site(desk), EMMA.name)
        return lambda: browser.get(address)

    return made


def _seen(read: Callable[[View], object]) -> Callable[[Desk], Read]:
    """A read of a view that is open already: opening one is a read of its own here, and would drown the others."""

    def made(desk: Desk) -> Read:
        view = _view(desk)
        return lambda: read(view)

    return made


def _world_from_disk(desk: Desk) -> Read:
    return lambda: Worlds(desk._store, desk._segments).world(EMMA.tokens, None).by_subject


SUBJECT: Final = subject_id("a")
READS: Final[dict[str, tuple[Callable[[Desk], Read], int]]] = {
    "opening a view": (lambda desk: lambda: _view(desk), 1),
    "statements of a subject": (_seen(lambda view: view.statements(subject=SUBJECT)), 1),
    "who has a number": (_seen(lambda view: view.pointing_at(PHONE)), 1),
    "search": (_seen(lambda view: search(view, "mill lane")), 1),
    "trace": (_seen(lambda view: trace(view.world, parse_query(f"{NAME} {PHONE}"))), 1),
    "typing": (_seen(lambda view: view.derived(TraceIndex).suggest("cas")), 1),
    "a world read from disk": (_world_from_disk, 5),
    "page of a subject": (_page(f"/subjects/{SUBJECT}"), 5),
    "inbox": (_page("/reports"), 5),
    "chart": (_page(f"/chart/data?ids={SUBJECT}"), 5),
}
"""The ten hottest reads, and what part of the samples each takes."""


def leaks(made: Callable[[Desk], Read], pair: Pair, samples: int) -> str:
    """What the times of a read on the two desks tell, if they tell it in every run; empty if they do not."""
    told = ""
    for run in range(RUNS):
        told = _once(made, pair, samples, Random(run))
        if not told:
            return ""
    return told


def _once(made: Callable[[Desk], Read], pair: Pair, samples: int, chance: Random) -> str:
    ratios = [math.log(_ratio(*_anew(made, pair, chance), -(-samples // COPIES), chance)) for _ in range(COPIES)]
    t = fmean(ratios) / (stdev(ratios) / math.sqrt(COPIES))
    ratio = math.exp(fmean(ratios))
    apart = abs(t) >= SURE_T or not 1 / RATIO < ratio < RATIO
    print(f"t = {t:.1f}, ratio {ratio:.3f}")
    return f"t = {t:.1f}, ratio {ratio:.2f}" if apart else ""


def _anew(made: Callable[[Desk], Read], pair: Pair, chance: Random) -> tuple[Read, Read]:
    """The read on either desk over a world of its own, whichever of the two comes first into memory."""
    reads = {}
    for which in chance.sample((0, 1), 2):
        desk = (pair.plain, pair.mixed)[which]
        desk._worlds = Worlds(desk._store, desk._segments)
        reads[which] = made(desk)
    return reads[0], reads[1]


def _ratio(plain: Read, mixed: Read, samples: int, chance: Random) -> float:
    """The median time of the one read by that of the other, taken in turns."""
    times: tuple[list[int], list[int]] = ([], [])
    for read in (plain, mixed) * 5:
        read()
    gc.collect()
    gc.disable()
    try:
        for _ in range(samples):
            for which in chance.sample((0, 1), 2):
                read = (plain, mixed)[which]
                start = time.thread_time_ns()
                read()
                times[which].append(time.thread_time_ns() - start)
    finally:
        gc.enable()
    return median(times[1]) / median(times[0])


@pytest.mark.parametrize("name", READS)
def test_the_time_of_an_answer_tells_nothing_of_what_is_hidden(name: str, pair: Pair) -> None:
    made, share = READS[name]
    assert made(pair.plain)() is not None
    assert leaks(made, pair, SAMPLES // share) == ""


def test_an_index_without_the_label_is_found(pair: Pair) -> None:
    def without(desk: Desk) -> Read:
        seen, index = _view(desk).world.statements, desk._worlds.world(KARINA.tokens, None).by_subject
        return lambda: [each.id for each in index[SUBJECT] if each.id in seen]

    assert without(pair.plain)() == without(pair.mixed)() != []
    assert leaks(without, pair, 300) != ""


def test_a_table_scanned_before_the_label_is_looked_at_is_found(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    before = SqliteStore.between

    def between(store: SqliteStore, kind: str, label_id: int, after: int, upto: int) -> object:
        every = [row for each in store.labels() for row in before(store, kind, each, 0, upto)]
        return [row for row in every if row["label_id"] == label_id and row["seq"] > after]

    monkeypatch.setattr(SqliteStore, "between", between)
    made, _ = READS["a world read from disk"]
    assert leaks(made, pair, 20) != ""
