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
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from leconfield.errors import LeconfieldError
from leconfield.gate.bundles import orders as order_files
from leconfield.gate.bundles.keys import Key
from leconfield.gate.bundles.orders import Order
from leconfield.gate.bundles.sealed import Bundle, verify
from leconfield.gate.bundles.taking import ENDING as BUNDLE
from leconfield.gate.bundles.taking import loaded
from leconfield.window import reading, writing
from leconfield.window.spool import Spool
from leconfield.window.told import Shown, Told, key_of

_NEVER: Final = datetime(1, 1, 1, tzinfo=UTC)
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
    _orders: dict[str, dict[str, Order]] = field(default_factory=dict)
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
        """What may be shown at a moment; what lies in the spool by now is taken in first."""
        with self._lock:
            if self._stamps() != self._seen:
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
        for each in (self.releases, self.orders, self.spool.in_):
            each.mkdir(parents=True, exist_ok=True)
        with self._alone():
            self._take_in(moment)
            self._read()
        stamps = self._stamps()
        now = datetime.now(UTC).timestamp() * 1e9
        self._seen = stamps if all(each + _FRESH_NS < now for each in stamps) else ()
        self._shown = None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time takes in: an older order must not overtake a newer one."""
        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _take_in(self, moment: datetime) -> None:
        day = moment.date().isoformat()
        for file in sorted(self.spool.in_.iterdir()):
            if file.name.startswith(".") or not file.is_file():
                continue
            try:
                if file.name.endswith(BUNDLE):
                    self._take_bundle(file, day)
                elif file.name.endswith(order_files.ENDING):
                    self._take_order(file, day)
                else:
                    continue
            except LeconfieldError as fault:
                self.spool.refuse(file, str(fault))
            else:
                file.unlink(missing_ok=True)

    def _take_bundle(self, file: Path, day: str) -> None:
        packed = loaded(file)
        bundle = verify(packed, self.trusted, where=file.name)
        reading.check(bundle)
        target = self.releases / f"{bundle.digest}{BUNDLE}"
        if not target.exists():
            writing.put(target, packed, day)

    def _take_order(self, file: Path, day: str) -> None:
        packed = loaded(file)
        order = order_files.read(packed, self.trusted, where=file.name)
        target = self.orders / order.kind / f"{order.about}{order_files.ENDING}"
        if target.exists() and self._order_in(target).serial >= order.serial:
            return
        writing.put(target, packed, day)
        writing.put(self.orders / ".changed", b"", day)  # a file renamed within a folder below does not show on this

    def _order_in(self, file: Path) -> Order:
        return order_files.read(loaded(file), self.trusted, where=file.name)

    def _read(self) -> None:
        files = {each.name: each for each in self.releases.glob(f"*{BUNDLE}")}
        self._whole = {name: told for name, told in self._whole.items() if name in files}
        for name in sorted(files.keys() - self._whole.keys()):
            bundle = self._kept(files[name])
            if bundle is None:
                continue
            day = datetime.fromtimestamp(files[name].stat().st_mtime, UTC).date().isoformat()
            if bundle.manifest.withdraws:
                self._gone[bundle.manifest.release] = min(day, self._gone.get(bundle.manifest.release, day))
            else:
                self._whole[name] = reading.told(bundle, files[name], day)
        for name in [name for name, told in self._whole.items() if told.release in self._gone]:
            files[name].unlink(missing_ok=True)
            del self._whole[name]
        self._orders = {kind.name: self._standing(kind) for kind in sorted(self.orders.iterdir()) if kind.is_dir()}

    def _standing(self, kind: Path) -> dict[str, Order]:
        """The orders kept in a folder, by what they are about; a damaged one is put aside."""
        found: dict[str, Order] = {}
        for file in sorted(kind.glob(f"*{order_files.ENDING}")):
            try:
                order = self._order_in(file)
            except LeconfieldError as fault:
                self.spool.refuse(file, str(fault))
            else:
                found[order.about] = order
        return found

    def _kept(self, file: Path) -> Bundle | None:
        """The bundle in a kept file; one that is no more what it was is put aside, and not shown."""
        try:
            return verify(loaded(file), self.trusted, where=file.name)
        except LeconfieldError as fault:
            self.spool.refuse(file, str(fault))
            return None

    def _at(self, moment: datetime) -> Shown:
        told = {each.release: each for _, each in sorted(self._whole.items(), reverse=True)}
        dated = [reading.dated(each, self._orders.get("release", {}).get(each.release)) for each in told.values()]
        over = [each for each in dated if each.instant <= moment]
        newest = tuple(sorted(over, key=lambda each: (-each.instant.timestamp(), each.release)))
        ahead = [each.instant for each in dated if each.instant > moment]
        gone = reading.days_of_withdrawals(self._gone, self._orders.get("withdrawal-notice", {}))
        shown = Shown(newest, gone, self._orders, until=min(ahead, default=None))
        return replace(shown, key=key_of(newest, gone, self._orders))


def _changed(folder: Path) -> int:
    """When something was last put into a folder or taken out, in ns; 0 if there is no such folder."""
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116 - asked for each request, and half as dear
    except FileNotFoundError:
        return 0
