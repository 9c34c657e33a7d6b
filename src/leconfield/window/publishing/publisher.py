"""The publisher: turn by turn it reads what the inside wants, carries every delivery on, and tells how it stands."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from leconfield.errors import DamagedError, LeconfieldError, RefusedError
from leconfield.gate.bundles.channels import SITE
from leconfield.gate.bundles.deliveries import (
    ALL,
    RESOLUTION,
    STOP,
    TO_CHANNELS,
    State,
    Told,
    channels_in,
    key_of,
    resolution_in,
    stop_in,
    told_box,
)
from leconfield.window.config import Config
from leconfield.window.house import Clock, shelf_of, utc_now
from leconfield.window.publishing import rules
from leconfield.window.publishing.attempts import Attempts
from leconfield.window.publishing.carrying import Carrier
from leconfield.window.publishing.deliveries import FILE, Deliveries
from leconfield.window.publishing.failing import reach
from leconfield.window.publishing.hearing import LISTENED, Ear
from leconfield.window.publishing.model import Delivery
from leconfield.window.publishing.moderating import Moderator
from leconfield.window.publishing.settings import Settings, settings_of
from leconfield.window.publishing.trouble import TroubleError
from leconfield.window.shelf import Shelf
from leconfield.window.spool import Outbox
from leconfield.window.told import PUBLIC, Shown
from leconfield.window.told import Told as Release

REFRESHED: Final = timedelta(days=1)
"""How often it is looked whether a token is to be renewed."""
_BEFORE_PUBLIC: Final = (State.QUEUED, State.SUBMITTED, State.PROCESSING)
_TAKEN_OFF: Final = "the channel was taken off before it went out"
_WITHDRAWN: Final = "its release was withdrawn"
BY_HAND: Final = f"{_WITHDRAWN}: delete the post in the app (the platform lets no program do it), then say so here"


@dataclass(frozen=True, slots=True)
class Publisher:
    """The publisher of one window."""

    shelf: Shelf
    outbox: Outbox
    kept: Deliveries
    settings: Settings
    url: str
    clock: Clock = utc_now

    def turn(self) -> None:
        """Everything that is due now, once; what goes wrong with one thing keeps no other from its turn.

        Raises:
            ExceptionGroup: of all that went wrong, once everything else is done.
        """
        now, attempts = self.clock(), Attempts()
        ear = Ear(self.settings.channels, self.kept, self.outbox, now)
        shown = attempts(self.shelf.shown, now)
        moderator = Moderator(self.settings.channels, self.kept, self.outbox, now)
        if shown is not None:
            self._follow(shown, moderator, now, attempts)
        attempts(ear.listen)
        attempts(self._refresh, now)
        attempts(ear.tell)
        attempts(moderator.tell)
        attempts(self.report)
        attempts.end()

    def _follow(self, shown: Shown, moderator: Moderator, now: datetime, attempts: Attempts) -> None:
        """Do what the inside wants by now."""
        stopped = _stopped(shown)
        if stopped:
            attempts(self.kept.close_all)
        attempts(moderator.obey, shown, stopped=stopped)  # first: what is let go on must not undo what was decided
        attempts(moderator.hush if stopped else moderator.speak)
        told = {each.release: each for each in shown.releases_ if each.audience == PUBLIC}
        attempts(self._enlist, told, shown, now)
        attempts(self._take_back, shown, now)
        attempts(self._resolve, shown, now)
        for each in self.kept.all():
            if rules.ripe(each.due, now) and not (stopped and each.state in _BEFORE_PUBLIC):
                attempts(self._carry_or_say, each, told.get(each.release), now)

    def _carry_or_say(self, its: Delivery, told: Release | None, now: datetime) -> None:
        try:
            self._carry(its, told, now)
        except Exception as error:
            its = self.kept.get(its.release, its.channel) or its
            what = str(error) if isinstance(error, LeconfieldError) else type(error).__name__
            why = f"the publisher could not go on with it ({what}); it tries again, and its log says more"
            self.kept.move(replace(its, due=now + rules.LATER), its.state, now, why)
            raise

    def _enlist(self, told: Mapping[str, Release], shown: Shown, now: datetime) -> None:
        wanted = _wanted(shown)
        for release, channels in wanted.items():
            for channel in channels if release in told else ():
                self._enlist_one(release, channel, shown, now)
            reach("enlisted")
        for each in self.kept.all():
            if each.state in _BEFORE_PUBLIC and not _named(each, wanted):
                self._hold_back(each, _TAKEN_OFF, now)

    def _hold_back(self, its: Delivery, why: str, now: datetime) -> None:
        """It does not go out. Where that was begun, and said to have come too early, the platform is read first."""
        self.kept.close(its.release, its.channel)
        self.kept.move(replace(its, due=now), State.AMBIGUOUS if rules.begun(its) else State.REJECTED, now, why)

    def _enlist_one(self, release: str, channel: str, shown: Shown, now: datetime) -> None:
        if (known := self.kept.get(release, channel)) is not None:
            if known.state is State.REJECTED and known.why == _TAKEN_OFF:
                again = replace(known, attempt=known.attempt + 1, tries=0, due=now)
                self.kept.move(again, State.QUEUED, now, "the channel was chosen again")
            return
        decided = shown.order(RESOLUTION, key_of(release, channel)) is not None
        self.kept.enlist(release, channel, now, decided=decided)

    def _may(self, its: Delivery) -> bool:
        """Whether it may go out now: a stop, a withdrawal, another choice may have crossed since the turn began."""
        shown = self.shelf.shown(self.clock())
        return shown.told(its.release) is not None and not _stopped(shown) and _named(its, _wanted(shown))

    def _take_back(self, shown: Shown, now: datetime) -> None:
        """Withdrawn releases: what has not gone out does not; what is public must be deleted by a person."""
        for each in self.kept.all():
            if each.release not in shown.withdrawn:
                continue
            self.kept.close(each.release, each.channel)
            if each.state in _BEFORE_PUBLIC:
                self._hold_back(each, f"{_WITHDRAWN} before it went out", now)
            elif each.state is State.LIVE and each.channel == SITE:
                self.kept.move(
                    replace(each, address=""), State.REJECTED, now, f"{_WITHDRAWN}: our site shows it no more"
                )
            elif each.state is State.LIVE:
                self.kept.move(replace(each, due=now + rules.LATER), State.MANUAL, now, BY_HAND)

    def _resolve(self, shown: Shown, now: datetime) -> None:
        for order in shown.orders(RESOLUTION).values():
            try:
                decision = resolution_in(order)
            except DamagedError:
                continue
            its = self.kept.get(decision.release, decision.channel)
            to = rules.decided(its, decision) if its else None
            if its is None or to is None:
                continue
            if to is State.QUEUED:
                its = replace(its, attempt=its.attempt + 1, tries=0, due=now)
                self.kept.move(its, to, now, "a person decided: it is not there; it is sent anew")
            elif to is State.LIVE:
                its = replace(its, address=decision.address, due=now)
                self.kept.move(its, to, now, "a person decided: it is there")
            else:
                self.kept.move(its, to, now, "a person decided: it is not there, and shall not be")

    def _carry(self, its: Delivery, told: Release | None, now: datetime) -> None:
        if its.channel == SITE:
            if its.state is State.QUEUED and told is not None:
                part = "stories" if told.form == "story" else "news"
                its = replace(its, address=f"{self.url}/{part}/{its.release}")
                self.kept.move(its, State.LIVE, now)
            return
        channel = self.settings.channels.get(its.channel)
        if channel is None:
            if its.state in _BEFORE_PUBLIC:
                why = f"this window has no account there: write [{its.channel}] into its window.toml, then send it anew"
                self.kept.move(its, State.MANUAL, now, why)
            return
        carrier = Carrier(channel, self.kept, now, self.settings.poll, self._address, self._may)
        if its.state is State.LIVE:
            if not rules.past(its.since, now, LISTENED):
                carrier.look_up(its)
            return
        carrier.carry(its, told)

    def _address(self, opening: str) -> str:
        return f"{self.settings.media_base}/m/{opening}"

    def _refresh(self, now: datetime) -> None:
        for name, channel in self.settings.channels.items():
            if not self.kept.ripe(f"token {name}", now, REFRESHED):
                continue
            self.kept.postpone(f"token {name}", now + REFRESHED)
            try:
                channel.refresh(now)
            except TroubleError:
                self.kept.postpone(f"token {name}", now + rules.LATER)

    def report(self) -> None:
        """Tell the inside every step that it was not told; what is told twice is known there by its id."""
        for each in self.kept.untold():
            at = each.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            self.outbox.put(
                told_box(Told(each.release, each.channel, each.number, each.state, at, each.why, each.address))
            )
            reach("told")
            self.kept.told(each)


def _stopped(shown: Shown) -> bool:
    return stop_in(shown.order(STOP, ALL))


def _wanted(shown: Shown) -> dict[str, tuple[str, ...]]:
    """The channels of each release that orders name; an order that cannot be read names none, and takes none off."""
    found: dict[str, tuple[str, ...]] = {}
    for release, order in shown.orders(TO_CHANNELS).items():
        with suppress(DamagedError):
            found[release] = channels_in(order)
    return found


def _named(its: Delivery, wanted: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether it was not taken off its channel. An answer has none: it goes beneath a comment."""
    return bool(its.beneath) or its.release not in wanted or its.channel in wanted[its.release]


def open_publisher(config: Config, clock: Clock = utc_now) -> Publisher:
    """The publisher of a window's configuration.

    Raises:
        BadInputError: if its configuration will not do.
    """
    shelf = shelf_of(config)
    outbox = Outbox(shelf.spool, config.recipients)
    return Publisher(shelf, outbox, Deliveries(store_of(config.folder)), settings_of(config), config.url, clock)


def store_of(folder: Path) -> Path:
    """Where a window's deliveries are kept."""
    return folder / "store" / FILE


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only publisher of a window.

    Raises:
        RefusedError: if another one runs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".publishing").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RefusedError(f"{folder}: another publisher runs on this window; stop it first") from None
        yield
