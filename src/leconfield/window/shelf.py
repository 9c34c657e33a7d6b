"""The shelf: what came in from the inside is verified, kept, and told from it what may be shown at a moment.

Bundles lie under their digests, orders under what they are about; taking the same file in again changes nothing.
A withdrawn release is not only hidden: its bundle is removed from the shelf.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from leconfield.errors import LeconfieldError
from leconfield.gate.bundles.keys import Key
from leconfield.gate.bundles.orders import ENDING as ORDER
from leconfield.gate.bundles.sealed import verify
from leconfield.gate.bundles.taking import ENDING as BUNDLE
from leconfield.gate.bundles.taking import loaded
from leconfield.window import reading, writing
from leconfield.window.orders import Orders
from leconfield.window.spool import Spool
from leconfield.window.told import Shown, Told, key_of

_NEVER: Final = datetime(1, 1, 1, tzinfo=UTC)
AGAIN: Final = timedelta(seconds=10)
"""After so long it is tried again to take or read what this machine would not let us."""
_FRESH_NS: Final = 50_000_000
"""A folder that changed so shortly before it was read may change again within the same tick of its clock."""


@dataclass(slots=True)
class Shelf:
    """What was taken in. Safe to use from several threads, and from several processes on one folder."""

    folder: Path
    spool: Spool
    trusted: tuple[Key, ...]
    _seen: tuple[int, ...] = ()
    _whole: dict[str, Told] = field(default_factory=dict)
    """Verified bundles by the names of their files."""
    _gone: dict[str, str] = field(default_factory=dict)
    _orders: Orders | None = None
    """The orders; none before something was read at all."""
    _again: datetime | None = None
    """When what could not be read is tried again."""
    _shown: Shown | None = None
    _since: datetime = _NEVER
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def releases(self) -> Path:
        """Where bundles are kept, under their digests."""
        return self.folder / "releases"

    @property
    def orders(self) -> Path:
        """Where orders are kept, by kind and by what they are about."""
        return self.folder / "orders"

    def shown(self, moment: datetime) -> Shown:
        """What may be shown at a moment; what lies in the spool by now is taken in first.

        Raises:
            OSError: if nothing was ever read here, and nothing can be.
        """
        with self._lock:
            if self._stamps() != self._seen or (self._again is not None and moment >= self._again):
                self._refresh(moment)
            kept = self._shown
            if kept is not None and self._since <= moment and (kept.until is None or moment < kept.until):
                return kept
            self._shown, self._since = self._at(moment), moment
            return self._shown

    def _stamps(self) -> tuple[int, ...]:
        folders = (self.spool.in_, self.releases, self.orders)
        return tuple(map(_changed, folders))

    def _refresh(self, moment: datetime) -> None:
        """Take in and read; where this machine would not let us, what was known stands, and it is tried again."""
        try:
            whole = self._read_anew(moment.date().isoformat())
        except OSError as error:
            if self._orders is None:
                raise
            self.spool.tell(Path(str(error.filename or self.folder)), f"the shelf could not be read ({error.strerror})")
            self._orders.stop()
            whole = False
        stamps = self._stamps()
        now = datetime.now(UTC).timestamp() * 1e9
        self._seen = stamps if all(each + _FRESH_NS < now for each in stamps) else ()
        self._again = None if whole else moment + AGAIN
        self._shown = None

    def _read_anew(self, day: str) -> bool:
        """Whether nothing was left over that should be tried again."""
        for each in (self.releases, self.orders, self.spool.in_):
            each.mkdir(parents=True, exist_ok=True)
        orders = self._orders or Orders(self.orders, self.folder / "serials", self.spool, self.trusted)
        with self._alone():
            untaken = self._take_in(orders, day)
            whole = self._read()
            whole &= orders.read(untaken, day)
        self._orders = orders
        return whole and not untaken

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time takes in: an older order must not overtake a newer one."""
        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _take_in(self, orders: Orders, day: str) -> tuple[str, ...]:
        """Names of the files that this machine would not let us take, as for want of rights or of room."""
        left = []
        for file in sorted(self.spool.in_.iterdir()):
            if file.name.startswith(".") or not file.name.endswith((BUNDLE, ORDER)):
                continue
            try:
                if file.is_file():
                    self._take(orders, file, day)
            except OSError as error:
                self.spool.tell(file, f"it could not be taken in ({error.strerror}); see to that, it is tried again")
                left.append(file.name)
        return tuple(left)

    def _take(self, orders: Orders, file: Path, day: str) -> None:
        try:
            if file.name.endswith(BUNDLE):
                self._take_bundle(file, day)
            else:
                orders.take(file, day)
        except LeconfieldError as fault:
            self.spool.refuse(file, str(fault))
        else:
            self.spool.remove(file)

    def _take_bundle(self, file: Path, day: str) -> None:
        packed = loaded(file)
        bundle = verify(packed, self.trusted, where=file.name)
        reading.check(bundle)
        target = self.releases / f"{bundle.digest}{BUNDLE}"
        if not target.exists():
            writing.put(target, packed, day)

    def _read(self) -> bool:
        """Read the bundles that are not known yet; whether all could be read."""
        files = {each.name: each for each in self.releases.glob(f"*{BUNDLE}")}
        self._whole = {name: told for name, told in self._whole.items() if name in files}
        whole = True
        for name in sorted(files.keys() - self._whole.keys()):
            try:
                self._keep(files[name])
            except LeconfieldError as fault:
                self.spool.refuse(files[name], str(fault))
            except OSError as error:
                self.spool.tell(files[name], f"it could not be read, and is not shown ({error.strerror})")
                whole = False
        for name in [name for name, told in self._whole.items() if told.release in self._gone]:
            del self._whole[name]
            self.spool.remove(files[name])
        return whole

    def _keep(self, file: Path) -> None:
        """Know the bundle in a kept file, which is verified again."""
        bundle = verify(loaded(file), self.trusted, where=file.name)
        day = datetime.fromtimestamp(file.stat().st_mtime, UTC).date().isoformat()
        if bundle.manifest.withdraws:
            self._gone[bundle.manifest.release] = min(day, self._gone.get(bundle.manifest.release, day))
        else:
            self._whole[file.name] = reading.told(bundle, file, day)

    def _at(self, moment: datetime) -> Shown:
        told = {each.release: each for _, each in sorted(self._whole.items(), reverse=True)}
        orders = self._orders.standing if self._orders is not None else {}
        dated = [reading.dated(each, orders.get("release", {}).get(each.release)) for each in told.values()]
        over = [each for each in dated if each.instant <= moment]
        newest = tuple(sorted(over, key=lambda each: (-each.instant.timestamp(), each.release)))
        ahead = [each.instant for each in dated if each.instant > moment]
        gone = reading.days_of_withdrawals(self._gone, orders.get("withdrawal-notice", {}))
        shown = Shown(newest, gone, orders, until=min(ahead, default=None))
        return replace(shown, key=key_of(newest, gone, orders))


def _changed(folder: Path) -> int:
    """When something was last put into a folder or taken out, in ns; 0 if it cannot be looked at."""
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116 - asked for each request, and half as dear
    except OSError:
        return 0
