"""The store of deliveries: every change is on the disk, with the step that tells of it, before anything follows."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from leconfield.errors import DamagedError
from leconfield.gate.bundles.deliveries import State
from leconfield.window.publishing import rules
from leconfield.window.publishing.model import Delivery, Step
from leconfield.window.publishing.trouble import Kind
from leconfield.window.store import Store, open_store

FILE: Final = "deliveries.db"
SCHEMA: Final = """
create table if not exists deliveries (
    release text not null, channel text not null, state text not null, step integer not null, since text not null,
    due text not null, why text not null, attempt integer not null, tries integer not null, beneath text not null,
    container text not null, words text not null, intent text, before text not null, media text not null,
    address text not null, stuck text, primary key (release, channel)
) strict;
create table if not exists steps (
    release text not null, channel text not null, number integer not null, state text not null, at text not null,
    why text not null, address text not null, told integer not null default 0,
    primary key (release, channel, number)
) strict;
create table if not exists openings (
    name text primary key, release text not null, member text not null, channel text not null
) strict;
create table if not exists comments (
    short text primary key, channel text not null, native text not null, release text not null, media text not null,
    name text not null, words text not null, day text not null, parent text not null,
    by_stop integer not null default 0, serial integer not null default -1, told integer not null default 0
) strict;
create table if not exists outcomes (
    short text not null, serial integer not null, result text not null, why text not null, day text not null,
    told integer not null default 0, primary key (short, serial, result)
) strict;
create index if not exists comments_of_media on comments (channel, media);
create table if not exists closed (channel text not null, media text not null, primary key (channel, media)) strict;
create table if not exists webhooks (digest text primary key, day text not null) strict;
create table if not exists wakes (name text primary key, due text not null, tries integer not null default 0) strict;
"""
_COLUMNS: Final = (
    "release",
    "channel",
    "state",
    "step",
    "since",
    "due",
    "why",
    "attempt",
    "tries",
    "beneath",
    "container",
    "words",
    "intent",
    "before",
    "media",
    "address",
    "stuck",
)
_MOMENTS: Final = ("since", "due", "intent", "stuck")
_PUT: Final = f"insert or replace into deliveries ({', '.join(_COLUMNS)}) values ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608
_DECIDED_BEFORE: Final = "a person decided on it before, and this store does not know what came of it: decide again"
_FIRST_WAIT: Final = timedelta(minutes=1)
_STEP: Final = "insert into steps (release, channel, number, state, at, why, address) values (?, ?, ?, ?, ?, ?, ?)"


def written(moment: datetime) -> str:
    """A moment as it is kept: UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True)
class Opening:
    """An address under which one picture can be fetched while a platform needs it."""

    name: str
    """32 hexadecimal digits at random, and `.jpg` or `.png`."""
    release: str
    member: str


class Deliveries:
    """All deliveries of a window. The publisher alone writes them, and is alone: it keeps what it wrote at hand."""

    def __init__(self, path: Path) -> None:
        self.store: Store = open_store(path, SCHEMA)
        with self.store() as opened:
            found = map(_delivery, opened.execute("select * from deliveries").fetchall())
            self._at_hand = {(each.release, each.channel): each for each in found}

    def all(self) -> tuple[Delivery, ...]:
        """Every delivery, in an order that does not change."""
        return tuple(self._at_hand[each] for each in sorted(self._at_hand))

    def get(self, release: str, channel: str) -> Delivery | None:
        """The delivery of a release on a channel, if there is one."""
        return self._at_hand.get((release, channel))

    def enlist(
        self, release: str, channel: str, now: datetime, *, beneath: str = "", decided: bool = False
    ) -> Delivery:
        """The delivery of a release on a channel, made if there is none yet.

        `decided`: a person has decided on it, so a store that was lost knew it, and he is asked again.
        """
        if (release, channel) not in self._at_hand:
            state, why = (State.MANUAL, _DECIDED_BEFORE) if decided else (State.QUEUED, "")
            made = Delivery(release, channel, state, rules.next_step(0, now), now, now, why, beneath=beneath)
            self._write(made, made)
        return self._at_hand[release, channel]

    def keep(self, delivery: Delivery) -> Delivery:
        """Write down what is no step: when it is due, how often it was tried."""
        return self._write(delivery, None)

    def _write(self, delivery: Delivery, step: Delivery | None) -> Delivery:
        with self.store() as opened:
            _put(opened, delivery)
            if step is not None:
                _tell(opened, step)
        self._at_hand[delivery.release, delivery.channel] = delivery
        return delivery

    def move(self, delivery: Delivery, to: State, now: datetime, why: str = "") -> Delivery:
        """A step to another state, or to the same with another reason; the same with the same reason is none.

        Raises:
            DamagedError: if nothing leads there.
        """
        if to is delivery.state and why == delivery.why:
            return self.keep(delivery)
        if to is not delivery.state and to not in rules.EDGES[delivery.state]:
            raise DamagedError(f"delivery {delivery.release}: nothing leads from {delivery.state} to {to}")
        made = replace(delivery, state=to, why=why, step=rules.next_step(delivery.step, now))
        if to is not delivery.state:
            made = replace(made, since=now, stuck=None)
        return self._write(made, replace(made, since=now))

    def untold(self) -> tuple[Step, ...]:
        """Steps that the inside was not told."""
        with self.store() as opened:
            rows = opened.execute("select * from steps where told = 0 order by at, release, channel, number").fetchall()
        return tuple(
            Step(
                each["release"],
                each["channel"],
                each["number"],
                State(each["state"]),
                datetime.fromisoformat(each["at"]),
                each["why"],
                each["address"],
            )
            for each in rows
        )

    def told(self, step: Step) -> None:
        """Remember that the inside was told."""
        with self.store() as opened:
            opened.execute(
                "update steps set told = 1 where release = ? and channel = ? and number = ?",
                (step.release, step.channel, step.number),
            )

    # Pictures that a platform fetches

    def open(self, release: str, channel: str, members: Iterable[str]) -> tuple[Opening, ...]:
        """Open an address nobody can guess for each picture, in their order."""
        ends = {"png": "png"}
        made = [
            Opening(f"{secrets.token_hex(16)}.{ends.get(each.rpartition('.')[2], 'jpg')}", release, each)
            for each in members
        ]
        with self.store() as opened:
            opened.execute("delete from openings where release = ? and channel = ?", (release, channel))
            opened.executemany(
                "insert into openings (name, release, member, channel) values (?, ?, ?, ?)",
                [(each.name, each.release, each.member, channel) for each in made],
            )
        return tuple(made)

    def close(self, release: str, channel: str) -> None:
        """Close the addresses of a delivery."""
        with self.store() as opened:
            opened.execute("delete from openings where release = ? and channel = ?", (release, channel))

    def close_all(self) -> None:
        """Close every address."""
        with self.store() as opened:
            opened.execute("delete from openings")

    def opening(self, name: str) -> Opening | None:
        """What is to be had under an address; None: nothing."""
        with self.store() as opened:
            row = opened.execute("select * from openings where name = ?", (name,)).fetchone()
        return Opening(row["name"], row["release"], row["member"]) if row else None

    # When something is next looked at

    def due(self, name: str) -> datetime:
        """When it is next time for something; the beginning of time if it never was."""
        with self.store() as opened:
            row = opened.execute("select due from wakes where name = ?", (name,)).fetchone()
        return datetime.fromisoformat(row["due"]) if row else datetime.min.replace(tzinfo=UTC)

    def ripe(self, name: str, now: datetime, longest: timedelta = rules.LATER) -> bool:
        """Whether it is time for something that is put off for so long at most."""
        return rules.ripe(self.due(name), now, longest)

    def put_off(self, name: str, now: datetime) -> int:
        """Have something that went wrong wait: a minute, five times as long each time, half an hour at most.

        How often it went wrong by now.
        """
        with self.store() as opened:
            row = opened.execute("select tries from wakes where name = ?", (name,)).fetchone()
            tries = 1 + (row["tries"] if row else 0)
            until = written(now + rules.wait(Kind.AGAIN, _FIRST_WAIT, tries))
            opened.execute("insert or replace into wakes (name, due, tries) values (?, ?, ?)", (name, until, tries))
        return tries

    def forget(self, name: str) -> None:
        """It went well, or is given up: nothing is to be waited for."""
        with self.store() as opened:
            opened.execute("delete from wakes where name = ?", (name,))

    def postpone(self, name: str, until: datetime) -> None:
        """Not before then."""
        with self.store() as opened:
            opened.execute("insert or replace into wakes (name, due) values (?, ?)", (name, written(until)))


def _put(opened: sqlite3.Connection, its: Delivery) -> None:
    values: dict[str, Any] = {name: getattr(its, name) for name in _COLUMNS}
    values |= {"state": its.state.value, "before": json.dumps(list(its.before))}
    for name in _MOMENTS:
        values[name] = written(values[name]) if values[name] else None
    opened.execute(_PUT, [values[name] for name in _COLUMNS])


def _tell(opened: sqlite3.Connection, its: Delivery) -> None:
    told = (its.release, its.channel, its.step, its.state.value, written(its.since), its.why, its.address)
    opened.execute(_STEP, told)


def _delivery(row: sqlite3.Row) -> Delivery:
    found = {name: row[name] for name in _COLUMNS}
    found |= {"state": State(row["state"]), "before": tuple(json.loads(row["before"]))}
    for name in _MOMENTS:
        found[name] = datetime.fromisoformat(row[name]) if row[name] else None
    return Delivery(**found)
