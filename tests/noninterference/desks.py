"""Plays scripts on desks: the same low acts at the same moments, with and without secrets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Final

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, event

from leconfield.desk.interest import standing, watch_rules
from leconfield.errors import LeconfieldError
from leconfield.intake import loading, service
from leconfield.intake.filing import Terms
from leconfield.intake.search import search
from leconfield.intake.tables import saved_mapping
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Question, Reader
from leconfield.ledger.stores import sqlite
from leconfield.network import expansion, exports
from leconfield.network.atlas import Atlas
from leconfield.network.graph import Graph
from leconfield.registry.history import History
from leconfield.registry.mentions import KnownNames
from leconfield.registry.query import parse_query
from leconfield.registry.resolution import Partition
from leconfield.registry.trace import trace
from tests.ledger.desks import EMMA, KEYS
from tests.noninterference import covert, drawn, gating, windowing
from tests.noninterference.acts import ANN, KARINA, Act, Script, moment, subject_id

OFFICERS: Final = (EMMA, ANN, KARINA)
PASSWORD: Final = "a long password"
_CALLS: Final = b"caller,callee,time\n+447700900111,+447700900112,2026-02-01 10:00\n"


class Clock:
    """Shows what the script says: no look at it moves it."""

    def __init__(self) -> None:
        self.minute = 0

    def __call__(self) -> datetime:
        return moment(self.minute)


@contextmanager
def cheap_passwords() -> Iterator[None]:
    """Hashing that takes no time: what is tested here is what signing in tells, not how long a guess takes."""
    before = accounts.hasher
    accounts.hasher = lru_cache(lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    accounts._nobodys_hash.cache_clear()
    try:
        yield
    finally:
        accounts.hasher = before
        accounts._nobodys_hash.cache_clear()


@lru_cache
def _password_hash() -> str:
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def enrolment(reader: Reader) -> Draft:
    """The draft that enrols the reader, or changes what he holds."""
    body = {"persona": reader.persona, "password": _password_hash(), "tokens": " ".join(sorted(reader.tokens))}
    return Draft(accounts.ENROLLED, accounts.LABEL, about=reader.name, body={**body, "roles": ""})


class _Engines:
    """Engines that are used again: SQLAlchemy compiles its SQL once per engine, which is most of a small world's time.

    Every desk gets a new database all the same, in memory, from an image in which everybody is enrolled already.
    """

    def __init__(self) -> None:
        self._free: list[Engine] = []
        self._image = b""
        self._make = sqlite._engine

    def lease(self, path: Path | None) -> Engine:
        if path is not None:
            return self._make(path)
        if self._free:
            return self._free.pop()
        engine = self._make(None)
        event.listen(engine, "connect", lambda driver, _record: self._image and driver.deserialize(self._image))
        return engine

    def give_back(self, desk: Desk) -> None:
        desk.close()
        self._free.append(desk._store._engine)

    def take_image(self) -> None:
        desk = Desk.in_memory(KEYS, Clock())
        desk.append(accounts.KEEPER, [enrolment(each) for each in OFFICERS])
        self._image = sqlite._driver(desk._store._reading).serialize()
        self.give_back(desk)


_ENGINES: Final = _Engines()


@contextmanager
def quick_desks() -> Iterator[None]:
    """Desks that are made in a millisecond; within it, give back each with `done`."""
    sqlite._engine = _ENGINES.lease
    try:
        if not _ENGINES._image:
            _ENGINES.take_image()
        with cheap_passwords(), pytest.MonkeyPatch.context() as patch:
            gating.bits_kept(patch)
            windowing.open_house(patch)
            yield
    finally:
        sqlite._engine = _ENGINES._make


def done(*played: Played) -> None:
    """Let go of the desks."""
    for each in played:
        _ENGINES.give_back(each.desk)


@dataclass
class Played:
    """A desk on which a script was played, and what the low side was told while it acted."""

    desk: Desk
    told: list[tuple[str, object]] = field(default_factory=list)
    bits: dict[Act, list[str]] = field(default_factory=dict)
    """What the full checks of an act of the low side told beyond the view of whoever asked."""
    bits_above: dict[Act, list[str]] = field(default_factory=dict)
    """The same of the high side's acts."""


def play(low: Script, secret: Script = (), make: Callable[[Clock], Desk] | None = None) -> Played:
    """Play both sides on a new desk; `told` is what the low side heard."""
    clock = Clock()
    desk = make(clock) if make else Desk.in_memory(KEYS, clock)
    if make:
        desk.append(accounts.KEEPER, [enrolment(each) for each in OFFICERS])
    played = Played(desk)
    acts = [(each, False) for each in low] + [(each, True) for each in secret]
    for act, hidden in sorted(acts, key=lambda pair: (pair[0].minute, pair[1] and not pair[0].first)):
        clock.minute = act.minute
        before = len(gating.BITS.of(desk))
        answer = _outcome(desk, act)
        if not hidden:
            played.told.append((f"{act.kind} at {act.minute}", answer))
        if told := gating.BITS.of(desk)[before:]:
            (played.bits_above if hidden else played.bits).setdefault(act, []).extend(told)
    clock.minute = 10_000
    return played


def _outcome(desk: Desk, act: Act) -> object:
    """What whoever acts is told."""
    try:
        return _done(desk, act)
    except LeconfieldError as error:
        return type(error).__name__, str(error)


def _done(desk: Desk, act: Act) -> object:
    if act.kind == "look":
        return glance(desk, act.by, act.words)
    if act.kind == "sign in":
        return desk.sign_in(act.words, "not the password")
    if act.kind == "enrol":
        return desk.append(accounts.KEEPER, [enrolment(Reader(act.words, "Somebody", frozenset({act.label})))])
    terms = Terms(source="HERON", label=act.label)
    if act.kind in ("table", "segment"):
        limit = 0 if act.kind == "segment" else loading.SEGMENT_ROWS
        mapping = saved_mapping("calls")
        return loading.load_table(desk, act.by, f"{act.words}.csv", _CALLS, mapping, terms, segment_rows=limit)
    if act.kind == "intake":
        return service.file_bytes(desk, act.by, "note.txt", act.words.encode(), terms)
    if act.kind == "chart":
        return desk.append(act.by, drawn.saved(Random(act.words), act.label, subject_id(act.pair[0])))
    if act.kind == "covert":
        return covert.done(desk, act.by, act.label, act.pair[0], act.words)
    if act.kind == "gate":
        return gating.done(desk, act.by, act.label, *act.pair, act.words)
    if act.kind == "window":
        return windowing.done(desk, act.by, act.label, *act.pair, act.words)
    draft = act.draft()
    if draft.report is not None:
        desk.keep(draft.report.text.encode())
    return desk.append(act.by, [draft])


def glance(desk: Desk, reader: Reader, words: str) -> object:
    """A few of everything: it warms whatever is computed once and grown later."""
    now = desk.view(reader, asking=Question("glance", words))
    partition = now.derived(Partition)
    now.derived(KnownNames)
    now.derived(History)
    raised = standing.raised(now), watch_rules.raised(now)
    for each in now.reports():
        desk.view(reader, asking=Question("report", each.id))
    graph = Graph(now.world, partition)
    return (
        [each.id for each in now.reports()],
        search(now, words),
        trace(now.world, parse_query(words)),
        partition.subjects(),
        partition.proposals(),
        now.derived(Atlas).spots(),
        exports.csv_table(expansion.whole(graph), exports.Heading(now.marking.words, "")),
        desk.view(reader, moment(20), asking=Question("glance", words)).reports(),
        raised,
    )
